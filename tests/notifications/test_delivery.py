"""Notices arrive at real servers, hold a code and a link alone, and are tried again until they do."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
import standardwebhooks

from screening.app import create_app
from screening.config.notifications import NotificationSettings, Webhook
from screening.config.reading import read_settings
from screening.notifications import delivery
from screening.notifications.delivery import DeliveryReport, run_delivery, send_due
from screening.runtime import EXTENSION
from screening.storage.database.clock import now
from screening.storage.store import Store
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.notices.outbox import WAITS
from screening.storage.submissions.record.records import State
from tests.notifications.conftest import KEY, make_due, told, waiting
from tests.support.hook_server import Hook
from tests.support.mail_server import MailServer
from tests.support.patience import wait_until
from tests.support.sharing import CONTACT, open_form, send
from tests.support.stores import close
from tests.support.web import Web
from tests.support.web_fixtures import settings_of


def test_both_arrive_once_and_hold_a_code_and_a_link_alone(
    store: Store, notices: NotificationSettings, mailbox: MailServer, hook: Hook
) -> None:
    receipt = told(store, notices)
    identity, code = receipt.id, receipt.code
    assert send_due(store, notices) == DeliveryReport(arrived=2, failed=0)
    assert send_due(store, notices) == DeliveryReport(0, 0)
    assert waiting(store) == []
    link = f"https://check.example/desk/submissions/{identity}"
    (mail,) = mailbox.accepted
    text = mail.content
    assert f"Subject: New: {code}" in text
    assert "To: desk@clinic.example" in text
    assert link in text
    (body,) = hook.contents
    members = json.loads(body)
    assert members == {"id": members["id"], "event": "shared", "code": code, "link": link}
    for content in (text, body.decode()):
        for word in ("fibrosis", "6789", "cirrhosis"):
            assert word not in content.replace(identity, "").replace(members["id"], "").partition("Message-ID")[0]


def received(hook: Hook, key: str) -> list[object]:
    """What a receiver that uses the library of the convention, and knows this secret, makes of each request."""
    receiver = standardwebhooks.Webhook(key)
    return [receiver.verify(*request) for request in zip(hook.contents, hook.headers, strict=True)]


SECRET = "whsec_" + b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    ("key", "known_as"),
    [
        (KEY, "whsec_" + b64encode(KEY.encode()).decode()),
        (
            "clé à vingt caractères et encore",
            "whsec_" + b64encode("clé à vingt caractères et encore".encode()).decode(),
        ),
        (SECRET, SECRET),
        (SECRET.rstrip("="), SECRET),
    ],
)
def test_a_receiver_verifies_a_webhook_with_the_library_of_the_convention(
    store: Store, notices: NotificationSettings, hook: Hook, key: str, known_as: str
) -> None:
    assert notices.webhook is not None
    code = told(store, replace(notices, email=None)).code
    send_due(store, replace(notices, webhook=replace(notices.webhook, key=key)))
    (members,) = received(hook, known_as)
    assert isinstance(members, dict)
    assert members["code"] == code
    assert hook.headers[0]["webhook-id"] == members["id"]
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        received(hook, "whsec_" + b64encode(b"l" * 32).decode())
    for changed in ("webhook-id", "webhook-timestamp"):
        kept = hook.headers[0][changed]
        hook.headers[0][changed] = kept[:-1] + str((int(kept[-1], 16) + 1) % 10)
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            received(hook, known_as)
        hook.headers[0][changed] = kept
    hook.contents[0] += b" "
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        received(hook, known_as)


def test_a_webhook_that_is_tried_again_keeps_its_id_and_is_signed_anew(
    store: Store, notices: NotificationSettings, hook: Hook
) -> None:
    told(store, notices)
    hook.status = 500
    send_due(store, notices)
    hook.status = 204
    make_due(store)
    send_due(store, notices)
    first, second = received(hook, "whsec_" + b64encode(KEY.encode()).decode())
    assert first == second
    assert hook.headers[0]["webhook-id"] == hook.headers[1]["webhook-id"]


def test_a_webhook_has_the_headers_of_before_too(store: Store, notices: NotificationSettings, hook: Hook) -> None:
    told(store, notices)
    send_due(store, notices)
    (headers,), (body,) = hook.headers, hook.contents
    assert headers["Screening-Timestamp"] == headers["webhook-timestamp"]
    timestamp = headers["Screening-Timestamp"]
    digest = hmac.new(KEY.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()
    assert headers["Screening-Signature"] == f"sha256={digest}"
    assert abs(int(timestamp) - now().timestamp()) < 60


def test_an_address_that_no_request_can_hold_fails_as_any_other(store: Store) -> None:
    away = NotificationSettings("http://127.0.0.1", webhook=Webhook("http://127.0.0.1:1/h\xf6ren", KEY))
    told(store, away)
    assert send_due(store, away) == DeliveryReport(arrived=0, failed=1)


@pytest.mark.parametrize("status", [301, 400, 500])
def test_what_does_not_arrive_is_tried_again_later_and_then_arrives(
    store: Store, notices: NotificationSettings, mailbox: MailServer, hook: Hook, status: int
) -> None:
    told(store, notices)
    mailbox.always["content"], hook.status = "451 later", status
    assert send_due(store, notices) == DeliveryReport(0, 2)
    assert send_due(store, notices) == DeliveryReport(0, 0)
    mailbox.always, hook.status = {}, 204
    make_due(store)
    assert send_due(store, notices) == DeliveryReport(2, 0)
    assert len(mailbox.accepted) == 1


def test_what_never_arrives_is_tried_for_as_long_as_it_is_about_something(store: Store) -> None:
    nowhere = NotificationSettings("https://a.example", None, Webhook("http://127.0.0.1:9/", KEY))
    identity = told(store, nowhere).id
    for _ in range(len(WAITS) + 10):
        assert send_due(store, nowhere).failed == 1
        (row,) = waiting(store)
        assert row.due_at - now() <= timedelta(minutes=max(WAITS))
        make_due(store)
    store.write(lambda transaction: erase(transaction, identity, (State.WITHDRAWN, "person")))
    assert waiting(store) == []


def test_nothing_is_told_of_what_was_withdrawn(
    store: Store, notices: NotificationSettings, mailbox: MailServer
) -> None:
    identity = told(store, notices).id
    store.write(lambda transaction: erase(transaction, identity, (State.WITHDRAWN, "person")))
    assert send_due(store, notices) == DeliveryReport(0, 0)
    assert mailbox.accepted == []


def test_of_several_processes_one_at_a_time_sends(
    store: Store, notices: NotificationSettings, hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "EVERY", 0.01)
    stop = Event()
    threads = [Thread(target=run_delivery, args=(store, notices, tmp_path / "lock", stop)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        told(store, notices)
    wait_until(lambda: not waiting(store))
    stop.set()
    for thread in threads:
        thread.join()
    assert len(hook.contents) == 3


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_error_that_nobody_expected_ends_no_thread_that_sends(  # noqa: PLR0917 - fixtures
    store: Store, notices: NotificationSettings, mailbox: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery, "EVERY", 0.01)
    failing = replace(notices, webhook=Webhook("http://127.0.0.1:99999/", KEY))  # no such port: a ValueError
    stop = Event()
    thread = Thread(target=run_delivery, args=(store, failing, tmp_path / "lock", stop))
    thread.start()
    told(store, replace(failing, email=None))
    for _ in range(500):
        if caplog.records:
            break
        stop.wait(0.02)
    told(store, replace(failing, webhook=None))
    for _ in range(500):
        if mailbox.accepted:
            break
        stop.wait(0.02)
    stop.set()
    thread.join()
    assert "a notice by webhook did not arrive: ValueError" in caplog.messages
    assert "99999" not in caplog.text
    assert len(mailbox.accepted) == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_sending_the_form_twice_queues_a_notice_once(
    tmp_path: Path, notices: NotificationSettings, store: Store
) -> None:
    assert notices.email is not None
    environment = {
        **settings_of(tmp_path / "instance"),
        "SCREENING_ADDRESS": "https://check.example",
        "SCREENING_NOTICE_EMAIL": "desk@clinic.example",
        "SCREENING_NOTICE_EMAIL_FROM": "check@clinic.example",
        "SCREENING_SMTP": notices.email.server,
    }
    app = create_app(read_settings(environment))
    web = Web(app)
    open_form(web)
    form = web.page
    send(web)
    web.page = form
    web.submit(CONTACT)
    found: Store = app.extensions[EXTENSION].store
    assert len(waiting(found)) == 1
    close(found)
