"""Formulas over answers, printed for an SMT solver: atoms as variables, comparisons as arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import z3

from screening.analysis.solver.encoding import Choice, Dated, Encoding, Numeric, Several, in_range, real, twin
from screening.analysis.solver.nonlinear import Nonlinear
from screening.analysis.solver.some_numbers import tried_numbers
from screening.ruleset.formulas.algebra import TRUE, Formula, Sort, walk
from screening.ruleset.formulas.atoms import (
    Atom,
    Compared,
    Free,
    Is,
    NumberGiven,
    PartOn,
    Settled,
    SomeNumber,
    Ticked,
    Unsure,
)
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
    ) -> None:
        """`settled` are the settled answers that may be read, by question."""
        self._settled = settled
        self._encoding = encoding
        self._nonlinear = nonlinear
        self._twins = twins
        self._answers = {name: encoding.answer(name, twins) for name in encoding.given}
        self._printed: dict[Formula, z3.BoolRef] = {}
        self._terms: dict[Term, z3.ArithRef] = {}

    def formula(self, formula: Formula) -> z3.BoolRef:
        """A formula of the solver that is true of the same answer sets."""
        for node in walk(formula):
            if node not in self._printed:
                self._printed[node] = self._of(node, [self._printed[part] for part in node.operands])
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

    def _atom(self, atom: Atom) -> z3.BoolRef:
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
            case PartOn(part=part):
                return self._encoding.parts[part]
            case Compared(left=left, operator=operator, right=right):
                return _compared(self.term(left), operator, self.term(right))
            case Free(what=what):
                return self._free(z3.Bool(f"free {what}"))
            case SomeNumber(question=question, formula=formula):
                return self._some(question, formula)
            case Settled():
                raise AssertionError(atom)  # of a completion, of which nothing is left where formulas are printed

    def _some(self, question: str, formula: Formula) -> z3.BoolRef:
        """Whether some number makes a formula true: what that says is known beside, see `some_numbers`."""
        name = f"some {question} {formula.serial} {' '.join(sorted(self._twins))}"
        is_some, number = z3.Bool(name), z3.Real(f"{name} number")
        inner = Printer(self._encoding, self._nonlinear, self._twins, {**self._settled, question: number})
        asked = self._encoding.question(question)
        tried = (with_number(formula, question, constant(Fraction(value))) for value in tried_numbers(asked, formula))
        known = [
            z3.Implies(is_some, z3.And(in_range(asked, number), inner.formula(formula))),
            *(z3.Implies(self.formula(condition), is_some) for condition in tried),
        ]
        self._nonlinear.know(is_some, known)
        return is_some

    def _number(self, name: str) -> z3.ArithRef:
        """The number of an answer, or the time since a date."""
        question, _, unit = name.partition(" ")
        answer = self._answers[question]
        if isinstance(answer, Dated):
            return answer.times[Elapsed(unit)]
        assert isinstance(answer, Numeric)  # noqa: S101 - checked when the rule file was loaded
        return answer.value

    def _free(self, variable: z3.ExprRef) -> z3.ExprRef:
        return twin(variable) if variable.decl().name() in self._twins else variable

    # --- numbers ---

    def term(self, term: Term) -> z3.ArithRef:
        """A number; what is not linear in the answers is a fresh variable of `nonlinear`."""
        for operand in parts(term):
            if operand not in self._terms:
                self._terms[operand] = self._term(operand, [self._terms[part] for part in operand.operands])
        return self._terms[term]

    def _term(self, term: Term, operands: list[z3.ArithRef]) -> z3.ArithRef:
        match term.shape:
            case Shape.CONSTANT:
                return real(term.value)
            case Shape.ANSWER:
                return self._settled[term.question] if term.end is End.SETTLED else self._number(term.question)
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
