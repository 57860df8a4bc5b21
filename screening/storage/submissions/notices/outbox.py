"""Notices still to be sent: kept with the submission itself, so that none is forgotten and none told of what is not.

A row is one notice to one recipient, with tries, next try and last failure of its own. It goes when the recipient has
accepted it. None is ever given up: it is tried again every few hours until it arrives, until what it is about is
deleted, or until an operator drops what waits for recipients that the settings no longer name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from screening.config.notifications import NoticeEvent, Recipient
from screening.crypto.columns import open_column, seal_column
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import now
from screening.storage.database.rows import OutboxRow, fetch_all, fetch_one
from screening.storage.database.schema import outbox
from screening.storage.store import StoreTransaction, new_id
from screening.storage.submissions.record.records import open_submission

WAITS = (1, 5, 15, 60, 240)
"""Minutes between one try and the next; the last is repeated."""
LEASE = timedelta(minutes=10)
"""For how long a notice that is being sent is nobody else's: longer than any conversation may last. Then whoever sent
it is gone, and it is sent again."""
_FARTHEST = max(LEASE, timedelta(minutes=max(WAITS)))
"""No next try lies farther ahead: one that does was set by a clock that was wrong, and is due."""


class DeliveryFailure(StrEnum):
    """Why a notice did not arrive, by where it ended; `wording` makes the sentence."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    CUT = "cut"
    NOT_ENCRYPTED = "not_encrypted"
    ENCRYPTION_NOT_OFFERED = "encryption_not_offered"
    NOT_UNDERSTOOD = "not_understood"
    GREETING_REFUSED = "greeting_refused"
    LOGIN_REFUSED = "login_refused"
    LOGIN_NOT_OFFERED = "login_not_offered"
    LOGIN_NOT_ENCODABLE = "login_not_encodable"
    ADDRESS_NOT_ENCODABLE = "address_not_encodable"
    SENDER_REFUSED = "sender_refused"
    RECIPIENT_REFUSED = "recipient_refused"
    CONTENT_REFUSED = "content_refused"
    REDIRECTED = "redirected"
    REQUEST_REFUSED = "request_refused"
    RECEIVER_FAILED = "receiver_failed"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told to one recipient: that something happened, and about which submission."""

    id: str
    submission_id: str
    recipient: Recipient
    event: NoticeEvent
    tries: int
    """With the one that begins now."""


def queue(transaction: StoreTransaction, submission_id: str, event: NoticeEvent, code: str | None = None) -> None:
    """Have every recipient told of an event that the clinic chose, in the transaction of the event itself.

    `code`: where the submission will give it no more; sealed until the notice arrives.
    """
    if event not in transaction.notices.events:
        return
    moment = _moment(transaction.connection)
    for recipient in transaction.notices.recipients:
        identity = new_id()
        values = {
            "id": identity,
            "submission_id": submission_id,
            "channel": recipient.channel,
            "recipient": recipient.address,
            "kind": event,
            "made_at": moment,
            "due_at": moment,
            "tries": 0,
            "code_sealed": None if code is None else _sealed_code(transaction, identity, code),
        }
        transaction.connection.execute(insert(outbox).values(values))


def split_by_recipient(transaction: StoreTransaction, recipients: Sequence[Recipient]) -> None:
    """Give e-mails of a version that knew no recipients one row for each."""
    addresses = [recipient.address for recipient in recipients if recipient.channel == "email"]
    unaddressed = select(outbox).where(outbox.c.channel == "email", outbox.c.recipient == "").with_for_update()
    for row in fetch_all(transaction.connection, OutboxRow, unaddressed) if addresses else ():
        columns = {"submission_id": row.submission_id, "channel": row.channel, "kind": row.kind, "tries": row.tries}
        columns |= {"made_at": row.made_at, "due_at": row.due_at}
        rows = [{"id": new_id(), "recipient": address, **columns} for address in addresses]
        transaction.connection.execute(insert(outbox), rows)
        transaction.connection.execute(delete(outbox).where(outbox.c.id == row.id))


def claim(transaction: StoreTransaction, recipients: Sequence[Recipient]) -> Notice | None:
    """The notice to one of these recipients that is due for longest, to be sent now: nobody else gets it meanwhile."""
    moment = _moment(transaction.connection)
    due = or_(outbox.c.due_at <= moment, outbox.c.due_at > moment + _FARTHEST)
    query = select(outbox).where(due, _is_for(recipients)).order_by(outbox.c.due_at, outbox.c.id).limit(1)
    row = fetch_one(transaction.connection, OutboxRow, query.with_for_update(skip_locked=True))
    if row is None:
        return None
    changes = {"tries": row.tries + 1, "due_at": moment + LEASE}
    transaction.connection.execute(update(outbox).where(outbox.c.id == row.id).values(changes))
    recipient = Recipient(row.channel, row.recipient)
    return Notice(row.id, row.submission_id, recipient, NoticeEvent(row.kind), row.tries + 1)


def notice_code(transaction: StoreTransaction, notice: Notice) -> str:
    """The reference code of what it is about; `GoneError` where that was deleted, and the notice with it."""
    query = select(outbox.c.code_sealed).where(outbox.c.id == notice.id)
    sealed = transaction.connection.execute(query).scalar_one_or_none()
    if sealed is None:
        return open_submission(transaction, notice.submission_id).code
    return open_column(sealed, _code_key(transaction, notice.id), _code_place(notice.id)).decode()


def remove(transaction: StoreTransaction, notice: Notice) -> None:
    """Forget a notice that arrived, or that is about nothing any more."""
    transaction.connection.execute(delete(outbox).where(outbox.c.id == notice.id))


def put_off(transaction: StoreTransaction, notice: Notice, failure: DeliveryFailure, reply: int | None) -> None:
    """Have a notice that did not arrive tried again later; `reply`: the code of the other side's last reply."""
    moment = _moment(transaction.connection)
    wait = timedelta(minutes=WAITS[min(notice.tries, len(WAITS)) - 1])
    values = {"outcome": failure, "reply": reply, "tried_at": moment, "due_at": moment + wait}
    transaction.connection.execute(update(outbox).where(outbox.c.id == notice.id).values(values))


