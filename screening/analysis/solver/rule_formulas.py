"""A rule set as one system of the solver's formulas over all answer sets, and over pairs of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import z3

from screening.analysis.solver.encoding import Encoding, Limits, Numeric, Several, exact, twin, variables
from screening.analysis.solver.nonlinear import Nonlinear
from screening.analysis.solver.numbers import computed_with
from screening.analysis.solver.printing import Printer, numbers_tried
from screening.ruleset.formulas.algebra import FALSE, Formula, any_of
from screening.ruleset.formulas.atoms import SomeNumber
from screening.ruleset.formulas.lengths import MOST_NODES, Lengths, check_length
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.formulas.terms import Term, is_nonlinear, parts
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_number
from screening.ruleset.model.expression import Node
from screening.ruleset.model.rule_set import RuleSet

Change = frozenset[str]
"""The names of the variables that may differ in a second answer set; none: there is no second one."""
NOTHING: Change = frozenset()


class RuleModel:
    """The formulas of one rule set, each printed once, over one set of variables."""

    def __init__(
        self,
        rule_set: RuleSet,
        free: str = "",
        limits: Limits | None = None,
        formulas: RuleFormulas | None = None,
        *,
        bounded: bool = False,
    ) -> None:
        """`free` names a value that may be anything, to see what it decides; `limits`, `bounded`: see `Encoding`.

        `formulas` are those of the rule set, where they are at hand.
        """
        self.rule_set = rule_set
        self.bounded = bounded
        self.encoding = Encoding(rule_set, limits, bounded=bounded)
        self.formulas = formulas or RuleFormulas(rule_set, free, bounded=bounded)
        self.nonlinear = Nonlinear(rule_set)
        self._printers: dict[Change, Printer] = {}
        self._lengths = Lengths(self._tried)

    def printed(self, formula: Formula, change: Change = NOTHING) -> z3.BoolRef:
        """A formula about an answer set; or about the second one, in which this change was made.

        `TooLongError` where one over bounds is too long.
        """
        if self.bounded:
            check_length(self._lengths.of(formula), MOST_NODES)
        return self._printer(change).formula(formula)

    def printed_term(self, term: Term, change: Change = NOTHING) -> z3.ArithRef:
        """A number of an answer set; or of the second one, in which this change was made."""
        return self._printer(change).term(term)

    def _printer(self, change: Change) -> Printer:
        if change not in self._printers:
            first = self._printer(NOTHING) if change else None
            self._printers[change] = Printer(self.encoding, self.nonlinear, change, first=first)
        return self._printers[change]

    def _tried(self, some: SomeNumber) -> int:
        return len(numbers_tried(some, self.encoding))

    # --- every answer set ---

    @cached_property
    def domain(self) -> list[z3.BoolRef]:
        """What every answer set that the form accepts satisfies."""
        return [self.encoding.accepted(name) for name in self.encoding.given]

    def changed_domain(self, change: Change) -> list[z3.BoolRef]:
        """What the second answer set satisfies beside."""
        changed = [name for name in self.encoding.given if not change.isdisjoint(self.variable_names(name))]
        return [self.encoding.accepted(name, change) for name in changed]

    def typed(self, change: Change, read: frozenset[int]) -> list[z3.BoolRef]:
        """Where each number that is read, by its variable's id, is one that can be typed."""
        typed = []
        for name, given in self.encoding.given.items():
            if isinstance(given, Numeric):
                for twins in {NOTHING, change}:
                    answer = self.encoding.answer(name, twins)
                    if isinstance(answer, Numeric) and answer.value.get_id() in read:
                        typed.append(self.encoding.typed(name, twins))
        return typed

    def exact(self, change: Change = NOTHING) -> z3.BoolRef:
        """Where no answer is a bound."""
        return z3.And(*(exact(self.encoding.answer(name, change)) for name in self.encoding.given))

    @cached_property
    def settled(self) -> Formula:
        """Where every strict answer that counts is a complete one."""
        return self.formulas.settled

    @cached_property
    def parts_on(self) -> z3.BoolRef:
        """Where all parts are on."""
        return z3.And(*self.encoding.parts.values())

    # --- a second answer set ---

    def variable_names(self, name: str) -> Change:
        """The variables of the answer to a question."""
        return frozenset(variable.decl().name() for variable in variables(self.encoding.given[name]))

    def tick_name(self, name: str, code: str) -> Change:
        """The variable of one tick."""
        given = self.encoding.given[name]
        return frozenset({given.options[code].decl().name()}) if isinstance(given, Several) else NOTHING

    def is_changed(self, change: Change) -> z3.BoolRef:
        """Where the second answer set differs from the first."""
        own = [variable for given in self.encoding.given.values() for variable in variables(given)]
        return z3.Or(*(term != twin(term) for term in own if term.decl().name() in change))

    def differs(self, formulas: Iterable[Formula], change: Change) -> z3.BoolRef:
        """Where one of some formulas is true of one answer set and not of the other."""
        return z3.Or(*(z3.Xor(self.printed(formula), self.printed(formula, change)) for formula in formulas))

    def milder(self, change: Change) -> z3.BoolRef:
        """Where the first answer set gives one category alone, and the other one alone that ranks below it."""
        alone: Mapping[str, Formula] = self.formulas.category
        severity = {
            category.id: category.severity for category in self.rule_set.categories if category.severity is not None
        }
        pairs = [
            z3.And(self.printed(alone[category]), self.printed(any_of(FALSE, *lower), change))
            for category, rank in severity.items()
            if category in alone and (lower := [alone[other] for other in alone if severity.get(other, rank) < rank])
        ]
        return z3.Or(*pairs)

    # --- numbers ---

    @cached_property
    def computed_values(self) -> tuple[str, ...]:
        """The values whose number is not linear in the answers."""
        numbers = (value for value in self.rule_set.values if is_number(value.expression.tree, self.formulas.names))
        return tuple(number.id for number in numbers if self._is_nonlinear(number.expression.tree))

    def _is_nonlinear(self, number: Node) -> bool:
        spans = self.formulas.number(number, EvaluationMode.GIVEN)
        return any(is_nonlinear(part) for span in spans for part in parts(span.low, span.high))

    @cached_property
    def computed_with(self) -> tuple[str, ...]:
        """The numbers that are not only compared: on which side of each threshold they lie does not say all."""
        return tuple(computed_with(self.rule_set))
