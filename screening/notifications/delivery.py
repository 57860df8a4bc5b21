"""Sending what waits in the outbox: at once where that works, later where it does not."""

from __future__ import annotations

import fcntl
import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from screening.config.notifications import NotificationSettings
from screening.logs.failure import failure_of
from screening.notifications.mail import send_email
from screening.notifications.webhook import post_webhook
from screening.storage.store import NOT_USABLE, Store
from screening.storage.submissions.outbox import Notice, mark_sent, take_due
from screening.wording.language.languages import SOURCE_LANGUAGE, language
from screening.wording.sharing.notification import notice_subject, notice_text

log = logging.getLogger(__name__)
EVERY = 15.0
"""Seconds between two looks into the outbox."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many notices arrived, and how many did not yet."""

    arrived: int
    failed: int


def send_due(store: Store, notices: NotificationSettings) -> DeliveryReport:
    """Send every notice that is due; one that fails is tried again later."""
    arrived = failed = 0
    while due := store.write(take_due):
        for notice in due:
            if _send(notice, notices):
                store.write(lambda transaction, each=notice.id: mark_sent(transaction, each))  # type: ignore[misc]
                arrived += 1
            else:
                failed += 1
    return DeliveryReport(arrived, failed)


def _send(notice: Notice, notices: NotificationSettings) -> bool:
    """Whether it arrived, or goes nowhere any more because its channel was switched off."""
    link = f"{notices.address}/desk/submissions/{notice.submission_id}"
    try:
        if notice.channel == "email" and notices.email:
            english = language(SOURCE_LANGUAGE)
            send_email(notices.email, notice_subject(english, notice.code), notice_text(english, notice.code, link))
        elif notice.channel == "webhook" and notices.webhook:
            members = {"id": notice.id, "event": notice.kind, "code": notice.code, "link": link}
            post_webhook(notices.webhook, notice.id, members)
    except OSError as error:
        log.warning("a notice by %s did not arrive: %s", notice.channel, failure_of(error))
        return False
    return True


def run_delivery(store: Store, notices: NotificationSettings, lock: Path, stop: Event) -> None:
    """Send what is due until told to stop; of all processes of a host the one that holds the lock does."""
    with lock.open("w") as file:
        while not stop.is_set():
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                stop.wait(EVERY)
                continue
            _try_to_send(store, notices)
            stop.wait(EVERY)


def _try_to_send(store: Store, notices: NotificationSettings) -> None:
    """Send what is due; whatever goes wrong with it, the thread goes on and tries again."""
    try:
        send_due(store, notices)
    except NOT_USABLE as error:
        log.warning("notices wait: %s", error)
    except Exception as error:
        log.error("notices wait: %s", failure_of(error))  # noqa: TRY400 - a trace with no words in it
