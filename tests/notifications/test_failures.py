"""However a conversation ends, that is an outcome of its recipient, ends no thread, and the notice arrives later."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from screening.config.notifications import Email, NotificationSettings, Recipient, Webhook
from screening.notifications import deadline, delivery
from screening.notifications.delivery import DeliveryReport, run_delivery, send_due
from screening.storage.database.schema import submission
from screening.storage.store import Store
from screening.storage.submissions.notices.outbox import DeliveryFailure
from tests.notifications.certificates import self_signed
from tests.notifications.conftest import KEY, make_due, telling, told, waiting
from tests.support.hook_server import Hook, hook_server
from tests.support.mail_server import STAGES, MailServer, mail_server
from tests.support.patience import wait_until
from tests.support.ports import free_port
from tests.support.stores import draft, share

REFUSED = {
    "connect": DeliveryFailure.GREETING_REFUSED,
    "ehlo": DeliveryFailure.GREETING_REFUSED,
    "mail": DeliveryFailure.SENDER_REFUSED,
    "rcpt": DeliveryFailure.RECIPIENT_REFUSED,
    "data": DeliveryFailure.CONTENT_REFUSED,
    "content": DeliveryFailure.CONTENT_REFUSED,
}
PLANTED = "Wintergreen"
"""What a server says, or a setting holds, that may stand in no log."""
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@contextmanager
def patience(wanted: DeliveryFailure) -> Iterator[None]:
    """Little of it where too slow is what is wanted; a busy machine is no other side that is slow."""
    with pytest.MonkeyPatch.context() as patch:
        if wanted is DeliveryFailure.TOO_SLOW:
            patch.setattr(deadline, "SILENCE", 0.1)
            patch.setattr(deadline, "WHOLE", 0.3)
        yield


def slowly(status: int, wanted: DeliveryFailure) -> object:
    """A status and what is to become of it, for a test that is not among the quick ones."""
    return pytest.param(status, (wanted, status), marks=pytest.mark.slow)


def some_slow(quick: set[object], *values: object) -> list[object]:
    """The values for a test, those that are not quick marked."""
    return [value if value in quick else pytest.param(value, marks=pytest.mark.slow) for value in values]


@pytest.fixture
def by_mail(notices: NotificationSettings) -> NotificationSettings:
    return replace(notices, webhook=None)


@pytest.fixture
def by_hook(notices: NotificationSettings) -> NotificationSettings:
    return replace(notices, email=None)


def failure_of_a_try(store: Store, settings: NotificationSettings) -> tuple[str | None, int | None]:
    """What the outbox says of a notice after one try."""
    told(store, settings)
    assert send_due(store, settings) == DeliveryReport(0, 1)
    (row,) = waiting(store)
    assert row.tries == 1
    assert row.tried_at is not None
    assert row.due_at > row.tried_at
    return row.outcome, row.reply


def arrives(store: Store, settings: NotificationSettings) -> bool:
    make_due(store)
    return send_due(store, settings) == DeliveryReport(1, 0) and waiting(store) == []


@pytest.mark.parametrize("code", some_slow({450, 550}, 421, 450, 535, 550, 599))
@pytest.mark.parametrize("stage", STAGES)
def test_a_refusal_at_each_stage_is_told_with_its_code(  # noqa: PLR0917 - fixtures
    store: Store, by_mail: NotificationSettings, mailbox: MailServer, caplog: pytest.LogCaptureFixture, stage: str,
    code: int,
) -> None:  # fmt: skip
    mailbox.always[stage] = f"{code} {PLANTED}"
    assert failure_of_a_try(store, by_mail) == (REFUSED[stage], code)
    mailbox.always.clear()
    assert arrives(store, by_mail)
    assert len(mailbox.accepted) == 1
    assert PLANTED not in caplog.text


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        ("cut", DeliveryFailure.CUT),
        pytest.param("garbage", DeliveryFailure.NOT_UNDERSTOOD, marks=pytest.mark.slow),
        ("hang", DeliveryFailure.TOO_SLOW),
        ("drip", DeliveryFailure.TOO_SLOW),
        pytest.param("199 what", DeliveryFailure.NOT_UNDERSTOOD, marks=pytest.mark.slow),
        ("half", DeliveryFailure.CUT),
        pytest.param("endless", DeliveryFailure.NOT_UNDERSTOOD, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("stage", STAGES)
def test_a_conversation_may_be_cut_hang_drip_or_make_no_sense_at_each_stage(  # noqa: PLR0917 - fixtures
    store: Store, by_mail: NotificationSettings, mailbox: MailServer, stage: str, action: str,
    wanted: DeliveryFailure,
) -> None:  # fmt: skip
    mailbox.always[stage] = action
    with patience(wanted):
        assert failure_of_a_try(store, by_mail)[0] == wanted
    mailbox.always.clear()
    assert arrives(store, by_mail)


@pytest.mark.parametrize("action", some_slow({"500 no", "cut"}, "500 no", "cut", "hang", "garbage"))
def test_how_they_part_after_a_message_was_accepted_changes_nothing(
    store: Store, by_mail: NotificationSettings, mailbox: MailServer, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    mailbox.always["quit"] = action
    if action == "hang":
        monkeypatch.setattr(deadline, "SILENCE", 10.0)  # a busy machine greets later than at once
    told(store, by_mail)
    assert send_due(store, by_mail) == DeliveryReport(1, 0)
    make_due(store)
    assert send_due(store, by_mail) == DeliveryReport(0, 0)
    assert len(mailbox.accepted) == 1


def test_one_recipient_that_is_refused_counts_for_no_other(
    store: Store, by_mail: NotificationSettings, mailbox: MailServer
) -> None:
    assert by_mail.email is not None
    three = ("a@clinic.example", "b@clinic.example", "c@clinic.example")
    by_mail = replace(by_mail, email=replace(by_mail.email, to=three))
    mailbox.always["rcpt b@clinic.example"] = "550 no such mailbox"
    told(store, by_mail)
    assert send_due(store, by_mail) == DeliveryReport(2, 1)
    (row,) = waiting(store)
    assert (row.recipient, row.outcome, row.reply) == ("b@clinic.example", DeliveryFailure.RECIPIENT_REFUSED, 550)
    mailbox.always.clear()
    assert arrives(store, by_mail)
    assert sorted(message.to for message in mailbox.accepted) == list(three)
    assert all(f"To: {message.to}" in message.content for message in mailbox.accepted)


# --- logins and encryption ---


def with_server(settings: NotificationSettings, server: str) -> NotificationSettings:
    assert settings.email is not None
    return replace(settings, email=replace(settings.email, server=server))


@pytest.mark.parametrize(
    ("login", "plan", "wanted"),
    [
        ("user:right", {}, None),
        ("user:wrong", {}, (DeliveryFailure.LOGIN_REFUSED, 535)),
        ("us%C3%A9r:r%C3%ADght", {}, None),
        ("us%C3%A9r:wr%C3%B6ng", {}, (DeliveryFailure.LOGIN_REFUSED, 535)),
        ("user:right", {"auth": "454 later"}, (DeliveryFailure.LOGIN_REFUSED, 454)),
        ("us%C3%A9r:right", {"auth": "cut"}, (DeliveryFailure.CUT, None)),
        ("user:right", {"auth": "cut"}, (DeliveryFailure.CUT, None)),
        ("user:right", {"auth": "334 no*base64"}, (DeliveryFailure.LOGIN_REFUSED, 500)),
        ("us%ED%A0%80%00er:right", {}, (DeliveryFailure.LOGIN_REFUSED, 501)),
    ],
)
def test_a_login_that_fails_is_an_outcome_and_one_beyond_ascii_works(
    store: Store, by_mail: NotificationSettings, login: str, plan: dict[str, str],
    wanted: tuple[DeliveryFailure, int | None] | None,
) -> None:  # fmt: skip
    with mail_server(with_login=True) as server:
        server.always.update(plan)
        settings = with_server(by_mail, f"smtp://{login}@127.0.0.1:{server.port}")
        if wanted is None:
            told(store, settings)
            assert send_due(store, settings) == DeliveryReport(1, 0)
            return
        outcome, reply = failure_of_a_try(store, settings)
        assert outcome == wanted[0]
        assert reply == wanted[1]
        assert arrives(store, by_mail)


def test_a_login_that_no_mechanism_of_the_server_can_hold_is_an_outcome(
    store: Store, by_mail: NotificationSettings
) -> None:
    with mail_server(with_login=True, auth_exclude_mechanism=["PLAIN"]) as server:
        settings = with_server(by_mail, f"smtp://us%C3%A9r:right@127.0.0.1:{server.port}")
        assert failure_of_a_try(store, settings)[0] == DeliveryFailure.LOGIN_NOT_ENCODABLE


def test_a_server_that_knows_no_login_is_an_outcome(
    store: Store, by_mail: NotificationSettings, mailbox: MailServer
) -> None:
    mailbox.always["ehlo"] = "250-here\r\n250 SIZE 1000000"
    settings = with_server(by_mail, f"smtp://user:right@127.0.0.1:{mailbox.port}")
    assert failure_of_a_try(store, settings)[0] == DeliveryFailure.LOGIN_NOT_OFFERED


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for(
    store: Store, by_mail: NotificationSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    file, context = self_signed(tmp_path, "127.0.0.2")
    with encrypted(scheme, context) as server:
        settings = with_server(by_mail, f"{scheme}://127.0.0.2:{server.port}")
        assert failure_of_a_try(store, settings)[0] == DeliveryFailure.NOT_ENCRYPTED
        assert server.received == []
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert arrives(store, settings)


@contextmanager
def encrypted(scheme: str, context: object) -> Iterator[MailServer]:
    """A server that is not this machine's own name, so that encryption is asked for."""
    options = {"context": context} if scheme == "smtp" else {"listens_encrypted": context}
    with mail_server("127.0.0.2", **options) as server:  # type: ignore[arg-type]
        yield server


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        (None, DeliveryFailure.ENCRYPTION_NOT_OFFERED),
        ("454 not now", DeliveryFailure.ENCRYPTION_NOT_OFFERED),
        ("cut", DeliveryFailure.CUT),
        ("220 but it does not begin", DeliveryFailure.TOO_SLOW),
    ],
)
def test_nothing_is_sent_where_encryption_does_not_come_about(
    store: Store, by_mail: NotificationSettings, tmp_path: Path, action: str | None, wanted: DeliveryFailure
) -> None:
    _, context = self_signed(tmp_path, "127.0.0.2")
    with mail_server("127.0.0.2", context if action else None) as server:
        if action:
            server.always["starttls"] = action
        settings = with_server(by_mail, f"smtp://user:right@127.0.0.2:{server.port}")
        with patience(wanted):
            outcome, _ = failure_of_a_try(store, settings)
        assert (
            outcome in {wanted, DeliveryFailure.NOT_ENCRYPTED}
            if wanted is DeliveryFailure.TOO_SLOW
            else outcome == wanted
        )
        assert (server.received, server.logins) == ([], [])


