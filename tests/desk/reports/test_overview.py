"""The overview: its numbers are those of the database, and drawings say nothing that the tables do not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from sqlalchemy import delete

from screening.desk.submissions.actions import MISREAD
from screening.storage.audit.log import add_entry
from screening.storage.database.clock import now
from screening.storage.database.schema import audit, tally
from screening.storage.statistics.calls import ANSWERED as ANSWERED_CALLS
from screening.storage.statistics.calls import NOT_ANSWERED
from screening.storage.statistics.counter_names import ANSWERED, OPEN, REACHED, RESULT, UNDETERMINED
from screening.storage.statistics.small_counts import LEAST_IN_PART
from screening.storage.statistics.tallies import count
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.records import State
from tests.support.desk import Desk
from tests.support.desk_submissions import clear, send
from tests.support.page import Element

CHARTS = (
    "fates",
    "weeks",
    "curve",
    "load",
    "weekdays",
    "hours",
    "call_days",
    "endings",
    "misread",
    "states",
    "sections",
)


@pytest.fixture
def empty_desk(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator where nothing was sent or counted yet."""

    def forget(transaction: StoreTransaction) -> None:
        transaction.connection.execute(delete(tally))

    calls = delete(audit).where(audit.c.action.in_(ANSWERED_CALLS | NOT_ANSWERED))
    clear(coordinator.store)
    coordinator.store.write(forget)
    coordinator.store.write(lambda transaction: transaction.connection.execute(calls))  # the last entry is a sign-in
    yield coordinator
    clear(coordinator.store)
    coordinator.store.write(forget)


def section_of(page: Element, chart: str) -> Element:
    """A chart with its table."""
    (section,) = [element for element in page.all("section") if element.one("h2")["id"] == chart]
    return section


def chart_values(page: Element, chart: str) -> dict[str, list[str]]:
    """The lines of a chart's table."""
    section = section_of(page, chart)
    rows = section.one("tbody").all("tr") if section.all("tbody") else []
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in rows}


def file_rows(desk: Desk, path: str) -> list[list[str]]:
    """What a spreadsheet reads out of a file of the desk."""
    response = desk.raw(path)
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))


def some_of_each_fate(desk: Desk) -> None:
    """Twelve submissions: 4 reached as promised, 3 later, 2 overdue, 1 ended, 2 still in time."""
    store = desk.store
    for hours, number in ((30, 4), (90, 3)):
        for _ in range(number):
            sent = now() - timedelta(hours=100)
            send(store, 100, contacted_at=sent + timedelta(hours=hours), promised_at=sent + timedelta(hours=72))
    for _ in range(2):
        send(store, 150, promised_at=now() - timedelta(hours=49))
        send(store, 1)
    send(store, 60, state=State.CLOSED, reason="not_wanted", ended_at=now())


def test_every_submission_stands_in_one_part_with_its_share(empty_desk: Desk) -> None:
    some_of_each_fate(empty_desk)
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "fates") == {
        "Reached, as promised": ["4", "33 %"],
        "Reached, later than promised": ["3", "25 %"],
        "Not reached, promise passed": ["2", "17 %"],
        "Ended without being reached": ["1", "8 %"],
        "Not reached, still in time": ["2", "17 %"],
    }
    figures = {figure.one("dt").text: figure.one("dd").text for figure in page.one("main").one("dl").all("div")}
    assert figures["Reached as promised"] == "4 of 1233 % of all that came"
    assert figures["Promise passed, whenever sent"] == "22 of them nobody has"
    assert figures["Not reached, so far"] == "5 of 122 are still in time"
    assert figures["Oldest that waits"] == "2 days latesince the promise passed"


def test_of_fewer_than_ten_numbers_alone_are_told_and_why(empty_desk: Desk) -> None:
    for _ in range(9):
        send(empty_desk.store, 1)
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "fates")["Not reached, still in time"] == ["9", "too few"]
    assert "Shares are told from 10 on" in section_of(page, "fates").text
    assert "%" not in page.one("main").text
    send(empty_desk.store, 1)
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "fates")["Not reached, still in time"] == ["10", "100 %"]
    assert "Shares are told" not in section_of(page, "fates").text


def test_the_curve_and_its_median_count_those_who_wait(empty_desk: Desk) -> None:
    for _ in range(8):
        sent = now() - timedelta(hours=200)
        send(empty_desk.store, 200, contacted_at=sent + timedelta(hours=40))
    for _ in range(8):
        send(empty_desk.store, 240)
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "curve")["1 day"] == ["0", "16", "0 %"]
    assert chart_values(page, "curve")["2 days"] == ["8", "16", "50 %"]
    assert chart_values(page, "curve")["14 days"] == ["8", "8", "too few"]
    lead = section_of(page, "curve").text
    assert "Half of all are reached within 40 hours." in lead or "Half of all are reached within 41 hours." in lead
    assert "Kaplan and Meier" in lead
    send(empty_desk.store, 240)
    assert "Half of all are not reached so far." in section_of(empty_desk.get("/desk/overview"), "curve").text


