"""What expressions are over a range of numbers at once: by interval arithmetic, for those who look for what changes.

A comparison is true or false of a range where it is so at every point of it, and `Vary.VARIES` where that is not
certain: nothing is called certain that some point denies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from screening.ruleset.language.evaluation_mode import is_number, not_asked
from screening.ruleset.language.spans import VARIES, Amount, Span, Vary, combine, extreme, power, root, rounded, surely
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Bound, Plain, ValueResult
from screening.ruleset.model.dates import TODAY, DayRange, Elapsed, elapsed_between
from screening.ruleset.model.questions import Question, QuestionType


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice of which it is known only that it is one of these options."""

    options: frozenset[str]


Truth = bool | Vary | None
"""None: unknown, in Kleene's sense, at every point."""
RangedAnswer = Plain | Span | OneOf | Vary
Ranged = Mapping[str, RangedAnswer]
"""An answer, or a range of answers, to every question."""


class RangeReader:
    """Reads expressions over one range of answer sets."""

    def __init__(
        self,
        names: SymbolTable,
        answers: Ranged,
        values: Mapping[str, ValueResult | Span] | None = None,
        undecided: Truth = VARIES,
    ) -> None:
        """`values` stand for what the answers give; `undecided` is a comparison that holds at some points alone."""
        self._names = names
        self._answers = answers
        self._values: dict[str, ValueResult | Span | Vary] = dict(values or {})
        self._undecided = undecided

    # --- conditions ---

    def truth(self, node: ex.Node) -> Truth:  # noqa: C901 - one case a node
        """A condition that is free of the outcome's names."""
        if isinstance(node, ex.OnlyNumber):
            raise TypeError(node)
        match node:
            case ex.Not(operand=operand):
                return _opposite(self.truth(operand))
            case ex.And(operands=operands):
                return _all(map(self.truth, operands))
            case ex.Or(operands=operands):
                return _opposite(_all(_opposite(self.truth(operand)) for operand in operands))
            case ex.Definitely(operand=operand):
                truth = self.truth(operand)
                return VARIES if truth is VARIES else truth is True
            case ex.Possibly(operand=operand):
                truth = self.truth(operand)
                return VARIES if truth is VARIES else truth is not False
            case ex.Known(subject=subject):
                return self._known_test(subject.name)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self._branch(self.truth(test), lambda: self.truth(then), lambda: self.truth(otherwise))
            case ex.Comparison(left=left, operator=operator, right=right):
                alike = left == right
                return self._comparison(self.amount(left), operator, self.amount(right), alike=alike)
            case ex.Membership(subject=subject, options=options):
                return self._choice_test(self._answers[subject.name], options)
            case ex.AnyOf(subject=subject, options=options):
                return self._tick_test(self._answers[subject.name], options)
            case ex.Name(name=name):
                value = self._value(name)
                if isinstance(value, Span | Decimal | Bound):
                    raise TypeError(name)
                return value
            case ex.Unknown():
                return None
            case ex.MayBe() | ex.Holds():
                raise AssertionError(node)  # names of an outcome
            case _:
                assert_never(node)

    def _branch(self, test: Truth, then: Callable[[], Truth], otherwise: Callable[[], Truth]) -> Truth:
        if test is VARIES:
            amount = then()
            return None if amount is None and otherwise() is None else VARIES
        return None if test is None else then() if test else otherwise()

    def _known_test(self, name: str) -> Truth:
        value = self._value(name) if name in self._names.values else self._answers[name]
        if value is VARIES:
            return VARIES
        if isinstance(value, OneOf):
            return len(value.options) == 1
        return None not in value if isinstance(value, frozenset) else value is not None

    def _comparison(self, left: Amount, operator: str, right: Amount, *, alike: bool) -> Truth:
        if left is None or right is None:
            return None
        if isinstance(left, Vary) or isinstance(right, Vary):
            return VARIES
        if alike:
            return operator in ("==", "<=", ">=")
        if surely(left, operator, right):
            return True
        return False if surely(left, ex.OPPOSITE[operator], right) else self._undecided

    @staticmethod
    def _choice_test(answer: RangedAnswer, options: tuple[str, ...]) -> Truth:
        if isinstance(answer, OneOf):
            return True if answer.options <= set(options) else False if answer.options.isdisjoint(options) else None
        if answer is None or answer is VARIES:
            return answer
        return answer in options

    @staticmethod
    def _tick_test(answer: RangedAnswer, options: tuple[str, ...]) -> Truth:
        if not isinstance(answer, frozenset):
            return VARIES
        return True if not answer.isdisjoint(options) else None if None in answer else False

    # --- numbers ---

    def amount(self, node: ex.Node) -> Amount:  # noqa: C901 - one case a node
        """A number; None where it is unknown at every point."""
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Number(value=value):
                return Span(value, value)
            case ex.Unknown():
                return None
            case ex.Name(name=name):
                read = self._value(name) if name in self._names.values else self._answers[name]
                return _amount(read)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return combine(self.amount(left), operator, self.amount(right))
            case ex.Sum(operands=operands):
                total: Amount = Span(Decimal(0), Decimal(0))
                for operand in operands:
                    total = combine(total, "+", self.amount(operand))
                return total
            case ex.SquareRoot(operand=operand):
                return root(self.amount(operand))
            case ex.Extreme(which=which, operands=operands):
                return extreme(which, map(self.amount, operands))
            case ex.Round(operand=operand, digits=digits):
                return rounded(self.amount(operand), digits)
            case ex.Power(base=base, exponent=exponent):
                return power(self.amount(base), self.amount(exponent))
            case ex.Score(subject=subject):
                return self._score(self._names.questions[subject.name])
            case ex.Since(subject=subject, unit=unit):
                return self._time(unit, subject.name)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                found_test = self.truth(test)
                if found_test is VARIES:
                    return None if self.amount(then) is None and self.amount(otherwise) is None else VARIES
                return None if found_test is None else self.amount(then if found_test else otherwise)
            case _:
                assert_never(node)

    def _score(self, question: Question) -> Amount:
        answer = self._answers[question.id]
        if answer is None or answer is VARIES:
            return answer
        codes = answer.options if isinstance(answer, OneOf) else {answer}
        scores = [option.score for option in question.options if option.code in codes and option.score is not None]
        return Span(min(scores), max(scores)) if scores else None

    def _time(self, unit: Elapsed, name: str) -> Amount:
        answer, today = self._answers[name], self._answers[TODAY]
        if answer is None or answer is VARIES:
            return answer
        if not isinstance(answer, DayRange) or not isinstance(today, DayRange):
            raise TypeError(name)
        least, most = elapsed_between(unit, answer, today.first)
        return Span(Decimal(least), Decimal(most))

    def _value(self, name: str) -> ValueResult | Span | Vary:
        if name not in self._values:
            tree = self._names.values[name].expression.tree
            self._values[name] = self.amount(tree) if is_number(tree, self._names) else self.truth(tree)
        return self._values[name]


