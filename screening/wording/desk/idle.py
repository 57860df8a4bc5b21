"""What will be deleted because nothing happens to it, in the words of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime

from screening.storage.submissions.deletion.idle import ListedIdle, ShownIdle
from screening.storage.submissions.record.events import Event
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class IdleInWords:
    """One that is listed: its code, the days, and who put it off; nothing of the person, nor of their answers."""

    id: str
    revision: int
    code: str
    idle_since: str
    deleted_on: str
    postponed: tuple[str, ...]
    """A sentence for each time that it was put off, with the reason."""


def idle_in_words(shown: ShownIdle, names: Mapping[str, str], language: Language) -> IdleInWords:
    """One of the list; `names` of staff by id."""
    return IdleInWords(
        id=shown.listed.id,
        revision=shown.listed.revision,
        code=shown.code,
        idle_since=_day(shown.listed.idle_since, language),
        deleted_on=_day(shown.listed.deleted_at, language),
        postponed=tuple(_postponed(event, names, language) for event in shown.postponed),
    )


def idle_notice(listed: ListedIdle, language: Language) -> str:
    """What the page of a submission says of it."""
    return language.gettext(
        "Nothing has happened here since %(since)s. It is deleted on %(day)s, or at most a week later, unless "
        "something happens: write a note, say where it stands, or close it.",
        since=_day(listed.idle_since, language),
        day=_day(listed.deleted_at, language),
    )


def _postponed(event: Event, names: Mapping[str, str], language: Language) -> str:
    return language.gettext(
        "%(name)s put it off on %(moment)s: %(reason)s",
        name=names.get(event.by or "") or language.gettext("Somebody who has left"),
        moment=format_datetime(event.at.astimezone(), "d MMM y, HH:mm", locale=language.locale),
        reason=str(event.detail.get("text", "")),
    )


def _day(moment: datetime, language: Language) -> str:
    return language.date(moment.astimezone().date())
