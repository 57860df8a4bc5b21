"""What becomes of formulas that read the settled answer to a strict question for a number.

Where a formula only compares that number with constants, what lies at and between these stands for all numbers, and
nothing is left to be found. Where it computes with it, "some number" is an atom of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from screening.ruleset.compiler.classes.number_cells import few_numbers, fixed_numbers
from screening.ruleset.compiler.classes.unit_cells import cells_of
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, atom, negation, rebuilt, walk
from screening.ruleset.formulas.atoms import Atom, Compared, SomeNumber
from screening.ruleset.formulas.bounds import Stretch, leaves
from screening.ruleset.formulas.comparing import compared
from screening.ruleset.formulas.terms import End, Shape, Term, answer, constant, replaced, settled_in
from screening.ruleset.model.questions import Question


def settled_numbers(of: Atom) -> frozenset[str]:
    """The questions whose settled numbers an atom reads."""
    match of:
        case Compared(left=left, right=right):
            return settled_in(left, right)
        case SomeNumber(question=question, formula=formula):
            atoms = (node.atom for node in walk(formula) if node.atom is not None)
            return frozenset[str]().union(*map(settled_numbers, atoms)) - {question}
        case _:
            return frozenset()


def some_numbers(formulas: Sequence[Formula]) -> frozenset[str]:
    """The questions of which formulas ask whether some number makes something true."""
    questions: set[str] = set()
    for node in walk(*formulas):
        if isinstance(node.atom, SomeNumber):
            questions |= {node.atom.question, *some_numbers([node.atom.formula])}
    return frozenset(questions)


def with_number(formula: Formula, question: str, number: Term) -> Formula:
    """The formula with this number for the settled answer to a question."""
    old = answer(question, End.SETTLED)

    def changed(of: Formula) -> Formula:
        match of.atom:
            case Compared(left=left, operator=operator, right=right) if question in settled_in(left, right):
                return compared(replaced(left, old, number), operator, replaced(right, old, number))
            case SomeNumber(formula=inner) if question in settled_numbers(of.atom):
                return _some_number(replace(of.atom, formula=with_number(inner, question, number)))
            case _:
                return of

    return rebuilt(formula, changed, {})


def _some_number(some: SomeNumber) -> Formula:
    """Where some number makes a formula true; the formula itself where it does not read one."""
    if any(node.atom is not None and some.question in settled_numbers(node.atom) for node in walk(some.formula)):
        return atom(some)
    return some.formula


@dataclass(frozen=True)
class Completing:
    """A number that is completed, and what the engine goes through for it."""

    question: Question
    worked_with: bool
    """Whether rules do more with it than compare it with constants: then so many digits are gone through, no others."""
    looked_for: Formula = TRUE
    """Where all of these are gone through, and not some of them tried."""
    hangs_on: frozenset[str] = frozenset()
    """The questions on whose answers it hangs which numbers these are."""

    def in_some_way(self, formula: Formula) -> Formula:
        """Where some number that the question accepts makes a formula true, written out where that can be."""
        few, limits = few_numbers(self.question), self._limits(formula)
        if few:
            for_some = any_of(*(self._with(formula, Fraction(number)) for number in few))
            if self.looked_for is TRUE:
                return for_some
            tried = self._some(formula, FALSE)
            return any_of(all_of(self.looked_for, for_some), all_of(negation(self.looked_for), tried))
        if self.worked_with or limits is None:
            return self._some(formula, self.looked_for)
        return any_of(*(self._with(formula, Fraction(number)) for number in fixed_numbers(self.question, limits)))

    def within_bound(self, formula: Formula) -> Formula:
        """The same of the numbers that the bound leaves which was given."""
        few, limits = few_numbers(self.question), self._limits(formula)
        if few or limits is None:
            left = all_of(formula, leaves(self.question, answer(self.question.id, End.SETTLED)))
            if few or all(unit.whole for unit in self.question.units):
                return replace(self, worked_with=True).in_some_way(left)
            return self._some(left, FALSE)  # which of so many are gone through hangs on the bound
        stretches = _stretches(self.question, limits)
        return any_of(
            *(all_of(stretch.meets(self.question), self._with(formula, stretch.number)) for stretch in stretches)
        )

    def _some(self, formula: Formula, looked_for: Formula) -> Formula:
        return _some_number(SomeNumber(self.question.id, formula, looked_for, self.hangs_on))

    def _with(self, formula: Formula, number: Fraction) -> Formula:
        return with_number(formula, self.question.id, constant(number))

    def _limits(self, formula: Formula) -> set[Decimal] | None:
        return _limits(self.question, formula)


def _limits(question: Question, formula: Formula) -> set[Decimal] | None:
    """The constants with which alone a formula compares the settled number; None where it does more."""
    limits = set[Decimal]()
    for node in walk(formula):
        if node.atom is not None and question.id in settled_numbers(node.atom):
            limit = settled_limit(node.atom, question.id)
            if limit is None:
                return None
            limits.add(limit)
    return limits


def _stretches(question: Question, limits: set[Decimal]) -> Iterator[Stretch]:
    """What lies at and between constants, in each unit: real numbers, or whole ones where only these are accepted."""
    ordered = sorted(limits)
    for unit in question.units:
        ends = sorted({Fraction(limit) for limit in ordered})
        least, most = (Fraction(end) * Fraction(unit.factor) for end in (unit.minimum, unit.maximum))
        for cell in cells_of(unit, ordered, finer=0):
            first, last = Fraction(cell.number(cell.first)), Fraction(cell.number(cell.last))
            number = Fraction(cell.roundest(cell.first, cell.last))
            if unit.whole or number in limits:
                yield Stretch(number, first, last, low_in=True, high_in=True)
            else:
                low = max((end for end in ends if least <= end < number), default=least)
                high = min((end for end in ends if number < end <= most), default=most)
                yield Stretch(number, low, high, low_in=low not in ends, high_in=high not in ends)


def settled_limit(of: Atom, question: str) -> Decimal | None:
    """The constant with which an atom compares the settled number itself; None where it does more."""
    if not isinstance(of, Compared):
        return None
    number = answer(question, End.SETTLED)
    other = of.right if of.left is number else of.left
    if number not in (of.left, of.right) or other.shape is not Shape.CONSTANT:
        return None
    limit = Decimal(other.value.numerator) / Decimal(other.value.denominator)
    return limit if Fraction(limit) == other.value else None
