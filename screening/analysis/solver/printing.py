"""Formulas over answers, printed for an SMT solver: atoms as variables, comparisons as arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import z3

from screening.analysis.solver.encoding import (
    Choice,
    Dated,
    Encoding,
    Numeric,
    Several,
    Sign,
    in_range,
    real,
    twin,
    variables,
)
from screening.analysis.solver.nonlinear import Nonlinear
from screening.analysis.solver.some_numbers import tried_numbers
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, Sort, walk
from screening.ruleset.formulas.atoms import (
    Atom,
    Compared,
    Endless,
    Free,
    FromZero,
    Is,
    NumberGiven,
    PartOn,
    Reached,
    Settled,
    SomeNumber,
    Ticked,
    Unsure,
)
from screening.ruleset.formulas.reads import Reads
from screening.ruleset.formulas.settled_numbers import with_number
from screening.ruleset.formulas.terms import End, Shape, Term, constant, parts
from screening.ruleset.model.dates import Elapsed

FREE = ("free true", "free false", "free known", "free value")
"""The variables of a value that may be anything."""


class Printer:
    """Prints formulas about one answer set, in which the variables named in `twins` are their twins."""

    def __init__(
        self,
        encoding: Encoding,
        nonlinear: Nonlinear,
        twins: frozenset[str] = frozenset(),
        settled: Mapping[str, z3.ArithRef] = MappingProxyType({}),
        first: Printer | None = None,
    ) -> None:
        """`settled` are the settled answers that may be read, by question.

        `first` prints the first answer set: what reads none of the variables in `twins` is the same of both.
        """
        self._settled = settled
        self._first = first
        self.reads: Reads = first.reads if first else Reads()
        self._encoding = encoding
        self._nonlinear = nonlinear
        self._twins = twins
        self._answers = {name: encoding.answer(name, twins) for name in encoding.given}
        self._printed: dict[Formula, z3.BoolRef] = {}
        self._terms: dict[Term, z3.ArithRef] = {}

    def formula(self, formula: Formula) -> z3.BoolRef:
        """A formula of the solver that is true of the same answer sets."""
        if formula in self._printed:
            return self._printed[formula]
        if self._first and self.reads.of(formula).isdisjoint(self._twins):
            return self._first.formula(formula)
        pending = [formula]
        while pending:
            node = pending[-1]
            waiting = [part for part in node.operands if part not in self._printed]
            if self._first and self.reads.of(node).isdisjoint(self._twins):
                self._printed[node] = self._first.formula(node)
            elif not waiting:
                self._printed[node] = self._of(node, [self._printed[part] for part in node.operands])
            else:
                pending += waiting
                continue
            pending.pop()
        return self._printed[formula]

    def _of(self, formula: Formula, operands: list[z3.BoolRef]) -> z3.BoolRef:
        match formula.sort:
            case Sort.CONSTANT:
                return z3.BoolVal(formula is TRUE)
            case Sort.NOT:
                return z3.Not(operands[0])
            case Sort.ALL:
                return z3.And(*operands)
            case Sort.ANY:
                return z3.Or(*operands)
            case Sort.ATOM:
                assert formula.atom is not None  # noqa: S101 - by its sort
                return self._atom(formula.atom)

    def _atom(self, atom: Atom) -> z3.BoolRef:  # noqa: C901 - one case an atom
        match atom:
            case Is(question=question, option=option) | Ticked(question=question, option=option):
                answer = self._answers[question]
                assert isinstance(answer, Choice | Several)  # noqa: S101 - checked when the rule file was loaded
                return answer.options[option]
            case Unsure(question=question):
                answer = self._answers[question]
                assert isinstance(answer, Several)  # noqa: S101 - the same
                return answer.unsure
            case NumberGiven(question=question):
                answer = self._answers[question]
                assert isinstance(answer, Numeric | Dated)  # noqa: S101 - the same
                return answer.known
            case Endless(question=question, end=end):
                sign = self._sign(question)
                return sign.endless_low if end is End.LOW else sign.endless_high
            case FromZero(question=question):
                return self._sign(question).from_zero
            case Reached(question=question):
                return self._sign(question).reached
            case PartOn(part=part):
                return self._encoding.parts[part]
            case Compared(left=left, operator=operator, right=right):
                return _compared(self.term(left), operator, self.term(right))
            case Free(what=what):
                return self._free(z3.Bool(f"free {what}"))
            case SomeNumber():
                return self._some(atom)
            case Settled():
                raise AssertionError(atom)  # of a completion, of which nothing is left where formulas are printed

    def _some(self, some: SomeNumber) -> z3.BoolRef:
        """Whether some number makes a formula true: what that says is known beside, see `some_numbers`."""
        is_some, number = self.some_variables(some)
        question = self._encoding.question(some.question)
        values = numbers_tried(some, self._encoding)
        tried = (with_number(some.formula, some.question, constant(Fraction(value))) for value in values)
        known = [z3.Implies(is_some, z3.And(in_range(question, number), self.of_number(some, number)))]
        if some.looked_for is not FALSE:
            looked_for = self.formula(some.looked_for)
            known += [z3.Implies(z3.And(looked_for, self.formula(condition)), is_some) for condition in tried]
        if self._first and self._tries_the_same(some):
            known += [*_also_of(self._first, some, self), *_also_of(self, some, self._first)]
        self._nonlinear.know(is_some, known, of_pairs=is_of_pairs(some, self._encoding))
        return is_some

    def some_variables(self, some: SomeNumber) -> tuple[z3.BoolRef, z3.ArithRef]:
        """Whether there is some number, and which."""
        twins = " ".join(sorted(self._twins))
        name = f"some {some.question} {some.formula.serial} {some.looked_for.serial} {twins}"
        return z3.Bool(name), z3.Real(f"{name} number")

    def of_number(self, some: SomeNumber, number: z3.ArithRef) -> z3.BoolRef:
        """What makes a number one of these."""
        settled = {**self._settled, some.question: number}
        return Printer(self._encoding, self._nonlinear, self._twins, settled).formula(some.formula)

    def _tries_the_same(self, some: SomeNumber) -> bool:
        """Whether the engine tries the same numbers for both answer sets: that hangs on answers that do not differ."""
        read = (self._encoding.given[name] for name in some.hangs_on)
        return all(variable.decl().name() not in self._twins for answer in read for variable in variables(answer))

    def _sign(self, question: str) -> Sign:
        sign = self._number(question).sign
        assert sign is not None  # noqa: S101 - formulas speak of bounds only where answers may be such
        return sign

    def _number(self, question: str) -> Numeric:
        answer = self._answers[question]
        assert isinstance(answer, Numeric)  # noqa: S101 - checked when the rule file was loaded
        return answer

    def _free(self, variable: z3.ExprRef) -> z3.ExprRef:
        return twin(variable) if variable.decl().name() in self._twins else variable

    # --- numbers ---

    def term(self, term: Term) -> z3.ArithRef:
        """A number; what is not linear in the answers is a fresh variable of `nonlinear`."""
        for operand in parts(term):
            if operand not in self._terms:
                self._terms[operand] = self._term(operand, [self._terms[part] for part in operand.operands])
        return self._terms[term]

    def _term(self, term: Term, operands: list[z3.ArithRef]) -> z3.ArithRef:  # noqa: C901 - one case a shape
        match term.shape:
            case Shape.CONSTANT:
                return real(term.value)
            case Shape.ANSWER:
                return self._answered(term)
            case Shape.FREE:
                return self._free(z3.Real("free value"))
            case Shape.ROOT:
                return self._nonlinear.root(operands[0], term)
            case Shape.ROUNDED:
                return self._nonlinear.rounded(operands[0], term)
            case Shape.POWER:
                return self._nonlinear.power(operands[0], term)
            case Shape.EXPONENTIAL:
                return self._nonlinear.exponential(operands[0], term)
            case Shape.JOINED:
                return self._nonlinear.joined(operands[0], operands[1], term)
            case Shape.NEARLY:
                return self._nonlinear.nearly(operands[0], term)
            case Shape.ENDLESS:
                raise AssertionError(term)  # nothing is worked out from what is no number, nor compared with it

    def _answered(self, term: Term) -> z3.ArithRef:
        if term.end is End.SETTLED:
            return self._settled[term.question]
        question, _, unit = term.question.partition(" ")
        answer = self._answers[question]
        if isinstance(answer, Dated):
            return answer.times[Elapsed(unit)]
        number = self._number(question)
        return number.low if term.end is End.LOW else number.value


def is_of_pairs(some: SomeNumber, encoding: Encoding) -> bool:
    """Whether a number is looked for with one of another question, of which the engine does not try all pairs."""
    return encoding.bounded and any(isinstance(node.atom, SomeNumber) for node in walk(some.formula))


def numbers_tried(some: SomeNumber, encoding: Encoding) -> tuple[Decimal, ...]:
    """The numbers that are put into the formula of "some number"."""
    return () if is_of_pairs(some, encoding) else tried_numbers(encoding.question(some.question), some.formula)


def _also_of(one: Printer, some: SomeNumber, other: Printer) -> Iterator[z3.BoolRef]:
    """A number that the engine found for one answer set is one that it tried for another, too."""
    is_some, number = one.some_variables(some)
    also, _ = other.some_variables(some)
    yield z3.Implies(z3.And(is_some, other.of_number(some, number)), also)


def _compared(left: z3.ArithRef, operator: str, right: z3.ArithRef) -> z3.BoolRef:
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case "==":
            return left == right
        case _:
            raise AssertionError(operator)
