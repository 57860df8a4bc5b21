"""Which parts of a Document are printed for whom, in which order, and what is cut short for the first page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from screening.wording.document import Document, Items, Part


class Reader(StrEnum):
    """For whom a summary is printed."""

    PERSON = "me"
    DOCTOR = "doctor"


FIRST_PAGE: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: (
        "typed_by",
        "emergency",
        "actions",
        "match",
        "reasons",
        "not_known_labels",
        "next_steps",
        "ask_doctor",
        "short_answer",
    ),
    Reader.DOCTOR: (
        "typed_by",
        "emergency",
        "actions",
        "match",
        "reasons",
        "doctor_lines",
        "not_known_labels",
    ),
}
"""What a doctor needs in half a minute, and what the person wanted to say."""
TO_FILL_IN: Mapping[Reader, tuple[str, ...]] = {Reader.PERSON: ("tick_sheet",), Reader.DOCTOR: ()}
"""What has the whole width below the first page's notice; what follows may stand in columns."""
BEFORE_SHARED: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("conflicts", "cautions", "informations", "scales", "settled_by", "claims"),
    Reader.DOCTOR: ("conflicts", "cautions", "scales", "tick_sheet", "settled_by"),
}
AFTER_SHARED: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("answers", "ignored", "review"),
    Reader.DOCTOR: ("answers", "ignored", "values", "grounds", "notes", "review"),
}
AT_MOST_THREE: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("reasons", "next_steps", "ask_doctor"),
    Reader.DOCTOR: (),
}
"""Lists of which the first page shows the first three."""


def further_pages(document: Document, reader: Reader) -> tuple[str, ...]:
    """What stands after the first page. What the rule file tells everybody is not for the doctor."""
    shared = document.shared if reader is Reader.PERSON else ()
    return (*BEFORE_SHARED[reader], *shared, *AFTER_SHARED[reader])


def summary_of(document: Document, reader: Reader = Reader.PERSON) -> Document:
    """The parts for paper, with the sources that they cite."""
    short = document.only((*FIRST_PAGE[reader], *TO_FILL_IN[reader], *further_pages(document, reader)))
    cut = AT_MOST_THREE[reader]
    parts = {name: _first_three(part) if name in cut else part for name, part in short.parts.items()}
    return replace(short, parts=parts)


def _first_three(part: Part) -> Part:
    blocks = tuple(
        replace(block, items=block.items[:3]) if isinstance(block, Items) else block for block in part.blocks
    )
    return replace(part, blocks=blocks)