def counting(
    names: SymbolTable,
    answers: Ranged,
    off: frozenset[str],
    values: Mapping[str, ValueResult | Span] | None = None,
    needed: frozenset[str] | None = None,
) -> dict[str, RangedAnswer]:
    """The answers that count once `ask_if` is applied to a range of answer sets; the questions `off` are not asked.

    `needed` are the questions of interest, with those that decide whether they are asked; None: all.
    """
    counted: dict[str, RangedAnswer] = {TODAY: answers[TODAY]} if TODAY in answers else {}
    reader = RangeReader(names, counted, values)
    for question in names.questions.values():
        if needed is not None and question.id not in needed:
            continue
        asked = question.id not in off and (question.ask_if is None or reader.truth(question.ask_if.tree))
        answer, default = answers[question.id], not_asked(question)
        if asked is VARIES:
            counted[question.id] = answer if answer == default else VARIES
        else:
            counted[question.id] = answer if asked else default
    return counted


def answer_range(question: Question, answer: Plain) -> RangedAnswer:
    """A strict choice as the options that may be the truth."""
    if question.type is not QuestionType.CHOICE or not question.strict:
        return answer
    if answer is None:
        return OneOf(frozenset(question.complete_codes))
    return OneOf(frozenset(question.option[answer].leaves_open or (answer,))) if isinstance(answer, str) else answer


def _amount(value: object) -> Amount:
    if value is None or isinstance(value, Span | Vary):
        return value
    if isinstance(value, Decimal):
        return Span(value, value)
    if isinstance(value, Bound):
        return Span(value.low, value.high, value.low_open, value.high_open)
    raise TypeError(value)


def _opposite(truth: Truth) -> Truth:
    return truth if truth is None or isinstance(truth, Vary) else not truth


def _all(parts: Iterable[Truth]) -> Truth:
    truths = list(parts)
    return False if False in truths else VARIES if VARIES in truths else None if None in truths else True