def test_what_few_people_answered_is_not_broken_out(empty_desk: Desk) -> None:
    for category, number in (("early_cirrhosis", 7), ("fibrosis", 6), ("decompensated", 1)):
        for _ in range(number):
            send(empty_desk.store, 1, category=category)
    page = empty_desk.get("/desk/overview")
    others = f"Sections of fewer than {LEAST_IN_PART} people, together"
    assert chart_values(page, "sections") == {"early cirrhosis": ["7", "50 %"], others: ["7", "50 %"]}
    assert "decompensated" not in page.one("main").text
    assert all("decompensated" not in line for line in file_rows(empty_desk, "/desk/overview.csv"))


def test_states_are_counted(empty_desk: Desk) -> None:
    for state in (State.NEW, State.NEW, State.TRIED):
        send(empty_desk.store, 1, state=state)
    send(empty_desk.store, 1, state=State.WITHDRAWN, category=None, ended_at=now())
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "states")["New"] == ["2"]
    assert chart_values(page, "states")["Tried, no answer"] == ["1"]
    assert chart_values(page, "states")["Withdrawn"] == ["1"]
    assert chart_values(page, "endings") == {"Withdrawn": ["1"]}


def test_what_was_misread_is_counted_by_question(empty_desk: Desk) -> None:
    question = empty_desk.service.rules.rule_set.questions[0]
    empty_desk.store.write(lambda transaction: count(transaction, MISREAD, question.id, 3))
    assert chart_values(empty_desk.get("/desk/overview"), "misread") == {question.text: ["3"]}


def test_calls_are_told_by_hour_without_who_called(empty_desk: Desk) -> None:
    def write(transaction: StoreTransaction) -> None:
        add_entry(transaction, "caller", "state_tried", "one")
        add_entry(transaction, "caller", "state_in_contact", "two")

    empty_desk.store.write(write)
    page = empty_desk.get("/desk/overview")
    assert max(chart_values(page, "hours").values()) == ["2", "1", "too few"]
    assert "1 of 2 calls were answered." in section_of(page, "hours").text
    assert "caller" not in page.text


def shown_label(label: str) -> str:
    """How the page has the label of a line: a file says days in full."""
    with suppress(ValueError):
        return format_date(date.fromisoformat(label), "d MMM", locale="en_GB")
    return label


@pytest.mark.parametrize("weeks", ["4", "12", "52"])
def test_each_table_is_a_file_with_the_same_numbers(empty_desk: Desk, weeks: str) -> None:
    some_of_each_fate(empty_desk)
    page = empty_desk.get(f"/desk/overview?weeks={weeks}")
    for chart in CHARTS:
        if not chart_values(page, chart):
            continue
        head, *lines = file_rows(empty_desk, f"/desk/overview/{chart}.csv?weeks={weeks}")
        assert head == [heading.text for heading in section_of(page, chart).one("thead").all("th")]
        told = {shown_label(line[0]): line[1:] for line in lines}
        shown = chart_values(page, chart)
        assert told == {
            name: [cell.removesuffix(" %").replace("too few", "") for cell in cells] for name, cells in shown.items()
        }
    whole = file_rows(empty_desk, f"/desk/overview.csv?weeks={weeks}")
    assert ["All that came", "Reached, as promised", "Submissions", "4"] in whole
    assert empty_desk.raw("/desk/overview/nothing.csv").status_code == 404


def test_every_drawing_says_what_it_shows(empty_desk: Desk) -> None:
    some_of_each_fate(empty_desk)
    page = empty_desk.get("/desk/overview")
    drawings = page.all("svg", role="img")
    assert len(drawings) == 4
    for drawing in drawings:
        assert drawing.one("title").text
        assert any(character.isdigit() for character in drawing.one("desc").text)
    assert all(svg["aria-hidden"] == "true" for svg in page.one("main").all("svg") if svg["role"] != "img")


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
    assert chart_values(page, "open_results")["Several sections stayed possible"] == ["3", "30 %"]
    assert chart_values(page, "open_results")["Nothing was known"] == ["1", "10 %"]
    assert chart_values(page, "open_results")["One section was matched"] == ["6", "60 %"]
    assert chart_values(page, "open_questions") == {question.label: ["2"]}
    assert chart_values(page, "drop_off") == {pages[0].title: ["3", "20"]}


def test_each_bar_is_as_long_as_its_number(empty_desk: Desk) -> None:
    for state, number in ((State.NEW, 4), (State.TRIED, 1)):
        for _ in range(number):
            send(empty_desk.store, 1, state=state)
    page = empty_desk.get("/desk/overview")
    bars = [[rect["width"] for rect in row.all("rect")] for row in section_of(page, "states").one("tbody").all("tr")]
    assert bars[:3] == [["100%", "100.0%"], ["100%", "25.0%"], []]


def test_an_empty_desk_says_so(empty_desk: Desk) -> None:
    page = empty_desk.get("/desk/overview")
    assert chart_values(page, "sections") == {}
    assert "Nothing was counted yet." in page.text
