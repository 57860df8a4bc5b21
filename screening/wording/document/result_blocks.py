"""The blocks that only a result has: what to do, answers side by side, numbers on scales, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a sentence, what helps with it, and by when."""

    kind: ClassVar[str] = "step"
    text: str
    detail: str = ""
    time_frame: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of two answers that do not fit together."""

    label: str
    says: str
    remark: str = ""
    more: tuple[str, ...] = ()
    """What else stands on this side, each on a line of its own."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Answers that do not fit together, side by side; one alone where nothing stands against it."""

    kind: ClassVar[str] = "pair"
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of a scale, in words."""

    word: str
    look: str
    """How it is drawn: "usual", "outer", "held" where a value lies in it, or empty."""


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number of a paper on a scale in words; without zones where it has none or does not count."""

    kind: ClassVar[str] = "number"
    label: str
    typed: str
    """With its unit, as it was typed."""
    other: str
    """The same in the other unit; empty where there is none."""
    number: str
    """The number alone, for the drawing."""
    zones: tuple[Zone, ...]
    cut_offs: tuple[str, ...]
    """The limits between the zones, in the unit that was typed."""
    place: float
    """Where it stands along the zones, each as wide as the others, from 0 to 1; of a range, where that begins."""
    remark: str
    """What it did, or why it does not count."""
    description: str
    """The drawing in words, for who cannot see it."""
    sources: tuple[int, ...] = ()
    place_to: float | None = None
    """Where a range ends; the place itself, or None, for one number."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is still open, and who can tell."""

    kind: ClassVar[str] = "open_point"
    label: str
    who_can_tell: str
