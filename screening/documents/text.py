"""A Document as plain text, for a terminal or a message."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

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


def document_text(document: Document, parts: Iterable[str]) -> str:
    """The parts of these names as lines of text."""
    return parts_text(part for part in map(document.part, parts) if part)


def parts_text(parts: Iterable[Part]) -> str:
    """These parts as lines of text."""
    lines: list[str] = []
    for part in parts:
        lines += ["", part.title]
        lines += [line for block in part.blocks for line in _block(block)]
    return "\n".join(lines)


def _block(block: Block) -> Iterator[str]:  # noqa: C901 - one case a kind of block
    match block:
        case Paragraph(text=text) | Subheading(text=text):
            yield _wrap(text, "  ")
        case Items(items=items, ordered=ordered):
            for number, item in enumerate(items, start=1):
                yield _wrap(item, f"  {number}. " if ordered else "  - ")
        case Lines(items=items):
            yield from (f"  {item} ____" for item in items)
        case Table(rows=rows):
            for row in rows:
                yield _wrap(f"{row[0]}: {'; '.join(cell for cell in row[1:] if cell)}", "  ")
        case ClaimPair(says=says, label=label, research=research):
            yield _wrap(says, "  - ")
            yield _wrap(f"{label}. {research}", "    ")
        case SectionCard(title=title, matched=matched, mark=mark):
            yield _wrap(f"{title} ({mark})" if matched else title, "  - ")
        case PhoneNumbers(numbers=numbers, elsewhere=elsewhere):
            for phone in numbers:
                yield _wrap(f"{phone.country} {phone.number} {phone.note}".strip(), "  - ")
            yield _wrap(elsewhere, "  ")
        case Statements(statements=statements):
            yield _wrap(" ".join(statement.text for statement in statements), "  ")
        case NumberTable(rows=rows):
            for line in rows:
                typed = f"{line.number} ({line.other})" if line.other else line.number
                yield _wrap(" · ".join(filter(None, (f"{line.label}: {typed}", line.description, line.named))), "  - ")
        case Scale(description=description):
            yield _wrap(description, "  - ")
        case NumberLine(description=description, remark=remark):
            yield _wrap(" ".join(filter(None, (description, remark))), "  - ")
        case Step(text=text, detail=detail, time_frame=time_frame):
            yield _wrap(" ".join(filter(None, (text, time_frame and f"({time_frame})", detail))), "  - ")
        case Pair(sides=sides):
            yield _wrap(" / ".join(f"{side.label}: {'; '.join((side.says, *side.more))}" for side in sides), "  ")
        case OpenPoint(label=label, who_can_tell=who):
            yield _wrap(f"{label}: {who}" if who else label, "  - ")
        case Decision(steps=steps, last=last):
            for step in (*steps, last):
                heading = f"{step.title} ({'; '.join(step.marks)})"
                yield _wrap(f"{heading}: {', '.join(step.grounds)}" if step.grounds else heading, "  - ")


def _wrap(text: str, lead: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
