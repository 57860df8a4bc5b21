"""The list of the desk: groups, rows, filters and pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from screening.desk.submissions import filters as filtering
from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.submissions.listing import Filters, Group, Key, group_sizes, page
from screening.storage.submissions.records import State
from tests.support.desk import Desk, add
from tests.support.desk_submissions import clear, code_of, send
from tests.support.page import Element


@pytest.fixture
def empty_desk(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator where nothing was sent yet."""
    clear(coordinator.store)
    yield coordinator
    clear(coordinator.store)


def shown(page_: Element) -> dict[str, list[str]]:
    """The codes that stand under each heading."""
    return {
        element.one("h2").text.rsplit(" ", 1)[0]: [row.one("a").text for row in element.all("th", scope="row")]
        for element in page_.all("section")
    }


def numbers_on(page_: Element) -> dict[str, int]:
    """The number of each group, as the links above say it."""
    links = page_.all("nav")[1].all("a")
    return {each.text.rsplit(" ", 1)[0]: int(each.one("strong").text) for each in links[1:]}


def test_a_submission_stands_in_the_first_group_that_fits(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filtering, "SLOTS", ((0, "morning"),))
    store = empty_desk.store
    expected = {
        "Call first": send(store, 5, call_first=1, state=State.TRIED, tries=1),
        "Best time is now": send(store, 4, best_time="morning"),
        "Waiting for documents": send(store, 3, state=State.AWAITING_DOCUMENTS, best_time="morning"),
        "Tried, no answer": send(store, 3, state=State.TRIED, tries=2),
        "New": send(store, 2, best_time="evening"),
        "In contact": send(store, 2, state=State.IN_CONTACT),
        "With the clinician": send(store, 2, state=State.WITH_CLINICIAN),
    }
    closed = send(store, 9, call_first=3, state=State.CLOSED, ended_at=now())
    found = empty_desk.get("/desk/")
    assert shown(found) == {title: [code_of(store, each)] for title, each in expected.items()}
    others = {"Deletion asked, to call first": 0, "Possible duplicates": 0, "Closed": 1, "Deletion asked": 0}
    assert numbers_on(found) == {**dict.fromkeys(expected, 1), **others}
    assert shown(empty_desk.get("/desk/?group=closed")) == {"Closed": [code_of(store, closed)]}
    assert "Tried, no answer (2 of 3)" in found.text


def test_the_oldest_stand_first_but_of_closed_ones_the_newest(empty_desk: Desk) -> None:
    ages = (3, 30, 7)
    first = [code_of(empty_desk.store, send(empty_desk.store, each, call_first=1)) for each in ages]
    closed = [
        code_of(empty_desk.store, send(empty_desk.store, each, state=State.CLOSED, ended_at=now())) for each in ages
    ]
    assert shown(empty_desk.get("/desk/"))["Call first"] == [first[1], first[2], first[0]]
    assert shown(empty_desk.get("/desk/?group=closed"))["Closed"] == [closed[0], closed[2], closed[1]]


def test_a_row_says_what_a_coordinator_must_know(empty_desk: Desk) -> None:
    store = empty_desk.store
    staff_id = add(store, Role.COORDINATOR)
    row = {"safety": ["Black stool since Monday"], "channel": "whatsapp", "for": "helper", "news": ["answers_changed"]}
    send(store, 24 * 5, call_first=1, language="zh-Hans", best_time="evening", assignee_id=staff_id, row=row)
    told = empty_desk.get("/desk/").one("section").one("tbody").text
    for text in (
        "Unread",
        "News",
        "Black stool since Monday",
        "scarring (fibrosis)",
        "5 days ago",
        "Answer was promised earlier",
        "Somebody who helps",
        "Chinese (Simplified)",
        "WhatsApp",
        "In the evening",
        "coordinator",
    ):
        assert text in told, text


def test_a_row_is_read_tolerantly(empty_desk: Desk) -> None:
    send(empty_desk.store, 1, row={"safety": "One text"}, category="a section of old rules", language="tlh")
    row = empty_desk.get("/desk/").one("section").text
    assert "One text" in row
    assert "a section of old rules" in row
    assert "tlh" in row or "Klingon" in row


def test_hostile_words_are_shown_as_they_are(empty_desk: Desk) -> None:
    send(empty_desk.store, 1, row={"safety": ["<script>alert(1)</script>{{ 7*7 }}"]})
    assert "<script>alert(1)</script>{{ 7*7 }}" in empty_desk.get("/desk/").one("section").text


def test_possible_duplicates_are_the_open_ones_from_one_number(empty_desk: Desk) -> None:
    store = empty_desk.store
    twins = [code_of(store, send(store, each, reach="+60123456789")) for each in (4, 2)]
    send(store, 3, reach="+60123456780")
    send(store, 9, reach="+60123456780", state=State.CLOSED, ended_at=now())
    send(store, 1)
    send(store, 1)
    found = empty_desk.get("/desk/?group=duplicates")
    assert shown(found) == {"Possible duplicates": twins}
    assert numbers_on(found)["Possible duplicates"] == 2
    rows = empty_desk.get("/desk/").one("section").all("tr")
    assert sum("Possible duplicate" in row.text for row in rows) == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("section=early_cirrhosis", "b"),
        ("language=ms", "c"),
        ("assignee=nobody", "abc"),
        ("who=other", "d"),
        ("state=tried", "c"),
        ("state=tried&language=ms", "c"),
        ("state=tried&language=en", ""),
        ("section=none_of_these&who=anybody", "abcd"),
    ],
)
def test_filters_narrow_the_list_and_stand_in_the_address(empty_desk: Desk, query: str, expected: str) -> None:
    store, staff_id = empty_desk.store, add(empty_desk.store, Role.COORDINATOR)
    sent = {
        "a": send(store, 5),
        "b": send(store, 4, category="early_cirrhosis"),
        "c": send(store, 3, state=State.TRIED, language="ms"),
        "d": send(store, 2, assignee_id=staff_id, row={"for": "helper"}),
    }
    found = empty_desk.get(f"/desk/?{query}")
    codes = {code for group in shown(found).values() for code in group}
    assert codes == {code_of(store, sent[each]) for each in expected}
    assert sum(numbers_on(found).values()) == len(expected)


