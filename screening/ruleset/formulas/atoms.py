"""What formulas say of an answer set: one fact each, true or false of every answer set, whatever is known.

An atom speaks of answers *as given*; whether a question is asked at all is said by formulas over atoms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from screening.ruleset.formulas.terms import End, Term

if TYPE_CHECKING:  # formulas are made of atoms; this one alone holds a formula
    from screening.ruleset.formulas.algebra import Formula


@dataclass(frozen=True, slots=True)
class Is:
    """This option was chosen for a choice question: of one question, one option at most."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """This option of a several-choice question was ticked."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The person is not sure about the options of a several-choice question that were not ticked."""

    question: str


@dataclass(frozen=True, slots=True)
class NumberGiven:
    """A number was given."""

    question: str


@dataclass(frozen=True, slots=True)
class Endless:
    """What was given for a number goes on without end, below (LOW) or above (HIGH): ">75", or "<5" with negatives."""

    question: str
    end: End


@dataclass(frozen=True, slots=True)
class FromZero:
    """What was given for a number is all from zero up to the number typed: "<5" where none can be negative."""

    question: str


@dataclass(frozen=True, slots=True)
class Reached:
    """The number typed behind a sign is one of those that it leaves: "<=5"."""

    question: str


@dataclass(frozen=True, slots=True)
class PartOn:
    """A part of the service is switched on."""

    part: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two numbers compared by `<`, `<=` or `==`; what it says where one of them is unknown or undefined is open.

    Formulas ask it only beside what makes both numbers known and defined.
    """

    left: Term
    operator: str
    right: Term


@dataclass(frozen=True, slots=True)
class Settled:
    """A completion of the open answers has this option of a strict question; `settling` leaves none of them over."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Free:
    """What a value that may be anything is: "true", "false", or as a number "known"."""

    what: str


@dataclass(frozen=True, slots=True)
class SomeNumber:
    """Some number that a question accepts makes a formula true, in which it is the question's settled answer."""

    question: str
    formula: Formula
    looked_for: Formula
    """Where the engine goes through all numbers that it tells apart; else it tries some."""
    hangs_on: frozenset[str]
    """The questions on whose answers it hangs which numbers are gone through."""


Atom: TypeAlias = (
    Is | Ticked | Unsure | NumberGiven | Endless | FromZero | Reached | PartOn | Compared | Settled | SomeNumber | Free
)
