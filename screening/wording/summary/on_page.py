"""Which parts of a Document the result page shows, in the order in which they are read, and which are folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from screening.wording.document.blocks import Document, Part
from screening.wording.document.result_blocks import Step

_EMERGENCY = ("emergency", "reasons")
_OPEN = (
    "emergency",
    "cannot_wait",
    "lead",
    "guide_in_heading",
    "pair",
    "always_open",
    "why",
    "steps",
    "guide_named",
    "cautions",
    "numbers",
    "usual_numbers",
    "limits",
    "still_open",
    "more_open",
    "ignored",
)
_ASKING = ("ask_doctor", "to_settle")
_FILL_IN = ("tick_sheet",)
_RESEARCH = ("short_answer_rest", "other_claims")
_EARLIER = (
    *("emergency", "match", "actions", "short_answer", "reasons", "conflicts", "cautions", "not_known"),
    *("tick_sheet", "next_steps"),
)
"""The order for a Document that was kept before it had parts for a first screen."""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What the page shows, and what is folded together."""

    document: Document
    """Just the parts that are shown, with the sources that they cite."""
    conflicts: Part | None
    """Open, unless two answers stand side by side already."""
    asking: tuple[Part, ...]
    """Questions to ask, and what would settle what is open."""
    about: tuple[Part, ...]
    """More reasons, and what the sections say that the answers are like."""
    research: tuple[Part, ...]
    """What the guide says beside research, no claim twice."""
    shared: tuple[Part, ...]
    """Lines for a doctor to fill in, and what the rule file tells everybody."""


def result_page(document: Document) -> ResultPage:
    """A Document as the result page shows it."""
    shown = document.only(_names(document))
    conflicts = shown.part("conflicts")
    is_pair = "pair" in shown.parts
    return ResultPage(
        shown,
        None if is_pair else conflicts,
        _parts(shown, _ASKING),
        _parts(shown, (*(("conflicts",) if is_pair else ()), *_about(shown))),
        _parts(shown, _RESEARCH),
        _parts(shown, (*_FILL_IN, *shown.shared)),
    )


def without_sources(part: Part | None) -> Part | None:
    """A part for a page that lists no sources; of its blocks the steps, the only ones that stand there."""
    if part is None:
        return None
    return replace(part, blocks=tuple(replace(block, sources=()) for block in part.blocks if isinstance(block, Step)))


def _parts(document: Document, names: Iterable[str]) -> tuple[Part, ...]:
    return tuple(document.parts[name] for name in names if name in document.parts)


def _about(document: Document) -> tuple[str, ...]:
    return ("more_reasons", "informations", *document.sections, "underlying", "guide_sections")


def _names(document: Document) -> tuple[str, ...]:
    """All that the page shows, in order."""
    if document.tone == "urgent":
        return (*_EMERGENCY, *document.sections[:1], "next_steps", "ask_doctor")
    if "lead" not in document.parts:
        return (*_EARLIER, *_about(document), "claims", "ask_doctor", *document.shared)
    return (
        *_OPEN,
        "conflicts",
        *_ASKING,
        *_FILL_IN,
        *_about(document),
        *_RESEARCH,
        *document.shared,
    )
