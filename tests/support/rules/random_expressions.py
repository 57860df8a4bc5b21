"""Random expressions that are well typed and settled as their place asks, by construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from screening.ruleset.model import expression as ex


class Kind(Enum):
    """What a name stands for."""

    CHOICE = "choice"
    TEXT = "text"
    SEVERAL = "several"
    NUMBER = "number"
    CONDITION = "condition"


@dataclass(frozen=True)
class Word:
    """A question or value that an expression may name."""

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    """Options that say something definite; of several-choice questions those that are not exclusive."""
    open_options: tuple[str, ...] = ()
    scored: bool = False
    strict: bool = False
    """It reads a strict question."""
    lenient: bool = False
    """It may be unknown even where every strict question is settled."""
    opens: bool = False
    """It names an option that leaves others open."""
    is_value: bool = False
    """It is worked out, and may be as large as numbers come."""


@dataclass(frozen=True)
class Manner:
    """What a place in a rule file allows to stand bare."""

    strict: bool
    lenient: bool
    opens: bool = False
    inner: Manner | None = None
    """What `definitely`, `possibly` and `known` may hold; None: the same as outside."""
    categories: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()

    def allows(self, word: Word) -> bool:
        """Whether a name may stand bare."""
        return (
            (self.strict or not word.strict) and (self.lenient or not word.lenient) and (self.opens or not word.opens)
        )

    @property
    def inside(self) -> Manner:
        """The manner inside `definitely`."""
        return self.inner or self


LENIENT = Manner(strict=False, lenient=True)
"""Any condition on lenient questions: what a rule may settle."""
VALUE = Manner(strict=True, lenient=True, opens=True, inner=LENIENT)
GROUND = Manner(strict=True, lenient=False, inner=LENIENT)
AS_GIVEN = Manner(strict=True, lenient=True, opens=True)
ASK_IF = Manner(strict=False, lenient=False, inner=AS_GIVEN)


def note_manner(categories: Sequence[str], grounds: Sequence[str]) -> Manner:
    """Notes may speak of the outcome too."""
    told = replace(AS_GIVEN, categories=tuple(categories), grounds=tuple(grounds))
    return replace(ASK_IF, inner=told, categories=told.categories, grounds=told.grounds)


CONSTANTS = tuple(map(Decimal, ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0.5", "2.5", "7.25")))


WHOLE_EXPONENTS = tuple(map(Decimal, ("0", "1", "2", "3")))
ANY_EXPONENTS = (*WHOLE_EXPONENTS, *map(Decimal, ("-1", "-2", "0.5", "1.5", "-0.302", "-1.2", "0.33")))
BASES = tuple(map(Decimal, ("0.5", "0.9938", "1", "1.2", "2", "10")))

Drawn = TypeVar("Drawn")


@cache
def numbers_below(count: int) -> st.SearchStrategy[int]:
    """The numbers from zero up; kept, since making a strategy takes longer than drawing from it."""
    return st.integers(0, count - 1)


@dataclass(frozen=True)
class Dice:
    """Draws that are quick, of which a rule file needs hundreds."""

    draw: DrawFn

    def below(self, count: int) -> int:
        """A number from zero up."""
        return self.draw(numbers_below(count))

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred draws."""
        return self.below(100) >= 100 - percent

    def one(self, things: Sequence[Drawn]) -> Drawn:
        """One of some things."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[Drawn], least: int = 1) -> tuple[Drawn, ...]:
        """At least so many of some things, in any order."""
        left = list(things)
        wanted = min(least + self.below(3), len(left))
        return tuple(left.pop(self.below(len(left))) for _ in range(wanted))


@dataclass(frozen=True)
class Author:
    """Writes expressions over some names."""

    dice: Dice
    words: Sequence[Word]
    arithmetic: bool = True
    """Whether numbers are worked out; else they are only compared with constants."""

    def pick(self, *kinds: Kind, manner: Manner) -> list[Word]:
        """The names of these kinds that may stand bare."""
        return [word for word in self.words if word.kind in kinds and manner.allows(word)]

    # --- conditions ---

    def condition(self, manner: Manner, depth: int = 3) -> ex.Node:
        """A condition."""
        shapes = ["atom", "atom", "settled"]
        if depth:
            shapes += ["not", "and", "or", "and", "or", "if"]
        match self.dice.one(shapes):
            case "not":
                return ex.Not(self.condition(manner, depth - 1))
            case "and":
                return ex.And(self.conditions(manner, depth - 1))
            case "or":
                return ex.Or(self.conditions(manner, depth - 1))
            case "if":
                then, test, otherwise = (self.condition(manner, depth - 1) for _ in range(3))
                return ex.Conditional(then, test, otherwise)
            case "settled":
                return self.settled(manner, max(depth - 1, 0))
            case _:
                return self.atom(manner, depth)

    def conditions(self, manner: Manner, depth: int) -> tuple[ex.Node, ...]:
        """Two or three conditions."""
        return tuple(self.condition(manner, depth) for _ in range(2 + self.dice.below(2)))

    def settled(self, manner: Manner, depth: int) -> ex.Node:
        """A condition that is true or false whatever is unknown."""
        inside = manner.inside
        subjects = self.pick(*Kind, manner=inside)
        match self.dice.one(["definitely", "possibly", "known"] if subjects else ["definitely", "possibly"]):
            case "known":
                return ex.Known(ex.Name(self.dice.one(subjects).name))
            case "possibly":
                return ex.Possibly(self.condition(inside, depth))
            case _:
                return ex.Definitely(self.condition(inside, depth))

    def atom(self, manner: Manner, depth: int) -> ex.Node:
        """A condition with no condition in it."""
        words = self.pick(Kind.CHOICE, Kind.SEVERAL, Kind.CONDITION, manner=manner)
        shapes = ["compare", *(word.name for word in words), *(word.name for word in words)]
        if manner.lenient and not depth:
            shapes.append("unknown")
        if manner.categories:
            shapes += ["category", "may_be", "holds"]
        shape = self.dice.one(shapes)
        match shape:
            case "compare":
                return self.comparison(manner, depth)
            case "unknown":
                return ex.Unknown()
            case "category":
                return ex.Membership(
                    ex.Name(self.dice.one(["category", "underlying"])), self.dice.some(manner.categories)
                )
            case "may_be":
                return ex.MayBe(self.dice.one(manner.categories))
            case "holds":
                return ex.Holds(self.dice.one(manner.grounds))
            case _:
                return self.test(next(word for word in words if word.name == shape), manner)

    def test(self, word: Word, manner: Manner) -> ex.Node:
        """A condition on one question or value."""
        name = ex.Name(word.name)
        match word.kind:
            case Kind.CHOICE:
                return ex.Membership(
                    name, self.dice.some([*word.options, *(word.open_options if manner.opens else ())])
                )
            case Kind.SEVERAL:
                return ex.AnyOf(name, self.dice.some(word.options))
            case _:
                return name

    # --- numbers ---

    def comparison(self, manner: Manner, depth: int) -> ex.Node:
        """Two numbers compared."""
        operator = self.dice.one(["<", "<=", ">", ">=", "==", "!="])
        if self.arithmetic:
            return ex.Comparison(self.number(manner, depth), operator, self.number(manner, depth))
        sides = [self.plain_number(manner), ex.Number(self.dice.one(CONSTANTS))]
        left, right = reversed(sides) if self.dice.below(2) else sides
        return ex.Comparison(left, operator, right)

    def plain_number(self, manner: Manner) -> ex.Node:
        """A number as answered, worked out or written, or the score of an option."""
        return self._plain(self.pick(Kind.NUMBER, Kind.CHOICE, manner=manner))

    def _plain(self, words: Sequence[Word]) -> ex.Node:
        usable = [word for word in words if word.kind is Kind.NUMBER or word.scored]
        if not usable:
            return ex.Number(self.dice.one(CONSTANTS))
        word = self.dice.one(usable)
        return ex.Name(word.name) if word.kind is Kind.NUMBER else ex.Score(ex.Name(word.name))

    def exponent(self, manner: Manner) -> ex.Node:
        """A number that is not large, as answered, or a part of that: powers by a value may have no end of digits."""
        words = self.pick(Kind.NUMBER, Kind.CHOICE, manner=manner)
        number = self._plain([word for word in words if not word.is_value])
        if self.dice.below(2):
            return number
        return ex.Arithmetic(number, self.dice.one(["/", "*"]), ex.Number(self.dice.one(CONSTANTS[1:])))

    def number(self, manner: Manner, depth: int) -> ex.Node:  # noqa: C901 - one case a shape
        """A number."""
        shapes = ["plain", "plain", "plain", "constant"]
        if depth:
            shapes += ["join", "join", "sum", "if", "divide", "extreme", "round", "power", "exponential"]
            if manner.lenient:
                shapes += ["root", "unknown"]
        match self.dice.one(shapes):
            case "plain":
                return self.plain_number(manner)
            case "join":
                left, right = self.number(manner, depth - 1), self.number(manner, depth - 1)
                return ex.Arithmetic(left, self.dice.one(["+", "-", "*"]), right)
            case "divide":
                left = self.number(manner, depth - 1)
                right = self.number(manner, depth - 1) if manner.lenient else ex.Number(self.dice.one(CONSTANTS[1:]))
                return ex.Arithmetic(left, "/", right)
            case "sum":
                return ex.Sum(tuple(self.number(manner, depth - 1) for _ in range(2 + self.dice.below(2))))
            case "if":
                then, otherwise = self.number(manner, depth - 1), self.number(manner, depth - 1)
                return ex.Conditional(then, self.condition(manner, depth - 1), otherwise)
            case "extreme":
                operands = tuple(self.number(manner, depth - 1) for _ in range(2 + self.dice.below(2)))
                return ex.Extreme(self.dice.one(["min", "max"]), operands)
            case "round":
                return ex.Round(self.number(manner, depth - 1), self.dice.one([0, 0, 1, 2, -1]))
            case "power":
                exponents = ANY_EXPONENTS if manner.lenient else WHOLE_EXPONENTS
                return ex.Power(self.number(manner, depth - 1), ex.Number(self.dice.one(exponents)))
            case "exponential":
                return ex.Power(ex.Number(self.dice.one(BASES)), self.exponent(manner))
            case "root":
                return ex.SquareRoot(self.number(manner, depth - 1))
            case "unknown":
                return ex.Unknown()
            case _:
                return ex.Number(self.dice.one(CONSTANTS))