# --- addresses ---


@pytest.mark.parametrize("address", ["jos\xe9@clinic.example", "desk@cl\xednic.example"])
def test_an_address_beyond_ascii_arrives_where_the_server_takes_it_and_is_an_outcome_where_not(
    store: Store, by_mail: NotificationSettings, address: str
) -> None:
    assert by_mail.email is not None
    settings = replace(by_mail, email=replace(by_mail.email, to=(address,)))
    assert failure_of_a_try(store, settings)[0] == DeliveryFailure.ADDRESS_NOT_ENCODABLE
    with mail_server(enable_SMTPUTF8=True) as server:
        assert arrives(store, with_server(settings, f"smtp://127.0.0.1:{server.port}"))
        assert [message.to for message in server.accepted] == [address]


def test_a_server_that_is_not_there_is_an_outcome(store: Store, by_mail: NotificationSettings) -> None:
    settings = with_server(by_mail, f"smtp://127.0.0.1:{free_port()}")
    assert failure_of_a_try(store, settings)[0] == DeliveryFailure.UNREACHABLE
    assert arrives(store, by_mail)


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "\xfc" * 70 + ".example"])
def test_a_host_that_is_no_name_is_an_outcome_of_either_way(
    store: Store, by_mail: NotificationSettings, by_hook: NotificationSettings, host: str
) -> None:
    assert failure_of_a_try(store, with_server(by_mail, f"smtp://{host}:25"))[0] in {
        DeliveryFailure.ADDRESS_NOT_ENCODABLE,
        DeliveryFailure.UNREACHABLE,
    }
    assert arrives(store, by_mail)
    odd = replace(by_hook, webhook=Webhook(f"http://{host}/", KEY))
    assert failure_of_a_try(store, odd)[0] in {DeliveryFailure.ADDRESS_NOT_ENCODABLE, DeliveryFailure.UNREACHABLE}


