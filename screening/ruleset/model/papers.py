"""What the two papers say in words of their own: clinical ones for a doctor, sentences that the person can read out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from screening.ruleset.model.texts import Blocks, Expression, Label


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """One option in clinical words."""

    code: str
    text: str
    strong: bool = False
    """Whether it stands out in the paragraph, as what changes what a doctor does."""
    last: bool = False
    """Whether it stands at the end of the paragraph, as what was not noticed, not told or is not there."""


@dataclass(frozen=True)
class QuestionWords:
    """A question, and the answers to it, in clinical words and the third person."""

    id: str
    """The question."""
    label: str
    answers: tuple[AnswerWords, ...] = ()
    """What is not named here is said as a summary repeats it."""
    not_sure: str = ""
    """How "I'm not sure" is told here; empty where the general words serve."""

    @cached_property
    def answer(self) -> Mapping[str, AnswerWords]:
        """Answers by the code of their option."""
        return {words.code: words for words in self.answers}


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a number's line, with a bound above unless it is the last one; in the stored unit."""

    id: str
    text: str
    below: Decimal | None = None
    """It ends before this number."""
    up_to: Decimal | None = None
    """It ends with this number."""

    @property
    def bound(self) -> Decimal | None:
        """Where the next zone begins; None for the last one."""
        return self.below if self.below is not None else self.up_to

    def holds(self, number: Decimal) -> bool:
        """Whether a number that no zone before this one holds lies in it."""
        if self.below is not None:
            return number < self.below
        return self.up_to is None or number <= self.up_to


@dataclass(frozen=True, slots=True)
class DoctorScale:
    """The named cut-offs beside which a doctor sees a number."""

    id: str
    of: str
    """A question, or a value with a label."""
    zones: tuple[Zone, ...]
    cut_offs: str
    """Whose cut-offs these are, in a few words."""
    sources: tuple[str, ...]
    when: Expression | None = None
    """The first scale of a number whose condition holds is drawn."""
    review: str = ""
    judgement: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """When a number that was given is left out, and why in words."""

    id: str
    question: str
    when: Expression
    text: str


@dataclass(frozen=True)
class DoctorPaper:
    """The paper for a doctor."""

    title: str
    languages: tuple[str, ...]
    """BCP 47; the languages in which doctors read, the first one first offered."""
    words: tuple[QuestionWords, ...] = ()
    grounds: tuple[Label, ...] = ()
    """Reasons in clinical words, by the id of their ground."""
    notes: tuple[Label, ...] = ()
    """Notes in clinical words, by their id: conflicts, and what the person was told to do."""
    scales: tuple[DoctorScale, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    remarks: Blocks = ()
    """What is said below the numbers."""
    fill_in: Blocks = ()
    """What the doctor fills in for the person to take home."""

    @cached_property
    def question(self) -> Mapping[str, QuestionWords]:
        """Clinical words by question."""
        return {words.id: words for words in self.words}

    @cached_property
    def ground(self) -> Mapping[str, str]:
        """Reasons by ground."""
        return {words.id: words.text for words in self.grounds}

    @cached_property
    def note(self) -> Mapping[str, str]:
        """Clinical words by note."""
        return {words.id: words.text for words in self.notes}


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """The paper for the person."""

    read_out: Blocks = ()
    """Sentences that they can read out to a doctor."""
