"""Which parts of a Document are printed for whom, in which order, and what is cut short for the first page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from screening.wording.document.blocks import Document, Items, Part


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
BELOW_NOTICE: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("tick_sheet", "to_settle", "short_answer"),
    Reader.DOCTOR: (),
}
"""What has the whole width below the first page's notice; what follows may stand in columns."""
BEFORE_SHARED: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("conflicts", "cautions", "informations", "scales", "claims"),
    Reader.DOCTOR: ("conflicts", "cautions", "scales", "tick_sheet", "possible", "settled_by"),
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


def first_page(document: Document, reader: Reader) -> tuple[str, ...]:
    """What stands above the notice. The short answer makes room for a sheet that a doctor or nurse fills in."""
    below = BELOW_NOTICE[reader] if "tick_sheet" in document.parts else ()
    return tuple(part for part in FIRST_PAGE[reader] if part not in below)


def below_notice(document: Document, reader: Reader) -> tuple[str, ...]:
    """What stands below the notice in the whole width, and may go on over the page."""
    above = first_page(document, reader)
    return tuple(part for part in BELOW_NOTICE[reader] if part not in above)


def further_pages(document: Document, reader: Reader) -> tuple[str, ...]:
    """What stands after that. What the rule file tells everybody is not for the doctor; and where help may be needed
    first, what the guide claims is left to the pages, so that the paper stays short.
    """
    shared = document.shared if reader is Reader.PERSON else ()
    left_out = {"claims"} if "emergency" in document.parts else set()
    return tuple(part for part in (*BEFORE_SHARED[reader], *shared, *AFTER_SHARED[reader]) if part not in left_out)


def parts_to_print(document: Document, reader: Reader) -> tuple[str, ...]:
    """All of them, in the order in which they are printed."""
    return (*first_page(document, reader), *below_notice(document, reader), *further_pages(document, reader))


def summary_of(document: Document, reader: Reader = Reader.PERSON) -> Document:
    """The parts for paper, with the sources that they cite."""
    short = document.only(parts_to_print(document, reader))
    cut = AT_MOST_THREE[reader]
    parts = {name: _first_three(part) if name in cut else part for name, part in short.parts.items()}
    return replace(short, parts=parts)


def _first_three(part: Part) -> Part:
    blocks = tuple(
        replace(block, items=block.items[:3]) if isinstance(block, Items) else block for block in part.blocks
    )
    return replace(part, blocks=blocks)
