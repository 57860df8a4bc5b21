"""Which parts of a Document a printed summary holds, in which order, and what is cut short for its first page."""

from __future__ import annotations

from dataclasses import replace

from screening.wording.document import Document, Items, Part

FIRST_PAGE = (
    "typed_by",
    "emergency",
    "actions",
    "match",
    "reasons",
    "not_known_labels",
    "next_steps",
    "ask_doctor",
    "doctor_lines",
    "short_answer",
)
"""What a doctor needs in half a minute, and what the person wanted to say."""
BEFORE_SHARED = (
    "tick_sheet",
    "conflicts",
    "cautions",
    "informations",
    "settled_by",
    "claims",
)
AFTER_SHARED = (
    "answers",
    "ignored",
    "values",
    "grounds",
    "notes",
    "review",
)
AT_MOST_THREE = ("reasons", "next_steps", "ask_doctor")
"""Lists of which the first page shows the first three."""


def further_pages(document: Document) -> tuple[str, ...]:
    """What stands on the pages after the first one: the rule file's shared parts among the service's own."""
    return (*BEFORE_SHARED, *document.shared, *AFTER_SHARED)


def summary_of(document: Document) -> Document:
    """The parts for paper, with the sources that they cite."""
    short = document.only((*FIRST_PAGE, *further_pages(document)))
    parts = {name: _first_three(part) if name in AT_MOST_THREE else part for name, part in short.parts.items()}
    return replace(short, parts=parts)


def _first_three(part: Part) -> Part:
    blocks = tuple(
        replace(block, items=block.items[:3], sources=()) if isinstance(block, Items) else block
        for block in part.blocks
    )
    return replace(part, blocks=blocks)
