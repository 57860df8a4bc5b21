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
        "my_answers",
        "match",
        "always_open",
        "next_steps",
        "ask_doctor",
        "read_out",
        "signs",
    ),
    Reader.DOCTOR: (
        "typed_by",
        "doctor_help",
        "doctor_said",
        "doctor_conflicts",
        "doctor_match",
        "doctor_numbers",
        "doctor_asked",
        "doctor_open",
        "doctor_fill_in",
    ),
}
"""The person's own page, which they can read out; and what a doctor reads in twenty seconds."""
BEFORE_SHARED: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: (
        "reasons",
        "tick_sheet",
        "to_settle",
        "my_numbers",
        "conflicts",
        "cautions",
        "informations",
        "short_answer",
    ),
    Reader.DOCTOR: ("possible", "answers", "doctor_told", "values", "settled_by"),
}
AFTER_SHARED: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("claims", "answers", "ignored"),
    Reader.DOCTOR: (),
}
FOR_CHECKING: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("review",),
    Reader.DOCTOR: ("grounds", "notes", "review"),
}
"""What stands on the last page for who checks the result: ids, conditions, versions and sums."""
AT_MOST_THREE: Mapping[Reader, tuple[str, ...]] = {
    Reader.PERSON: ("next_steps", "ask_doctor", "read_out"),
    Reader.DOCTOR: (),
}
"""Lists of which the first page shows the first three."""


def first_page(document: Document, reader: Reader) -> tuple[str, ...]:
    """What stands on the first page.

    Where something cannot wait, or much is open, that takes the place of the questions to ask; and of the sentences to
    read out where help may be needed at once.
    """
    actions, match = (_length(document, name) for name in ("actions", "match"))
    moved = {"ask_doctor"} if actions or match > 1 else set()
    if "emergency" in document.parts:
        moved |= {"ask_doctor", "read_out", "always_open"}
    return tuple(part for part in FIRST_PAGE[reader] if part not in moved)


def _length(document: Document, name: str) -> int:
    """How many blocks a part has; none where it is not there."""
    part = document.part(name)
    return len(part.blocks) if part else 0


def further_pages(document: Document, reader: Reader) -> tuple[str, ...]:
    """What stands after that. What the rule file tells everybody is not for the doctor; and where help may be needed
    first, what the guide claims is left to the pages, so that the paper stays short.
    """
    shared = document.shared if reader is Reader.PERSON else ()
    left_out = {"claims"} if "emergency" in document.parts else set()
    left = tuple(part for part in FIRST_PAGE[reader] if part not in first_page(document, reader))
    parts = (*left, *BEFORE_SHARED[reader], *shared, *AFTER_SHARED[reader])
    return tuple(part for part in parts if part not in left_out)


def for_checking(reader: Reader) -> tuple[str, ...]:
    """What stands at the end of the last page."""
    return FOR_CHECKING[reader]


def parts_to_print(document: Document, reader: Reader) -> tuple[str, ...]:
    """All of them, in the order in which they are printed."""
    return (*first_page(document, reader), *further_pages(document, reader), *for_checking(reader))


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
