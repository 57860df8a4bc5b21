"""What becomes of formulas that read the settled answer to a strict question for a number.

Where a formula only compares that number with constants, what lies at and between these stands for all numbers, and
nothing is left to be found. Where it computes with it, "some number" is an atom of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from screening.ruleset.compiler.number_cells import few_numbers, fixed_numbers
from screening.ruleset.formulas.algebra import Formula, any_of, atom, rebuilt, walk
from screening.ruleset.formulas.atoms import Atom, Compared, SomeNumber
from screening.ruleset.formulas.numbers import compared
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
    found: set[str] = set()
    for node in walk(*formulas):
        if isinstance(node.atom, SomeNumber):
            found |= {node.atom.question, *some_numbers([node.atom.formula])}
    return frozenset(found)


def with_number(formula: Formula, question: str, number: Term) -> Formula:
    """The formula with this number for the settled answer to a question."""
    old = answer(question, End.SETTLED)

    def changed(of: Formula) -> Formula:
        match of.atom:
            case Compared(left=left, operator=operator, right=right) if question in settled_in(left, right):
                return compared(replaced(left, old, number), operator, replaced(right, old, number))
            case SomeNumber(question=other, formula=inner) if question in settled_numbers(of.atom):
                return some_number(other, with_number(inner, question, number))
            case _:
                return of

    return rebuilt(formula, changed, {})


def some_number(question: str, formula: Formula) -> Formula:
    """Where some number makes a formula true; the formula itself where it does not read one."""
    if any(node.atom is not None and question in settled_numbers(node.atom) for node in walk(formula)):
        return atom(SomeNumber(question, formula))
    return formula


def in_some_way(question: Question, formula: Formula, *, worked_with: bool) -> Formula:
    """Where some number that a question accepts makes a formula true, written out where that can be.

    `worked_with`: rules work with the number, so that the engine goes through all of so many digits, and no others.
    """
    if few := few_numbers(question):
        return any_of(*(with_number(formula, question.id, constant(Fraction(number))) for number in few))
    if worked_with:
        return some_number(question.id, formula)
    limits = set[Decimal]()
    for node in walk(formula):
        if node.atom is not None and question.id in settled_numbers(node.atom):
            limit = settled_limit(node.atom, question.id)
            if limit is None:
                return some_number(question.id, formula)
            limits.add(limit)
    numbers = (constant(Fraction(number)) for number in fixed_numbers(question, limits))
    return any_of(*(with_number(formula, question.id, number) for number in numbers))


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
