"""The expression language: its syntax tree.

`parsing` makes the tree from text, `checking` says what its parts may be, and what it *means* is said by its readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""The comparison that is true just where another one is false."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression; `column` says where it stands and does not take part in equality."""

    column: int = field(default=0, compare=False, kw_only=True)

    def children(self) -> Iterator[Node]:
        """The parts directly below this one, in reading order."""
        for name in self.__slots__:
            part = getattr(self, name)
            if isinstance(part, Node):
                yield part
            elif isinstance(part, tuple):
                yield from (item for item in part if isinstance(item, Node))

    def walk(self) -> Iterator[Node]:
        """This part and every part below it, in reading order."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A question, a value, or in notes and texts `category` or `underlying`."""

    name: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An exact decimal."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Unknown(Node):
    """The value of a number that nobody knows."""


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Kleene's negation."""

    operand: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """Kleene's conjunction of two or more parts."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Kleene's disjunction of two or more parts."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two numbers compared by one of `< <= > >= == !=`."""

    left: Node
    operator: str
    right: Node


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """The option chosen for `subject` is one of `options`: how `==` and `in` on a choice are kept."""

    subject: Name
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """At least one of `options` is ticked in the several-choice question `subject`."""

    subject: Name
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Two numbers joined by one of `+ - * /`."""

    left: Node
    operator: str
    right: Node


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`then if test else otherwise`; unknown where the test is unknown."""

    then: Node
    test: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Definitely(Node):
    """True where the operand is true, else false."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Possibly(Node):
    """False where the operand is false, else true."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Known(Node):
    """True where the answer or value named by `subject` is known."""

    subject: Name


@dataclass(frozen=True, slots=True)
class SquareRoot(Node):
    """The root of a number; unknown below zero."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Score(Node):
    """The score written on the option chosen for `subject`."""

    subject: Name
    bound: str = ""
    """ "least" or "most" of the options that may be the truth; written by no author, but by `bounds`."""


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """The sum of numbers; unknown where one of them is."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MayBe(Node):
    """The category is one of the possible ones (notes, headings and texts only)."""

    category: str


@dataclass(frozen=True, slots=True)
class Holds(Node):
    """The ground holds for certain (notes, headings and texts only)."""

    ground: str
