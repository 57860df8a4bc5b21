"""Notices arrive at real servers, hold a code and a link alone, and are tried again until they do."""

from __future__ import annotations

import hmac
import json
import socketserver
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
import standardwebhooks
from sqlalchemy import select, update

from screening.app import create_app
from screening.config.notifications import Email, NotificationSettings, Webhook
from screening.config.settings import read_settings
from screening.notifications import delivery
from screening.notifications.delivery import DeliveryReport, run_delivery, send_due
from screening.runtime import EXTENSION
from screening.storage.database.clock import now
from screening.storage.database.schema import audit, outbox
from screening.storage.store import Store
from screening.storage.submissions.erasing import erase
from screening.storage.submissions.outbox import SHARED, WAITS, queue
from screening.storage.submissions.records import State
from tests.storage.conftest import cluster, kind, place, store
from tests.support.patience import wait_until
from tests.support.sharing import CONTACT, open_form, send
from tests.support.stores import close, share
from tests.support.web import Web
from tests.support.web_fixtures import settings_of

__all__ = ["cluster", "kind", "place", "store"]
KEY = "k" * 32


@dataclass
class Received:
    """What a server was given."""

    port: int = 0
    contents: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 204


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def mailbox() -> Iterator[Received]:
    """A real server of SMTP, as little of it as there must be."""
    received = Received(status=250)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                word = line.split()[0].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = []
                    for content in self.rfile:
                        if content == b".\r\n":
                            break
                        lines.append(content)
                    if received.status == 250:
                        received.contents.append(b"".join(lines))
                    self.wfile.write(f"{received.status} said\r\n".encode())
                else:
                    self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
                    if word == b"QUIT":
                        return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        received.port = server.server_address[1]
        with running(server):
            yield received


@pytest.fixture
def hook() -> Iterator[Received]:
    """A real server of HTTP."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.contents.append(self.rfile.read(int(self.headers["Content-Length"])))
            received.headers.append(dict(self.headers.items()))
            self.send_response(received.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.port = server.server_address[1]
    with running(server):
        yield received


@pytest.fixture
def notices(mailbox: Received, hook: Received) -> NotificationSettings:
    return NotificationSettings(
        "https://check.example",
        Email(("desk@clinic.example",), "check@clinic.example", f"smtp://127.0.0.1:{mailbox.port}"),
        Webhook(f"http://127.0.0.1:{hook.port}/told?x=1", KEY),
    )


def told(store: Store, notices: NotificationSettings) -> tuple[str, str]:
    """A submission with its notices: id and code."""
    receipt = share(store)
    store.write(lambda transaction: queue(transaction, receipt.id, SHARED, notices.channels))
    return receipt.id, receipt.code


def waiting(store: Store) -> int:
    with store.reading() as transaction:
        return len(transaction.connection.execute(select(outbox)).all())


def make_due(store: Store) -> None:
    store.write(
        lambda transaction: transaction.connection.execute(update(outbox).values(due_at=now() - timedelta(hours=1)))
    )


def test_both_arrive_once_and_hold_a_code_and_a_link_alone(
    store: Store, notices: NotificationSettings, mailbox: Received, hook: Received
) -> None:
    identity, code = told(store, notices)
    assert send_due(store, notices) == DeliveryReport(arrived=2, failed=0)
    assert send_due(store, notices) == DeliveryReport(0, 0)
    assert waiting(store) == 0
    link = f"https://check.example/desk/submissions/{identity}"
    (mail,) = mailbox.contents
    text = mail.decode()
    assert f"Subject: New: {code}" in text
    assert "To: desk@clinic.example" in text
    assert link in text
    (body,) = hook.contents
    members = json.loads(body)
    assert members == {"id": members["id"], "event": "shared", "code": code, "link": link}
    for content in (text, body.decode()):
        for word in ("fibrosis", "6789", "cirrhosis", "47"):
            assert word not in content.replace(identity, "").replace(members["id"], "").partition("Message-ID")[0]


def received(hook: Received, key: str) -> list[object]:
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
    store: Store, notices: NotificationSettings, hook: Received, key: str, known_as: str
) -> None:
    assert notices.webhook is not None
    _, code = told(store, replace(notices, email=None, webhook=replace(notices.webhook, key=key)))
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
    store: Store, notices: NotificationSettings, hook: Received
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


def test_a_webhook_has_the_headers_of_before_too(store: Store, notices: NotificationSettings, hook: Received) -> None:
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
    store: Store, notices: NotificationSettings, mailbox: Received, hook: Received, status: int
) -> None:
    told(store, notices)
    mailbox.status, hook.status = 451, status
    assert send_due(store, notices) == DeliveryReport(0, 2)
    assert send_due(store, notices) == DeliveryReport(0, 0)
    mailbox.status, hook.status = 250, 204
    make_due(store)
    assert send_due(store, notices) == DeliveryReport(2, 0)
    assert len(mailbox.contents) == 1


def test_servers_that_are_not_there_are_given_up_after_some_days(store: Store) -> None:
    nowhere = NotificationSettings("https://a.example", None, Webhook("http://127.0.0.1:9/", KEY))
    identity, _ = told(store, nowhere)
    for _ in range(len(WAITS) + 1):
        assert send_due(store, nowhere).failed == 1
        make_due(store)
    assert send_due(store, nowhere) == DeliveryReport(0, 0)
    assert waiting(store) == 0
    with store.reading() as transaction:
        last = transaction.connection.execute(select(audit).order_by(audit.c.number.desc())).first()
    assert last is not None
    assert (last.action, last.subject) == ("notice_given_up", identity)


def test_nothing_is_told_of_what_was_withdrawn(store: Store, notices: NotificationSettings, mailbox: Received) -> None:
    identity, _ = told(store, notices)
    store.write(lambda transaction: erase(transaction, identity, (State.WITHDRAWN, "person")))
    assert send_due(store, notices) == DeliveryReport(0, 0)
    assert mailbox.contents == []


def test_of_several_processes_one_at_a_time_sends(
    store: Store, notices: NotificationSettings, hook: Received, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "EVERY", 0.01)
    stop = Event()
    threads = [Thread(target=run_delivery, args=(store, notices, tmp_path / "lock", stop)) for _ in range(3)]
    for each in threads:
        each.start()
    for _ in range(3):
        told(store, notices)
    wait_until(lambda: not waiting(store))
    stop.set()
    for each in threads:
        each.join()
    assert len(hook.contents) == 3


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_error_that_nobody_expected_ends_no_thread_that_sends(  # noqa: PLR0917 - fixtures
    store: Store, notices: NotificationSettings, mailbox: Received, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
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
        if mailbox.contents:
            break
        stop.wait(0.02)
    stop.set()
    thread.join()
    assert "notices wait: ValueError" in caplog.messages
    assert "99999" not in caplog.text
    assert len(mailbox.contents) == 1


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
    assert waiting(found) == 1
    close(found)
