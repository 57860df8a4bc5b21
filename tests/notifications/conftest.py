"""Servers of e-mail and HTTP for tests of notices, and notices that go to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from screening.config.notifications import Email, NotificationSettings, Webhook
from screening.storage.database.clock import now
from screening.storage.database.rows import OutboxRow, fetch_all
from screening.storage.database.schema import outbox
from screening.storage.store import Store
from screening.storage.submissions.person.sharing import Draft, Receipt
from tests.storage.conftest import cluster, kind, place, store
from tests.support.hook_server import Hook, hook_server
from tests.support.mail_server import MailServer, mail_server
from tests.support.stores import share

__all__ = ["cluster", "kind", "place", "store"]
KEY = "k" * 32


@pytest.fixture
def mailbox() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_server() as server:
        yield server


@pytest.fixture
def notices(mailbox: MailServer, hook: Hook) -> NotificationSettings:
    return NotificationSettings(
        "https://check.example",
        Email(("desk@clinic.example",), "check@clinic.example", f"smtp://127.0.0.1:{mailbox.port}"),
        Webhook(f"http://127.0.0.1:{hook.port}/told?x=1", KEY),
    )


def telling(store: Store, notices: NotificationSettings) -> Store:
    """The same store, with notices as these settings say."""
    return replace(store, notices=notices.plan)


def told(store: Store, notices: NotificationSettings, given: Draft | None = None) -> Receipt:
    """A submission with its notices."""
    return share(telling(store, notices), given)


def waiting(store: Store) -> list[OutboxRow]:
    with store.reading() as transaction:
        return fetch_all(transaction.connection, OutboxRow, select(outbox).order_by(outbox.c.recipient))


def make_due(store: Store) -> None:
    earlier = update(outbox).values(due_at=now() - timedelta(hours=1))
    store.write(lambda transaction: transaction.connection.execute(earlier))