def drop_unnamed(transaction: StoreTransaction, recipients: Sequence[Recipient]) -> int:
    """Forget what waits for anybody but these recipients; how many notices."""
    unnamed = select(outbox).where(~_is_for(recipients))
    rows = fetch_all(transaction.connection, OutboxRow, unnamed)
    for row in rows:
        transaction.connection.execute(delete(outbox).where(outbox.c.id == row.id))
        add_entry(transaction, SERVICE, "notice_dropped", row.submission_id)
    return len(rows)


def _is_for(recipients: Sequence[Recipient]) -> ColumnElement[bool]:
    """Whether a row is for one of these recipients."""
    addressed = [
        and_(outbox.c.channel == recipient.channel, outbox.c.recipient == recipient.address) for recipient in recipients
    ]
    return or_(outbox.c.id.is_(None), *addressed)


def _moment(connection: Connection) -> datetime:
    """The present moment by the one clock that all who send share: two hosts may disagree."""
    if connection.dialect.name != "postgresql":
        return now()
    moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return moment.astimezone(UTC).replace(microsecond=0)


def _code_key(transaction: StoreTransaction, notice_id: str) -> bytes:
    return transaction.keyed_hash("code of a notice", notice_id.encode())


def _code_place(notice_id: str) -> str:
    return f"outbox/{notice_id}/code"


def _sealed_code(transaction: StoreTransaction, notice_id: str, code: str) -> bytes:
    return seal_column(code.encode(), _code_key(transaction, notice_id), _code_place(notice_id))
