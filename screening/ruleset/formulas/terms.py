"""Numbers that formulas compare: answers, constants, and what is worked out from them; hash-consed as formulas are.

A term is a real number wherever its divisors are not zero and its roots are of no negative number; the formulas that
compare it demand so beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isqrt
from operator import add, mul, sub, truediv
from weakref import WeakValueDictionary

from screening.ruleset.compiler.numbers.number_functions import exact_power, exact_round
from screening.ruleset.compiler.numbers.surds import Real


class Shape(Enum):
    """How a term is made."""

    CONSTANT = "constant"
    ANSWER = "answer"
    FREE = "free"
    """The number of a value that may be anything."""
    JOINED = "joined"
    ROOT = "root"
    ROUNDED = "rounded"
    """A number rounded to `value` digits after the point."""
    POWER = "power"
    """A number to the power of `value`."""
    EXPONENTIAL = "exponential"
    """`value` to the power of a number."""
    NEARLY = "nearly"
    """A number next to another one, below it or above it by the sign of `value`, if it is not that one."""
    ENDLESS = "endless"
    """No number: where an interval goes on without end, below or above by the sign of `value`."""


class End(Enum):
    """Which part of an answer to a number: the number typed, or an end of all numbers that the answer leaves.

    Of an exact number the three are one. SETTLED: what a completion says, which no answer set has.
    """

    TYPED = "typed"
    """The number itself, or of a bound the one behind its sign."""
    LOW = "low"
    HIGH = "high"
    SETTLED = "settled"


class Term:
    """One number; made by the functions of this module alone."""

    __slots__ = ("__weakref__", "end", "operands", "operator", "question", "shape", "value")

    def __init__(
        self,
        shape: Shape,
        operands: tuple[Term, ...] = (),
        *,
        value: Fraction = Fraction(0),
        question: str = "",
        end: End = End.TYPED,
        operator: str = "",
    ) -> None:
        self.shape = shape
        self.operands = operands
        self.value = value
        self.question = question
        self.end = end
        self.operator = operator

    def __repr__(self) -> str:  # noqa: C901 - one case a shape
        match self.shape:
            case Shape.CONSTANT:
                return str(self.value)
            case Shape.ANSWER:
                return self.question if self.end is End.TYPED else f"{self.end.value} {self.question}"
            case Shape.FREE:
                return "free"
            case Shape.JOINED:
                return f"({self.operands[0]!r} {self.operator} {self.operands[1]!r})"
            case Shape.ROOT:
                return f"sqrt({self.operands[0]!r})"
            case Shape.ROUNDED:
                return f"round({self.operands[0]!r}, {self.value})"
            case Shape.POWER:
                return f"power({self.operands[0]!r}, {self.value})"
            case Shape.EXPONENTIAL:
                return f"power({self.value}, {self.operands[0]!r})"
            case Shape.NEARLY:
                return f"nearly({self.operands[0]!r}, {self.value})"
            case Shape.ENDLESS:
                return "endless" if self.value > 0 else "-endless"


_MADE: WeakValueDictionary[tuple[object, ...], Term] = WeakValueDictionary()
_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "-": sub, "*": mul, "/": truediv}


def _made(key: tuple[object, ...], make: Callable[[], Term]) -> Term:
    term = _MADE.get(key)
    if term is None:
        term = _MADE[key] = make()
    return term


def constant(value: Fraction) -> Term:
    """An exact number."""
    return _made((Shape.CONSTANT, value), lambda: Term(Shape.CONSTANT, value=value))


def answer(question: str, end: End = End.TYPED) -> Term:
    """The number given to a question, or an end of what was given, in its stored unit."""
    return _made((Shape.ANSWER, question, end), lambda: Term(Shape.ANSWER, question=question, end=end))


def endless(side: int) -> Term:
    """Where an interval ends that goes on without end: below (-1), or above (1)."""
    return _made((Shape.ENDLESS, side), lambda: Term(Shape.ENDLESS, value=Fraction(side)))


def free() -> Term:
    """The number of a value that may be anything."""
    return _made((Shape.FREE,), lambda: Term(Shape.FREE))


def joined(left: Term, operator: str, right: Term) -> Term:
    """Two numbers joined by one of `+ - * /`.

    Formulas demand beside a quotient that its divisor is not zero. One by a constant that is zero, as where a number is
    put in for an answer, stays as it is: what holds it is false.
    """
    if left.shape is right.shape is Shape.CONSTANT and not (operator == "/" and right.value == 0):
        return constant(_OPERATIONS[operator](left.value, right.value))
    key = (Shape.JOINED, operator, id(left), id(right))
    return _made(key, lambda: Term(Shape.JOINED, (left, right), operator=operator))


def root(of: Term) -> Term:
    """The root of a number that is not negative."""
    if of.shape is Shape.CONSTANT and of.value >= 0:
        above, below = isqrt(of.value.numerator), isqrt(of.value.denominator)
        if above * above == of.value.numerator and below * below == of.value.denominator:
            return constant(Fraction(above, below))
    return _made((Shape.ROOT, id(of)), lambda: Term(Shape.ROOT, (of,)))


def rounded(of: Term, digits: int) -> Term:
    """A number rounded to so many digits after the point, a half away from zero."""
    if of.shape is Shape.CONSTANT:
        return _constant(exact_round(of.value, digits))
    return _function(Shape.ROUNDED, of, Fraction(digits))


def power(of: Term, exponent: Fraction) -> Term:
    """A number to a power; formulas demand beside it that it has that power."""
    if of.shape is Shape.CONSTANT or not exponent:
        number = exact_power(of.value, _decimal(exponent))
        if number is not None:
            return _constant(number)
    return _function(Shape.POWER, of, exponent)


def exponential(base: Fraction, of: Term) -> Term:
    """A constant to the power of a number; formulas demand beside it that there is one."""
    if of.shape is Shape.CONSTANT:
        number = exact_power(_decimal(base), of.value)
        if number is not None:
            return _constant(number)
    return _function(Shape.EXPONENTIAL, of, base)


def nearly(of: Term, side: int) -> Term:
    """A number just below (-1) or above (1) another one, or that one."""
    return _function(Shape.NEARLY, of, Fraction(side))


def _function(shape: Shape, of: Term, value: Fraction) -> Term:
    """One number made of another one and a constant, which tells two of a shape apart."""
    operator = f"{shape.value} {value}"
    return _made((shape, value, id(of)), lambda: Term(shape, (of,), value=value, operator=operator))


def _constant(number: Real | None) -> Term:
    assert isinstance(number, Decimal | Fraction)  # noqa: S101 - formulas demand beside it that there is such a number
    return constant(Fraction(number))


def _decimal(number: Fraction) -> Decimal:
    """A number that was written out."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def parts(*terms: Term) -> Iterator[Term]:
    """Every term within these, each once, operands first."""
    seen: set[Term] = set()
    pending: list[tuple[Term, bool]] = [(term, False) for term in terms]
    while pending:
        term, done = pending.pop()
        if done:
            yield term
        elif term not in seen:
            seen.add(term)
            pending.append((term, True))
            pending += [(operand, False) for operand in term.operands if operand not in seen]


