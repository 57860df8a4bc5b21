"""Sending what waits in the outbox: at once where that works, later where it does not.

Each way (e-mail, webhook) has a thread of its own, so that one that is slow holds up no other. Whatever goes wrong with
a notice is kept in the outbox as the reason; nothing ends a thread.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TextIO, TypeVar

from screening.config.notifications import NotificationSettings, Recipient
from screening.logs.failure import failure_of
from screening.notifications.failures import OF_THE_WAY, NotDeliveredError
from screening.notifications.mail import Letter, send_email
from screening.notifications.webhook import post_webhook
from screening.storage.store import NOT_USABLE, Store
from screening.storage.submissions.notices.outbox import (
    DeliveryFailure,
    Notice,
    claim,
    notice_code,
    put_off,
    remove,
    split_by_recipient,
)
from screening.storage.submissions.notices.promises import queue_passed_promises
from screening.storage.submissions.record.cipher import GoneError
from screening.wording.language.languages import SOURCE_LANGUAGE, language
from screening.wording.sharing.notification import notice_subject, notice_text

Done = TypeVar("Done")
log = logging.getLogger(__name__)
EVERY = 15.0
"""Seconds between two looks into the outbox."""
PROMISES_EVERY = 300.0
"""Seconds between two looks for promises that passed."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many notices arrived, and how many did not yet, each counted once a recipient."""

    arrived: int
    failed: int


def send_due(store: Store, settings: NotificationSettings) -> DeliveryReport:
    """Send every notice that is due, by every way; one that fails is tried again later."""
    reports = [_send_by(store, settings, channel) for channel in settings.channels]
    return DeliveryReport(sum(report.arrived for report in reports), sum(report.failed for report in reports))


def _send_by(store: Store, settings: NotificationSettings, channel: str) -> DeliveryReport:
    """Send by one way, until nothing is due or the way itself does not work: then the others wait for another round."""
    recipients = [recipient for recipient in settings.plan.recipients if recipient.channel == channel]
    store.write(lambda transaction: split_by_recipient(transaction, recipients))
    arrived = failed = 0
    while (notice := _claimed(store, recipients)) is not None:
        failure = _send(store, settings, notice)
        if failure is None:
            arrived += 1
        else:
            failed += 1
            if failure in OF_THE_WAY:
                break
    return DeliveryReport(arrived, failed)


def _claimed(store: Store, recipients: Sequence[Recipient]) -> Notice | None:
    return store.write(lambda transaction: claim(transaction, recipients))


def _send(store: Store, settings: NotificationSettings, notice: Notice) -> DeliveryFailure | None:
    """Send one and keep what came of it; None where it arrived, or is about nothing any more."""
    recipient = notice.recipient
    try:
        with store.reading() as transaction:
            code = notice_code(transaction, notice)
        _tell(settings, notice, code)
    except GoneError:
        pass
    except NOT_USABLE:
        raise
    except NotDeliveredError as error:
        log.warning("a notice by %s did not arrive, %s: %s", recipient.channel, error.failure, failure_of(error))
        return _keep_failure(store, notice, error.failure, error.reply)
    except Exception as error:
        log.error("a notice by %s did not arrive: %s", recipient.channel, failure_of(error))  # noqa: TRY400
        return _keep_failure(store, notice, DeliveryFailure.UNEXPECTED, None)
    store.write(lambda transaction: remove(transaction, notice))
    return None


def _keep_failure(store: Store, notice: Notice, failure: DeliveryFailure, reply: int | None) -> DeliveryFailure:
    store.write(lambda transaction: put_off(transaction, notice, failure, reply))
    return failure


def _tell(settings: NotificationSettings, notice: Notice, code: str) -> None:
    """Tell one recipient; raises `NotDeliveredError` where that fails, and whatever nobody thought of."""
    link = f"{settings.address}/desk/submissions/{notice.submission_id}"
    if settings.email and notice.recipient.channel == "email":
        english = language(SOURCE_LANGUAGE)
        subject, text = notice_subject(english, notice.event, code), notice_text(english, notice.event, code, link)
        send_email(settings.email, Letter(notice.recipient.address, notice.id, subject, text))
    elif settings.webhook and notice.recipient.channel == "webhook":
        members = {"id": notice.id, "event": notice.event, "code": code, "link": link}
        post_webhook(settings.webhook, notice.id, members)


def run_delivery(store: Store, settings: NotificationSettings, lock: Path, stop: Event) -> None:
    """Send what is due by every way until told to stop; of all processes of a host one at a time sends by each."""
    threads = [
        Thread(target=_run_channel, args=(store, settings, channel, lock.with_name(f"{channel}-{lock.name}"), stop))
        for channel in settings.channels
    ]
    for thread in threads:
        thread.daemon = True
        thread.start()
    for thread in threads:
        thread.join()


def _run_channel(store: Store, settings: NotificationSettings, channel: str, lock: Path, stop: Event) -> None:
    """Send by one way until told to stop; nothing that happens meanwhile ends it."""
    file: TextIO | None = None
    looked_at = -PROMISES_EVERY
    while not stop.is_set():
        if file is None:
            file = _attempt(lambda: lock.open("w"))
        if file and _attempt(partial(_is_ours, file)):
            if time.monotonic() - looked_at >= PROMISES_EVERY:
                _attempt(lambda: queue_passed_promises(store))
                looked_at = time.monotonic()
            _attempt(lambda: _send_by(store, settings, channel))
        stop.wait(EVERY)
    if file:
        file.close()


def _attempt(work: Callable[[], Done]) -> Done | None:
    """Do it; of whatever goes wrong the log gets the place, and the thread goes on."""
    try:
        return work()
    except NOT_USABLE as error:
        log.warning("notices wait: %s", error)
    except Exception as error:
        log.error("notices wait: %s", failure_of(error))  # noqa: TRY400 - a trace with no words in it
    return None


def _is_ours(lock: TextIO) -> bool:
    """Whether no other process of this host sends; the claims in the outbox hold where a file system has no locks."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        log.warning("notices are sent without a lock: %s", failure_of(error))
    return True
