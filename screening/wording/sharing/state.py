"""Where something that was sent stands, in plain words for the person who sent it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from screening.config.clinic import Clinic
from screening.storage.database.rows import DeletionRequestRow, SubmissionRow
from screening.storage.submissions.record.records import LIVING, State, Step
from screening.storage.upkeep.requested_deletions import REQUESTED
from screening.wording.document.blocks import Document, Table
from screening.wording.language.languages import Language
from screening.wording.sharing.next_words import what_is_next

_WAITS_FOR_THEM = frozenset({Step.WAIT, Step.OTHER_WAY})
"""Steps at which the clinic does not call again before the person writes: no day of an answer is named beside them."""


@dataclass(frozen=True, slots=True)
class SubmissionState:
    """What the status page says first."""

    heading: str
    sentences: tuple[str, ...]
    do_not_wait: bool = False
    """Whether the promised date has passed without contact."""
    is_gone: bool = False
    deletion_asked: str = ""
    """That somebody asked for its deletion, which the person can deny; empty where nobody did."""
    is_restricted: bool = False
    """Whether nobody reads it for that reason, the person neither."""


def submission_state(
    row: SubmissionRow,
    clinic: Clinic,
    keep_closed_days: int,
    now: datetime,
    language: Language,
    *,
    call_from: datetime | None = None,
    papers: tuple[str, ...] = (),
) -> SubmissionState:
    """Where a submission stands now. `call_from`, `papers`: see `next_words.what_is_next`."""
    if row.state not in LIVING:
        return _gone(row, language)
    is_late = now > row.promised_at and row.contacted_at is None and row.state != State.CLOSED
    promises = what_is_next(row, call_from, papers, now, language)
    sentences = [*promises, *_sentences(row, clinic, keep_closed_days, language)]
    if is_late:
        return SubmissionState(
            _late_heading(row, language), (*_late(row, clinic, language), *sentences), do_not_wait=True
        )
    if row.contacted_at is None and row.state != State.CLOSED and row.step not in _WAITS_FOR_THEM:
        day = _day(row.promised_at, language)
        sentences.append(language.gettext("%(clinic)s says it will answer by %(day)s.", clinic=clinic.name, day=day))
    return SubmissionState(_heading(row, language), tuple(sentences))


def with_request(
    state: SubmissionState, row: SubmissionRow, request: DeletionRequestRow, language: Language
) -> SubmissionState:
    """The same where its deletion was asked for: who did not ask says so here."""
    say = language.gettext
    day = _day(request.asked_at, language)
    if row.state != State.RESTRICTED:
        text = say(
            "On %(day)s somebody asked the clinic to delete what you sent. It is still there: a second person at the "
            "clinic looks at it first.",
            day=day,
        )
        return replace(state, deletion_asked=text)
    text = say("On %(day)s somebody asked the clinic to delete what you sent.", day=day)
    sentences = (
        say("Nobody reads it any more. It is deleted in some days and cannot be brought back then."),
        say("Was it you? Then there is nothing for you to do. Do not wait for a call from the clinic."),
    )
    return SubmissionState(
        say("Somebody asked to delete what you sent"), (text, *sentences), deletion_asked=text, is_restricted=True
    )


def with_idle_limit(
    state: SubmissionState, until: datetime, postponed_at: datetime | None, language: Language
) -> SubmissionState:
    """The same for what was opened and not closed: until when it is kept, and that this was put off."""
    say = language.gettext
    kept = say(
        "If nothing more happens to it, it will be deleted on %(day)s, or at most a week later.",
        day=_day(until, language),
    )
    if postponed_at is None:
        return replace(state, sentences=(*state.sentences, kept))
    postponed = say("On %(day)s a manager of the clinic put off deleting it.", day=_day(postponed_at, language))
    return replace(state, sentences=(*state.sentences, postponed, kept))


def _gone(row: SubmissionRow, language: Language) -> SubmissionState:
    say = language.gettext
    day = _day(row.ended_at, language) if row.ended_at else ""
    if row.state == State.WITHDRAWN:
        text = say("You took it back on %(day)s. What you sent is deleted.", day=day)
        return SubmissionState(say("You took it back"), (text,), is_gone=True)
    if row.reason == REQUESTED:
        text = say("It was deleted on %(day)s, because the clinic was asked to delete it.", day=day)
        return SubmissionState(say("What you sent is deleted"), (text,), is_gone=True)
    text = say("It was deleted on %(day)s, because the time for which it is kept was over.", day=day)
    return SubmissionState(say("What you sent is deleted"), (text,), is_gone=True)


def _heading(row: SubmissionRow, language: Language) -> str:
    say = language.gettext
    headings = {
        State.NEW: say("The clinic has opened it") if row.opened_at else say("The clinic has received it"),
        State.TRIED: say("The clinic tried to reach you"),
        State.IN_CONTACT: say("The clinic is in contact with you"),
        State.AWAITING_DOCUMENTS: say("The clinic waits for papers from you"),
        State.WITH_CLINICIAN: say("A doctor or nurse at the clinic has it"),
        State.CLOSED: say("The clinic has closed it"),
        State.RESTRICTED: say("Somebody asked to delete what you sent"),
    }
    return headings[State(row.state)]


def _sentences(row: SubmissionRow, clinic: Clinic, keep_closed_days: int, language: Language) -> tuple[str, ...]:
    say = language.gettext
    sentences = [say("%(clinic)s received it on %(day)s.", clinic=clinic.name, day=_day(row.received_at, language))]
    if row.opened_at:
        sentences.append(say("It was opened on %(day)s.", day=_day(row.opened_at, language)))
    else:
        sentences.append(say("Nobody has opened it yet."))
    if row.tries:
        times = language.ngettext("%(number)s time", "%(number)s times", row.tries)
        sentences.append(say("The clinic tried to reach you %(times)s.", times=times))
    if row.contacted_at:
        sentences.append(say("It first reached you on %(day)s.", day=_day(row.contacted_at, language)))
    if row.state == State.CLOSED and row.ended_at:
        until = _day(row.ended_at + timedelta(days=keep_closed_days), language)
        sentences.append(say("It will be deleted on %(day)s, or at most a week later.", day=until))
    return tuple(sentences)


def _late_heading(row: SubmissionRow, language: Language) -> str:
    if row.opened_at is None:
        return language.gettext("Not opened yet: do not wait for the clinic")
    return language.gettext("No answer yet: do not wait for the clinic")


def _late(row: SubmissionRow, clinic: Clinic, language: Language) -> tuple[str, ...]:
    day = _day(row.promised_at, language)
    return (
        language.gettext("%(clinic)s said it would answer by %(day)s. It did not.", clinic=clinic.name, day=day),
        language.gettext("Please go to your own doctor. If you feel worse, get help now."),
    )


def _day(moment: datetime, language: Language) -> str:
    return language.date(moment.astimezone().date())


# --- what differs between two judgements ---


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """An answer that differs, in words; empty where there was none."""

    label: str
    before: str
    after: str


def changed_answers(before: Document, after: Document) -> tuple[ChangedAnswer, ...]:
    """The answers that differ between two Documents of one person."""
    old, new = _answers(before), _answers(after)
    labels = dict.fromkeys([*new, *old])
    return tuple(
        ChangedAnswer(label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label) != new.get(label)
    )


def _answers(document: Document) -> dict[str, str]:
    part = document.part("answers")
    tables = [block for block in part.blocks if isinstance(block, Table)] if part else []
    return {row[0]: row[1] for table in tables for row in table.rows}


def day_of(moment: datetime) -> date:
    """The day on which something happened, by the clock of the server's place."""
    return moment.astimezone().date()
