"""A rule set as one system of formulas: its rules, categories, grounds and notes over all answer sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import z3

from screening.analysis.solver.encoding import Encoding, Limits, Variable, variables
from screening.analysis.solver.formulas import Formulas, OutcomeTerms
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_number
from screening.ruleset.language.symbol_table import OUTCOME_NAMES
from screening.ruleset.model.expression import Holds, MayBe, Name, Node
from screening.ruleset.model.rule_set import RuleSet


class RuleModel:
    """The formulas of one rule set, each made once, over one set of variables.

    A completion gives one category; an answer set's possible categories are those of its completions.
    So what is proved of every completion lifts to the possible categories.
    """

    def __init__(self, rule_set: RuleSet, free: str = "", limits: Limits | None = None) -> None:
        """`free` names a value that may be anything, to see what it decides; `limits`: see `Encoding`."""
        self.rule_set = rule_set
        self.encoding = Encoding(rule_set, limits)
        self.formulas = Formulas(self.encoding, free)
        self._reads: dict[int, frozenset[int]] = {}

    # --- every answer set ---

    @cached_property
    def domain(self) -> list[z3.BoolRef]:
        """What every answer set that the form accepts satisfies, with one of its completions."""
        given = [self.encoding.accepted(name) for name in self.encoding.given]
        completed = [self.encoding.completes(name, self.formulas.counted(name)) for name in self.encoding.settled]
        return [*given, *completed]

    @cached_property
    def all_settled(self) -> z3.BoolRef:
        """Where every strict answer that counts is a complete one."""
        return self.settled_but("")

    def settled_but(self, unsure: str) -> z3.BoolRef:
        """Where every strict answer that counts is a complete one, except maybe that to one question."""
        return z3.And(*(z3.Not(self.is_open(name)) for name in self.encoding.settled if name != unsure))

    @cached_property
    def parts_on(self) -> z3.BoolRef:
        """Where all parts are on."""
        return z3.And(*self.encoding.parts.values())

    def is_open(self, name: str) -> z3.BoolRef:
        """Where the answer that counts to a strict question is unknown, partly unsure, or leaves others open."""
        return self.formulas.is_open(name)

    # --- completions ---

    @cached_property
    def holding(self) -> Mapping[str, z3.BoolRef]:
        """For each ground, where it holds for a completion."""
        return {
            ground.id: self.formulas.condition(ground.when.tree, EvaluationMode.SETTLED).true
            for ground in self.rule_set.grounds
        }

    @cached_property
    def rules(self) -> Mapping[str, z3.BoolRef]:
        """For each category with a rule, where the rule holds, whatever the rules before it say."""
        return {
            rule.category: z3.Or(*(self.holding[ground.id] for ground in rule.grounds)) for rule in self.rule_set.rules
        }

    @cached_property
    def category(self) -> Mapping[str, z3.BoolRef]:
        """For each category, where a completion gives it."""
        found: dict[str, z3.BoolRef] = {}
        before: list[z3.BoolRef] = []
        for category, holds in self.rules.items():
            found[category] = z3.And(holds, *before)
            before.append(z3.Not(holds))
        found[self.rule_set.undetermined.category] = z3.And(*before)
        return found

    @cached_property
    def notes(self) -> Mapping[str, z3.BoolRef]:
        """For each note, where it is added; what it says of the outcome is read for a completion."""
        self.formulas.outcome = OutcomeTerms(self.category, self.category, self.holding)
        return {
            note.id: self.formulas.condition(note.when.tree, EvaluationMode.GIVEN).true for note in self.rule_set.notes
        }

    def speaks_of_outcome(self, note: str) -> bool:
        """Whether a note's condition reads the outcome, so that it is read here for settled answers alone."""
        tree = self.rule_set.note[note].when.tree
        return any(
            isinstance(part, MayBe | Holds) or (isinstance(part, Name) and part.name in OUTCOME_NAMES)
            for part in tree.walk()
        )

    def one_of(self, categories: Iterable[str]) -> z3.BoolRef:
        """Where a completion gives one of these categories."""
        return z3.Or(*(self.category[category] for category in categories))

    def condition(self, node: Node) -> z3.BoolRef:
        """Where a condition of a guarantee holds for a completion."""
        self.formulas.outcome.holding = self.holding
        return self.formulas.condition(node, EvaluationMode.SETTLED).true

    def is_approximated(self, value: str) -> bool:
        """Whether a value's number is not linear in the answers."""
        node = self.rule_set.value[value].expression.tree
        if not is_number(node, self.formulas.names):
            return False
        number = self.formulas.number(node, EvaluationMode.SETTLED).value  # first: it makes the fresh terms
        terms = {term.get_id() for term, _ in self.formulas.nonlinear.fresh}
        return not terms.isdisjoint(_constants(number))

    @cached_property
    def computed_with(self) -> list[str]:
        """The numbers that are not only compared: on which side of each threshold they lie does not say all."""
        values = [value for value in self.rule_set.values if self.is_approximated(value.id)]
        read = {name for value in values for name in self.encoding.names.questions_in(value.expression.tree)}
        return [name for name in self.encoding.given if name in read]

    # --- two answer sets ---

    def variables_of(self, name: str) -> list[Variable]:
        """The variables that change where the answer to a question does.

        Beside its own, as given and as completed, these are the completions of the strict questions that may be
        asked because of it.
        """
        changed = self.encoding.variables_of([name])
        for other in self.encoding.settled:
            ask_if = self.rule_set.question[other].ask_if
            if other != name and ask_if and name in self.encoding.names.questions_in(ask_if.tree):
                changed += self.encoding.settled[other].options.values()
        return changed

    def same_completions(self, changed: Sequence[Variable]) -> Iterator[z3.BoolRef]:
        """Where another answer is given, both sets complete alike the other questions that are asked in both."""
        moved = {each.get_id() for each in changed}
        given = {
            name: {variable.get_id() for variable in variables(terms)} for name, terms in self.encoding.given.items()
        }
        if all(map(moved.isdisjoint, given.values())):
            return
        for name, settled in self.encoding.settled.items():
            completed = {option.get_id() for option in settled.options.values()}
            if moved >= completed and moved.isdisjoint(given[name]):
                asked = self.formulas.asked(name)
                same = (option == self.primed(option, changed) for option in settled.options.values())
                yield z3.Implies(z3.And(asked, self.primed(asked, changed)), z3.And(*same))

    def may_differ(self, formula: z3.BoolRef, moved: set[int]) -> bool:
        """Whether a formula that is kept for the model's whole life reads one of these variables."""
        key = formula.get_id()
        if key not in self._reads:
            self._reads[key] = _constants(formula)
        return not moved.isdisjoint(self._reads[key])

    def moved(self, changed: Sequence[Variable]) -> set[int]:
        """The ids of the terms that may differ in another answer set: changed variables, and terms made from them."""
        moved = {each.get_id() for each in changed}
        for term, parts in self.formulas.nonlinear.fresh:
            if any(not moved.isdisjoint(_constants(part)) for part in parts):
                moved.add(term.get_id())
        return moved

    def primed(self, formula: z3.BoolRef, changed: Sequence[Variable]) -> z3.BoolRef:
        """The same formula about another answer set, in which just these variables may differ."""
        moved = self.moved(changed)
        terms = [term for term, _ in self.formulas.nonlinear.fresh if term.get_id() in moved]
        primed: z3.BoolRef = z3.substitute(formula, *((each, prime(each)) for each in (*changed, *terms)))
        return primed

    def milder(self, changed: Sequence[Variable]) -> z3.BoolRef:
        """Where the other answer set's completion gives a category of lower severity; unranked ones do not compare."""
        severity = {
            category.id: category.severity for category in self.rule_set.categories if category.severity is not None
        }
        pairs = [
            z3.And(self.category[one], self.primed(self.one_of(lower), changed))
            for one, rank in severity.items()
            if (lower := [each for each, other in severity.items() if other < rank])
        ]
        return z3.Or(*pairs)


def prime(variable: Variable) -> Variable:
    """The variable's twin in another answer set."""
    name = f"{variable.decl().name()}'"
    return z3.Bool(name) if z3.is_bool(variable) else z3.Real(name)


def _constants(term: z3.ExprRef) -> frozenset[int]:
    """The ids of the variables in a term."""
    found: set[int] = set()
    pending, seen = [term], set()
    while pending:
        each = pending.pop()
        if each.get_id() not in seen:
            seen.add(each.get_id())
            children = each.children()
            pending += children
            if not children:
                found.add(each.get_id())
    return frozenset(found)