def test_the_filters_are_still_there_on_the_way_back(empty_desk: Desk) -> None:
    for number in range(3):
        send(empty_desk.store, number, language="ms")
    empty_desk.get("/desk/?language=ms&group=new")
    empty_desk.get("/desk/overview")
    empty_desk.follow("Submissions")
    assert empty_desk.path == "/desk/?language=ms&group=new"
    options = empty_desk.page.one("select", id="filter-language").all("option")
    assert [each["value"] for each in options if each.has("selected")] == ["ms"]
    empty_desk.follow("Take all filters away")
    assert empty_desk.path == "/desk/"


def test_pages_by_key_show_each_once_even_where_some_came_at_the_same_moment(empty_desk: Desk) -> None:
    store = empty_desk.store
    at = now() - timedelta(hours=5)
    sent = {send(store, received_at=at + timedelta(minutes=number // 4)) for number in range(23)}
    seen: list[str] = []
    after = None
    while True:
        with store.reading() as transaction:
            found = page(transaction, Group.NEW, Filters(), after=after, most=5)
        seen += [each.id for each in found.items]
        after = found.next
        if after is None:
            break
        send(store, received_at=at - timedelta(minutes=1))  # one that sorts before does not shift the page
    assert len(seen) == len(set(seen)) == 23
    assert set(seen) == sent


def test_the_next_page_is_a_link(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.desk.submissions.listing.ON_A_PAGE", 2)
    monkeypatch.setattr("screening.desk.submissions.listing.AT_FIRST", 1)
    codes = [code_of(empty_desk.store, send(empty_desk.store, 9 - number)) for number in range(5)]
    assert shown(empty_desk.get("/desk/")) == {"New": codes[:1]}
    assert shown(empty_desk.follow("Show all 5")) == {"New": codes[:2]}
    assert shown(empty_desk.follow("Next page")) == {"New": codes[2:4]}
    assert shown(empty_desk.follow("Next page")) == {"New": codes[4:]}
    assert not [element for element in empty_desk.page.all("a") if element.text == "Next page"]
    assert shown(empty_desk.follow("To the beginning")) == {"New": codes[:2]}


@pytest.mark.parametrize("after", ["x", "20261122T000000+0000", "99999999T999999+0000.x", "' OR 1=1"])
def test_a_made_up_place_in_the_list_is_its_beginning_or_past_its_end(empty_desk: Desk, after: str) -> None:
    code = code_of(empty_desk.store, send(empty_desk.store, 1))
    found = empty_desk.get("/desk/?" + f"group=new&after={after}".replace("+", "%2B").replace(" ", "%20"))
    assert shown(found) in ({"New": [code]}, {"New": []})


def test_a_manager_reads_nothing_of_it(manager: Desk) -> None:
    assert manager.raw("/desk/").headers["Location"] == "/desk/overview"
    assert "Submissions" not in [element.text for element in manager.get("/desk/overview").one("nav").all("a")]


def test_what_is_gone_is_in_no_group(empty_desk: Desk) -> None:
    send(empty_desk.store, 1, state=State.WITHDRAWN, ended_at=now(), data_key_wrapped=None, call_first=None)
    with empty_desk.store.reading() as transaction:
        assert not any(group_sizes(transaction, Filters()).values())


def test_the_list_is_read_from_its_indexes_and_never_from_the_whole_table(empty_desk: Desk) -> None:
    store = empty_desk.store
    items: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        items.append((statement, values))

    filters = Filters(section="fibrosis", language="ms", assignee="x", who="other", slot="morning")
    with store.reading() as transaction:
        event.listen(store.database.engine, "before_cursor_execute", note)
        try:
            group_sizes(transaction, filters)
            for group in Group:
                page(transaction, group, filters, after=Key(now(), "x"))
        finally:
            event.remove(store.database.engine, "before_cursor_execute", note)
        selects = [each for each in items if "FROM submission" in each[0] and "count" not in each[0][:12]]
        assert len(selects) > len(Group)
        for statement, values in selects:
            plan = transaction.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            steps = [row.detail for row in plan if "submission" in row.detail]
            assert steps, statement
            for step in steps:
                assert "USING" in step, f"{step}: {statement}"
                assert "ix_submission" in step or "PRIMARY KEY" in step or "sqlite_autoindex" in step, step


def test_the_list_is_told_how_many_came_since_it_was_opened(empty_desk: Desk) -> None:
    send(empty_desk.store, 1, language="ms")
    ask = empty_desk.get("/desk/?language=ms").one(id="arrivals")["data-ask"]
    assert empty_desk.raw(ask).json == {"words": ""}
    for language in ("ms", "ms", "en"):
        send(empty_desk.store, -0.01, language=language)
    send(empty_desk.store, -0.01, language="ms", state=State.RESTRICTED)
    assert empty_desk.raw(ask).json == {"words": "2 new: show"}
    assert empty_desk.page.one(id="arrivals").has("hidden")
    assert empty_desk.raw("/desk/arrivals?since=x").status_code == 400
    assert empty_desk.raw("/desk/arrivals?since=9999999999999999999").status_code == 400
