"""A Document as plain text, for a terminal or a message."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screening.wording.document.blocks import (
    Block,
    ClaimPair,
    Decision,
    Document,
    Items,
    Lines,
    Paragraph,
    Part,
    PhoneNumbers,
    Scale,
    SectionCard,
    Subheading,
    Table,
)
from screening.wording.document.paper_blocks import NumberTable, Statements
from screening.wording.document.result_blocks import NumberLine, OpenPoint, Pair, Step

WIDTH = 100
PLAIN, ITEM, BELOW = "  ", "  - ", "    "
"""What stands before a paragraph, an item of a list, and what belongs to the item above."""


class Line(NamedTuple):
    """One line of a block before it is wrapped, and what stands before it."""

    lead: str
    text: str
    is_wrapped: bool = True


def document_text(document: Document, parts: Iterable[str]) -> str:
    """The parts of these names as lines of text."""
    return parts_text(part for part in map(document.part, parts) if part)


def parts_text(parts: Iterable[Part]) -> str:
    """These parts as lines of text."""
    lines: list[str] = []
    for part in parts:
        lines += ["", part.title]
        lines += [_wrap(line) for block in part.blocks for line in block_lines(block)]
    return "\n".join(lines)


def block_lines(block: Block) -> Iterator[Line]:  # noqa: C901 - one case a kind of block
    """A block as lines."""
    match block:
        case Paragraph(text=text) | Subheading(text=text):
            yield Line(PLAIN, text)
        case Items(items=items, ordered=ordered):
            for number, item in enumerate(items, start=1):
                yield Line(f"  {number}. " if ordered else ITEM, item)
        case Lines(items=items):
            yield from (Line(PLAIN, f"{item} ____", is_wrapped=False) for item in items)
        case Table(rows=rows):
            for row in rows:
                yield Line(PLAIN, f"{row[0]}: {'; '.join(cell for cell in row[1:] if cell)}")
        case ClaimPair(says=says, label=label, research=research):
            yield Line(ITEM, says)
            yield Line(BELOW, f"{label}. {research}")
        case SectionCard(title=title, matched=matched, mark=mark):
            yield Line(ITEM, f"{title} ({mark})" if matched else title)
        case PhoneNumbers(numbers=numbers, elsewhere=elsewhere):
            for phone in numbers:
                yield Line(ITEM, ": ".join(filter(None, (f"{phone.country} {phone.number}", phone.note))))
            yield Line(PLAIN, elsewhere)
        case Statements(statements=statements):
            yield Line(PLAIN, " ".join(statement.text for statement in statements))
        case NumberTable(rows=rows):
            for line in rows:
                typed = f"{line.number} ({line.other})" if line.other else line.number
                yield Line(ITEM, " · ".join(filter(None, (f"{line.label}: {typed}", line.description, line.named))))
        case Scale(description=description):
            yield Line(ITEM, description)
        case NumberLine(description=description, remark=remark):
            yield Line(ITEM, " ".join(filter(None, (description, remark))))
        case Step(text=text, detail=detail, time_frame=time_frame):
            yield Line(ITEM, " ".join(filter(None, (text, time_frame and f"({time_frame})", detail))))
        case Pair(sides=sides):
            yield Line(PLAIN, " / ".join(f"{side.label}: {'; '.join((side.says, *side.more))}" for side in sides))
        case OpenPoint(label=label, who_can_tell=who):
            yield Line(ITEM, f"{label}: {who}" if who else label)
        case Decision(steps=steps, last=last):
            for step in (*steps, last):
                heading = f"{step.title} ({'; '.join(step.marks)})"
                yield Line(ITEM, f"{heading}: {', '.join(step.grounds)}" if step.grounds else heading)


def _wrap(line: Line) -> str:
    if not line.is_wrapped:
        return f"{line.lead}{line.text}"
    return textwrap.fill(line.text, WIDTH, initial_indent=line.lead, subsequent_indent=" " * len(line.lead))
