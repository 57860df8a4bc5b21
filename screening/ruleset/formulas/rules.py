"""A whole rule set as formulas over the answers: what is asked, what holds, what is possible, what is told.

Each formula is made when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import product
from math import prod
from typing import NamedTuple

from screening.ruleset.compiler.completions.completion_plan import CompletionPlan, Together, plan_completions
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, negation
from screening.ruleset.formulas.bounds import Beyond, beyond_range, is_completed
from screening.ruleset.formulas.lengths import MOST_SORTS, check_length
from screening.ruleset.formulas.reading import Reading
from screening.ruleset.formulas.settling import Settling
from screening.ruleset.formulas.truths import Truth, certain_truth
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.expression import Node
from screening.ruleset.model.outcome_conditions import OutcomeConditions
from screening.ruleset.model.rule_set import Ground, Kind, Rule
from screening.ruleset.model.text_places import TextPlace


class Completions(NamedTuple):
    """Completions of one sort: the numbers that are bounds lie in range, or so and so beyond it."""

    formulas: RuleFormulas
    where: Formula
    """Where the answers leave such completions."""


class RuleFormulas(Reading):
    """The formulas of one rule set."""

    # --- completions ---

    @cached_property
    def met(self) -> Mapping[str, Formula]:
        """For each ground, where it holds in a completion."""
        return {ground: truth.true for ground, truth in self._settled_grounds.items()}

    @cached_property
    def _may_be_met(self) -> Mapping[str, Formula]:
        """The same, or where that is open: only where a completion lies beyond the range of a question."""
        if not self.beyond:
            return self.met
        return {ground: negation(truth.false) for ground, truth in self._settled_grounds.items()}

    @cached_property
    def _settled_grounds(self) -> Mapping[str, Truth]:
        return {ground.id: self.truth(ground.when.tree, EvaluationMode.SETTLED) for ground in self.rule_set.grounds}

    @cached_property
    def decided(self) -> Mapping[str, Formula]:
        """For each category, where a completion gives it; one that leaves a ground open may give several."""
        return self.decided_by(self.rule_set.rules)

    def decided_by(self, rules: Iterable[Rule]) -> dict[str, Formula]:
        """The same by some of the rules alone; what no rule claims is the undetermined category's."""
        formulas: dict[str, Formula] = {}
        before: list[Formula] = []
        for rule in rules:
            may_hold = any_of(*(self._may_be_met[ground.id] for ground in rule.grounds))
            formulas[rule.category] = all_of(may_hold, *before)
            before.append(negation(any_of(*(self.met[ground.id] for ground in rule.grounds))))
        formulas[self.rule_set.undetermined.category] = all_of(*before)
        return formulas

    def in_some_completion(self, of: Callable[[RuleFormulas], Formula], *conditions: Node) -> Formula:
        """Where some completion of the open strict answers makes a formula true.

        `of` says the formula by those of completions: it speaks of what rules decide, and of `conditions` beside.
        """
        read = frozenset[str]().union(*map(self.names.questions_in, conditions))
        beside = () if read.isdisjoint(self._items) else conditions
        sorts = self._sorts_of_completions
        return any_of(
            *(all_of(sort.where, self._settled_by(sort.formulas, beside).some(of(sort.formulas))) for sort in sorts)
        )

    @cached_property
    def _sorts_of_completions(self) -> list[Completions]:
        """Those in range first; then those in which some numbers that are bounds lie beyond it."""
        if not self.bounded:
            return [Completions(self, TRUE)]
        numbers = [question for question in self.rule_set.questions if is_completed(question)]
        ways: list[list[Beyond | None]] = [[None, *beyond_range(question)] for question in numbers]
        check_length(prod(map(len, ways)), MOST_SORTS)
        return [
            self._completions(dict(zip((question.id for question in numbers), way, strict=True)))
            for way in product(*ways)
        ]

    def _completions(self, ways: Mapping[str, Beyond | None]) -> Completions:
        beyond = {name: way for name, way in ways.items() if way is not None}
        if not beyond:
            return Completions(self, TRUE)
        given = (all_of(self.something_known(self.rule_set.question[name]), way.where) for name, way in beyond.items())
        spans = {name: way.span for name, way in beyond.items()}
        formulas = RuleFormulas(self.rule_set, self.free_value, bounded=True, beyond=spans)
        return Completions(formulas, all_of(*given))

    def _settled_by(self, completed: RuleFormulas, beside: tuple[Node, ...]) -> Settling:
        """What settles formulas of completions of one sort, told apart by conditions beside the rules."""
        key = (frozenset(completed.beyond.items()), beside)
        if key not in self._settling:
            plan = self._plan(beside)
            first = list(completed.decided.values())
            beyond = frozenset(completed.beyond)
            self._settling[key] = Settling(self, plan, first, bounded=self.bounded, beyond=beyond)
        return self._settling[key]

    def _plan(self, beside: tuple[Node, ...]) -> CompletionPlan:
        if beside not in self._plans:
            self._plans[beside] = plan_completions(
                self.rule_set, conditions=beside, values_vary=bool(self.free_value), bounded=self.bounded
            )
        return self._plans[beside]

    @cached_property
    def _plans(self) -> dict[tuple[Node, ...], CompletionPlan]:
        return {}

    @cached_property
    def _items(self) -> frozenset[str]:
        """The strict questions of which rules read only sums."""
        groups = self._plan(()).groups
        return frozenset(name for group in groups if isinstance(group, Together) for name in group.questions)

    @cached_property
    def _settling(self) -> dict[tuple[object, ...], Settling]:
        """By the sort of completions and the conditions that they are told apart by, beside the rules."""
        return {}

    # --- the outcome ---

    @cached_property
    def possible(self) -> Mapping[str, Formula]:
        """For each category, where some completion gives it."""
        return {name: self.in_some_completion(lambda of, name=name: of.decided[name]) for name in self.decided}  # type: ignore[misc]

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
        """For each ground that reads what is completed, where it is neither met nor ruled out."""
        strict = (ground for ground in self.rule_set.grounds if self._may_be_open(ground))
        return {ground.id: negation(any_of(*self._open(ground))) for ground in strict}

    def _may_be_open(self, ground: Ground) -> bool:
        read = (self.rule_set.question[name] for name in self.names.questions_in(ground.when.tree))
        return any(question.strict or (self.bounded and is_completed(question)) for question in read)

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
                possible = self._possible_after(index)
                for name, formula in self._single(possible).items():
                    shown_where.setdefault(name, []).append(all_of(speaks, formula))
        return {name: any_of(*formulas) for name, formulas in shown_where.items()}

    def _possible_after(self, index: int) -> Mapping[str, Formula]:
        """What would be possible by the rules after one alone."""
        rules = self.rule_set.rules[index + 1 :]
        names = [*(rule.category for rule in rules), self.rule_set.undetermined.category]
        return {name: self.in_some_completion(lambda of, name=name: of.decided_by(rules)[name]) for name in names}  # type: ignore[misc]

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

    def may_be(self, category: str, mode: EvaluationMode) -> Formula:
        """Where a category is possible; for a completion, where that gives it."""
        return (self.decided if mode is EvaluationMode.SETTLED else self.possible).get(category, FALSE)

    def ground_holds(self, ground: str, mode: EvaluationMode) -> Formula:
        """Where a ground holds for certain; for a completion, where it is met."""
        return (self.met if mode is EvaluationMode.SETTLED else self.holding)[ground]

    def told(self, name: str, category: str, mode: EvaluationMode) -> Formula:
        """Where a category is the outcome's, or the one underlying it."""
        if name == "underlying":
            return self.underlying.get(category, FALSE)
        return (self.decided if mode is EvaluationMode.SETTLED else self.category).get(category, FALSE)

    def is_told(self, name: str) -> Formula:
        """Where there is such a category at all: every outcome has one, though nothing need underlie it."""
        return any_of(*self.underlying.values()) if name == "underlying" else TRUE

    # --- conditions that guarantees speak under ---

    def spoken_of(self, when: Node | None, except_when: Node | None) -> Formula:
        """Where a completion is one that a guarantee speaks of: its condition holds, and its exception does not.

        Beyond a range both may be open: it is not spoken of where the condition is, and is where the exception is.
        """
        included = self._settled_truth(when, otherwise=TRUE)
        excepted = self._settled_truth(except_when, otherwise=FALSE)
        return all_of(included.true, negation(excepted.true))

    def surely_spoken_of(self, when: Node | None, except_when: Node | None) -> Formula:
        """The same where the exception is not open."""
        included = self._settled_truth(when, otherwise=TRUE)
        excepted = self._settled_truth(except_when, otherwise=FALSE)
        return all_of(included.true, excepted.false if self.beyond else negation(excepted.true))

    def _settled_truth(self, condition: Node | None, *, otherwise: Formula) -> Truth:
        return self.truth(condition, EvaluationMode.SETTLED) if condition else certain_truth(otherwise)
