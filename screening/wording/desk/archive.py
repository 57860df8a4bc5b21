"""What is said about an archive of PDFs or of FHIR documents: in the archive itself, and while it is made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from screening.storage.submissions.handed_out.archives import Kind, Progress, Stage
from screening.wording.language.languages import N_, Language

_ENOUGH = 3
"""Submissions that are through before a time is told: the first ones say little."""
_STAGES = {
    Stage.ASKED: N_("The file has not begun yet."),
    Stage.UNDER_WAY: N_("The file is being sent."),
    Stage.COMPLETE: N_("The file is complete."),
    Stage.CUT: N_("The file was cut off: the browser stopped taking it, or something went wrong here. Export again."),
}


@dataclass(frozen=True, slots=True)
class ArchiveTexts:
    """The texts that stand in an archive as files."""

    about: str
    no_file: str
    """That one could not be made."""
    not_complete: str


@dataclass(frozen=True, slots=True)
class ProgressWords:
    """What the desk says while an archive is sent."""

    state: str
    count: str
    """Empty before it begins."""
    left: str
    """About how long it takes still; empty where nobody can say."""


def archive_name(kind: Kind, language: Language) -> str:
    """What an archive is called."""
    say = language.gettext
    return say("Archive of PDFs") if kind is Kind.PDF else say("Archive of FHIR documents")


def archive_texts(total: int, at: datetime, kind: Kind, language: Language) -> ArchiveTexts:
    """The texts for an archive of so many submissions."""
    say = language.gettext
    about = (
        _heading(total, at.isoformat(timespec="seconds"), kind, language),
        say("A file is named by the code of the submission and the number of the version: 0 is what was sent first."),
        say("Where a file could not be made, a text with the same name says so."),
        say('Where "00-not-complete.txt" is among the files, or the archive cannot be opened, it is not complete.'),
        say(
            "It holds what people told about their health. Keep it where only those who need it can open it, and "
            "delete it when it has served."
        ),
    )
    return ArchiveTexts(
        about="\n".join(about) + "\n",
        no_file=say(
            "This file could not be made. Open the submission at the desk and save it there; if that fails too, tell "
            "whoever runs this service."
        )
        + "\n",
        not_complete=say(
            "The archive ends here, though submissions are missing: they could not be read. Export again later."
        )
        + "\n",
    )


def _heading(total: int, at: str, kind: Kind, language: Language) -> str:
    if kind is Kind.FHIR:
        return language.ngettext(
            "FHIR documents of %(number)s submission, taken out at %(at)s.",
            "FHIR documents of %(number)s submissions, taken out at %(at)s.",
            total,
            at=at,
        )
    return language.ngettext(
        "PDFs of %(number)s submission, taken out at %(at)s.",
        "PDFs of %(number)s submissions, taken out at %(at)s.",
        total,
        at=at,
    )


def progress_words(progress: Progress, total: int, at: datetime, language: Language) -> ProgressWords:
    """How far an archive has come, in words; `total`: how many submissions it shall hold."""
    say = language.gettext
    taken = min(progress.taken, total)
    count = ""
    if progress.began_at is not None:
        count = say("Submission %(number)s of %(total)s.", number=taken, total=total)
    left = _time_left(progress, total, at)
    if progress.stage is not Stage.UNDER_WAY or left is None:
        return ProgressWords(say(_STAGES[progress.stage]), count, "")
    minutes = math.ceil(left / timedelta(minutes=1))
    words = language.ngettext("About %(number)s minute more.", "About %(number)s minutes more.", max(1, minutes))
    return ProgressWords(say(_STAGES[progress.stage]), count, words)


def _time_left(progress: Progress, total: int, at: datetime) -> timedelta | None:
    """How long it takes still, where it goes on as so far; None where too little is known."""
    done = progress.taken - 1
    if progress.began_at is None or done < _ENOUGH:
        return None
    return (at - progress.began_at) / done * max(0, total - done)
