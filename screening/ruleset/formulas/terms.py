"""Numbers that formulas compare: answers, constants, and what is worked out from them; hash-consed as formulas are.

A term is a real number wherever its divisors are not zero and its roots are of no negative number; the formulas that
compare it demand so beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from math import isqrt
from operator import add, mul, sub, truediv
from weakref import WeakValueDictionary


class Shape(Enum):
    """How a term is made."""

    CONSTANT = "constant"
    ANSWER = "answer"
    FREE = "free"
    """The number of a value that may be anything."""
    JOINED = "joined"
    ROOT = "root"


class End(Enum):
    """Which end of what was answered: a typed number is both."""

    LOW = "low"
    HIGH = "high"


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
        end: End = End.LOW,
        operator: str = "",
    ) -> None:
        self.shape = shape
        self.operands = operands
        self.value = value
        self.question = question
        self.end = end
        self.operator = operator

    def __repr__(self) -> str:
        match self.shape:
            case Shape.CONSTANT:
                return str(self.value)
            case Shape.ANSWER:
                return self.question
            case Shape.FREE:
                return "free"
            case Shape.JOINED:
                return f"({self.operands[0]!r} {self.operator} {self.operands[1]!r})"
            case Shape.ROOT:
                return f"sqrt({self.operands[0]!r})"


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


def answer(question: str, end: End = End.LOW) -> Term:
    """One end of the number given to a question, in its stored unit."""
    return _made((Shape.ANSWER, question, end), lambda: Term(Shape.ANSWER, question=question, end=end))


def free() -> Term:
    """The number of a value that may be anything."""
    return _made((Shape.FREE,), lambda: Term(Shape.FREE))


def joined(left: Term, operator: str, right: Term) -> Term:
    """Two numbers joined by one of `+ - * /`; a constant divisor must not be zero."""
    if left.shape is right.shape is Shape.CONSTANT:
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


def is_nonlinear(term: Term) -> bool:
    """Whether a term is a root, a product of answers, or a quotient with an answer in its divisor."""
    if term.shape is Shape.ROOT:
        return True
    constants = [operand.shape is Shape.CONSTANT for operand in term.operands]
    return (term.operator == "*" and not any(constants)) or (term.operator == "/" and not constants[1])
