"""Finding at the desk: one field for code, number, e-mail address and name, which tells nobody what was typed."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.schema import audit
from screening.storage.submissions.record.records import State
from screening.storage.submissions.record.reference_codes import code_from
from tests.support.desk import Desk, signed_in
from tests.support.desk_submissions import clear, code_of, send
from tests.support.page import Element

ARABIC = "".join(chr(0x660 + int(digit)) for digit in "0123456789")


@pytest.fixture
def empty_desk(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator where nothing was sent yet."""
    clear(coordinator.store)
    coordinator.get("/desk/")
    yield coordinator
    clear(coordinator.store)


def find(desk: Desk, typed: str, *, status: int = 200) -> Element:
    return desk.submit({"find": typed}, action="/find", status=status)


def found(desk: Desk, typed: str) -> list[str]:
    """The codes that are listed for what was typed."""
    return [row.one("a").text.split(" ")[-1] for row in find(desk, typed).one("main").all("th", scope="row")]


def entries(desk: Desk) -> list[str]:
    """How many names were shown, by each entry of the audit."""
    with desk.store.reading() as transaction:
        query = select(audit.c.subject).where(audit.c.action == "names_listed").order_by(audit.c.number)
        return list(transaction.connection.execute(query).scalars())


@pytest.mark.parametrize("spelled", ["{}", " {} ", "\u2013", "\u30fc", ".", "wide"])
def test_a_code_opens_its_submission_however_it_is_typed(empty_desk: Desk, spelled: str) -> None:
    sent = send(empty_desk.store, 1)
    code = code_of(empty_desk.store, sent)
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    typed = {"wide": wide, "{}": code.lower(), " {} ": f" {code.replace('-', ' ')} "}.get(spelled)
    token = empty_desk.page.all("input", name="csrf_token")[0]["value"]
    fields = {"find": typed or code.replace("-", spelled), "csrf_token": token}
    assert empty_desk.raw("/desk/find", "POST", fields).headers["Location"] == f"/desk/submissions/{sent}"


@pytest.mark.parametrize(
    "typed",
    [
        "+60 12-345 6789",
        "0060123456789",
        "012 345 6789",
        "(012)\u20113456789",
        ARABIC,
    ],
)
def test_a_number_is_found_in_any_spelling_of_closed_ones_too(empty_desk: Desk, typed: str) -> None:
    store = empty_desk.store
    closed = send(store, 5, reach="+60123456789", state=State.CLOSED, ended_at=now())
    open_one = send(store, 9, reach="+60123456789")
    send(store, 1, reach="+60123456780")
    assert found(empty_desk, typed) == [code_of(store, open_one), code_of(store, closed)]
    assert "Closed" in empty_desk.page.one("table").text


def test_an_address_is_found_by_itself_alone(empty_desk: Desk) -> None:
    sent = send(empty_desk.store, 1, reach="siti@example.com", row={"name": "Siti"})
    assert found(empty_desk, " siti@EXAMPLE.com ") == [code_of(empty_desk.store, sent)]
    assert found(empty_desk, "siti@example.org") == []
    assert "This is no code" in find(empty_desk, "siti@", status=400).text


def test_a_name_is_listed_with_rows_as_the_list_has_them(empty_desk: Desk) -> None:
    sent = send(empty_desk.store, 0, row={"name": "Nurul Aina binti Hassan", "safety": ["Black stool"]})
    send(empty_desk.store, 1, row={"name": "Hassan Nasrul"})
    assert found(empty_desk, "has nurul") == [code_of(empty_desk.store, sent)]
    row = empty_desk.page.one("tbody").text
    for text in ("Nurul Aina binti Hassan", "Black stool", "scarring (fibrosis)", "today", "First call", "Nobody"):
        assert text in row, text
    assert empty_desk.page.one("input", id="find")["value"] == "has nurul"


