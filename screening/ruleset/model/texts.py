"""What is told: texts and the conditions they carry, claims, articles, emergencies and sources, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from screening.ruleset.model.expression import Node


class Untranslated(str):
    """A text that stands in the rule file's own language, because the language asked for has none (yet)."""

    __slots__ = ("language",)
    language: str
    """The tag of the language that it stands in."""

    def __new__(cls, text: str, language: str) -> Self:
        """The text, and the language that it stands in."""
        instance = super().__new__(cls, text)
        instance.language = language
        return instance


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition or a number as its author wrote it, and its syntax tree."""

    text: str
    tree: Node


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table."""

    id: str
    cells: tuple[str, ...]
    """The row's name first."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table, told as it stands where it comes from."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list, a table or claims, or a paragraph that leads into one; shown where its condition holds."""

    id: str
    text: str = ""
    items: tuple[str, ...] = ()
    when: Expression | None = None
    pair: tuple[str, ...] = ()
    """Of a heading that says that two answers do not fit together: their questions."""
    sources: tuple[str, ...] = ()
    table: TextTable | None = None
    claims: tuple[str, ...] = ()
    """Ids of claims that stand here beside what research says."""
    topics: tuple[str, ...] = ()
    """What it speaks of, of what guarantees may keep from being shown."""


Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a category's or an article's text."""

    id: str
    blocks: Blocks
    title: str = ""
    """Empty in a category: `RuleSet.section_titles` has it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A short text under an id: the title of a part, the label of a claim, the heading of a group."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """The title of one part of a category's text."""

    id: str
    text: str
    when_several: bool = False
    """Whether this part of each of them is told where the answers fit several categories."""


@dataclass(frozen=True, slots=True)
class OptionalPart:
    """A part of the service that a deployment can switch off, and how long the questions take with it."""

    id: str
    text: str
    duration: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """Whom to call in one country."""

    id: str
    country: str
    number: str
    note: str = ""
    sources: tuple[str, ...] = ()
    region: str = ""
    """ISO 3166-1 alpha-2; empty: nobody's own comes first."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast help is needed, and what to do."""

    id: str
    title: str
    steps: tuple[str, ...]
    review: str = ""
    """ "needed" where a clinician must confirm a judgement; `judgement` says which."""
    judgement: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Emergency:
    """What stands above everything: signs with which nobody should fill in a form, and whom to call."""

    signs: str
    instead: str
    numbers: tuple[EmergencyNumber, ...]
    elsewhere: str
    speeds: tuple[Speed, ...]
    """The fastest first."""
    unsure: str
    """The speed while an emergency is possible but not certain."""
    helper: str = ""
    illustrations: tuple[str, ...] = ()

    @property
    def fastest(self) -> Speed:
        """How fast help is needed at most: with it, nothing may come before the call."""
        return self.speeds[0]

    @property
    def cautious(self) -> Speed:
        """How fast help is needed while an emergency is possible but not certain."""
        return next((speed for speed in self.speeds if speed.id == self.unsure), self.fastest)


@dataclass(frozen=True, slots=True)
class Staff:
    """What somebody at a clinic says about the subject when they call, and what they may not say."""

    doctor: str
    """That they are no doctor, and whether the person has one; read aloud."""
    never_say: tuple[Label, ...]
    topics: tuple[str, ...] = ()
    """Of `doctor`; what may never be said is not told to anybody."""


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language in which a clinic may call a person."""

    tag: str
    """BCP 47."""
    name: str
    """As its speakers call it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the guide says, the label of what research makes of it, and what research says."""

    id: str
    says: str
    label: str
    research: str
    passage: str = ""
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A page that is read without answering anything."""

    id: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    checks: Blocks = ()
    """Points to fill in by hand on a card."""
    expires: str = ""
    """ "law_and_prices" where a review of it counts for a shorter time."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One place in the guide, in our words."""

    id: str
    place: str
    says: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The published guide whose sections the categories name."""

    source: str
    about: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; `confirmed` where it was seen in a primary source."""

    id: str
    title: str
    confirmed: bool
    publisher: str = ""
    year: str = ""
    address: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class DoctorLine:
    """One line of what was answered, as both papers order it: a label and the questions whose answers stand in it."""

    id: str
    label: str
    questions: tuple[str, ...]
    without_labels: bool = False
    """Whether the answers say by themselves what they are about."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one version of the rule file changed."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A medical term that texts need, with its meaning in plain words."""

    term: str
    meaning: str
