"""Between which numbers a value lies, whatever the answers that are open turn out to be.

The range holds the value of every completion of the strict choices, and its ends are values of such. Where the value is
unknown in one of them, as a lenient answer is missing or a number that nobody gave is read, there is no range.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from screening.ruleset.compiler.classes.option_classes import option_classes, telling_conditions
from screening.ruleset.compiler.completions.completion_plan import (
    CompletionPlan,
    OfNumber,
    completions_of,
    plan_completions,
)
from screening.ruleset.compiler.numbers.exact_spans import Spanned, around
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.compiler.rule_functions import compile_number
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import State
from screening.ruleset.model.rule_set import RuleSet, Value


@dataclass(frozen=True, slots=True)
class ValueRange:
    """The least and the greatest number that a value may be; one number where nothing open changes it."""

    low: Real
    high: Real
    low_open: bool = False
    """Whether `low` itself is no number of the value; where nothing bounds it, `low` is minus infinity."""
    high_open: bool = False


class ValueRanges:
    """Finds the ranges of the values of one checked rule set; what that takes is made once a value.

    An answer that is a bound counts as all the numbers that it leaves.
    """

    def __init__(self, rule_set: RuleSet) -> None:
        self._rule_set = rule_set
        self._names = SymbolTable.of(rule_set)
        self._made: dict[str, tuple[CompletionPlan, Callable[[State], Spanned]]] = {}

    def of(self, name: str, counted: State) -> ValueRange | None:
        """The range of a value over answers that count; None where it may be unknown, or is no number."""
        value = self._rule_set.value[name]
        if not is_number(value.expression.tree, self._names):
            return None
        if name not in self._made:
            self._made[name] = plan_value(value, self._rule_set), compile_number(self._rule_set, value.expression.tree)
        plan, number = self._made[name]
        if not plan.is_feasible:  # a rule file may not tell such a value
            return None
        whole: Spanned = None
        for completion in completions_of(plan.groups, counted):
            span = number({**counted, **completion})
            if span is None:
                return None
            whole = around(span, span if whole is None else whole)
        if whole is None:
            return None
        return ValueRange(whole.low.number, whole.high.number, whole.low.is_open, whole.high.is_open)


def plan_value(value: Value, rule_set: RuleSet) -> CompletionPlan:
    """How the strict choices that a value reads are completed, all that can make another number of it told apart.

    A strict number is not: there is no saying of what nobody measured between which numbers it makes the value lie.
    """
    names = SymbolTable.of(rule_set)
    tree = value.expression.tree
    read, told_apart = names.questions_in(tree), telling_conditions([tree], names)
    classes = [
        option_classes(question, told_apart)
        for question in rule_set.questions
        if question.id in read and question.strict and question.options
    ]
    plan = plan_completions(replace(rule_set, rules=()), classes, [tree], values_vary=True)
    return replace(plan, groups=tuple(group for group in plan.groups if not isinstance(group, OfNumber)))
