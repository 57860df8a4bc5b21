"""Expressions as FHIRPath: true, false or empty for a condition; a number, or empty where it is unknown.

FHIRPath's `and`, `or` and `not()` are the three-valued ones, so that a condition is written as it stands;
`definitely(c)` is `iif(c, true, false)` and `possibly(c)` is `iif((c).not(), false, true)`. In the mode OPEN, in which
grounds are read, a strict choice is the collection of the options that may be the truth. SETTLED is not written: nobody
settles answers there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from screening.fhir.elapsed_time import EMPTY, TimeComparisons
from screening.fhir.exactness import MOST_FACTORS
from screening.fhir.names import ASKED_UNKNOWN, VariableNames
from screening.ruleset.language.comparison_bounds import certain
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.language.symbol_table import OUTCOME_NAMES, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.questions import Question, QuestionType


class NotExportedError(ValueError):
    """A condition speaks of the outcome, which no foreign program knows."""


def literal(text: str) -> str:
    """A text as FHIRPath writes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def collection(codes: Iterable[str]) -> str:
    """Codes as a collection."""
    return f"({' | '.join(map(literal, codes))})"


def chosen_by_code(cases: Mapping[str, str], otherwise: str = EMPTY) -> str:
    """What stands for `$this`, a code."""
    written = otherwise
    for code, case in reversed(list(cases.items())):
        written = f"iif($this = {literal(code)}, {case}, {written})"
    return written