@pytest.mark.parametrize("typed", ["Ali", "+60123456789", "012-345 6789"])
def test_what_is_gone_or_asked_to_be_deleted_is_not_told(empty_desk: Desk, typed: str) -> None:
    for columns in ({"state": State.RESTRICTED}, {"state": State.WITHDRAWN, "data_key_wrapped": None}):
        send(empty_desk.store, 1, reach="+60123456789", row={"name": "Ali"}, **columns)
    assert found(empty_desk, typed) == []
    assert "Nothing fits" in empty_desk.page.text


@pytest.mark.parametrize("typed", ["", "a", "2A2-222-223", "12", "---", "\u0000", "x" * 3 + "1"])
def test_what_means_nothing_is_said(empty_desk: Desk, typed: str) -> None:
    if not typed.strip():
        assert "Type at the top" in find(empty_desk, typed).text
        return
    page = find(empty_desk, typed, status=400)
    assert "nine letters and digits" in page.one(id="error-summary").text
    assert page.one(id="error-summary").one("a")["href"] == "#find"


def test_a_code_that_leads_nowhere_is_said(empty_desk: Desk) -> None:
    assert (
        "nothing with this code" in find(empty_desk, code_from(b"nowhere 2"), status=400).one(id="error-summary").text
    )


def test_at_most_fifty_are_listed_and_it_says_that_there_are_more(empty_desk: Desk) -> None:
    for number in range(52):
        send(empty_desk.store, number, row={"name": "Ali"})
    assert len(found(empty_desk, "ali")) == 50
    assert "More than 50 fit" in empty_desk.page.text


def test_each_listing_is_one_entry_of_the_audit_with_a_number_and_no_name(empty_desk: Desk) -> None:
    for name in ("Zebedee One", "Zebedee Two"):
        send(empty_desk.store, 1, row={"name": name})
    before = entries(empty_desk)
    find(empty_desk, "zebedee")
    assert entries(empty_desk) == [*before, "2"]
    find(empty_desk, "zebedee three")
    assert entries(empty_desk) == [*before, "2", "0"]
    find(empty_desk, "12", status=400)
    assert entries(empty_desk) == [*before, "2", "0"]


def test_what_was_typed_is_in_no_address_no_log_and_no_readable_cookie(
    empty_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    send(empty_desk.store, 1, row={"name": "Zebedee"})
    page = find(empty_desk, "zebedee")
    assert empty_desk.path == "/desk/find"
    assert "zebedee" not in page.one("title").text.lower()
    assert "zebedee" not in caplog.text.lower()
    kept = empty_desk.client.get_cookie("search")
    assert kept is not None
    assert kept.http_only
    assert "zebedee" not in kept.value.lower()
    assert found_again(empty_desk) == ["Zebedee"]


def found_again(desk: Desk) -> list[str]:
    """The names that the page lists when it is opened anew."""
    return [row.one("a").text.rsplit(" ", 1)[0] for row in desk.get("/desk/find").all("th", scope="row")]


def test_another_colleague_in_the_same_browser_finds_nothing_waiting(empty_desk: Desk, app: Flask) -> None:
    send(empty_desk.store, 1, row={"name": "Zebedee"})
    find(empty_desk, "zebedee")
    kept = empty_desk.client.get_cookie("search")
    assert kept is not None
    other = signed_in(app, Role.CLINICIAN)
    other.client.set_cookie("search", kept.value)
    assert found_again(other) == []
    other.client.set_cookie("search", "x" * 40)
    assert found_again(other) == []


def test_a_manager_finds_nothing_and_has_no_field(manager: Desk) -> None:
    assert manager.raw("/desk/find").status_code == 403
    assert not manager.get("/desk/overview").all("input", id="find")
    token = manager.page.all("input", name="csrf_token")[0]["value"]
    assert manager.raw("/desk/find", "POST", {"find": "Ali", "csrf_token": token}).status_code == 403


def test_the_field_stands_on_every_page_of_who_reads(empty_desk: Desk) -> None:
    for path in ("/desk/", "/desk/overview", "/desk/account", "/desk/find", "/desk/idle/"):
        assert empty_desk.get(path).all("input", id="find"), path
