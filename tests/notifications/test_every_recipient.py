"""Whatever happens on the way, in whatever order: each recipient gets each notice, and none again that was accepted."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from screening.config.notifications import NotificationSettings
from screening.notifications.delivery import DeliveryReport, send_due
from screening.storage.database.schema import outbox
from screening.storage.store import Store
from screening.storage.submissions.notices.outbox import LEASE, DeliveryFailure, claim, put_off
from tests.notifications.conftest import make_due, told, waiting
from tests.support.hook_server import Hook
from tests.support.mail_server import STAGES, MailServer
from tests.support.stores import Place, close

TO = ("a@clinic.example", "b@clinic.example", "c@clinic.example")
MAIL_EVENTS = st.dictionaries(
    st.sampled_from(STAGES), st.sampled_from(["450 later", "550 never", "cut", "half", "garbage"]), max_size=1
)
HOOK_EVENTS = st.sampled_from([200, 302, 404, 500, b"", b"HTTP/1.1 000\r\n\r\n", b"nothing\r\n"])


@pytest.fixture
def several(notices: NotificationSettings) -> NotificationSettings:
    assert notices.email is not None
    return replace(notices, email=replace(notices.email, to=TO))


def forget(mailbox: MailServer, hook: Hook, store: Store) -> None:
    for left in (mailbox.next, mailbox.accepted, hook.next, hook.accepted, hook.contents):
        left.clear()
    store.write(lambda transaction: transaction.connection.execute(delete(outbox)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_each_recipient_gets_each_notice_and_none_that_it_accepted_again(
    store: Store, several: NotificationSettings, mailbox: MailServer, hook: Hook
) -> None:
    @settings(max_examples=15)
    @given(st.lists(MAIL_EVENTS, max_size=8), st.lists(HOOK_EVENTS, max_size=5), st.integers(1, 3))
    def check(on_mail: list[dict[str, str]], on_hook: list[int | bytes], number: int) -> None:
        forget(mailbox, hook, store)
        codes = {told(store, several).code for _ in range(number)}
        mailbox.next.extend(on_mail)
        hook.next.extend(on_hook)
        for _ in range(len(on_mail) + len(on_hook) + 2):
            send_due(store, several)
            make_due(store)
        assert waiting(store) == []
        by_mail = Counter((message.to, message.content.split("New: ")[1][:11]) for message in mailbox.accepted)
        assert by_mail == Counter({(address, code): 1 for address in TO for code in codes})
        assert Counter(json.loads(body)["code"] for body in hook.accepted) == Counter(codes)
        ids = {message.identity for message in mailbox.accepted}
        assert len(ids) == len(TO) * number

    check()


def test_processes_that_send_at_once_send_nothing_twice(
    place: Place, store: Store, several: NotificationSettings, mailbox: MailServer, hook: Hook
) -> None:
    for _ in range(4):
        told(store, several)
    processes = [place.open() for _ in range(4)]
    try:
        with ThreadPoolExecutor(len(processes)) as pool:
            reports = list(pool.map(lambda process: send_due(process, several), processes))
    finally:
        for one_store in processes:
            close(one_store)
    assert sum(report.arrived for report in reports) == 4 * (len(TO) + 1)
    assert Counter(message.to for message in mailbox.accepted) == Counter(dict.fromkeys(TO, 4))
    assert len({json.loads(body)["id"] for body in hook.accepted}) == len(hook.contents) == 4
    assert waiting(store) == []


def test_what_one_process_sends_is_nobody_elses_until_that_one_must_be_gone(
    store: Store, notices: NotificationSettings
) -> None:
    told(store, replace(notices, email=None))
    recipients = notices.plan.recipients
    notice = store.write(lambda transaction: claim(transaction, recipients))
    assert notice is not None
    assert store.write(lambda transaction: claim(transaction, recipients)) is None
    (row,) = waiting(store)
    make_due(store)
    again = store.write(lambda transaction: claim(transaction, recipients))
    assert again is not None
    assert (again.id, again.tries) == (notice.id, 2)
    assert row.due_at - row.made_at <= LEASE + timedelta(seconds=2)


def test_a_next_try_that_a_wrong_clock_set_is_not_waited_for(store: Store, notices: NotificationSettings) -> None:
    told(store, notices)
    later = outbox.update().values(due_at=waiting(store)[0].due_at + timedelta(days=400))
    store.write(lambda transaction: transaction.connection.execute(later))
    assert send_due(store, notices) == DeliveryReport(2, 0)


def test_what_an_earlier_version_left_is_sent_to_each_recipient(
    store: Store, several: NotificationSettings, mailbox: MailServer
) -> None:
    assert several.email is not None
    one = replace(several, email=replace(several.email, to=TO[:1]), webhook=None)
    told(store, one)
    unaddressed = outbox.update().values(recipient="")
    store.write(lambda transaction: transaction.connection.execute(unaddressed))
    assert send_due(store, several) == DeliveryReport(3, 0)
    assert {message.to for message in mailbox.accepted} == set(TO)


def test_a_wait_grows_to_some_hours_and_no_further(store: Store, notices: NotificationSettings) -> None:
    told(store, replace(notices, webhook=None))
    waits = []
    for _ in range(8):
        notice = store.write(lambda transaction: claim(transaction, notices.plan.recipients))
        assert notice is not None
        store.write(lambda transaction, due=notice: put_off(transaction, due, DeliveryFailure.CUT, None))  # type: ignore[misc]
        (row,) = waiting(store)
        assert row.tried_at is not None
        waits.append(round((row.due_at - row.tried_at).total_seconds() / 60))
        make_due(store)
    assert waits == [1, 5, 15, 60, 240, 240, 240, 240]
