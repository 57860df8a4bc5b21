"""The one reading of number expressions as formulas: each number by its cases, in each mode.

Where answers may be bounds, what reads a number is read in two ways: exactly where all its answers are exact, and by
intervals where one is a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol, assert_never

from screening.ruleset.formulas import numbers
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, atom, negation
from screening.ruleset.formulas.atoms import Free, NumberGiven, Settled
from screening.ruleset.formulas.bounds import is_bound, is_completed, left_by
from screening.ruleset.formulas.counting import Counting
from screening.ruleset.formulas.numbers import Cases, Span
from screening.ruleset.formulas.signs import Signs
from screening.ruleset.formulas.span_arithmetic import SpanArithmetic
from screening.ruleset.formulas.terms import End, answer, constant, free
from screening.ruleset.formulas.truths import Truth
from screening.ruleset.language.evaluation_mode import OPEN_SCORES, EvaluationMode
from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed, time_name
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet


class Arithmetic(Protocol):
    """What joins numbers: those of `numbers`, or intervals."""

    def calculated(self, left: Cases, operator: str, right: Cases) -> Cases:
        """Two numbers joined by one of `+ - * /`."""

    def total(self, parts: Sequence[Cases]) -> Cases:
        """All numbers added up."""

    def rooted(self, number: Cases) -> Cases:
        """The root."""

    def extreme(self, which: str, parts: Sequence[Cases]) -> Cases:
        """The least ("min") or the greatest ("max")."""

    def rounded(self, number: Cases, digits: int) -> Cases:
        """A number rounded to so many digits after the point."""

    def powered(self, number: Cases, exponent: Fraction) -> Cases:
        """A number to a constant power."""

    def exponential_of(self, base: Fraction, number: Cases) -> Cases:
        """A positive constant to the power of a number."""


class NumberReading(Counting):
    """Reads the numbers of one rule set; conditions in them are read by `reading`."""

    def __init__(
        self,
        rule_set: RuleSet,
        free_value: str = "",
        *,
        bounded: bool = False,
        beyond: Mapping[str, Span] = MappingProxyType({}),
    ) -> None:
        """`free_value` names a value that may be anything, to see what it decides; `bounded`: answers may be bounds.

        `beyond` are numbers of which a completion says that they lie in an interval beyond their range.
        """
        super().__init__(rule_set)
        self.names = SymbolTable.of(rule_set)
        self.free_value = free_value
        self.bounded = bounded
        self.beyond = beyond
        self._spans: Arithmetic = SpanArithmetic(Signs(self.names.questions))
        self._numbers: dict[tuple[str, EvaluationMode, bool], Cases] = {}

    def truth(self, node: ex.Node, mode: EvaluationMode) -> Truth:
        """Where a condition is true and where it is false."""
        raise NotImplementedError

    def number(self, node: ex.Node, mode: EvaluationMode, *, spanned: bool = False) -> Cases:  # noqa: C901 - one case a node
        """A number by its cases; `spanned`: answers are the intervals that they leave."""
        arithmetic: Arithmetic = self._spans if spanned else numbers

        def read(part: ex.Node) -> Cases:
            return self.number(part, mode, spanned=spanned)

        match node:
            case ex.Number(value=value):
                return numbers.exactly(constant(Fraction(value)))
            case ex.Unknown():
                return numbers.NOWHERE
            case ex.Name(name=name):
                return self.named_number(name, mode, spanned=spanned)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                true, false = self.truth(test, mode)
                return numbers.chosen(true, false, read(then), read(otherwise))
            case ex.Score(subject=subject):
                return self._score(self.names.questions[subject.name], node.bound, mode)
            case ex.Since(subject=subject, unit=unit):
                return self._since(subject.name, unit, mode)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return arithmetic.calculated(read(left), operator, read(right))
            case ex.Sum(operands=operands):
                return arithmetic.total([*map(read, operands)])
            case ex.SquareRoot(operand=operand):
                return arithmetic.rooted(read(operand))
            case ex.Extreme(which=which, operands=operands):
                return arithmetic.extreme(which, [*map(read, operands)])
            case ex.Round(operand=operand, digits=digits):
                return arithmetic.rounded(read(operand), digits)
            case ex.Power(constant=exponent) if exponent is not None:
                return arithmetic.powered(read(node.base), Fraction(exponent))
            case ex.Power():
                assert isinstance(node.base, ex.Number)  # noqa: S101 - so it is read by the parser
                return arithmetic.exponential_of(Fraction(node.base.value), read(node.exponent))
            case (
                ex.Not()
                | ex.And()
                | ex.Or()
                | ex.Comparison()
                | ex.Membership()
                | ex.AnyOf()
                | ex.Definitely()
                | ex.Possibly()
                | ex.Known()
                | ex.MayBe()
                | ex.Holds()
            ):
                raise AssertionError(node)  # a condition: the same
            case _:
                assert_never(node)

    def named_number(self, name: str, mode: EvaluationMode, *, spanned: bool) -> Cases:
        """The number of a question or a value; each value is read once in each mode."""
        if name in self.names.questions:
            return self._answered_number(self.names.questions[name], mode, spanned=spanned)
        if name == self.free_value:
            return numbers.exactly(free(), atom(Free("known")) if self.may_be_unknown(name) else TRUE)
        key = (name, mode, spanned)
        if key not in self._numbers:
            self._numbers[key] = self.number(self.names.values[name].expression.tree, mode, spanned=spanned)
        return self._numbers[key]

    def _answered_number(self, question: Question, mode: EvaluationMode, *, spanned: bool) -> Cases:
        name = question.id
        if mode is EvaluationMode.SETTLED and (is_completed(question) if self.bounded else question.strict):
            if name in self.beyond:
                return {self.beyond[name]: TRUE}
            return numbers.exactly(answer(name, End.SETTLED))
        given = all_of(self.asked(name), atom(NumberGiven(name)))
        if spanned:
            return numbers.cases((span, all_of(given, where)) for span, where in left_by(question))
        return numbers.cases([(Span(answer(name), answer(name)), given)])

    def _since(self, name: str, unit: Elapsed, mode: EvaluationMode) -> Cases:
        """One of the numbers that a date gives; a date is exact."""
        time = time_name(name, unit)
        if mode is EvaluationMode.SETTLED and self.names.questions[name].strict:
            return numbers.exactly(answer(time, End.SETTLED))
        return numbers.exactly(answer(time), all_of(self.asked(name), atom(NumberGiven(name))))

    def _score(self, question: Question, bound: str, mode: EvaluationMode) -> Cases:
        scores = {option.code: option.score for option in question.options if option.score is not None}
        if question.strict and mode is EvaluationMode.SETTLED:
            listed = [(scores[code], self.is_settled(question.id, [code])) for code in question.complete_codes]
        elif question.strict and mode is EvaluationMode.OPEN:
            read = OPEN_SCORES[bound]
            scored = ((read(scores, meant), where) for meant, where in self.meanings(question))
            listed = [(score, where) for score, where in scored if score is not None]
        else:
            listed = [(score, self.chosen(question.id, [code])) for code, score in scores.items()]
        exact = ((constant(Fraction(score)), where) for score, where in listed)
        return numbers.cases((Span(term, term), where) for term, where in exact)

    def ways_to_read(self, node: ex.Node, mode: EvaluationMode) -> list[tuple[bool, Formula]]:
        """Whether what reads numbers is read by intervals, and where: where an answer that it reads is one."""
        if not self.bounded:
            return [(False, TRUE)]
        read = sorted(self.names.questions_in(node))
        some = any_of(*(self._is_span(name, mode) for name in read))
        return [(spanned, where) for spanned, where in ((False, negation(some)), (True, some)) if where is not FALSE]

    def _is_span(self, name: str, mode: EvaluationMode) -> Formula:
        """Where the answer to a question is an interval, for what is read in some mode."""
        question = self.names.questions[name]
        if mode is EvaluationMode.SETTLED and is_completed(question):
            return TRUE if name in self.beyond else FALSE
        if question.type is not QuestionType.NUMBER:
            return FALSE
        return all_of(self.asked(name), atom(NumberGiven(name)), is_bound(question))

    def may_be_unknown(self, value: str) -> bool:
        """Whether a value that may be anything may be unknown too: a rule reads one that may not be as it is."""
        return self.names.may_be_unknown(self.names.values[value].expression.tree, Setting.RULE)

    def is_settled(self, name: str, options: Iterable[str]) -> Formula:
        """Where a completion has one of some options."""
        return any_of(*(atom(Settled(name, option)) for option in sorted(options)))
