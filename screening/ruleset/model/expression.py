"""The expression language: its syntax tree, a closed union of nodes.

`parsing` makes the tree from text, `checking` says what its parts may be, and what it *means* is said by its readers.
A reader takes a node apart by `match` and ends in `assert_never`, so that the type checker names every reader that
has forgotten a node. What only looks at all parts goes by `walk`; what puts other parts in their places, by `map`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, Self, TypeAlias, cast, final

from screening.ruleset.model.dates import Elapsed

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""The comparison that is true just where another one is false."""


@dataclass(frozen=True, slots=True)
class Part:
    """What every node has; `column` says where it stands and does not take part in equality."""

    column: int = field(default=0, compare=False, kw_only=True)

    def children(self) -> list[Node]:
        """The parts directly below this one, in reading order: operands, and the name that a node is about."""
        parts: list[Node] = []
        for name in _part_fields(self):
            part = getattr(self, name)
            if isinstance(part, tuple):
                parts += part
            else:
                parts.append(part)
        return parts

    def walk(self) -> Iterator[Node]:
        """This part and every part below it, in reading order."""
        pending = [cast("Node", self)]
        while pending:
            part = pending.pop()
            yield part
            pending += reversed(part.children())

    def map(self, change: Callable[[Node], Node]) -> Self:
        """This part with each operand replaced by what `change` makes of it; the name that it is about stays."""
        changed: dict[str, Any] = {}
        for name in _part_fields(self):
            part = getattr(self, name)
            if name != "subject":
                changed[name] = tuple(map(change, part)) if isinstance(part, tuple) else change(part)
        return replace(self, **changed) if changed else self


_PART_FIELDS: dict[str, tuple[str, ...]] = {}


def _part_fields(part: Part) -> tuple[str, ...]:
    """The fields of a node that hold parts, in reading order."""
    kind = type(part).__name__
    if kind not in _PART_FIELDS:
        _PART_FIELDS[kind] = tuple(part_field.name for part_field in fields(part) if part_field.type in _PART_TYPES)
    return _PART_FIELDS[kind]


_PART_TYPES = ("Node", "Name", "tuple[Node, ...]")


@final
@dataclass(frozen=True, slots=True)
class Name(Part):
    """A question, a value, or in notes and texts `category` or `underlying`."""

    name: str


@final
@dataclass(frozen=True, slots=True)
class Number(Part):
    """An exact decimal."""

    value: Decimal


@final
@dataclass(frozen=True, slots=True)
class Unknown(Part):
    """The value of a number that nobody knows."""


@final
@dataclass(frozen=True, slots=True)
class Not(Part):
    """Kleene's negation."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class And(Part):
    """Kleene's conjunction of two or more parts."""

    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Or(Part):
    """Kleene's disjunction of two or more parts."""

    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Comparison(Part):
    """Two numbers compared by one of `< <= > >= == !=`."""

    left: Node
    operator: str
    right: Node


@final
@dataclass(frozen=True, slots=True)
class Membership(Part):
    """The option chosen for `subject` is one of `options`: how `==` and `in` on a choice are kept."""

    subject: Name
    options: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class AnyOf(Part):
    """At least one of `options` is ticked in the several-choice question `subject`."""

    subject: Name
    options: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Arithmetic(Part):
    """Two numbers joined by one of `+ - * /`."""

    left: Node
    operator: str
    right: Node


@final
@dataclass(frozen=True, slots=True)
class Conditional(Part):
    """`then if test else otherwise`; unknown where the test is unknown."""

    then: Node
    test: Node
    otherwise: Node


@final
@dataclass(frozen=True, slots=True)
class Definitely(Part):
    """True where the operand is true, else false."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class Possibly(Part):
    """False where the operand is false, else true."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class Known(Part):
    """True where the answer or value named by `subject` is known."""

    subject: Name


@final
@dataclass(frozen=True, slots=True)
class SquareRoot(Part):
    """The root of a number; unknown below zero."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class Score(Part):
    """The score written on the option chosen for `subject`."""

    subject: Name
    bound: str = ""
    """ "least" or "most" of the options that may be the truth; written by no author, but by `bounds`."""


@final
@dataclass(frozen=True, slots=True)
class Since(Part):
    """How long ago the date of `subject` is, in full days, months or years."""

    subject: Name
    unit: Elapsed


@final
@dataclass(frozen=True, slots=True)
class Sum(Part):
    """The sum of numbers; unknown where one of them is."""

    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Extreme(Part):
    """The least ("min") or the greatest ("max") of numbers; unknown where one of them is."""

    which: str
    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Round(Part):
    """A number rounded to so many digits after the point, a half away from zero."""

    operand: Node
    digits: int


@final
@dataclass(frozen=True, slots=True)
class Power(Part):
    """A number to the power of another one, of which one is written out.

    With an exponent that is not whole it is the decimal of twenty significant digits nearest to the real power. Unknown
    for a negative number to such a power, and for zero to a negative one.
    """

    base: Node
    exponent: Node

    @property
    def constant(self) -> Decimal | None:
        """The exponent, where it is written out; None where the base is."""
        return self.exponent.value if isinstance(self.exponent, Number) else None


@final
@dataclass(frozen=True, slots=True)
class MayBe(Part):
    """The category is one of the possible ones (notes, headings and texts only)."""

    category: str


@final
@dataclass(frozen=True, slots=True)
class Holds(Part):
    """The ground holds for certain (notes, headings and texts only)."""

    ground: str


OnlyCondition: TypeAlias = (
    Not | And | Or | Comparison | Membership | AnyOf | Definitely | Possibly | Known | MayBe | Holds
)
"""Nodes that are true, false or unknown, and never a number."""
WorkedOut: TypeAlias = Arithmetic | SquareRoot | Sum | Extreme | Round | Power
"""Nodes that are a number worked out from others."""
OnlyNumber: TypeAlias = Number | Score | Since | WorkedOut
"""Nodes that are a number or unknown, and never true or false."""
ConditionOrNumber: TypeAlias = Name | Unknown | Conditional
"""Nodes that are the one or the other by what they name or hold."""
Node: TypeAlias = OnlyCondition | OnlyNumber | ConditionOrNumber
"""A part of an expression. The union is closed: a node that is in none of the three does not exist."""
