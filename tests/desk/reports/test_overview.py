"""The overview: its numbers are those of the database, and drawings say nothing that the tables do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from screening.storage.database.clock import now
from screening.storage.database.schema import tally
from screening.storage.metrics.counter_names import ANSWERED, OPEN, REACHED, RESULT, UNDETERMINED
from screening.storage.metrics.overview import WEEKS, totals
from screening.storage.metrics.tallies import count
from screening.storage.store import StoreTransaction
from screening.storage.submissions.records import State
from tests.support.desk import Desk
from tests.support.desk_submissions import clear, send
from tests.support.page import Element


@pytest.fixture
def empty_desk(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator where nothing was sent or counted yet."""

    def forget(transaction: StoreTransaction) -> None:
        transaction.connection.execute(delete(tally))

    clear(coordinator.store)
    coordinator.store.write(forget)
    yield coordinator
    clear(coordinator.store)
    coordinator.store.write(forget)


def chart_values(page: Element, chart: str) -> dict[str, str]:
    """The lines of a chart's table."""
    (section,) = [element for element in page.all("section") if element.one("h2")["id"] == chart]
    rows = section.one("tbody").all("tr") if section.all("tbody") else []
    return {row.one("th").text: row.one("td").text for row in rows}


def test_states_and_sections_are_counted(empty_desk: Desk) -> None:
    for state in (State.NEW, State.NEW, State.TRIED):
        send(empty_desk.store, 1, state=state)
    send(empty_desk.store, 1, category="early_cirrhosis")
    send(empty_desk.store, 1, category="of_old_rules")
    send(empty_desk.store, 1, state=State.WITHDRAWN, category=None, ended_at=now())
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "states")["New"] == "4"
    assert chart_values(page, "states")["Tried, no answer"] == "1"
    assert chart_values(page, "states")["Withdrawn"] == "1"
    assert chart_values(page, "sections") == {
        "early cirrhosis": "1 (20 %)",
        "scarring (fibrosis)": "3 (60 %)",
        "of_old_rules": "1 (20 %)",
    }


def test_weeks_begin_on_monday_and_empty_ones_are_there(empty_desk: Desk) -> None:
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
    for day in (23, 22, 16, 15):
        send(empty_desk.store, received_at=datetime(2026, 11, day, 23, 59, tzinfo=UTC))
    send(empty_desk.store, received_at=at - timedelta(weeks=WEEKS))
    with empty_desk.store.reading() as transaction:
        found = totals(transaction, at).weeks
    assert len(found) == WEEKS
    assert [number for number in found.values() if number] == [1, 2, 1]
    assert list(found)[-1].isoformat() == "2026-11-23"
    assert all(monday.weekday() == 0 for monday in found)


def test_the_time_to_the_first_contact_is_told_with_who_still_waits(empty_desk: Desk) -> None:
    at = now()
    for hours in (5, 30, 100, 300):
        sent = at - timedelta(hours=400)
        send(empty_desk.store, received_at=sent, contacted_at=sent + timedelta(hours=hours))
    send(empty_desk.store, 3)
    send(empty_desk.store, 3, state=State.CLOSED, ended_at=at)
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "waits") == {
        "within a day": "1 (25 %)",
        "within 2 days": "1 (50 %)",
        "within 3 days": "0 (50 %)",
        "within a week": "1 (75 %)",
        "later": "1",
        "not reached yet": "1",
    }
    assert "Half were reached within 100 hours." in page.text


def test_open_results_and_where_people_stop_come_from_counts_alone(empty_desk: Desk) -> None:
    pages = empty_desk.service.rules.rule_set.pages
    question = next(question for question in empty_desk.service.rules.rule_set.questions if question.strict)

    def write(transaction: StoreTransaction) -> None:
        count(transaction, RESULT, "fibrosis", 6)
        count(transaction, RESULT, "unclear", 4)
        count(transaction, UNDETERMINED, "several", 3)
        count(transaction, UNDETERMINED, "nothing_known", 1)
        count(transaction, OPEN, question.id, 2)
        count(transaction, REACHED, pages[0].id, 20)
        count(transaction, ANSWERED, pages[0].id, 17)

    empty_desk.store.write(write)
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "open_results")["Several sections stayed possible"] == "3 (30 %)"
    assert chart_values(page, "open_results")["Nothing was known"] == "1 (10 %)"
    assert chart_values(page, "open_results")["One section was matched"] == "6 (60 %)"
    assert chart_values(page, "open_questions") == {question.label: "2"}
    assert chart_values(page, "drop_off") == {pages[0].title: "3 (of 20)"}


def test_each_bar_is_as_long_as_its_number(empty_desk: Desk) -> None:
    for state, number in ((State.NEW, 4), (State.TRIED, 1)):
        for _ in range(number):
            send(empty_desk.store, 1, state=state)
    page = empty_desk.get("/desk/overview")
    (section,) = [element for element in page.all("section") if element.one("h2")["id"] == "states"]
    lengths = [element.one("rect")["width"] for element in section.one("tbody").all("tr")]
    assert lengths[:3] == ["100.0", "25.0", "0.0"]


def test_an_empty_desk_says_so(empty_desk: Desk) -> None:
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "sections") == {}
    assert "Nothing was counted yet." in page.text
