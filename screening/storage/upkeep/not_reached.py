"""Closing what nobody was reached about: after the last try the clinic waits for the person, then it is closed.

What must be called first is never closed so: it stays overdue, on top, until somebody decides.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import select

from screening.config.notifications import NoticeEvent
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.schema import submission
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.next_steps.standing import place, standing_of
from screening.storage.submissions.next_steps.steps import after_closing
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import State, Step, open_submission
from screening.storage.upkeep.daily_runs import ClockReading, check_believed, read_clocks

NOT_REACHED = "no_answer"
"""The reason for which it is closed."""
_c = submission.c


def close_not_reached(store: Store, reading: ClockReading | None = None) -> int:
    """Close what waited long enough for the person; how many. `ClockError` where the clock may be wrong."""
    reading = reading or read_clocks()
    moment = reading.wall
    with store.reading() as transaction:
        check_believed(transaction, reading)
        due = _c.due_at.is_not(None) & (_c.due_at < moment) & (_c.step == Step.WAIT)
        calm = due & (_c.call_first == 0) & _c.news_at.is_(None)
        waiting = list(transaction.connection.execute(select(_c.id).where(calm)).scalars())
    return sum(store.write(partial(_close, submission_id=waiting_id, moment=moment)) for waiting_id in waiting)


def _close(transaction: StoreTransaction, submission_id: str, moment: datetime) -> bool:
    """Close one, unless something happened to it meanwhile."""
    opened = open_submission(transaction, submission_id)
    row = opened.row
    if row.step != Step.WAIT or row.due_at is None or row.due_at >= moment or row.call_first or row.news_at:
        return False
    place(transaction, opened, after_closing(standing_of(opened)), reason=NOT_REACHED, ended_at=moment)
    add_event(transaction, opened, "state", {"state": State.CLOSED, "reason": NOT_REACHED})
    queue(transaction, submission_id, NoticeEvent.CLOSED)
    add_entry(transaction, SERVICE, "state_closed", submission_id)
    return True