class FhirPath:
    """Writes expressions over the variables that `variables` writes."""

    def __init__(self, names: SymbolTable, variables: VariableNames, mode: EvaluationMode) -> None:
        self.names = names
        self.variables = variables
        self.mode = mode
        self.times = TimeComparisons(names, variables)

    def expression(self, node: ex.Node) -> str:
        """A condition or a number."""
        return self.number(node) if is_number(node, self.names) else self.condition(node)

    # --- conditions ---

    def condition(self, node: ex.Node) -> str:  # noqa: C901 - one case a node
        """True, false, or empty where it is unknown."""
        if isinstance(node, ex.OnlyNumber):
            raise TypeError(node)
        match node:
            case ex.Not(operand=operand):
                return f"({self.condition(operand)}).not()"
            case ex.And(operands=operands):
                return f"({' and '.join(map(self.condition, operands))})"
            case ex.Or(operands=operands):
                return f"({' or '.join(map(self.condition, operands))})"
            case ex.Definitely(operand=operand):
                return f"iif({self.condition(operand)}, true, false)"
            case ex.Possibly(operand=operand):
                return f"iif(({self.condition(operand)}).not(), false, true)"
            case ex.Conditional():
                return self._branch(node, self.condition(node.then), self.condition(node.otherwise))
            case ex.Comparison():
                return self._comparison(node)
            case ex.Membership(subject=subject, options=options):
                return self._membership(subject, options)
            case ex.AnyOf(subject=subject, options=options):
                return self._any_of(subject, options)
            case ex.Known(subject=subject):
                return self._known(subject)
            case ex.MayBe() | ex.Holds():
                raise NotExportedError(node)
            case ex.Name() if is_nothing(node, self.names):
                return EMPTY
            case ex.Name(name=name):
                return self._value(name)
            case ex.Unknown():
                return EMPTY
            case _:
                assert_never(node)

    def _value(self, name: str) -> str:
        """A value: its variable, or in the mode in which no variable holds it what it is."""
        if self.mode is EvaluationMode.GIVEN:
            return f"%{self.variables.value(name)}"
        return self.expression(self.names.values[name].expression.tree)

    def _branch(self, node: ex.Conditional, then: str, otherwise: str) -> str:
        test = self.condition(node.test)
        return f"iif({test}, {then}, iif(({test}).not(), {otherwise}, {EMPTY}))"

    def _comparison(self, node: ex.Comparison) -> str:
        if of_time := self.times.written(node):
            return of_time
        if self.mode is EvaluationMode.OPEN:
            opposite = replace(node, operator=ex.OPPOSITE[node.operator])
            surely, surely_not = certain(node, self.names), certain(opposite, self.names)
            if surely != node:
                certainly, certainly_not = self._written_out(surely), self._written_out(surely_not)
                return f"iif({certainly}, true, iif({certainly_not}, false, {EMPTY}))"
        return self._written_out(node)

    def _written_out(self, node: ex.Node) -> str:
        """Comparisons whose sides are bounds already, joined."""
        match node:
            case ex.Comparison(left=left, operator=operator, right=right):
                sign = "=" if operator == "==" else operator
                return f"({self.number(left)} {sign} {self.number(right)})"
            case ex.And(operands=operands):
                return f"({' and '.join(map(self._written_out, operands))})"
            case ex.Or(operands=operands):
                return f"({' or '.join(map(self._written_out, operands))})"
            case _:
                raise TypeError(node)

    def _membership(self, subject: ex.Name, options: tuple[str, ...]) -> str:
        if subject.name in OUTCOME_NAMES:
            raise NotExportedError(subject)
        if self._is_open(subject.name):
            may_be, among = f"%{self.variables.options(subject.name)}", f"$this in {collection(options)}"
            return f"iif({may_be}.all({among}), true, iif({may_be}.where({among}).empty(), false, {EMPTY}))"
        answer = f"%{self.variables.answer(subject.name)}"
        return f"({' or '.join(f'{answer} = {literal(option)}' for option in options)})"

    def _is_open(self, question: str) -> bool:
        """Whether an answer is read as the options that may be the truth."""
        asked = self.names.questions[question]
        return self.mode is EvaluationMode.OPEN and asked.strict and asked.type is QuestionType.CHOICE

    def _any_of(self, subject: ex.Name, options: tuple[str, ...]) -> str:
        answer = f"%{self.variables.answer(subject.name)}"
        return (
            f"iif({answer}.where($this in {collection(options)}).exists(), true, "
            f"iif({self._several_known(answer)}, false, {EMPTY}))"
        )

    def _known(self, subject: ex.Name) -> str:
        name = subject.name
        if name in OUTCOME_NAMES:
            raise NotExportedError(subject)
        if name in self.names.values:
            return self.times.known(name) or f"({self.expression(subject)}).exists()"
        if self.names.questions[name].type is QuestionType.SEVERAL:
            return self._several_known(f"%{self.variables.answer(name)}")
        if self._is_open(name):
            return f"(%{self.variables.options(name)}.count() = 1)"
        return f"%{self.variables.answer(name)}.exists()"

    def _several_known(self, answer: str) -> str:
        return f"({answer}.exists() and {answer}.where($this = {literal(ASKED_UNKNOWN)}).empty())"

    # --- numbers ---

    def number(self, node: ex.Node) -> str:  # noqa: C901 - one case a node
        """A number, or empty where it is unknown."""
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Number(value=value):
                return _written(value)
            case ex.Unknown():
                return EMPTY
            case ex.Name(name=name):
                return self._value(name) if name in self.names.values else f"%{self.variables.answer(name)}"
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return f"({self.number(left)} {operator} {self.number(right)})"
            case ex.SquareRoot(operand=operand):
                return f"({self.number(operand)}).where($this >= 0).sqrt()"
            case ex.Sum(operands=operands):
                return f"({' + '.join(map(self.number, operands))})"
            case ex.Extreme(which=which, operands=operands):
                return _extreme(which, [self.number(operand) for operand in operands])
            case ex.Round(operand=operand, digits=digits):
                return _rounded(self.number(operand), digits)
            case ex.Power():
                return self._power(node)
            case ex.Conditional():
                return self._branch(node, self.number(node.then), self.number(node.otherwise))
            case ex.Since():
                return self.times.number(node)
            case ex.Score(subject=subject):
                return self._score(self.names.questions[subject.name], node.bound)
            case _:
                assert_never(node)

    def _power(self, node: ex.Power) -> str:
        base, exponent = self.number(node.base), node.constant
        if exponent is None:
            return f"({self.number(node.exponent)}).select(({base}).power($this))"
        if exponent == 0:
            return f"({base}).select(1)"
        if exponent == exponent.to_integral_value() and abs(exponent) <= MOST_FACTORS:
            product = " * ".join(["$this"] * abs(int(exponent)))
            return f"({base}).select({product if exponent > 0 else f'1 / ({product})'})"
        bound = "> 0" if exponent < 0 else ">= 0"
        return f"({base}).where($this {bound}).power({_written(exponent)})"

    def _score(self, question: Question, bound: str) -> str:
        scores = {option.code: _written(option.score) for option in question.options if option.score is not None}
        by_code = chosen_by_code(scores)
        if not self._is_open(question.id):
            return f"%{self.variables.answer(question.id)}.select({by_code})"
        chosen_scores = f"%{self.variables.options(question.id)}.select({by_code})"
        if bound:
            return _first_by("<" if bound == "least" else ">", chosen_scores)
        return f"iif({chosen_scores}.distinct().count() = 1, {chosen_scores}.distinct(), {EMPTY})"


def _extreme(which: str, numbers: list[str]) -> str:
    """The least or the greatest; empty where one is."""
    first, *others = numbers
    together = f"({first})" + "".join(f".combine({other})" for other in others)
    extreme = _first_by("<" if which == "min" else ">", together)
    return f"iif({together}.count() = {len(numbers)}, {extreme}, {EMPTY})"


def _first_by(order: str, numbers: str) -> str:
    """The number of a collection that stands in this order to all others."""
    return f"{numbers}.aggregate(iif($total.empty() or $this {order} $total, $this, $total))"


def _rounded(number: str, digits: int) -> str:
    """A number rounded, a half away from zero. FHIRPath's own `round` does not say where a half below zero goes."""
    scale = _written(Decimal(10) ** abs(digits))
    up, down = ("*", "/") if digits >= 0 else ("/", "*")
    whole = "iif($this - $this.floor() >= 0.5, $this.floor() + 1, $this.floor())"
    return f"({number}).select(iif($this < 0, -1, 1) * (($this.abs() {up} {scale}).select({whole})) {down} {scale})"


def _written(number: Decimal) -> str:
    written = f"{number:f}"
    return f"({written})" if number < 0 else written
