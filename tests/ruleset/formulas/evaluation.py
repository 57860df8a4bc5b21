"""What a formula says of one answer set, worked out atom by atom: for tests, without a solver and without the engine.

Numbers are enclosed between decimals that are rounded outward, with more digits until a comparison is certain; two that
no digits tell apart are taken as equal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from types import MappingProxyType

from screening.ruleset.formulas.algebra import TRUE, Formula, Sort
from screening.ruleset.formulas.atoms import (
    Atom,
    Compared,
    Endless,
    FromZero,
    Is,
    NumberGiven,
    PartOn,
    Reached,
    SomeNumber,
    Ticked,
    Unsure,
)
from screening.ruleset.formulas.settled_numbers import with_number
from screening.ruleset.formulas.terms import End, Shape, Term, constant, parts
from screening.ruleset.model.answers import Bound
from tests.support.rules.interpreter import Given
from tests.support.rules.precise import power, rounded

DIGITS = (40, 120, 400)

Ends = tuple[Decimal, Decimal] | None


class Facts:
    """One answer set, of which formulas can be asked."""

    def __init__(
        self,
        answers: Mapping[str, Given],
        parts_off: Collection[str] = (),
        numbers: Mapping[str, Sequence[Decimal]] = MappingProxyType({}),
    ) -> None:
        """`numbers` are all those that strict questions accept, which few do."""
        self.numbers = numbers
        self.answers = answers
        self.parts_off = parts_off
        self._known: dict[Formula, bool] = {}
        self._sides: dict[tuple[Term, int], Ends] = {}

    def hold(self, formula: Formula) -> bool:
        """Whether a formula is true of the answer set."""
        if formula not in self._known:
            self._known[formula] = self._of(formula)
        return self._known[formula]

    def _of(self, formula: Formula) -> bool:
        match formula.sort:
            case Sort.CONSTANT:
                return formula is TRUE
            case Sort.ATOM:
                assert formula.atom is not None
                return self._atom(formula.atom)
            case Sort.NOT:
                return not self.hold(formula.operands[0])
            case Sort.ALL:
                return all(map(self.hold, formula.operands))
            case Sort.ANY:
                return any(map(self.hold, formula.operands))

    def _atom(self, atom: Atom) -> bool:  # noqa: C901 - one case an atom
        match atom:
            case Is(question=question, option=option):
                return self.answers.get(question) == option
            case Ticked(question=question, option=option):
                return option in self._ticks(question)
            case Unsure(question=question):
                return None in self._ticks(question)
            case NumberGiven(question=question):
                return self.answers.get(question) is not None
            case Endless(question=question, end=end):
                bound = self._bound(question)
                return bound is not None and (bound.low if end is End.LOW else bound.high).is_infinite()
            case FromZero(question=question):
                bound = self._bound(question)
                return bound is not None and bound.low.is_finite() and bound.high.is_finite()
            case Reached(question=question):
                bound = self._bound(question)
                return bound is not None and not (bound.high_open if bound.high.is_finite() else bound.low_open)
            case PartOn(part=part):
                return part not in self.parts_off
            case Compared():
                return self._compared(atom)
            case SomeNumber(question=name, formula=formula):
                numbers = (constant(Fraction(number)) for number in self.numbers[name])
                return any(self.hold(with_number(formula, name, number)) for number in numbers)
            case _:
                raise AssertionError(atom)

    def _ticks(self, question: str) -> frozenset[str | None]:
        ticks = self.answers.get(question)
        if ticks is None:
            return frozenset({None})
        assert isinstance(ticks, frozenset)
        return ticks

    def _bound(self, question: str) -> Bound | None:
        given = self.answers.get(question)
        return given if isinstance(given, Bound) else None

    # --- numbers ---

    def _number(self, question: str, end: End) -> Decimal | None:
        """The number given, or the one behind the sign of a bound; the least end of one that begins at zero is zero."""
        given = self.answers.get(question)
        if isinstance(given, Bound):
            typed = given.high if given.high.is_finite() else given.low
            return given.low if end is End.LOW and given.low.is_finite() else typed
        return given if isinstance(given, Decimal) else None

    def _compared(self, atom: Compared) -> bool:
        """A comparison; of numbers that are unknown or undefined anything, here that it is false."""
        for digits in DIGITS:
            left, right = self._ends(atom.left, digits), self._ends(atom.right, digits)
            if left is None or right is None:
                return False
            if left[1] < right[0]:
                return atom.operator != "=="
            if right[1] < left[0]:
                return False
        return atom.operator != "<"

    def _ends(self, term: Term, digits: int) -> Ends:
        for part in parts(term):
            if (part, digits) not in self._sides:
                self._sides[part, digits] = self._enclosed(part, digits)
        return self._sides[term, digits]

    def _enclosed(self, term: Term, digits: int) -> Ends:
        down, up = Context(prec=digits, rounding=ROUND_FLOOR), Context(prec=digits, rounding=ROUND_CEILING)
        operands = [self._sides[operand, digits] for operand in term.operands]
        if any(side is None for side in operands):
            return None
        match term.shape:
            case Shape.CONSTANT:
                return _fraction(term.value, down, up)
            case Shape.ANSWER:
                number = self._number(term.question, term.end)
                return None if number is None else _fraction(Fraction(number), down, up)
            case Shape.ROOT:
                low, high = operands[0] or (Decimal(-1), Decimal(-1))
                if high < 0:
                    return None
                root = down.sqrt(max(low, Decimal(0)))
                return max(Decimal(0), down.next_minus(root)), up.next_plus(up.sqrt(high))
            case Shape.ROUNDED:
                ends = operands[0]
                return ends and (rounded(ends[0], int(term.value)), rounded(ends[1], int(term.value)))
            case Shape.POWER | Shape.EXPONENTIAL:
                constant = Decimal(term.value.numerator) / Decimal(term.value.denominator)
                return _powers(operands[0] or (Decimal(-1), Decimal(-1)), constant, turned=term.shape is Shape.POWER)
            case _:
                one, other = operands
                return None if one is None or other is None else _joined(term.operator, one, other, down, up)


def _fraction(number: Fraction, down: Context, up: Context) -> Ends:
    above, below = Decimal(number.numerator), Decimal(number.denominator)
    return down.divide(above, below), up.divide(above, below)


def _powers(ends: tuple[Decimal, Decimal], constant: Decimal, *, turned: bool) -> Ends:
    powers = [power(end, constant) if turned else power(constant, end) for end in ends]
    low, high = powers
    if low is None or high is None:
        return None
    return (Decimal(0) if turned and ends[0] < 0 < ends[1] else min(low, high)), max(low, high)


def _joined(
    operator: str, one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal], down: Context, up: Context
) -> Ends:
    if operator == "+":
        return down.add(one[0], other[0]), up.add(one[1], other[1])
    if operator == "-":
        return down.subtract(one[0], other[1]), up.subtract(one[1], other[0])
    if operator == "/" and other[0] <= 0 <= other[1]:
        return None
    pairs = [(left, right) for left in one for right in other]
    if operator == "*":
        return min(down.multiply(*pair) for pair in pairs), max(up.multiply(*pair) for pair in pairs)
    return min(down.divide(*pair) for pair in pairs), max(up.divide(*pair) for pair in pairs)