# --- webhooks ---


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (302, (DeliveryFailure.REDIRECTED, 302)),
        *(slowly(status, DeliveryFailure.REDIRECTED) for status in (300, 301, 303, 304, 307, 308)),
        (404, (DeliveryFailure.REQUEST_REFUSED, 404)),
        *(slowly(status, DeliveryFailure.REQUEST_REFUSED) for status in (400, 401, 403, 410, 429, 499)),
        (500, (DeliveryFailure.RECEIVER_FAILED, 500)),
        *(slowly(status, DeliveryFailure.RECEIVER_FAILED) for status in (502, 503, 504, 599)),
        (b"HTTP/1.1 103 Early\r\n\r\n", (DeliveryFailure.NOT_UNDERSTOOD, 103)),
        (b"HTTP/1.1 999 Odd\r\n\r\n", (DeliveryFailure.NOT_UNDERSTOOD, 999)),
        (b"220 not this\r\n", (DeliveryFailure.NOT_UNDERSTOOD, None)),
        (b"HTTP/1.1 two hundred\r\n\r\n", (DeliveryFailure.NOT_UNDERSTOOD, None)),
        (b"\0" * 70_000, (DeliveryFailure.NOT_UNDERSTOOD, None)),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", (DeliveryFailure.NOT_UNDERSTOOD, None)),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", (DeliveryFailure.NOT_UNDERSTOOD, None)),
        (b"", (DeliveryFailure.CUT, None)),
        (b"HTTP/1.1", (DeliveryFailure.NOT_UNDERSTOOD, None)),
        ("cut", (DeliveryFailure.CUT, None)),
        ("hang", (DeliveryFailure.TOO_SLOW, None)),
        ("drip", (DeliveryFailure.TOO_SLOW, None)),
    ],
)
def test_an_answer_that_is_no_success_is_an_outcome(
    store: Store, by_hook: NotificationSettings, hook: Hook, answer: int | str | bytes,
    wanted: tuple[DeliveryFailure, int | None],
) -> None:  # fmt: skip
    hook.next.append(answer)
    with patience(wanted[0]):
        assert failure_of_a_try(store, by_hook) == wanted
    assert arrives(store, by_hook)
    assert set(hook.paths) == {"/told?x=1"}


