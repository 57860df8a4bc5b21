"""The list over random submissions, beside an independent judge; and what is closed because nobody was reached."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from screening.storage.database.clock import now
from screening.storage.database.rows import SubmissionRow
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.desk_list.list_groups import DUE_GROUPS, Filters, Group
from screening.storage.submissions.desk_list.listing import ListKey, group_sizes, list_page, neighbours
from screening.storage.submissions.next_steps.working_time import day_of, end_of_day
from screening.storage.submissions.record.records import NEWS, State, Step, change, open_submission, row_of
from screening.storage.upkeep.daily_runs import ClockReading
from screening.storage.upkeep.not_reached import NOT_REACHED, close_not_reached
from tests.support.stores import draft, share

MANY = 40
STATES = {
    Step.FIRST_CALL: State.NEW,
    Step.CALL_BACK: State.IN_CONTACT,
    Step.WAIT: State.TRIED,
    Step.OTHER_WAY: State.TRIED,
    Step.PAPERS: State.AWAITING_DOCUMENTS,
    Step.ANSWER: State.IN_CONTACT,
    Step.CLINICIAN: State.WITH_CLINICIAN,
    Step.DECISION: State.TRIED,
    Step.HELP: State.IN_CONTACT,
}


def fill(store: Store, chosen: random.Random, at: datetime) -> list[str]:
    """Random submissions in one transaction each; their ids."""
    ids = []
    for number in range(MANY):
        identity = share(store, draft(reach=f"+6011{number}", language=chosen.choice(["en", "ms", "ta"]))).id
        step = chosen.choice(list(Step))
        due: dict[str, Any] = {
            "state": STATES[step],
            "step": step,
            "due_at": at + timedelta(hours=chosen.choice([-300, -30, -1, 1, 7, 30, 300])),
        }
        columns: dict[str, Any] = {"state": State.CLOSED, "ended_at": at} if chosen.random() < 0.15 else due
        first, has_news = int(chosen.random() < 0.3), chosen.random() < 0.2

        def write(
            transaction: StoreTransaction,
            identity: str = identity,
            columns: dict[str, Any] = columns,
            first: int = first,
            has_news: bool = has_news,
        ) -> None:
            opened = open_submission(transaction, identity)
            news = {**opened.row_members, NEWS: ["answers_changed"]} if has_news else None
            change(transaction, opened, row=news, call_first=first, **columns)

        store.write(write)
        ids.append(identity)
    return ids


def judged(row: SubmissionRow, at: datetime) -> Group:
    """The group of a submission, as the manual says it."""
    if row.state == State.CLOSED:
        return Group.CLOSED
    assert row.due_at is not None
    was_told = row.step in (Step.PAPERS, Step.ANSWER, Step.CLINICIAN)
    if row.call_first and not (was_told and row.due_at >= at and row.news_at is None):
        return Group.CALL_FIRST
    if row.news_at is not None:
        return Group.NEWS
    if row.due_at < at:
        return Group.OVERDUE
    if was_told or row.step == Step.WAIT:
        return Group.WAITING
    return Group.TODAY if row.due_at <= end_of_day(day_of(at)) else Group.LATER


def rows_of(store: Store, ids: list[str]) -> list[SubmissionRow]:
    with store.reading() as transaction:
        return [row for identity in ids if (row := row_of(transaction, identity))]


@pytest.mark.parametrize("seed", [3])
def test_every_submission_stands_in_its_group_once_in_order_and_beside_its_neighbours(store: Store, seed: int) -> None:
    at = now()
    rows = rows_of(store, fill(store, random.Random(seed), at))
    for languages in ((), ("en", "ta")):
        filters = Filters(language=languages, at=at)
        wanted = [row for row in rows if not languages or row.language in languages]
        in_order: list[str] = []
        with store.reading() as transaction:
            sizes = group_sizes(transaction, filters)
            for group in (*DUE_GROUPS, Group.CLOSED):
                expected = [row for row in wanted if judged(row, at) is group]
                assert sizes[group] == len(expected), group
                listed: list[str] = []
                after: ListKey | None = None
                while True:
                    part = list_page(transaction, group, filters, after=after, most=3)
                    listed += [item.id for item in part.items]
                    after = part.next
                    if after is None:
                        break
                    assert ListKey.read(str(after)) == after
                assert sorted(listed) == sorted(row.id for row in expected), group
                if group is Group.CLOSED:
                    continue
                help_last = {row.id: (group is not Group.CALL_FIRST or row.step != Step.HELP) for row in expected}
                due = {row.id: row.due_at for row in expected}
                assert listed == sorted(listed, key=lambda identity: (help_last[identity], due[identity], identity))
                in_order += listed
            by_id = {row.id: row for row in rows}
            for before, here, following in zip([None, *in_order[:-1]], in_order, [*in_order[1:], None], strict=True):
                beside = neighbours(transaction, by_id[here], filters)
                assert beside is not None
                assert (beside.before, beside.after) == (before, following)
                assert beside.place is not None
                assert 1 <= beside.place <= beside.number


@pytest.mark.parametrize(
    "columns",
    [
        "step = NULL",
        "due_at = NULL",
        "step = NULL, due_at = NULL",
        "state = 'closed'",
        "state = 'in_contact', due_at = NULL",
        "tries = 4",
        "tries = -1",
    ],
)
def test_the_database_refuses_an_open_one_with_nothing_due_and_a_fourth_try(store: Store, columns: str) -> None:
    share(store)
    with pytest.raises(IntegrityError):
        store.write(lambda transaction: transaction.connection.execute(text(f"UPDATE submission SET {columns}")))


@pytest.mark.parametrize("state", list(State))
def test_a_state_alone_brings_its_usual_step_due_when_it_was_promised(store: Store, state: State) -> None:
    identity = share(store).id
    store.write(lambda transaction: change(transaction, open_submission(transaction, identity), state=state))
    (row,) = rows_of(store, [identity])
    is_open = state in STATES.values()
    assert (row.step is not None, row.due_at) == (is_open, row.promised_at if is_open else None)


def test_what_waited_two_weeks_is_closed_and_never_what_must_be_called_first_or_has_news(store: Store) -> None:
    at = now()
    passed = {"state": State.TRIED, "step": Step.WAIT, "tries": 3, "due_at": at - timedelta(minutes=1)}
    kinds: dict[str, dict[str, Any]] = {
        "over": passed,
        "not yet": {**passed, "due_at": at + timedelta(minutes=1)},
        "warned": {**passed, "call_first": 1},
        "called back": {**passed, "step": Step.CALL_BACK, "tries": 2},
        "news": passed,
    }
    ids = {}
    for name, columns in kinds.items():
        ids[name] = share(store, replace(draft(), reach=name)).id

        def write(transaction: StoreTransaction, name: str = name, columns: dict[str, Any] = columns) -> None:
            opened = open_submission(transaction, ids[name])
            news = {**opened.row_members, NEWS: ["answers_changed"]} if name == "news" else None
            change(transaction, opened, row=news, **columns)

        store.write(write)
    reading = ClockReading(at, "a", 86400, at)
    assert close_not_reached(store, reading) == 1
    assert close_not_reached(store, reading) == 0
    closed = {
        name: row.state == State.CLOSED for name, row in zip(ids, rows_of(store, list(ids.values())), strict=True)
    }
    assert closed == {name: name == "over" for name in kinds}
    (row,) = rows_of(store, [ids["over"]])
    assert (row.reason, row.ended_at, row.tries, row.step) == (NOT_REACHED, at, 3, None)
