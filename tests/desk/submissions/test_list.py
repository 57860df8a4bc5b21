"""The list of the desk: groups, rows, filters and pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.schema import audit
from screening.storage.submissions.desk_list.list_groups import Filters, Group
from screening.storage.submissions.desk_list.listing import ListKey, group_sizes, list_page, neighbours
from screening.storage.submissions.next_steps.working_time import day_of, end_of_day
from screening.storage.submissions.record.records import (
    UNCONFIRMED_CALLER,
    State,
    Step,
    change,
    open_submission,
    row_of,
)
from tests.support.desk import Desk, add
from tests.support.desk_submissions import assess_case, clear, code_of, send
from tests.support.page import Element
from tests.support.submissions import CONTACT


@pytest.fixture
def empty_desk(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator where nothing was sent yet."""
    clear(coordinator.store)
    yield coordinator
    clear(coordinator.store)


def code_in(row: Element) -> str:
    """The code that a row shows; of one that nobody reads what stands in its place."""
    link = row.all("a")[0]
    return link.one("span", class_="code").text if "named" in link["class"] else link.text


def shown(page_: Element) -> dict[str, list[str]]:
    """The codes that stand under each heading."""
    return {
        element.one("h2").text.rsplit(" ", 1)[0]: [code_in(row) for row in element.all("th", scope="row")]
        for element in page_.all("section")
    }


def numbers_on(page_: Element) -> dict[str, int]:
    """The number of each group, as the links above say it."""
    links = page_.all("nav")[1].all("a")
    return {element.text.rsplit(" ", 1)[0]: int(element.one("strong").text) for element in links[1:]}


def due(step: Step, hours: float, **more: Any) -> dict[str, Any]:
    """What is next, and in how many hours it is due."""
    states = {
        Step.FIRST_CALL: State.NEW,
        Step.WAIT: State.TRIED,
        Step.OTHER_WAY: State.TRIED,
        Step.PAPERS: State.AWAITING_DOCUMENTS,
        Step.CLINICIAN: State.WITH_CLINICIAN,
    }
    state = states.get(step, State.IN_CONTACT)
    return {"state": state, "step": step, "due_at": now() + timedelta(hours=hours), **more}


NEWS_ROW = {"news": ["answers_changed"]}


def test_a_submission_stands_in_the_first_group_that_fits(empty_desk: Desk) -> None:
    store = empty_desk.store
    tonight = end_of_day(day_of(now()))
    expected = {
        "Call first": [
            send(store, 1, call_first=1, **due(Step.HELP, -1)),
            send(store, 5, call_first=1, **due(Step.CALL_BACK, -9, state=State.TRIED, tries=1)),
            send(store, 5, call_first=1, **due(Step.PAPERS, -2)),
            send(store, 5, call_first=2, row=NEWS_ROW, news_at=now(), **due(Step.CLINICIAN, 30)),
            send(store, 5, call_first=1, **due(Step.WAIT, 300, tries=3)),
        ],
        "News from the person": [send(store, 4, row=NEWS_ROW, news_at=now(), **due(Step.FIRST_CALL, 70))],
        "Overdue": [
            send(store, 40, opened_at=now(), **due(Step.FIRST_CALL, -30)),
            send(store, 3, **due(Step.PAPERS, -3)),
        ],
        "Today": [send(store, 2, **due(Step.OTHER_WAY, 0, due_at=tonight))],
        "Later": [send(store, 2, **due(Step.CALL_BACK, 60)), send(store, 2)],
        "Waits for others": [
            send(store, 2, call_first=1, **due(Step.PAPERS, 30)),
            send(store, 2, **due(Step.CLINICIAN, 50)),
            send(store, 2, **due(Step.WAIT, 200, tries=3)),
        ],
    }
    closed = send(store, 9, call_first=3, state=State.CLOSED, ended_at=now())
    listed = empty_desk.get("/desk/")
    assert shown(listed) == {title: [code_of(store, identity) for identity in ids] for title, ids in expected.items()}
    others = {"Possible duplicates": 0, "Closed": 1}  # no deletion was asked for: its groups do not stand there
    assert numbers_on(listed) == {**{title: len(ids) for title, ids in expected.items()}, **others}
    assert "14 wait." in listed.text
    assert shown(empty_desk.get("/desk/?group=closed")) == {"Closed": [code_of(store, closed)]}
    assert "Call back: try 2 of 3" in listed.text
    in_order = [identity for ids in expected.values() for identity in ids]
    with store.reading() as transaction:
        for place, submission_id in enumerate(in_order):
            row = row_of(transaction, submission_id)
            assert row is not None
            beside = neighbours(transaction, row, Filters())
            assert beside is not None
            assert (beside.before, beside.after) == (
                in_order[place - 1] if place else None,
                in_order[place + 1] if place + 1 < len(in_order) else None,
            )
            ids = next(ids for ids in expected.values() if submission_id in ids)
            assert (beside.place, beside.number) == (ids.index(submission_id) + 1, len(ids))