@pytest.mark.parametrize(
    "answer",
    [
        200,
        204,
        299,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk",
        b"HTTP/1.0 200\r\n\r\n" + b"\xff" * 100_000,
    ],
)
def test_of_a_success_nothing_but_its_status_is_read(
    store: Store, by_hook: NotificationSettings, hook: Hook, answer: int | bytes
) -> None:
    hook.next.append(answer)
    told(store, by_hook)
    assert send_due(store, by_hook) == DeliveryReport(1, 0)
    assert waiting(store) == []


def test_a_receiver_whose_certificate_nobody_vouches_for_gets_nothing(
    store: Store, by_hook: NotificationSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, context = self_signed(tmp_path, "127.0.0.1")
    with hook_server(context) as hook:
        settings = replace(by_hook, webhook=Webhook(f"https://127.0.0.1:{hook.port}/x", KEY))
        assert failure_of_a_try(store, settings)[0] == DeliveryFailure.NOT_ENCRYPTED
        assert hook.contents == []
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert arrives(store, settings)
        assert hook.headers[0]["Host"] == f"127.0.0.1:{hook.port}"


def test_a_receiver_that_speaks_no_encryption_is_an_outcome(
    store: Store, by_hook: NotificationSettings, hook: Hook
) -> None:
    settings = replace(by_hook, webhook=Webhook(f"https://127.0.0.1:{hook.port}/x", KEY))
    assert failure_of_a_try(store, settings)[0] in {DeliveryFailure.NOT_ENCRYPTED, DeliveryFailure.CUT}


# --- threads ---


@contextmanager
def delivering(store: Store, settings: NotificationSettings, folder: Path) -> Iterator[Thread]:
    stop = Event()
    thread = Thread(target=run_delivery, args=(store, settings, folder / "lock", stop))
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()


@pytest.mark.slow
def test_one_way_that_hangs_holds_up_no_other(  # noqa: PLR0917 - fixtures
    store: Store, notices: NotificationSettings, mailbox: MailServer, hook: Hook, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery, "EVERY", 0.01)
    mailbox.always["mail"] = "hang"
    monkeypatch.setattr(deadline, "WHOLE", 10.0)
    with delivering(store, notices, tmp_path):
        for _ in range(3):
            told(store, notices)
        wait_until(lambda: len(hook.accepted) == 3)
        assert mailbox.accepted == []


@pytest.mark.parametrize("error", [UnicodeEncodeError("ascii", PLANTED, 0, 1, PLANTED), RecursionError, MemoryError])
def test_no_exception_ends_the_thread_and_none_of_its_words_is_logged(  # noqa: PLR0917 - fixtures
    store: Store, notices: NotificationSettings, mailbox: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, error: Exception,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery, "EVERY", 0.01)
    with monkeypatch.context() as broken, delivering(store, notices, tmp_path):
        for name in ("_tell", "queue_passed_promises", "split_by_recipient"):
            broken.setattr(delivery, name, failing(error))
        told(store, notices)
        wait_until(lambda: any("notices wait: " in message for message in caplog.messages))
        broken.undo()
        monkeypatch.setattr(delivery, "EVERY", 0.01)
        wait_until(lambda: not due_or_arrived(store))
    assert PLANTED not in caplog.text


def failing(error: Exception) -> object:
    def fail(*_arguments: object) -> None:
        raise error

    return fail


def due_or_arrived(store: Store) -> bool:
    """Whether anything still waits; what was tried already is tried at once."""
    make_due(store)
    return bool(waiting(store))


def test_a_folder_in_which_no_lock_can_be_made_ends_no_thread(
    store: Store, notices: NotificationSettings, mailbox: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "EVERY", 0.01)
    folder = tmp_path / "later"
    with delivering(store, notices, folder):
        told(store, notices)
        folder.mkdir()
        wait_until(lambda: len(mailbox.accepted) == 1)


def test_one_notice_that_cannot_be_read_holds_up_no_other(
    store: Store, notices: NotificationSettings, mailbox: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    broken = told(store, notices).id
    damage = submission.update().where(submission.c.id == broken).values(row_sealed=b"\x01" + bytes(60))
    store.write(lambda transaction: transaction.connection.execute(damage))
    code = told(store, notices).code
    assert send_due(store, notices) == DeliveryReport(2, 2)
    assert code in mailbox.accepted[0].content
    assert {row.outcome for row in waiting(store)} == {DeliveryFailure.UNEXPECTED}
    assert all(record.levelno >= logging.WARNING for record in caplog.records)


def test_no_message_holds_anything_of_a_person(
    store: Store, notices: NotificationSettings, mailbox: MailServer, hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    planted = draft(
        row={"safety": PLANTED, "name": PLANTED},
        contact={"name": PLANTED, "address": f"{PLANTED}@home.example", "note": PLANTED},
        reach=f"{PLANTED}@home.example",
    )
    assert planted.assessment.category == "fibrosis"
    share(telling(store, notices), planted)
    hook.next.append(500)
    mailbox.next.append({"content": "451 later"})
    for _ in range(2):
        send_due(store, notices)
        make_due(store)
    sent = "".join(
        [*(str(message) for message in mailbox.received), *map(str, hook.contents), str(hook.headers), caplog.text]
    )
    assert len(mailbox.received) == len(hook.contents) == 2
    for word in (PLANTED, "home.example", "fibrosis", "What you told us"):
        assert word.lower() not in sent.lower()
    assert Recipient("webhook") in notices.plan.recipients
    assert isinstance(notices.email, Email)
