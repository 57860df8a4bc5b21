"""Which parts of a Document the result page shows, in the order in which they are read, and which of them are folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screening.wording.document.blocks import Document, Part

_EMERGENCY = ("emergency", "reasons")
_OPEN = (
    "emergency",
    "cannot_wait",
    "lead",
    "pair",
    "always_open",
    "why",
    "steps",
    "conflicts",
    "cautions",
    "numbers",
    "usual_numbers",
    "still_open",
    "more_open",
    "ignored",
)
_RESEARCH = ("short_answer_rest", "other_claims")
_FOLDED = ("ask_doctor", "more_reasons", "informations", "tick_sheet")
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
    about: tuple[Part, ...]
    """What the sections say that the answers are like."""
    research: tuple[Part, ...]
    """What the guide says beside research, no claim twice."""


def result_page(document: Document) -> ResultPage:
    """A Document as the result page shows it."""
    shown = document.only(_names(document))
    return ResultPage(shown, _parts(shown, _about(document)), _parts(shown, _RESEARCH))


def _parts(document: Document, names: Iterable[str]) -> tuple[Part, ...]:
    return tuple(document.parts[name] for name in names if name in document.parts)


def _about(document: Document) -> tuple[str, ...]:
    return (*document.sections, "underlying", "guide_sections")


def _names(document: Document) -> tuple[str, ...]:
    """All that the page shows, in order."""
    if document.tone == "urgent":
        return (*_EMERGENCY, *document.sections[:1], "next_steps", "ask_doctor")
    if "lead" not in document.parts:
        return (*_EARLIER, *_about(document), "claims", "informations", "ask_doctor", *document.shared)
    return (*_OPEN, *_FOLDED, *_about(document), *_RESEARCH, *document.shared)
