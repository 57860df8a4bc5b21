"""The receiver that the documents show runs as it stands there, against what this service really sends."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import HTTPServer
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from screening.config.notifications import NoticeEvent, NotificationSettings, Webhook
from screening.notifications.delivery import DeliveryReport, send_due
from screening.notifications.webhook import post_webhook
from screening.storage.store import Store
from screening.storage.submissions.notices.outbox import queue
from tests.conftest import ROOT
from tests.notifications.conftest import make_due, telling
from tests.support.hook_server import Hook
from tests.support.stores import share

PAGE = (ROOT / "docs" / "receivers.md").read_text(encoding="utf-8")
CHECK, WHOLE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
ELSEWHERE = "whsec_" + base64.b64encode(bytes(32)).decode()


@dataclass
class RunningReceiver:
    """The receiver of the documents, at work."""

    port: int
    file: Path

    def rows(self, table: str) -> list[tuple[str, ...]]:
        """What stands in a table of its database."""
        with sqlite3.connect(self.file) as database:
            return database.execute(f"SELECT * FROM {table}").fetchall()

    def settings(self, secret: str = SECRET) -> NotificationSettings:
        """How this service is told of it."""
        return NotificationSettings("https://check.example", webhook=Webhook(f"http://127.0.0.1:{self.port}/", secret))


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningReceiver]:
    monkeypatch.setenv("RECEIVER_SECRET", SECRET)
    monkeypatch.setenv("RECEIVER_DATABASE", str(tmp_path / "receiver.sqlite"))
    names: dict[str, Any] = {"__name__": "receiver"}
    exec(WHOLE, names)
    names["Receiver"].log_message = lambda *_about: None
    server = HTTPServer(("127.0.0.1", 0), names["Receiver"])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield RunningReceiver(server.server_address[1], tmp_path / "receiver.sqlite")
    server.shutdown()
    server.server_close()
    thread.join()
    names["database"].close()


def tell(store: Store, settings: NotificationSettings, submission_id: str, event: NoticeEvent, code: str) -> None:
    """Queue an event and send it."""
    sealed = code if event is NoticeEvent.WITHDRAWN else None
    telling(store, settings).write(lambda transaction: queue(transaction, submission_id, event, sealed))
    assert send_due(store, settings) == DeliveryReport(1, 0)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_receiver_takes_every_event_and_keeps_nothing_of_what_was_withdrawn(
    store: Store, receiver: RunningReceiver
) -> None:
    settings = receiver.settings()
    other, receipt = (share(telling(store, settings)) for _ in range(2))
    assert send_due(store, settings) == DeliveryReport(2, 0)
    link = f"https://check.example/desk/submissions/{receipt.id}"
    for event in (NoticeEvent.CHANGED, NoticeEvent.PROMISE_PASSED, NoticeEvent.CLOSED):
        tell(store, settings, receipt.id, event, receipt.code)
        assert (link, receipt.code, event.value) in receiver.rows("work")
    tell(store, settings, receipt.id, NoticeEvent.WITHDRAWN, receipt.code)
    assert [row[1] for row in receiver.rows("work")] == [other.code]
    assert {f"`{event}`" for event in NoticeEvent} <= set(re.findall("`[a-z_]+`", PAGE))
    for word in (receipt.code, receipt.id):
        assert word not in str(receiver.rows("work") + receiver.rows("gone") + receiver.rows("taken"))


def test_a_receiver_takes_a_notice_once_and_nothing_for_what_is_gone(receiver: RunningReceiver) -> None:
    webhook = receiver.settings().webhook
    assert webhook
    notice = {"id": "a", "event": "closed", "code": "K7M2-9QXA", "link": "https://check.example/desk/submissions/1"}
    for event, identity in (("closed", "a"), ("changed", "b"), ("closed", "a"), ("unheard_of", "c")):
        post_webhook(webhook, identity, {**notice, "event": event, "id": identity})
    assert [row[2] for row in receiver.rows("work")] == ["changed"]
    for event, identity in (("withdrawn", "d"), ("shared", "e"), ("withdrawn", "d")):
        post_webhook(webhook, identity, {**notice, "event": event, "id": identity})
    assert receiver.rows("work") == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_notice_with_another_secret_is_refused_and_waits(store: Store, receiver: RunningReceiver) -> None:
    settings = receiver.settings(ELSEWHERE)
    share(telling(store, settings))
    assert send_due(store, settings) == DeliveryReport(0, 1)
    assert receiver.rows("taken") == []
    make_due(store)
    assert send_due(store, receiver.settings()) == DeliveryReport(1, 0)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_check_without_a_library_agrees_with_what_is_sent(
    store: Store, notices: NotificationSettings, hook: Hook
) -> None:
    names: dict[str, Any] = {}
    exec(CHECK, names)
    is_genuine: FunctionType = names["is_genuine"]
    assert notices.webhook
    settings = replace(notices, email=None, webhook=replace(notices.webhook, key=SECRET))
    share(telling(store, settings))
    send_due(store, settings)
    (body,), (headers,) = hook.contents, hook.headers
    assert set(json.loads(body)) == {"id", "event", "code", "link"}
    assert is_genuine(SECRET, headers, body)
    assert is_genuine(SECRET, {**headers, "webhook-signature": f"v1,x {headers['webhook-signature']}"}, body)
    for changed in ({"webhook-id": "x"}, {"webhook-signature": "v1,x"}, {"webhook-timestamp": "1"}):
        assert not is_genuine(SECRET, {**headers, **changed}, body)
    assert not is_genuine(SECRET, headers, body + b" ")
    assert not is_genuine(ELSEWHERE, headers, body)
    assert not is_genuine(SECRET, {}, body)
