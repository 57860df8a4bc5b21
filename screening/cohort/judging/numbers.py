"""Terms as numbers of the database: exact ones as long as they can be, then binary ones that may be off a little.

How far off is known before any row is read, as in `compiler.numbers.precision`: products, quotients, roots, and sums of
what is not negative are off by so many parts in 2^50 *of themselves*. Of every other number nothing is certain here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE, TRUE, WHOLE_DIGITS, any_column, floor
from screening.ruleset.formulas.terms import Shape, Term

MOST_DIGITS = 15
"""Digits of whole numbers that binary numbers hold exactly."""
_ROUNDED_DIGITS = MOST_DIGITS - WHOLE_DIGITS
_LARGE = 10.0**WHOLE_DIGITS
"""Numbers up to here are rounded, or are raised to a power, in the database."""
_MOST_EXPONENT = 100.0
"""How far from 1 a constant to the power of a number may come: by so many times e, or by a part of that."""
_MOST_POWER = 30
"""To what power a number is raised in the database at most."""
PART = 2.0**-50
"""By what part of a number one step may be off: generously, four times what rounding a double may cost."""


@dataclass(frozen=True)
class Number:
    """A number of each row; of one where what it is made of is unknown, nothing is said."""

    column: ir.Value
    """A binary number; of an exact one, a whole number of units of its last digit."""
    is_certain: bool = True
    """Whether it is known how far off it may be."""
    off: int = 0
    """By how many parts; 0: it is exact."""
    may_be_negative: bool = False
    digits: int = 0
    """Of an exact one: digits before the point at most."""
    scale: int = 0
    """Of an exact one: digits behind the point."""
    constant: Fraction | None = None
    """The number that it is in every row."""
    doubt: ir.BooleanValue = FALSE
    """Where all this does not hold of it."""

    @property
    def binary(self) -> ir.Value:
        """The same as a binary number."""
        if self.constant is not None:
            return ibis.literal(float(self.constant), type="float64")
        return self.column / 10.0**self.scale if self.is_exact and self.scale else self.column

    @property
    def nearly(self) -> ir.Value:
        """The same to be worked with, off by one part at most: a product costs databases less than a quotient."""
        is_scaled = self.constant is None and self.is_exact and self.scale
        return self.column * 10.0**-self.scale if is_scaled else self.binary

    @property
    def is_exact(self) -> bool:
        """Whether it is told to the last digit."""
        return self.is_certain and not self.off

    @property
    def parts(self) -> int:
        """By how many parts the binary number may be off."""
        return self.off or 1

    def at(self, scale: int) -> ir.Value:
        """An exact one in units of a digit no greater than its last."""
        if self.constant is not None:
            return ibis.literal(float(self.constant * 10**scale), type="float64")
        return self.column if scale == self.scale else self.column * 10.0 ** (scale - self.scale)


def constant(value: Fraction) -> Number:
    """A number that is written out."""
    negative = value < 0
    scales = range(MOST_DIGITS + 1)
    scale = next((scale for scale in scales if not (value.denominator and 10**scale % value.denominator)), None)
    digits = len(str(abs(int(value))))
    column = ibis.literal(float(value if scale is None else value * 10**scale), type="float64")
    if scale is None or digits + scale > MOST_DIGITS:
        return Number(ibis.literal(float(value), type="float64"), off=1, may_be_negative=negative)
    return Number(column, may_be_negative=negative, digits=digits, scale=scale, constant=value)


class Numbers:
    """Works out terms over the numbers that were answered."""

    def __init__(self, answers: Mapping[str, Number]) -> None:
        self.answers = answers

    def of(self, term: Term) -> Number:
        """The number of a term."""
        match term.shape:
            case Shape.CONSTANT:
                return constant(term.value)
            case Shape.ANSWER:
                return self.answers[term.question]
            case Shape.JOINED:
                left, right = (self.of(operand) for operand in term.operands)
                return _divided(left, right) if term.operator == "/" else joined(left, term.operator, right)
            case Shape.ROOT:
                return _root(self.of(term.operands[0]))
            case Shape.ROUNDED:
                return _rounded(self.of(term.operands[0]), int(term.value))
            case Shape.POWER:
                return _power(self.of(term.operands[0]), float(term.value))
            case Shape.EXPONENTIAL:
                return _exponential(float(term.value), self.of(term.operands[0]))
            case _:
                raise ValueError(term)


def joined(left: Number, operator: str, right: Number) -> Number:
    """A sum, a difference or a product: exact while it fits."""
    negative = left.may_be_negative or right.may_be_negative or operator == "-"
    digits, scale = max(left.digits, right.digits) + 1, max(left.scale, right.scale)
    if operator == "*":
        digits, scale = left.digits + right.digits, left.scale + right.scale
    if left.is_exact and right.is_exact and digits + scale <= MOST_DIGITS:
        sides = (left.column, right.column) if operator == "*" else (left.at(scale), right.at(scale))
        together = _apply(sides[0], operator, sides[1])
        return Number(together, may_be_negative=negative, digits=digits, scale=scale, doubt=_either(left, right))
    off = left.parts + right.parts + 1
    is_certain = left.is_certain and right.is_certain and (operator == "*" or not negative)
    return Number(_apply(left.nearly, operator, right.nearly), is_certain, off, negative, doubt=_either(left, right))


def _either(left: Number, right: Number) -> ir.BooleanValue:
    """Where either is in doubt."""
    return any_column(number.doubt for number in (left, right) if number.doubt is not FALSE)


def _apply(left: ir.Value, operator: str, right: ir.Value) -> ir.Value:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case _:
            return left * right


def _divided(left: Number, right: Number) -> Number:
    """A quotient; anything where the divisor is zero, which formulas rule out beside it, and of which some fail."""
    divisor = right.nearly
    if right.constant is None:
        # One is added to zero: a choice of two numbers would work the divisor out twice.
        divisor += (divisor == 0.0).cast("int32").cast("float64")
    quotient = left.nearly / divisor
    negative = left.may_be_negative or right.may_be_negative
    is_certain, off = left.is_certain and right.is_certain, left.parts + right.parts + 1
    return Number(quotient, is_certain, off, negative, doubt=_either(left, right))


def _root(number: Number) -> Number:
    """A root; anything where the number is negative, which formulas rule out beside it."""
    return Number(number.nearly.abs().sqrt(), number.is_certain, number.parts + 1, doubt=number.doubt)


def _rounded(number: Number, digits: int) -> Number:
    """A number rounded to so many digits after the point; in doubt near the middle of two such numbers."""
    if not number.is_certain or number.may_be_negative or not 0 <= digits <= _ROUNDED_DIGITS:
        return Number(number.binary, is_certain=False)
    if number.is_exact and number.scale <= digits:
        return number
    scaled = number.binary * 10.0**digits
    column = floor(scaled + 0.5)
    # So said, nothing of it holds of what is no number.
    is_near = (scaled - floor(scaled) - 0.5).abs() - (scaled + 1.0) * ((number.parts + 4) * PART) <= 0.0
    doubt = any_column([is_near, _LARGE - number.binary <= 0.0, number.doubt])
    return Number(column, digits=WHOLE_DIGITS, scale=digits, doubt=doubt)


def _power(number: Number, exponent: float) -> Number:
    """A number to a power; in doubt where it is tiny or huge, as zero is."""
    if not number.is_certain or number.may_be_negative or abs(exponent) > _MOST_POWER:
        return Number(number.binary, is_certain=False)
    binary = number.binary
    doubt = any_column([_LARGE - binary <= 0.0, binary - 1.0 / _LARGE <= 0.0, number.doubt])
    power = binary.clip(1.0 / _LARGE, _LARGE) ** exponent
    # The exponent may be off too: what that does grows with the logarithm of the number.
    off = math.ceil((number.parts + math.ceil(math.log(_LARGE) / 8)) * abs(exponent)) + 2
    return Number(power, off=off, doubt=doubt)


def _exponential(base: float, number: Number) -> Number:
    """A constant to the power of a number, of which its digits say how great it is."""
    most = 10.0**number.digits
    if not number.is_exact or base <= 0 or most * abs(math.log(base)) > _MOST_EXPONENT:
        return Number(number.binary, is_certain=False)
    power = ibis.literal(base, type="float64") ** number.binary.clip(-most, most)
    # The constant may be off by as little as a digit of its own; as many times as it is multiplied.
    return Number(power, off=math.ceil(most * (1 + abs(math.log(base)))) + 2, doubt=number.doubt)


# --- comparing ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """Two numbers compared: where it holds, and where that is not certain, if they are known at all."""

    holds: ir.BooleanValue
    doubt: ir.BooleanValue | None
    """None: nowhere; `TRUE`: everywhere."""


def compared(left: Number, operator: str, right: Number) -> Compared:
    """A comparison by `<`, `<=` or `==`; where a number is unknown, where formulas do not ask, it may say anything."""
    digits, scale = max(left.digits, right.digits), max(left.scale, right.scale)
    if left.is_exact and right.is_exact and digits + scale <= MOST_DIGITS:
        return Compared(_holds(left.at(scale), operator, right.at(scale)), _some(_either(left, right)))
    one, other = left.binary, right.binary
    if not (left.is_certain and right.is_certain):
        return Compared(_holds(one, operator, other), TRUE)
    return Compared(_holds(one, operator, other), any_column([_are_close(left, right), _either(left, right)]))


def _some(doubt: ir.BooleanValue) -> ir.BooleanValue | None:
    return None if doubt is FALSE else doubt


def _are_close(left: Number, right: Number) -> ir.BooleanValue:
    """Where two numbers lie so near to each other that either may be the greater one."""
    if 0 in (left.constant, right.constant):
        return FALSE  # what is off by parts of itself is zero where it is, and else on its side of it
    one, other = left.binary, right.binary
    near = (one.abs() + other.abs()) * ((left.parts + right.parts + 2) * PART)
    # So said, it does not hold of numbers that are none.
    return (one - other).abs() - near <= 0.0


def _holds(left: ir.Value, operator: str, right: ir.Value) -> ir.BooleanValue:
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case _:
            return left == right