def settled_in(*terms: Term) -> frozenset[str]:
    """The questions of which a completion's numbers stand in these terms."""
    return frozenset(part.question for part in parts(*terms) if part.shape is Shape.ANSWER and part.end is End.SETTLED)


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with one term in it replaced by another."""
    made: dict[Term, Term] = {old: new}
    for part in parts(term):
        if part not in made:
            operands = tuple(made[operand] for operand in part.operands)
            made[part] = part if operands == part.operands else _remade(part, operands)
    return made[term]


def _remade(term: Term, operands: tuple[Term, ...]) -> Term:
    match term.shape:
        case Shape.ROOT:
            return root(operands[0])
        case Shape.ROUNDED:
            return rounded(operands[0], int(term.value))
        case Shape.POWER:
            return power(operands[0], term.value)
        case Shape.EXPONENTIAL:
            return exponential(term.value, operands[0])
        case Shape.NEARLY:
            return nearly(operands[0], int(term.value))
        case _:
            return joined(operands[0], term.operator, operands[1])


def is_nonlinear(term: Term) -> bool:
    """Whether a term is a root, a rounded number, a power, a product of answers, or a quotient by an answer."""
    if term.shape in (Shape.ROOT, Shape.ROUNDED, Shape.POWER, Shape.EXPONENTIAL, Shape.NEARLY):
        return True
    constants = [operand.shape is Shape.CONSTANT for operand in term.operands]
    return (term.operator == "*" and not any(constants)) or (term.operator == "/" and not constants[1])
