"""Terms as numbers of the database: exact decimals as long as they can be, then binary ones that may be off a little.

How far off is known before any row is read, as in `compiler.precision`: products, quotients, roots, and sums of what is
not negative are off by so many parts in 2^50 *of themselves*. Of every other number nothing is certain here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from screening.ruleset.formulas.terms import Shape, Term

MOST_DIGITS = 38
"""Digits of the database's decimals."""
NARROW = 18
"""Two decimals of no more digits are joined as one of no more, or not at all, unless one of them is made wider."""
PART = 2.0**-50
"""By what part of a number one step may be off: generously, four times what rounding a double may cost."""


@dataclass(frozen=True)
class Number:
    """A number of each row; unknown where what it is made of is."""

    column: ir.Value
    is_certain: bool = True
    """Whether it is known how far off it may be."""
    off: int = 0
    """By how many parts; 0: it is an exact decimal."""
    may_be_negative: bool = False
    digits: int = 0
    """Of an exact one: digits before the point at most."""
    scale: int = 0
    """Of an exact one: digits behind the point."""

    @property
    def binary(self) -> ir.Value:
        """The same as a binary number."""
        return self.column.cast("float64")

    @property
    def parts(self) -> int:
        """By how many parts the binary number may be off."""
        return self.off or 1


def constant(value: Fraction) -> Number:
    """A number that is written out."""
    negative = value < 0
    scale = next((scale for scale in range(19) if not (value.denominator and 10**scale % value.denominator)), None)
    if scale is None or len(str(abs(int(value)))) + scale > MOST_DIGITS:
        return Number(ibis.literal(float(value), type="float64"), off=1, may_be_negative=negative)
    digits = len(str(abs(int(value))))
    exact = Decimal(value.numerator * 10**scale // value.denominator).scaleb(-scale)
    return Number(
        ibis.literal(exact, type=f"decimal({digits + scale}, {scale})"),
        may_be_negative=negative,
        digits=digits,
        scale=scale,
    )


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
            case _:
                # Rounded numbers and powers: known to be there, but their digits are the engine's to tell.
                inner = self.of(term.operands[0])
                return Number(inner.binary, is_certain=False)


def joined(left: Number, operator: str, right: Number) -> Number:
    """A sum, a difference or a product: exact while it fits."""
    negative = left.may_be_negative or right.may_be_negative or operator == "-"
    digits, scale = max(left.digits, right.digits) + 1, max(left.scale, right.scale)
    if operator == "*":
        digits, scale = left.digits + right.digits, left.scale + right.scale
    if not (left.off or right.off) and left.is_certain and right.is_certain and digits + scale <= MOST_DIGITS:
        first = left.column
        if digits + scale > NARROW:
            first = first.cast(f"decimal({max(NARROW + 1, left.digits + left.scale)}, {left.scale})")
        together = _apply(first, operator, right.column)
        return Number(together, may_be_negative=negative, digits=digits, scale=scale)
    off = left.parts + right.parts + 1
    is_certain = left.is_certain and right.is_certain and (operator == "*" or not negative)
    return Number(_apply(left.binary, operator, right.binary), is_certain, off, negative)


def _apply(left: ir.Value, operator: str, right: ir.Value) -> ir.Value:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case _:
            return left * right


def _divided(left: Number, right: Number) -> Number:
    """A quotient; nothing where the divisor is zero, which formulas rule out beside it."""
    quotient = left.binary / right.binary.nullif(0.0)
    negative = left.may_be_negative or right.may_be_negative
    return Number(quotient, left.is_certain and right.is_certain, left.parts + right.parts + 1, negative)


def _root(number: Number) -> Number:
    root = ibis.cases((number.binary >= 0.0, number.binary.abs().sqrt()))
    return Number(root, number.is_certain, number.parts + 1)


# --- comparing ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """Two numbers compared: where it holds, and where that is not certain."""

    holds: ir.BooleanValue
    doubt: ir.BooleanValue | None


def compared(left: Number, operator: str, right: Number) -> Compared:
    """A comparison by `<`, `<=` or `==`; false where a number is unknown, where formulas do not ask."""
    digits, scale = max(left.digits, right.digits), max(left.scale, right.scale)
    is_certain = left.is_certain and right.is_certain
    if is_certain and not (left.off or right.off) and digits + scale <= MOST_DIGITS:
        return Compared(_holds(left.column, operator, right.column), None)
    one, other = left.binary, right.binary
    close = (one - other).abs() <= (left.parts + right.parts + 2) * PART * ibis.greatest(one.abs(), other.abs())
    doubt = close if is_certain else one.notnull() & other.notnull()
    return Compared(_holds(one, operator, other), doubt.fill_null(False))  # noqa: FBT003 - a value


def _holds(left: ir.Value, operator: str, right: ir.Value) -> ir.BooleanValue:
    match operator:
        case "<":
            holds = left < right
        case "<=":
            holds = left <= right
        case _:
            holds = left == right
    return holds.fill_null(False)  # noqa: FBT003 - a value
