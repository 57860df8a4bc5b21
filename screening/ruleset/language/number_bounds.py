"""Between which numbers an expression lies whatever the answers are: by the ranges of questions and scores.

So it is known before any answer whether a power can be worked out, and how large an exponent can be. Nothing is lost:
where the bounds are not known, they are taken to be infinite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import assert_never

from screening.ruleset.language.spans import VARIES, Amount, Span, combine, extreme, power, root, rounded
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import Value

INFINITY = Decimal("Infinity")
ANYTHING = Span(-INFINITY, INFINITY)
_IN_A_YEAR = {Elapsed.DAYS: 366, Elapsed.MONTHS: 12, Elapsed.YEARS: 1}
"""The most of each unit."""


class NumberBounds:
    """Knows the bounds of the numbers of one rule set, whose values must be free of cycles."""

    def __init__(self, questions: Mapping[str, Question], values: Mapping[str, Value]) -> None:
        self._questions = questions
        self._values = values
        self._of_values: dict[str, Span | None] = {}

    def of(self, node: ex.Node) -> Span | None:
        """The least and the greatest that a number can be, where it is known; None: it never is."""
        amount = self._amount(node)
        if amount is None:
            return None
        return amount if isinstance(amount, Span) else ANYTHING

    def _amount(self, node: ex.Node) -> Amount:  # noqa: C901 - one case a node
        if isinstance(node, ex.OnlyCondition):
            return None  # no number: a mistake that the types tell
        match node:
            case ex.Number(value=value):
                return Span(value, value)
            case ex.Unknown():
                return None
            case ex.Name(name=name):
                return self._named(name)
            case ex.Score(subject=subject):
                return _hull(Span(score, score) for score in self._scores(subject.name))
            case ex.Since(subject=subject, unit=unit):
                return _time(unit, self._questions.get(subject.name))
            case ex.Conditional(then=then, otherwise=otherwise):
                branches = self.of(then), self.of(otherwise)
                return _hull(branch for branch in branches if branch is not None)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                one, other = self.of(left), self.of(right)
                return VARIES if operator in "*/" and not _are_finite(one, other) else combine(one, operator, other)
            case ex.Sum(operands=operands):
                total: Amount = Span(Decimal(0), Decimal(0))
                for operand in operands:
                    total = combine(total, "+", self.of(operand))
                return total
            case ex.SquareRoot(operand=operand):
                return root(_not_negative(self.of(operand)))
            case ex.Extreme(which=which, operands=operands):
                return extreme(which, map(self.of, operands))
            case ex.Round(operand=operand, digits=digits):
                return rounded(self.of(operand), digits)
            case ex.Power(base=base, exponent=exponent):
                one, other = self.of(base), self.of(exponent)
                return VARIES if not _are_finite(one, other) else power(_of_such_a_power(one, other), other)
            case _:
                assert_never(node)

    def _named(self, name: str) -> Amount:
        if name in self._values:
            if name not in self._of_values:
                self._of_values[name] = self.of(self._values[name].expression.tree)
            return self._of_values[name]
        question = self._questions.get(name)
        return _hull(_range(question)) if question else None

    def _scores(self, name: str) -> list[Decimal]:
        question = self._questions.get(name)
        return [option.score for option in question.options if option.score is not None] if question else []


def _range(question: Question) -> list[Span]:
    return [Span(unit.minimum * unit.factor, unit.maximum * unit.factor) for unit in question.units]


def _time(unit: Elapsed, question: Question | None) -> Span | None:
    """How long ago a date may be; a year of which but some days lie within the range is a date, too."""
    if question is None:
        return None
    most = Decimal((question.within_years + 1) * _IN_A_YEAR[unit])
    return Span(most.copy_negate() if question.future else Decimal(0), most)


def _hull(spans: Iterable[Span]) -> Span | None:
    listed = list(spans)
    if not listed:
        return None
    return Span(min(span.low for span in listed), max(span.high for span in listed))


def _are_finite(*spans: Span | None) -> bool:
    return all(span is None or (span.low.is_finite() and span.high.is_finite()) for span in spans)


def _of_such_a_power(base: Span | None, exponent: Span | None) -> Span | None:
    """The part of a range that has such a power, where only its negative numbers have none."""
    if exponent is None or exponent.low != exponent.high or exponent.low == exponent.low.to_integral_value():
        return base
    return _not_negative(base)


def _not_negative(span: Span | None) -> Span | None:
    if span is None or span.high < 0:
        return None
    return Span(max(span.low, Decimal(0)), span.high)
