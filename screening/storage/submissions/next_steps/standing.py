"""Where a submission stands, read and written; and one's own last step taken back.

Every function that writes takes a transaction of `Store.write`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from screening.storage.database.clock import now
from screening.storage.store import Members, StoreTransaction
from screening.storage.submissions.assessments.heard import HEARD, without_last_heard
from screening.storage.submissions.next_steps.steps import MOST_TRIES, Standing
from screening.storage.submissions.record.events import Event, add_event, events
from screening.storage.submissions.record.records import State, Step, Submission, change

CALL_FROM = "call_from"
"""The member of a row that says from when on the person is called, where they were told."""
PAPERS = "papers"
"""The member of a row that names the questions whose papers the person is asked to bring."""
BEFORE = "before"
"""The member of an event that says how the row stood, so that it can be taken back."""
UNDONE = "undone"
EMERGENCY = "emergency"
EMERGENCY_TAKEN_BACK = "emergency_taken_back"
"""Kinds of events."""
UNDO_TIME = timedelta(minutes=10)
_KEPT = ("state", "step", "due_at", "tries", "reason", "ended_at", "contacted_at", "call_first")
_MOMENTS = frozenset({"due_at", "ended_at", "contacted_at"})


def standing_of(submission: Submission) -> Standing:
    """Where it stands."""
    row, call_from = submission.row, submission.row_members.get(CALL_FROM)
    return Standing(
        State(row.state),
        Step(row.step) if row.step else None,
        row.due_at,
        min(row.tries or 0, MOST_TRIES),
        datetime.fromisoformat(call_from) if call_from else None,
    )


def place(
    transaction: StoreTransaction,
    submission: Submission,
    standing: Standing,
    *,
    row: Members | None = None,
    contact: Members | None = None,
    **columns: object,
) -> None:
    """Write where it stands from now on, with other columns and members where given."""
    members = {name: value for name, value in (row or submission.row_members).items() if name != CALL_FROM}
    if standing.call_from:
        members[CALL_FROM] = standing.call_from.isoformat()
    change(transaction, submission, row=members, contact=contact, **{**standing.columns, **columns})


def undoable(submission: Submission) -> dict[str, Any]:
    """How it stands now, as the detail of an event that its author may take back."""
    values = {name: getattr(submission.row, name) for name in _KEPT}
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    return {BEFORE: {**plain, **{name: submission.row_members.get(name) for name in (CALL_FROM, HEARD)}}}


def last_step(submission: Submission, happened: list[Event], by: str, at: datetime) -> Event | None:
    """The step that somebody may take back: their own, the last thing that happened, and not ten minutes old.

    Never an emergency: it ends with a note alone (`take_emergency_back`). `happened`: all of it, the latest first.
    """
    latest = happened[0] if happened else None
    if latest is None or latest.by != by or BEFORE not in latest.detail or at - latest.at > UNDO_TIME:
        return None
    if latest.kind == EMERGENCY:
        return None
    return latest if latest.revision == submission.row.revision else None


def undo(transaction: StoreTransaction, submission: Submission, by: str, at: datetime | None = None) -> bool:
    """Take one's own last step back: it stands as before, and what happened says both. False where it is too late."""
    step = last_step(submission, events(transaction, submission), by, at or now())
    if step is None:
        return False
    put_back(transaction, submission, step.detail[BEFORE])
    add_event(transaction, submission, UNDONE, {"kind": step.kind}, by)
    return True


def take_emergency_back(transaction: StoreTransaction, submission: Submission, text: str, by: str) -> bool:
    """End an emergency that was none: what was next before it is next again. False where none stands."""
    row = submission.row
    noted = [event for event in events(transaction, submission) if event.kind == EMERGENCY and BEFORE in event.detail]
    earlier = next((event.detail[BEFORE] for event in noted if event.detail[BEFORE].get("step") != Step.HELP), None)
    if row.step != Step.HELP or earlier is None:
        return False
    names = ("state", "step", "due_at", "reason", "ended_at")
    columns = {name: _read(name, earlier.get(name)) for name in names}
    number = max(0, (row.call_first or 0) - 1)
    change(transaction, submission, row=without_last_heard(submission.row_members), call_first=number, **columns)
    add_event(transaction, submission, EMERGENCY_TAKEN_BACK, {"text": text}, by)
    return True


def put_back(transaction: StoreTransaction, submission: Submission, before: Mapping[str, Any]) -> None:
    """Write a row as an event says that it stood before."""
    columns = {name: _read(name, before.get(name)) for name in _KEPT}
    members = {name: value for name, value in submission.row_members.items() if name not in (CALL_FROM, HEARD)}
    kept = {name: before[name] for name in (CALL_FROM, HEARD) if before.get(name)}
    change(transaction, submission, row={**members, **kept}, **columns)


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if value and name in _MOMENTS else value
