"""How many notices wait, and how many fail: for operators, the overview and metrics; nothing of any person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import case, func, or_, select

from screening.config.notifications import NoticeEvent, Recipient
from screening.storage.database.schema import outbox
from screening.storage.store import StoreTransaction
from screening.storage.submissions.notices.outbox import DeliveryFailure

_HAS_FAILED = or_(outbox.c.outcome.is_not(None), outbox.c.tries > 1)
"""A try that has no outcome although another one followed was broken off with its process."""


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """Notices of one event to all recipients, those accepted left out."""

    waiting: int = 0
    """Not tried yet, or being sent at this moment."""
    failed: int = 0
    """The last try failed, or nobody tries them because the settings do not name their recipient."""


@dataclass(frozen=True, slots=True)
class FailingNotices:
    """Notices to one recipient that fail for one reason."""

    recipient: Recipient
    is_named: bool
    """Whether the settings name the recipient; otherwise nobody tries them."""
    outcome: DeliveryFailure | None
    """None: a try was broken off, or there was none."""
    reply: int | None
    number: int
    tries: int
    """The most for any of them."""
    since: datetime
    """When the oldest was made."""


def outbox_counts(transaction: StoreTransaction) -> Mapping[NoticeEvent, NoticeCount]:
    """By event; one without any notice is there with zeros."""
    counts = dict.fromkeys(NoticeEvent, NoticeCount())
    failed = case((_HAS_FAILED, 1), else_=0)
    columns = (outbox.c.kind, outbox.c.channel, outbox.c.recipient, failed)
    query = select(*columns, func.count()).group_by(*columns)
    for kind, channel, address, has_failed, number in transaction.connection.execute(query):
        event, before = NoticeEvent(kind), counts[NoticeEvent(kind)]
        if has_failed or Recipient(channel, address) not in transaction.notices.recipients:
            counts[event] = replace(before, failed=before.failed + number)
        else:
            counts[event] = replace(before, waiting=before.waiting + number)
    return counts


def failing_notices(transaction: StoreTransaction, recipients: Sequence[Recipient]) -> list[FailingNotices]:
    """What does not arrive, by recipient and reason; `recipients`: whom the settings name."""
    columns = (outbox.c.channel, outbox.c.recipient, outbox.c.outcome, outbox.c.reply)
    has_any_failed = func.max(case((_HAS_FAILED, 1), else_=0))
    numbers = (func.count(), func.max(outbox.c.tries), func.min(outbox.c.made_at), has_any_failed)
    failing = []
    for row in transaction.connection.execute(select(*columns, *numbers).group_by(*columns).order_by(*columns)):
        channel, address, outcome, reply, number, tries, since, has_failed = row
        recipient = Recipient(channel, address)
        if has_failed or recipient not in recipients:
            reason = DeliveryFailure(outcome) if outcome else None
            failing.append(FailingNotices(recipient, recipient in recipients, reason, reply, number, tries, since))
    return failing
