"""Numbers of expressions as Python: the source text of a number that is quick to work out, and of the exact one.

A number is a `Decimal`, or None where it is unknown. It may be off (`precision`), but is never known, zero or negative
where the exact one is not. The exact one stands in a function of its own, to be called only where that matters.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from screening.ruleset.compiler.numbers.number_functions import EXTREMES
from screening.ruleset.compiler.numbers.precision import Precision, bracket, tolerance
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.language.evaluation_mode import OPEN_SCORES, EvaluationMode
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import TODAY
from screening.ruleset.model.questions import Question

_WHOLE = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
_EXACT = {"+": "exact_add", "-": "exact_subtract", "*": "exact_multiply", "/": "exact_divide"}


class Numbers(ABC):
    """Writes numbers over local variables: `q_` of a question, `v_` of a value."""

    def __init__(
        self,
        names: SymbolTable,
        constants: Constants,
        mode: EvaluationMode,
        thresholds: Mapping[str, tuple[Real, ...]],
    ) -> None:
        """`thresholds` are those on whose right side the local variables of values stand."""
        self.names = names
        self.constants = constants
        self.mode = mode
        self.thresholds = thresholds
        self.precision = Precision(names)
        self.temporaries = 0

    @abstractmethod
    def branch(self, test: ex.Node, then: str, otherwise: str, unknown: str) -> str:
        """`then` or `otherwise` by a test; `unknown` where the test is."""

    def temporary(self) -> str:
        """The name of one more local variable."""
        self.temporaries += 1
        return f"t{self.temporaries}"

    # --- quick ---

    def number(self, node: ex.Node) -> str:  # noqa: C901 - one case a node
        """A Python expression for a number, or None where it is unknown."""
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Number(value=value):
                return self.constants.name("D", value)
            case ex.Unknown():
                return "None"
            case ex.Name(name=name):
                return f"v_{name}" if name in self.names.values else f"q_{name}"
            case ex.Arithmetic():
                return self.arithmetic(node)
            case ex.SquareRoot(operand=operand):
                return f"square_root({self.number(operand)})"
            case ex.Sum(operands=operands):
                numbers = ", ".join(map(self.number, operands))
                return (
                    self.unless_it_cancels(f"total_near({numbers})", node)
                    if self.parts_off(node)
                    else f"total({numbers})"
                )
            case ex.Extreme(which=which, operands=operands):
                return f"{EXTREMES[which][0].__name__}({', '.join(map(self.number, operands))})"
            case ex.Round() | ex.Power():
                return self.function(node)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self.branch(test, self.number(then), self.number(otherwise), "None")
            case ex.Score(subject=subject):
                return self.score(self.names.questions[subject.name], node.bound)
            case ex.Since():
                return self.since(node)
            case _:
                assert_never(node)

    def parts_off(self, node: ex.Node) -> int:
        """By how many parts in 10^27 the number that is quick to work out may be off."""
        return self.precision.parts(node)

    def arithmetic(self, node: ex.Arithmetic) -> str:
        """Two numbers joined."""
        left, right = self.number(node.left), self.number(node.right)
        if node.operator == "/" or not self.parts_off(node):
            return f"{_WHOLE[node.operator]}({left}, {right})"
        match node.operator:
            case "*":
                return f"multiply_near({left}, {right})"
            case "+":
                return self.unless_it_cancels(f"total_near({left}, {right})", node)
            case _:
                return self.unless_it_cancels(f"subtract_near({left}, {right})", node)

    def unless_it_cancels(self, source: str, node: ex.Node) -> str:
        """A sum of cut numbers where they have one sign, or the exact one, cut."""
        temporary = self.temporary()
        return f"({temporary} if ({temporary} := {source}) is not CANCELS else nearest({self.exactly(node)}))"

    def function(self, node: ex.Round | ex.Power) -> str:
        """A number rounded, or a power; the exact one where the numbers that are off do not tell."""
        match node:
            case ex.Round(operand=operand, digits=digits):
                if not self.parts_off(operand):
                    return f"exact_round({self.number(operand)}, {digits})"
                off = self.share_off(operand)
                return self.unless_it_is_close(f"round_near({self.number(operand)}, {digits}, {off})", node)
            case ex.Power(base=base, exponent=exponent, constant=None):
                written, off = self.number(base), self.share_off(exponent)
                return self.unless_it_is_close(f"exponential_near({written}, {self.number(exponent)}, {off})", node)
            case ex.Power(base=base, exponent=exponent, constant=constant):
                if constant is None or constant != constant.to_integral_value():
                    near = f"power_near({self.number(base)}, {self.number(exponent)}, {self.share_off(base)})"
                    return self.unless_it_is_close(near, node)
                function = "whole_power_near" if self.parts_off(node) or constant < 0 else "exact_power"
                return f"{function}({self.number(base)}, {self.number(exponent)})"

    def share_off(self, node: ex.Node) -> str:
        """By what part of itself a number may be off; zero where it is exact."""
        parts = self.parts_off(node)
        return self.constants.name("D", tolerance(parts) if parts else Decimal(0))

    def unless_it_is_close(self, source: str, node: ex.Round | ex.Power) -> str:
        """A short decimal where what may be off tells it, or the exact one."""
        temporary = self.temporary()
        exact = self.constants.function(self.exact_function(node))
        exact = f"nearest({exact})" if self.parts_off(node) else exact
        return f"({temporary} if ({temporary} := {source}) is not CLOSE else {exact})"

    def score(self, question: Question, bound: str) -> str:
        """The score of the option chosen; of a set of open options its bound, or the one that all of them have."""
        table = {option.code: option.score for option in question.options}
        name = self.constants.table(f"S_{question.id}", table)
        if question.strict and self.mode is EvaluationMode.OPEN:
            function = OPEN_SCORES[bound]
            return f"{self.constants.table(function.__name__, function)}({name}, q_{question.id})"
        return f"{name}.get(q_{question.id})"

    def since(self, node: ex.Since) -> str:
        """The time since a date, which is a bound where only the month or the year is known."""
        return f"{node.unit.function}(q_{node.subject.name}, q_{TODAY})"

    # --- exact ---

    def exactly(self, node: ex.Node) -> str:
        """A call that yields the exact number, or None where it is unknown."""
        return self.constants.function(self.exact_number(node))

    def exact_number(self, node: ex.Node) -> str:  # noqa: C901 - one case a node
        """The same written out; a value in it is a call."""
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        if not self.parts_off(node):
            return self.number(node)
        match node:
            case ex.Name(name=name):
                return self.exactly(self.names.values[name].expression.tree)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return f"{_EXACT[operator]}({self.exact_number(left)}, {self.exact_number(right)})"
            case ex.SquareRoot(operand=operand):
                return f"exact_root({self.exact_number(operand)})"
            case ex.Sum(operands=operands):
                return f"exact_total({', '.join(map(self.exact_number, operands))})"
            case ex.Extreme(which=which, operands=operands):
                return f"{EXTREMES[which][1].__name__}({', '.join(map(self.exact_number, operands))})"
            case ex.Round() | ex.Power():
                return self.exact_function(node)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self.branch(test, self.exact_number(then), self.exact_number(otherwise), "None")
            case ex.Number() | ex.Unknown() | ex.Score() | ex.Since():
                return self.number(node)
            case _:
                assert_never(node)

    def exact_function(self, node: ex.Round | ex.Power) -> str:
        """A number rounded, or a power, of exact numbers."""
        match node:
            case ex.Round(operand=operand, digits=digits):
                return f"exact_round({self.exact_number(operand)}, {digits})"
            case ex.Power(base=base, exponent=exponent):
                return f"exact_power({self.exact_number(base)}, {self.exact_number(exponent)})"

    # --- compared ---

    def is_plain(self, node: ex.Comparison) -> bool:
        """Whether the local variables themselves can be compared: they are exact, or on the right side already."""
        pairs = ((node.left, node.right), (node.right, node.left))
        return not (self.parts_off(node.left) or self.parts_off(node.right)) or any(
            isinstance(side, ex.Name)
            and isinstance(other, ex.Number)
            and other.value in self.thresholds.get(side.name, ())
            for side, other in pairs
        )

    def order(self, node: ex.Comparison, left: str, right: str) -> str:
        """1, 0 or -1: how two known numbers, of which one may be off, stand to each other."""
        exactly = self.constants.function(
            f"exact_order({self.exact_number(node.left)}, {self.exact_number(node.right)})"
        )
        for side, other, variable, above in ((node.left, node.right, left, 1), (node.right, node.left, right, -1)):
            if isinstance(other, ex.Number):
                low, high = (self.constants.name("D", bound) for bound in bracket(other.value, self.parts_off(side)))
                return f"({above} if {variable} > {high} else {-above} if {variable} < {low} else {exactly})"
        off = tolerance(max(self.parts_off(node.left), self.parts_off(node.right)))
        return f"(order({left}, {right}, {self.constants.name('D', off)}) or {exactly})"
