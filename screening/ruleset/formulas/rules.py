"""A whole rule set as formulas over the answers: what is asked, what holds, what is possible, what is told.

Each formula is made when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from screening.ruleset.compiler.completion_plan import Together, plan_completions
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, negation
from screening.ruleset.formulas.reading import Reading, Truth
from screening.ruleset.formulas.settling import Settling
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.expression import Node
from screening.ruleset.model.outcome_conditions import OutcomeConditions
from screening.ruleset.model.rule_set import Ground, Kind, Rule
from screening.ruleset.model.text_places import TextPlace


class RuleFormulas(Reading):
    """The formulas of one rule set."""

    # --- completions ---

    @cached_property
    def met(self) -> Mapping[str, Formula]:
        """For each ground, where it holds in a completion."""
        return {
            ground.id: self.truth(ground.when.tree, EvaluationMode.SETTLED).true for ground in self.rule_set.grounds
        }

    @cached_property
    def decided(self) -> Mapping[str, Formula]:
        """For each category, where a completion gives it."""
        return self._decided(self.rule_set.rules)

    def _decided(self, rules: Iterable[Rule]) -> dict[str, Formula]:
        """The same by some of the rules; what no rule claims is the undetermined category's."""
        formulas: dict[str, Formula] = {}
        before: list[Formula] = []
        for rule in rules:
            holds = any_of(*(self.met[ground.id] for ground in rule.grounds))
            formulas[rule.category] = all_of(holds, *before)
            before.append(negation(holds))
        formulas[self.rule_set.undetermined.category] = all_of(*before)
        return formulas

    def in_some_completion(self, formula: Formula, *conditions: Node) -> Formula:
        """Where some completion of the open strict answers makes a formula true.

        The formula speaks of what rules decide, and of `conditions` beside.
        """
        read = frozenset[str]().union(*map(self.names.questions_in, conditions))
        beside = () if read.isdisjoint(self._items) else conditions
        if beside not in self._settling:
            plan = plan_completions(self.rule_set, conditions=beside, values_vary=bool(self.free_value))
            self._settling[beside] = Settling(self, plan, list(self.decided.values()))
        return self._settling[beside].some(formula)

    @cached_property
    def _items(self) -> frozenset[str]:
        """The strict questions of which rules read only sums."""
        groups = plan_completions(self.rule_set).groups
        return frozenset(name for group in groups if isinstance(group, Together) for name in group.questions)

    @cached_property
    def _settling(self) -> dict[tuple[Node, ...], Settling]:
        """By the conditions that completions are told apart by, beside the rules."""
        return {}

    # --- the outcome ---

    @cached_property
    def possible(self) -> Mapping[str, Formula]:
        """For each category, where some completion gives it."""
        return {name: self.in_some_completion(formula) for name, formula in self.decided.items()}

    @cached_property
    def category(self) -> Mapping[str, Formula]:
        """For each category, where it is the outcome's: the only possible one, or undetermined where there are more."""
        return self._single(self.possible)

    def _single(self, possible: Mapping[str, Formula]) -> dict[str, Formula]:
        undetermined = self.rule_set.undetermined.category
        formulas = {
            name: all_of(here, *(negation(there) for other, there in possible.items() if other != name))
            for name, here in possible.items()
            if name != undetermined
        }
        formulas[undetermined] = negation(any_of(*formulas.values()))
        return formulas

    @cached_property
    def holding(self) -> Mapping[str, Formula]:
        """For each ground, where it holds for certain, whatever the open answers turn out to be."""
        return {ground.id: self._open(ground).true for ground in self.rule_set.grounds}

    @cached_property
    def opened(self) -> Mapping[str, Formula]:
        """For each ground that reads a strict question, where it is neither met nor ruled out."""
        strict = (ground for ground in self.rule_set.grounds if self.names.is_strict(ground.when.tree))
        return {question.id: negation(any_of(*self._open(question))) for question in strict}

    def _open(self, ground: Ground) -> Truth:
        return self.truth(ground.when.tree, EvaluationMode.OPEN)

    @cached_property
    def underlying(self) -> Mapping[str, Formula]:
        """For each category, where it underlies the outcome's; where none does, there is nothing underlying."""
        shown_where: dict[str, list[Formula]] = {}
        for index, rule in enumerate(self.rule_set.rules):
            if any(ground.otherwise for ground in rule.grounds):
                silent = [self._may_hold(ground) for ground in rule.grounds if not ground.otherwise]
                speaks = all_of(self.category[rule.category], negation(any_of(*silent)))
                after = self._decided(self.rule_set.rules[index + 1 :])
                possible = {name: self.in_some_completion(formula) for name, formula in after.items()}
                for name, formula in self._single(possible).items():
                    shown_where.setdefault(name, []).append(all_of(speaks, formula))
        return {name: any_of(*formulas) for name, formulas in shown_where.items()}

    def _may_hold(self, ground: Ground) -> Formula:
        return any_of(self.holding[ground.id], self.opened.get(ground.id, FALSE))

    @cached_property
    def notes(self) -> Mapping[str, Formula]:
        """For each note, where it is added."""
        return {note.id: self.truth(note.when.tree, EvaluationMode.GIVEN).true for note in self.rule_set.notes}

    @cached_property
    def kind(self) -> Mapping[Kind, Formula]:
        """For each kind, where no single category was matched for that reason."""
        outcome = OutcomeConditions(self.rule_set)
        return {kind: self.as_given(*outcome.of_kind(kind)) for kind in Kind}

    def as_given(self, *conditions: Node) -> Formula:
        """Where conditions hold that are read as answers were given: those of notes, texts and places."""
        return all_of(*(self.truth(condition, EvaluationMode.GIVEN).true for condition in conditions))

    def stands(self, place: TextPlace) -> Formula:
        """Where a text stands in one of its places."""
        shown = self.as_given(*place.when)
        if place.open_ground:
            possible = self.possible[self.rule_set.category_of[place.open_ground]]
            shown = all_of(shown, possible, self.opened.get(place.open_ground, FALSE))
        if place.open_question:
            question = self.rule_set.question[place.open_question]
            shown = all_of(shown, self.asked(question.id), self.is_open(question))
        return shown

    @cached_property
    def settled(self) -> Formula:
        """Where every strict answer that counts is a complete one."""
        return all_of(*(negation(self.is_open(question)) for question in self.rule_set.questions if question.strict))

    # --- what conditions say of the outcome ---

    def may_be(self, category: str, standing: EvaluationMode) -> Formula:
        """Where a category is possible; for a completion, where that gives it."""
        return (self.decided if standing is EvaluationMode.SETTLED else self.possible).get(category, FALSE)

    def ground_holds(self, ground: str, standing: EvaluationMode) -> Formula:
        """Where a ground holds for certain; for a completion, where it is met."""
        return (self.met if standing is EvaluationMode.SETTLED else self.holding)[ground]

    def told(self, name: str, category: str, standing: EvaluationMode) -> Formula:
        """Where a category is the outcome's, or the one underlying it."""
        if name == "underlying":
            return self.underlying.get(category, FALSE)
        return (self.decided if standing is EvaluationMode.SETTLED else self.category).get(category, FALSE)

    def is_told(self, name: str) -> Formula:
        """Where there is such a category at all: every outcome has one, though nothing need underlie it."""
        return any_of(*self.underlying.values()) if name == "underlying" else TRUE

    # --- conditions that guarantees speak under ---

    def spoken_of(self, when: Node | None, except_when: Node | None) -> Formula:
        """Where a completion is one that a guarantee speaks of: its condition holds, and its exception does not."""
        included = self.truth(when, EvaluationMode.SETTLED).true if when else TRUE
        excepted = self.truth(except_when, EvaluationMode.SETTLED).true if except_when else FALSE
        return all_of(included, negation(excepted))
