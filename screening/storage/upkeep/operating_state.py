"""What operators watch, as it stands in the database now: numbers, moments, whether something is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from screening.config.notifications import NoticeEvent
from screening.storage.database.clock import ClockError, now
from screening.storage.database.clock_agreement import check_agreement
from screening.storage.store import StoreTransaction
from screening.storage.submissions.notices.outbox_counts import NoticeCount, outbox_counts
from screening.storage.submissions.notices.promises import passed_promises
from screening.storage.submissions.person.pace import turns_in_hour
from screening.storage.upkeep.daily_runs import read_clocks, reason_to_hold
from screening.storage.upkeep.last_backup import backed_up_at


@dataclass(frozen=True, slots=True)
class OperatingState:
    """How the service does, at one moment."""

    notices: Mapping[NoticeEvent, NoticeCount]
    passed_promises: int
    clock_disagrees: bool
    """With the database's, or with the last daily run: sharing waits."""
    deletion_held: bool
    """What is old is not deleted until an operator has looked at the clock."""
    backed_up_at: datetime | None
    """None: no backup is known of."""
    turns_this_hour: int
    """At sending, of those that the deployment has an hour."""


def operating_state(transaction: StoreTransaction) -> OperatingState:
    """All of it now."""
    return OperatingState(
        notices=outbox_counts(transaction),
        passed_promises=passed_promises(transaction),
        clock_disagrees=_clock_disagrees(transaction),
        deletion_held=_is_deletion_held(transaction),
        backed_up_at=backed_up_at(transaction),
        turns_this_hour=turns_in_hour(transaction, now()),
    )


def _clock_disagrees(transaction: StoreTransaction) -> bool:
    try:
        check_agreement(transaction.connection, now())
    except ClockError:
        return True
    return False


def _is_deletion_held(transaction: StoreTransaction) -> bool:
    try:
        return bool(reason_to_hold(transaction, read_clocks()))
    except ClockError:
        return True
