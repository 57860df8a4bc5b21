"""The expression language: its syntax tree, a closed union of nodes.

`parsing` makes the tree from text, `type_checks` says what its nodes may be, and its readers say what it *means*. A
reader takes a node apart by `match` and ends in `assert_never`, so that the type checker names every reader that has
forgotten a node. What only looks at all nodes goes by `walk`; what puts others in their places, by `map`.
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
class NodeBase:
    """What every node has; `column` says where it stands and does not take part in equality."""

    column: int = field(default=0, compare=False, kw_only=True)

    def children(self) -> list[Node]:
        """The nodes directly below this one, in reading order: operands, and the name that a node is about."""
        nodes: list[Node] = []
        for name in _node_fields(self):
            node = getattr(self, name)
            if isinstance(node, tuple):
                nodes += node
            else:
                nodes.append(node)
        return nodes

    def walk(self) -> Iterator[Node]:
        """This node and every one below it, in reading order."""
        pending = [cast("Node", self)]
        while pending:
            node = pending.pop()
            yield node
            pending += reversed(node.children())

    def map(self, change: Callable[[Node], Node]) -> Self:
        """This node with each operand replaced by what `change` makes of it; the name that it is about stays."""
        changed: dict[str, Any] = {}
        for name in _node_fields(self):
            node = getattr(self, name)
            if name != "subject":
                changed[name] = tuple(map(change, node)) if isinstance(node, tuple) else change(node)
        return replace(self, **changed) if changed else self


_NODE_FIELDS: dict[str, tuple[str, ...]] = {}


def _node_fields(node: NodeBase) -> tuple[str, ...]:
    """The fields of a node that hold nodes, in reading order."""
    kind = type(node).__name__
    if kind not in _NODE_FIELDS:
        _NODE_FIELDS[kind] = tuple(node_field.name for node_field in fields(node) if node_field.type in _NODE_TYPES)
    return _NODE_FIELDS[kind]


_NODE_TYPES = ("Node", "Name", "tuple[Node, ...]")


@final
@dataclass(frozen=True, slots=True)
class Name(NodeBase):
    """A question, a value, or in notes and texts `category` or `underlying`."""

    name: str


@final
@dataclass(frozen=True, slots=True)
class Number(NodeBase):
    """An exact decimal."""

    value: Decimal


@final
@dataclass(frozen=True, slots=True)
class Unknown(NodeBase):
    """The value of a number that nobody knows."""


@final
@dataclass(frozen=True, slots=True)
class Not(NodeBase):
    """Kleene's negation."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class And(NodeBase):
    """Kleene's conjunction of two or more parts."""

    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Or(NodeBase):
    """Kleene's disjunction of two or more parts."""

    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Comparison(NodeBase):
    """Two numbers compared by one of `< <= > >= == !=`."""

    left: Node
    operator: str
    right: Node


@final
@dataclass(frozen=True, slots=True)
class Membership(NodeBase):
    """The option chosen for `subject` is one of `options`: how `==` and `in` on a choice are kept."""

    subject: Name
    options: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class AnyOf(NodeBase):
    """At least one of `options` is ticked in the several-choice question `subject`."""

    subject: Name
    options: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Arithmetic(NodeBase):
    """Two numbers joined by one of `+ - * /`."""

    left: Node
    operator: str
    right: Node


@final
@dataclass(frozen=True, slots=True)
class Conditional(NodeBase):
    """`then if test else otherwise`; unknown where the test is unknown."""

    then: Node
    test: Node
    otherwise: Node


@final
@dataclass(frozen=True, slots=True)
class Definitely(NodeBase):
    """True where the operand is true, else false."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class Possibly(NodeBase):
    """False where the operand is false, else true."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class Known(NodeBase):
    """True where the answer or value named by `subject` is known."""

    subject: Name


@final
@dataclass(frozen=True, slots=True)
class SquareRoot(NodeBase):
    """The root of a number; unknown below zero."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class Score(NodeBase):
    """The score written on the option chosen for `subject`."""

    subject: Name
    bound: str = ""
    """ "least" or "most" of the options that may be the truth; written by no author, but by `bounds`."""


@final
@dataclass(frozen=True, slots=True)
class Since(NodeBase):
    """How long ago the date of `subject` is, in full days, months or years."""

    subject: Name
    unit: Elapsed


@final
@dataclass(frozen=True, slots=True)
class Sum(NodeBase):
    """The sum of numbers; unknown where one of them is."""

    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Extreme(NodeBase):
    """The least ("min") or the greatest ("max") of numbers; unknown where one of them is."""

    which: str
    operands: tuple[Node, ...]


@final
@dataclass(frozen=True, slots=True)
class Round(NodeBase):
    """A number rounded to so many digits after the point, a half away from zero."""

    operand: Node
    digits: int


@final
@dataclass(frozen=True, slots=True)
class Power(NodeBase):
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
class MayBe(NodeBase):
    """The category is one of the possible ones (notes, headings and texts only)."""

    category: str


@final
@dataclass(frozen=True, slots=True)
class Holds(NodeBase):
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
