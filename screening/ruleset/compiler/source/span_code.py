"""Generated functions for answer sets that hold bounds: the same statements, with an interval wherever a number stands.

They are made where such an answer set is first met; all others go by the functions that compare decimals.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, assert_never

from screening.ruleset.compiler.source.statements import Writer
from screening.ruleset.language.comparison_bounds import certain
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import State, has_bound
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Value

_JOINED = {"+": "span_add", "-": "span_subtract", "*": "span_multiply", "/": "span_divide"}
_EXTREMES = {"min": "span_least", "max": "span_greatest"}


class BoundedNames(SymbolTable):
    """The names of a rule set whose numbers may all be given as bounds: what reads one may be undecided."""

    @classmethod
    def like(cls, names: SymbolTable) -> BoundedNames:
        """The same names, read so."""
        return cls(names.questions, names.values)

    def is_open_name(self, question: Question, setting: Setting) -> bool:
        """A number is, in any setting, and so is a date."""
        return question.type in (QuestionType.NUMBER, QuestionType.DATE) or super().is_open_name(question, setting)

    def is_strict(self, node: ex.Node) -> bool:
        """A required number is completed, too, where it is a bound."""
        return any(self.questions[name].strict or self.questions[name].required for name in self.questions_in(node))


class SpanWriter(Writer):
    """Writes functions in which a number is an `ExactSpan`, or None where it is unknown."""

    def parts_off(self, node: ex.Node) -> int:  # noqa: ARG002 - as everybody asks
        """None: the ends of intervals are exact."""
        return 0

    def number(self, node: ex.Node) -> str:  # noqa: C901 - one case a node
        """A Python expression for an interval, or None where it is unknown."""
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Name(name=name):
                return f"v_{name}" if name in self.names.values else f"as_span(q_{name})"
            case ex.Number() | ex.Score() | ex.Since():
                return f"as_span({super().number(node)})"
            case ex.Unknown():
                return "None"
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return f"{_JOINED[operator]}({self.number(left)}, {self.number(right)})"
            case ex.SquareRoot(operand=operand):
                return f"span_root({self.number(operand)})"
            case ex.Sum(operands=operands):
                return f"span_total({', '.join(map(self.number, operands))})"
            case ex.Extreme(which=which, operands=operands):
                return f"{_EXTREMES[which]}({', '.join(map(self.number, operands))})"
            case ex.Round(operand=operand, digits=digits):
                return f"span_round({self.number(operand)}, {digits})"
            case ex.Power(base=base, exponent=exponent):
                return f"span_power({self.number(base)}, {self.number(exponent)})"
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self.branch(test, self.number(then), self.number(otherwise), "None")
            case _:
                assert_never(node)

    def exact_number(self, node: ex.Node) -> str:
        """The same: there is no quicker way beside it."""
        return self.number(node)

    def comparison(self, node: ex.Comparison) -> str:
        """Whether all numbers of two intervals stand in this relation."""
        if self.mode is EvaluationMode.OPEN and (sure := certain(node, self.names)) != node:
            return self.true(sure)
        return f"surely({self.number(node.left)}, {node.operator!r}, {self.number(node.right)})"

    def value(self, value: Value) -> None:
        """Write the local variables of a value; what is supposed of it is an interval, too."""
        tree = value.expression.tree
        if value.id in self.written or not (is_number(tree, self.names) or is_nothing(tree, self.names)):
            super().value(value)
            return
        self.written.add(value.id)
        self.prepare(tree)
        self.local(value, "v", self.number(tree), "as_span(o[{0!r}])")

    def outcome_value(self, value: Value) -> str:
        """A value as an outcome holds it."""
        return f"told_span(v_{value.id})"


ON_BOUNDS = (TypeError, AttributeError)
"""What functions that read decimals raise where they come upon a bound."""
Result = TypeVar("Result")


def unless_bounds(
    exact: Callable[..., Result], make_spanned: Callable[[], Callable[..., Result]]
) -> Callable[..., Result]:
    """A function of an answer set by which one without bounds is read as quickly as before.

    What reads decimals raises an error at a bound that it comes upon; what comes upon none, says what is so.
    """
    made: list[Callable[..., Result]] = []

    @wraps(exact)
    def read(answers: State, *others: object) -> Result:
        try:
            return exact(answers, *others)
        except ON_BOUNDS:
            if not has_bound(answers):
                raise
        if not made:
            made.append(make_spanned())
        return made[0](answers, *others)

    return read