def test_what_is_overdue_stays_so_whoever_opened_it(empty_desk: Desk) -> None:
    sent = send(empty_desk.store, 100, **due(Step.FIRST_CALL, -30))
    code = code_of(empty_desk.store, sent)
    assert shown(empty_desk.get("/desk/")) == {"Overdue": [code]}
    empty_desk.store.write(lambda transaction: change(transaction, open_submission(transaction, sent), opened_at=now()))
    assert shown(empty_desk.get("/desk/")) == {"Overdue": [code]}


def test_what_is_due_first_comes_first_but_of_closed_ones_the_newest(empty_desk: Desk) -> None:
    ages = (3, 30, 7)
    first = [code_of(empty_desk.store, send(empty_desk.store, age, call_first=1)) for age in ages]
    closed = [
        code_of(empty_desk.store, send(empty_desk.store, age, state=State.CLOSED, ended_at=now())) for age in ages
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
        "News: Sent changed answers",
        "First call",
        "Black stool since Monday",
        "scarring (fibrosis)",
        "5 days ago",
        "▲ overdue since",
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


def test_rows_name_people_and_each_look_is_one_entry_of_the_audit_with_their_number(empty_desk: Desk) -> None:
    store, looks = empty_desk.store, select(audit.c.subject).where(audit.c.action == "list_seen")

    def entries() -> list[str | None]:
        with store.reading() as transaction:
            return list(transaction.connection.execute(looks.order_by(audit.c.number)).scalars())

    earlier = len(entries())
    empty_desk.get("/desk/")
    nameless = send(store, 3)
    empty_desk.get("/desk/")
    assert entries()[earlier:] == []
    send(store, 2, row={"name": "Siti <Aminah>"})
    send(store, 1, row={"name": "Tan"}, call_first=1)
    listed = empty_desk.get("/desk/")
    assert [row.all("a")[0].all("span")[0].text for row in listed.all("th", scope="row")] == [
        "Tan",
        "No name",
        "Siti <Aminah>",
    ]
    assert code_of(store, nameless) in listed.text
    assert entries()[earlier:] == ["2"]
    empty_desk.get("/desk/?group=call_first")
    assert entries()[earlier:] == ["2", "1"]


def test_possible_duplicates_are_the_open_ones_from_one_number(empty_desk: Desk) -> None:
    store = empty_desk.store
    twins = [code_of(store, send(store, count, reach="+60123456789")) for count in (4, 2)]
    send(store, 3, reach="+60123456780")
    send(store, 9, reach="+60123456780", state=State.CLOSED, ended_at=now())
    send(store, 1)
    send(store, 1)
    found = empty_desk.get("/desk/?group=duplicates")
    assert shown(found) == {"Possible duplicates": twins}
    assert numbers_on(found)["Possible duplicates"] == 2
    rows = empty_desk.get("/desk/").one("section").all("tr")
    named = {code_in(row.one("th")): row.one("th").all("a")[1].text for row in rows if "Same number" in row.text}
    assert named == {twins[0]: f"No name {twins[1]}", twins[1]: f"No name {twins[0]}"}


def test_twins_are_named_on_row_and_page_and_each_name_that_is_read_stands_in_the_audit(empty_desk: Desk) -> None:
    store = empty_desk.store

    def entries(action: str) -> list[str | None]:
        query = select(audit.c.subject).where(audit.c.action == action).order_by(audit.c.number)
        with store.reading() as transaction:
            return list(transaction.connection.execute(query).scalars())

    seen, named = len(entries("list_seen")), len(entries("named_beside"))
    judgement = assess_case(empty_desk.service.rules, 0)
    nameless = send(store, 3, judgement, contact=CONTACT, reach="+60123456789", best_time="morning")
    siti = send(
        store, 2, judgement, contact=CONTACT, reach="+60123456789", best_time="evening", row={"name": "Siti <Aminah>"}
    )
    hidden = send(store, 1, reach="+60123456789", state=State.RESTRICTED, row={"name": "Hidden"})
    words = f"Same number or address: Siti <Aminah> {code_of(store, siti)}"
    assert words in empty_desk.get("/desk/?best_time=morning").text
    assert entries("list_seen")[seen:] == ["1"]
    page = empty_desk.get(f"/desk/submissions/{nameless}")
    assert words in page.text
    assert "Hidden" not in page.text
    assert entries("named_beside")[named:] == [siti]
    assert (
        f"Same number or address: No name {code_of(store, nameless)}"
        in empty_desk.get(f"/desk/submissions/{siti}").text
    )
    assert entries("named_beside")[named:] == [siti]
    assert hidden


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("section=early_cirrhosis", "b"),
        ("language=ms", "c"),
        ("assignee=nobody", "abc"),
        ("who=other", "d"),
        ("step=call_back", "c"),
        ("step=call_back&language=ms", "c"),
        ("step=call_back&language=en", ""),
        ("step=call_back&step=first_call", "abcd"),
        ("language=ms&language=en&section=early_cirrhosis&section=fibrosis", "abcd"),
        ("assignee=me", "d"),
        ("assignee=me&assignee=nobody", "abcd"),
        ("who=self&who=other", "abcd"),
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
    assert codes == {code_of(store, sent[name]) for name in expected}
    assert sum(numbers_on(found).values()) == len(expected)


def test_the_filters_are_still_there_on_the_way_back(empty_desk: Desk) -> None:
    for number in range(3):
        send(empty_desk.store, number, language="ms")
    empty_desk.get("/desk/?language=ms&language=ta&group=later")
    empty_desk.get("/desk/overview")
    empty_desk.follow("Submissions")
    assert empty_desk.path == "/desk/?group=later&language=ms&language=ta"
    boxes = empty_desk.page.all("input", name="language")
    assert [element["value"] for element in boxes if element.has("checked")] == ["ms", "ta"]
    empty_desk.follow("Take all filters away")
    assert empty_desk.path == "/desk/"


def test_pages_by_key_show_each_once_even_where_some_came_at_the_same_moment(empty_desk: Desk) -> None:
    store = empty_desk.store
    at = now() - timedelta(hours=5)
    steps = (Step.CALL_BACK, Step.HELP)
    sent = {
        send(store, call_first=1, **due(steps[number % 2], 0, due_at=at + timedelta(minutes=number // 4)))
        for number in range(23)
    }
    seen: list[str] = []
    after = None
    while True:
        with store.reading() as transaction:
            found = list_page(transaction, Group.CALL_FIRST, Filters(), after=after, most=5)
        seen += [item.id for item in found.items]
        after = found.next
        if after is None:
            break
        send(store, call_first=1, **due(Step.HELP, -9))  # one that sorts before does not shift the page
    assert len(seen) == len(set(seen)) == 23
    assert set(seen) == sent


def test_the_next_page_is_a_link(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.desk.submissions.listing.ON_A_PAGE", 2)
    monkeypatch.setattr("screening.desk.submissions.listing.AT_FIRST", 1)
    codes = [code_of(empty_desk.store, send(empty_desk.store, 9 - number)) for number in range(5)]
    assert shown(empty_desk.get("/desk/")) == {"Later": codes[:1]}
    assert shown(empty_desk.follow("Show all 5")) == {"Later": codes[:2]}
    assert shown(empty_desk.follow("Next page")) == {"Later": codes[2:4]}
    assert shown(empty_desk.follow("Next page")) == {"Later": codes[4:]}
    assert not [element for element in empty_desk.page.all("a") if element.text == "Next page"]
    assert shown(empty_desk.follow("To the beginning")) == {"Later": codes[:2]}


@pytest.mark.parametrize("after", ["x", "1.20261122T000000+0000", "1.99999999T999999+0000.x", "x.y.z", "' OR 1=1"])
def test_a_made_up_place_in_the_list_is_its_beginning_or_past_its_end(empty_desk: Desk, after: str) -> None:
    code = code_of(empty_desk.store, send(empty_desk.store, 1))
    found = empty_desk.get("/desk/?" + f"group=later&after={after}".replace("+", "%2B").replace(" ", "%20"))
    assert shown(found) in ({"Later": [code]}, {"Later": []})


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

    filters = Filters(section="fibrosis", language="ms", assignee=("x", "nobody"), who="other")
    with store.reading() as transaction:
        event.listen(store.database.engine, "before_cursor_execute", note)
        try:
            group_sizes(transaction, filters)
            for group in Group:
                list_page(transaction, group, filters, after=ListKey(now(), "x"))
        finally:
            event.remove(store.database.engine, "before_cursor_execute", note)
        selects = [query for query in items if "FROM submission" in query[0] and "count" not in query[0][:12]]
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


# --- several at once ---


def mark(desk: Desk, *ids: str) -> list[str]:
    """The values by which rows are marked on the page that is shown."""
    boxes = [field["value"] for field in desk.page.all("input", name="marked")]
    return [box for box in boxes if box.split(".")[0] in ids]


def test_several_are_given_to_a_colleague_and_taken(empty_desk: Desk) -> None:
    store, colleague = empty_desk.store, add(empty_desk.store, Role.CLINICIAN, "Ravi")
    sent = [send(store, number) for number in range(3)]
    empty_desk.get("/desk/")
    told = empty_desk.submit(
        {"marked": mark(empty_desk, *sent[:2]), "action": "give", "to": colleague}, action="/several"
    )
    assert "2 were given to Ravi." in told.one("p", class_="remark-box").text
    assert [owner(empty_desk, identity) for identity in sent] == [colleague, colleague, None]
    told = empty_desk.submit({"marked": mark(empty_desk, sent[0]), "action": "take"}, action="/several")
    assert "1 is yours now." in told.one("p", class_="remark-box").text
    assert owner(empty_desk, sent[0]) == add(store, Role.COORDINATOR)
    assert shown(empty_desk.get("/desk/?assignee=me")) == {"Later": [code_of(store, sent[0])]}


def owner(desk: Desk, submission_id: str) -> str | None:
    """Who has it."""
    with desk.store.reading() as transaction:
        row = row_of(transaction, submission_id)
    assert row is not None
    return row.assignee_id


def test_several_are_closed_for_three_reasons_alone_and_never_where_a_warning_stands(empty_desk: Desk) -> None:
    store = empty_desk.store
    calm, warned, changed = send(store, 3), send(store, 2, call_first=1), send(store, 1)
    empty_desk.get("/desk/")
    marks = mark(empty_desk, calm, warned, changed)
    empty_desk.submit({"marked": marks, "action": "close", "reason": "answered"}, action="/several")
    assert states(empty_desk, calm, warned, changed) == [State.NEW] * 3
    store.write(lambda transaction: change(transaction, open_submission(transaction, changed)))
    told = empty_desk.submit({"marked": marks, "action": "close", "reason": "duplicate"}, action="/several")
    said = told.one("p", class_="remark-box").text
    assert "1 was closed: Sent twice." in said
    assert "1 was changed by somebody meanwhile" in said
    assert "1 has a warning" in said
    assert states(empty_desk, calm, warned, changed) == [State.CLOSED, State.NEW, State.NEW]


def states(desk: Desk, *ids: str) -> list[str]:
    """Where they stand."""
    with desk.store.reading() as transaction:
        return [row.state for identity in ids if (row := row_of(transaction, identity))]


def test_enter_in_the_form_for_several_does_nothing(empty_desk: Desk) -> None:
    sent = send(empty_desk.store, 3)
    form = empty_desk.get("/desk/").one("form", id="several")
    first = form.all("button")[0]
    assert not first["name"]
    empty_desk.submit({"marked": mark(empty_desk, sent), "reason": "duplicate"}, action="/several")
    assert states(empty_desk, sent) == [State.NEW]


def test_the_call_list_has_names_and_numbers_and_nothing_of_health(empty_desk: Desk) -> None:
    store, number = empty_desk.store, "+60123456789"
    row = {"name": "Siti", "channel": "phone", "safety": ["Black stool"], UNCONFIRMED_CALLER: True}
    send(store, 2, reach=number, row=row, call_first=1)
    send(store, 1, reach="mei@example.com", row={"name": "Mei", "channel": "email"}, **due(Step.CALL_BACK, -1))
    for age in range(41):
        other = {"name": f"N{age}", "channel": "phone"}
        send(store, age, reach=f"+601234567{age:02}", row=other, **due(Step.CALL_BACK, -2))
    empty_desk.get("/desk/")
    page = empty_desk.submit(action="/call-list")
    tables = [table.one("tbody").all("tr") for table in page.all("table")]
    assert [len(rows) for rows in tables] == [20, 20]
    assert [row.all("td")[0].text for rows in tables for row in rows] == [str(place) for place in range(1, 41)]
    assert tables[0][0].one("th").text == "Siti Caller not confirmed"
    assert page.text.count("Caller not confirmed") == 1
    assert number in tables[0][0].text
    assert "More are to be called today than stand here." in page.text
    main = page.one("main").text
    assert [hidden for hidden in ("Mei", "Black stool", "fibrosis", "scarring") if hidden in main] == []
    with store.reading() as transaction:
        query = select(audit.c.subject).where(audit.c.action == "call_list")
        assert list(transaction.connection.execute(query).scalars()) == ["40"]
