"""A Document: what is said to a person, as headings, paragraphs, lists and tables, before it is a page or a PDF.

`kind` names the template macro that prints a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from screening.wording.document.paper_blocks import NumberTable, Statements
from screening.wording.document.result_blocks import NumberLine, OpenPoint, Pair, Step


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `sources` are numbers in the document's list of sources."""

    kind: ClassVar[str] = "paragraph"
    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading within a part."""

    kind: ClassVar[str] = "subheading"
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]
    ordered: bool = False
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header row; the first cell of a row is its header."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_sources: tuple[tuple[int, ...], ...] = ()
    """For each row the sources it cites, shown behind its last cell."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Points to fill in by hand."""

    kind: ClassVar[str] = "lines"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """What the guide says and, under it, what research makes of that."""

    kind: ClassVar[str] = "claim"
    says: str
    label: str
    research: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionCard:
    """One of the guide's sections beside the others; `matched` where the answers may be like it."""

    kind: ClassVar[str] = "card"
    title: str
    matched: bool
    mark: str
    """What says in words that it is matched; empty where it is not."""
    article: str = ""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """Whom to call in one country."""

    country: str
    number: str
    note: str = ""
    sources: tuple[int, ...] = ()
    region: str = ""
    """ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class PhoneNumbers:
    """Emergency numbers by country, and what to do elsewhere."""

    kind: ClassVar[str] = "phones"
    numbers: tuple[PhoneNumber, ...]
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A number on a line with the cut-offs that the rules compare it with; to be drawn."""

    kind: ClassVar[str] = "scale"
    label: str
    answer: str
    """The number as the person gave it."""
    number: str
    """The number in the unit of the line."""
    place: float
    """Where it stands between the ends of the line, from 0 to 1."""
    beyond: bool
    """It lies beyond the end of the line."""
    cut_offs: tuple[tuple[float, str], ...]
    """Place and number of each."""
    description: str
    """The same in words, for who cannot see the drawing."""


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """One rule: the category that it gives, what is special about it in words, and its grounds by id."""

    title: str
    marks: tuple[str, ...]
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Rules from the top, each of which gives its category or leads to the next; to be drawn."""

    kind: ClassVar[str] = "decision"
    title: str
    """What the drawing shows, for who cannot see it; a list beside it says the same."""
    steps: tuple[DecisionStep, ...]
    last: DecisionStep
    """What is given where no rule holds."""
    question: str
    yes: str
    otherwise: str


Block = (
    Paragraph
    | Subheading
    | Items
    | Table
    | Lines
    | ClaimPair
    | SectionCard
    | PhoneNumbers
    | Scale
    | Decision
    | Step
    | Pair
    | NumberLine
    | OpenPoint
    | Statements
    | NumberTable
)


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a document."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    tone: str = ""
    """How it stands out: a category's tone, or a note's kind."""
    folded: bool = False
    """Closed at first where the medium can fold."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One entry of the list of sources."""

    number: int
    text: str
    address: str
    remark: str
    """Says that the fact was not confirmed in a primary source; empty where it was."""


@dataclass(frozen=True)
class Document:
    """All that is said about one answer set, in one language; a page and a PDF choose its parts and their order."""

    language: str
    """BCP 47."""
    title: str
    """The title of the whole, in the person's words."""
    heading: str
    """What was matched, in one sentence."""
    answered_on: date
    answered_on_in_words: str
    category: str
    tone: str
    parts: Mapping[str, Part]
    """Parts by id; a part that has nothing to say is left out."""
    sections: tuple[str, ...]
    """The ids of the parts that tell a category, in the rule file's order; some may not be there."""
    shared: tuple[str, ...]
    """The same for the parts with which every text ends."""
    disclaimer: str
    review: str
    """The review state of the rules, in words."""
    stamp: str
    """Rule set, version and review state in one line, for every page."""
    review_in_short: str = ""
    """The review state where there is little room: who, until when, and who is paid by a clinic."""
    sources: tuple[SourceEntry, ...] = ()
    paper_stamp: str = ""
    """Who typed it and the review state in a few words, for every page of paper; no version and no sum."""
    doctor_title: str = ""
    """The title of the doctor's paper; empty where it has none of its own."""
    watermark: str = ""
    """Stands across every page where the result must not be relied on."""

    def only(self, names: Iterable[str]) -> Document:
        """The parts of these names in this order, with just the sources they cite, numbered anew."""
        picked = [self.parts[name] for name in names if name in self.parts]
        cited = (number for part in picked for block in part.blocks for number in _cited_numbers(block))
        numbers = {number: index for index, number in enumerate(dict.fromkeys(cited), start=1)}
        parts = {
            part.id: replace(part, blocks=tuple(_renumber(block, numbers) for block in part.blocks)) for part in picked
        }
        entries = {source.number: source for source in self.sources}
        sources = tuple(replace(entries[old], number=new) for old, new in numbers.items())
        return replace(self, parts=parts, sources=sources)

    def part(self, name: str) -> Part | None:
        """The part of this name, if there is anything in it."""
        return self.parts.get(name)


def _cited_numbers(block: Block) -> Iterable[int]:
    match block:
        case Table(row_sources=row_sources):
            return (number for sources in row_sources for number in sources)
        case NumberTable(rows=rows):
            return (number for row in rows for number in row.sources)
        case PhoneNumbers(numbers=phones):
            return (number for phone in phones for number in phone.sources)
        case Paragraph() | Items() | ClaimPair() | Step() | NumberLine():
            return block.sources
        case _:
            return ()


def _renumber(block: Block, numbers: Mapping[int, int]) -> Block:
    match block:
        case Table(row_sources=row_sources):
            return replace(block, row_sources=tuple(_in_order(row, numbers) for row in row_sources))
        case NumberTable(rows=rows):
            return replace(block, rows=tuple(replace(row, sources=_in_order(row.sources, numbers)) for row in rows))
        case PhoneNumbers(numbers=phones):
            cited = (replace(phone, sources=_in_order(phone.sources, numbers)) for phone in phones)
            return replace(block, numbers=tuple(cited))
        case Paragraph() | Items() | ClaimPair() | Step() | NumberLine():
            return replace(block, sources=_in_order(block.sources, numbers))
        case _:
            return block


def _in_order(sources: Iterable[int], numbers: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(sorted(numbers[source] for source in sources))
