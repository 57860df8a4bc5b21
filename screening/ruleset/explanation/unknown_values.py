"""Why a value is unknown although everything that it reads was answered: by conditions of its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.engine.read_answers import holding_parts
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.ranges import RangeReader
from screening.ruleset.language.spans import Span
from screening.ruleset.model import expression as ex
from screening.ruleset.model.open_answers import leaves_others
from screening.ruleset.model.outcome import UnknownValue

_ZERO = ex.Number(Decimal(0))


def unknown_values(engine: Engine, answers: Answers) -> tuple[UnknownValue, ...]:
    """The numbers among the values that these answers do not give, though no answer to them is open or missing."""
    counted, asked = engine.functions.effective(engine.state(answers))
    is_asked = dict(zip(engine.names.questions, asked, strict=True))
    reasons = _Reasons(engine, counted)
    unknown: list[UnknownValue] = []
    for value, result in zip(engine.rule_set.values, engine.functions.values(counted), strict=True):
        read, questions = engine.names.value_questions[value.id], engine.names.questions
        answered = all(is_asked[name] and not leaves_others(questions[name], counted[name]) for name in read)
        if result is None and read and answered and is_number(value.expression.tree, engine.names):
            unknown.append(UnknownValue(value.id, tuple(dict.fromkeys(reasons.of(value.expression.tree)))))
    return tuple(unknown)


class _Reasons:
    """Finds the conditions by which numbers are unknown in one answer set."""

    def __init__(self, engine: Engine, counted: Answers) -> None:
        self._names = engine.names
        self._reader = RangeReader(engine.names, counted, undecided=None)

    def of(self, node: ex.Node) -> Iterator[ex.Node]:
        """The conditions that hold by which a number is unknown."""
        match node:
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                yield from self._of_branch(then, test, otherwise)
            case ex.Name(name=name) if name in self._names.values:
                yield from self.of(self._names.values[name].expression.tree)
            case _:
                for child in node.children():
                    if is_number(child, self._names) and self._reader.amount(child) is None:
                        yield from self.of(child)
                yield from self._undefined_parts(node)

    def _of_branch(self, then: ex.Node, test: ex.Node, otherwise: ex.Node) -> Iterator[ex.Node]:
        match self._reader.truth(test), then, otherwise:
            case True, ex.Unknown(), _:
                yield from (
                    holding_part
                    for holding_part in holding_parts(test, self._names)
                    if self._reader.truth(holding_part) is True
                )
            case False, _, ex.Unknown():
                yield ex.Not(test)
            case truth, _, _:
                yield from self.of(test if truth is None else then if truth else otherwise)

    def _undefined_parts(self, node: ex.Node) -> Iterator[ex.Node]:
        """A division by zero, the root of a negative, or a power that there is not."""
        match node:
            case ex.Arithmetic(operator="/", right=right) if self._reader.amount(right) == Span(Decimal(0), Decimal(0)):
                yield ex.Comparison(right, "==", _ZERO)
            case ex.SquareRoot(operand=operand):
                number = self._reader.amount(operand)
                if isinstance(number, Span) and number.high < 0:
                    yield ex.Comparison(operand, "<", _ZERO)
            case ex.Power(base=base, constant=exponent) if exponent is not None and not isinstance(base, ex.Number):
                number = self._reader.amount(base)
                if isinstance(number, Span) and number.high < 0 and exponent != exponent.to_integral_value():
                    yield ex.Comparison(base, "<", _ZERO)
                elif number == Span(Decimal(0), Decimal(0)) and exponent < 0:
                    yield ex.Comparison(base, "==", _ZERO)
