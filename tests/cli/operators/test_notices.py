"""`screening notices` and `screening daily` end with 1 while notices fail, and say which and why, masked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from screening.config.reading import read_settings
from screening.notifications.delivery import send_due
from screening.storage.database.clock import now
from screening.storage.database.schema import outbox, submission
from screening.storage.opening import open_store
from screening.storage.store import Store
from screening.storage.submissions.notices.outbox import DeliveryFailure
from screening.wording.sharing.notification import REASONS
from tests.cli.conftest import Call
from tests.support.hook_server import Hook, hook_server
from tests.support.mail_server import MailServer, mail_server
from tests.support.stores import close, share

BOTH = "desk@clinic.example, ann.secretary@clinic.example"


@pytest.fixture
def mailbox() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_server() as server:
        yield server


@pytest.fixture
def environment(
    call: Call, mailbox: MailServer, hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """The settings of a deployment that tells two by e-mail and one by a webhook."""
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    values = {
        "SCREENING_INSTANCE": str(folder),
        "SCREENING_ADDRESS": "https://check.example",
        "SCREENING_NOTICE_EMAIL": BOTH,
        "SCREENING_NOTICE_EMAIL_FROM": "check@clinic.example",
        "SCREENING_SMTP": f"smtp://127.0.0.1:{mailbox.port}",
        "SCREENING_WEBHOOK": f"http://127.0.0.1:{hook.port}/secret-path",
        "SCREENING_WEBHOOK_KEY": "k" * 32,
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


@pytest.fixture
def store(environment: dict[str, str]) -> Iterator[Store]:
    settings = read_settings(environment)
    opened = open_store(settings.database, settings.master_key_file, notices=settings.notifications.plan)
    yield opened
    close(opened)


def test_what_arrives_is_counted_and_a_promise_that_passed_is_told(
    call: Call, store: Store, mailbox: MailServer
) -> None:
    identity = share(store).id
    late = update(submission).where(submission.c.id == identity).values(promised_at=now() - timedelta(days=1))
    store.write(lambda transaction: transaction.connection.execute(late))
    result = call("daily")
    assert result.exit_code == 0, result.output
    assert "Notices that arrived: 6." in result.stdout
    subjects = {message.content.split("Subject: ")[1].split(":")[0] for message in mailbox.accepted}
    assert subjects == {"New", "Not answered in time"}
    assert call("notices").stdout == "Notices that arrived: 0.\n"


def test_daily_ends_with_1_while_a_notice_fails_that_the_server_tried(
    call: Call, store: Store, environment: dict[str, str], mailbox: MailServer, hook: Hook
) -> None:
    share(store)
    mailbox.always["rcpt ann.secretary@clinic.example"] = "550 Wintergreen"
    hook.next.append(302)
    assert send_due(store, read_settings(environment).notifications).failed == 2  # as the service does
    for command in ("daily", "notices"):
        result = call(command)
        assert result.exit_code == 1
        assert "Notices that arrived: 0." in result.stdout
        assert "Of shared: 0 waiting, 2 failed." in result.stdout
        assert "To a***@clinic.example by email: 1 waiting" in result.stderr
        assert "The mail server refused the recipient. Its reply: 550." in result.stderr
        assert "To 127.0.0.1 by webhook: 1 waiting" in result.stderr
        assert "redirects elsewhere" in result.stderr
        for word in ("secretary", "secret-path", "Wintergreen", "desk@"):
            assert word not in result.output
    mailbox.always.clear()
    again = update(outbox).values(due_at=now() - timedelta(hours=1))
    store.write(lambda transaction: transaction.connection.execute(again))
    assert call("daily").exit_code == 0


def test_what_waits_for_nobody_is_told_until_it_is_dropped(
    call: Call, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    share(store)
    for name in ("SCREENING_WEBHOOK", "SCREENING_WEBHOOK_KEY"):
        monkeypatch.delenv(name)
    result = call("daily")
    assert result.exit_code == 1
    assert "The settings do not name this recipient" in result.stderr
    assert "Notices that were dropped: 1." in call("notices", "--drop").stdout
    assert call("daily").exit_code == 0


def test_each_outcome_has_words() -> None:
    assert set(REASONS) == set(DeliveryFailure)
    assert len(set(REASONS.values())) == len(DeliveryFailure)
