"""Filters that somebody saves for themselves: several values by name, shown to nobody else, and forgotten again."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from screening.storage.accounts.saved_filters import (
    MOST_FILTERS,
    MOST_LETTERS,
    NameTakenError,
    TooManyFiltersError,
    forget_filter,
    rename_filter,
    save_filter,
    saved_filters,
)
from screening.storage.accounts.staff import Role
from screening.storage.database.account_tables import saved_filter
from screening.storage.database.schema import audit
from screening.storage.store import StoreTransaction
from tests.support.desk import Desk, add, signed_in

CHOSEN = "/desk/?step=call_back&step=wait&best_time=morning&assignee=me"


def forget_all(desk: Desk) -> None:
    desk.store.write(lambda transaction: transaction.connection.execute(saved_filter.delete()))


@pytest.fixture
def choosing(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator who has chosen filters with several values, and saved none."""
    forget_all(coordinator)
    coordinator.get(CHOSEN)
    yield coordinator
    forget_all(coordinator)


def own(desk: Desk) -> dict[str, dict[str, list[str]]]:
    """What the list offers under which name: the values of its address."""
    links = [link for link in desk.page.one("p", class_="whose").all("a") if link["translate"] == "no"]
    return {link.text: parse_qs(urlsplit(link["href"]).query) for link in links}


def test_several_values_are_kept_under_a_name_and_lead_back_to_the_same_list(choosing: Desk) -> None:
    choosing.submit({"name": "  My  mornings "}, action="assignee=" + add(choosing.store, Role.COORDINATOR))
    kept = own(choosing)["My mornings"]
    assert (sorted(kept["step"]), kept["best_time"]) == (["call_back", "wait"], ["morning"])
    choosing.get("/desk/")
    assert list(own(choosing)) == ["My mornings"]
    page = choosing.follow("My mornings")
    checked = {box["value"] for box in page.all("input", type="checkbox") if box.has("checked")}
    assert checked == {"call_back", "wait", "morning", add(choosing.store, Role.COORDINATOR)}
    chosen = next(link for link in page.all("a") if link.text == "My mornings")
    assert chosen["aria-current"] == "true"
    choosing.submit(action="/forget")
    assert own(choosing) == {}


def test_nobody_else_sees_or_forgets_it_and_the_audit_says_nothing(app: Flask, choosing: Desk) -> None:
    def entries() -> int:
        with choosing.store.reading() as transaction:
            return int(transaction.connection.execute(select(func.count()).select_from(audit)).scalar_one())

    other = signed_in(app, Role.CLINICIAN, "Ravi")
    before = entries()
    choosing.submit({"name": "Only mine of Zuraidah"}, action="assignee=" + add(choosing.store, Role.COORDINATOR))
    assert entries() == before
    other.get("/desk/")
    assert own(other) == {}
    assert "Only mine of Zuraidah" not in other.page.text
    with choosing.store.reading() as transaction:
        (row,) = transaction.connection.execute(select(saved_filter)).all()
    assert b"Zuraidah" not in row.content_sealed
    token = other.page.all("input", name="csrf_token")[0]["value"]
    other.raw(f"/desk/filters/{row.id}/forget", "POST", {"csrf_token": token})
    choosing.get("/desk/")
    assert list(own(choosing)) == ["Only mine of Zuraidah"]


@pytest.mark.parametrize(("path", "name"), [("/desk/", "All"), (CHOSEN, "  ")])
def test_a_name_without_filters_and_filters_without_a_name_are_told(choosing: Desk, path: str, name: str) -> None:
    token = choosing.get(path).all("input", name="csrf_token")[0]["value"]
    answer = choosing.raw("/desk/filters/?" + urlsplit(path).query, "POST", {"csrf_token": token, "name": name})
    assert answer.status_code == 400
    assert "Choose filters, and type a name for them." in answer.text
    choosing.get(path)
    assert own(choosing) == {}


def keep(desk: Desk, name: str, path: str = CHOSEN, status: int = 200) -> None:
    """Choose the filters of an address and keep them under a name."""
    desk.get(path)
    desk.submit(
        {"name": name}, action=urlsplit(desk.page.one("form", class_="keep-filter")["action"]).query, status=status
    )


def test_there_are_not_more_than_can_be_looked_through(choosing: Desk) -> None:
    who = add(choosing.store, Role.COORDINATOR)

    def fill(transaction: StoreTransaction) -> None:
        for number in range(MOST_FILTERS):
            save_filter(transaction, who, str(number), {"step": ("wait",)})

    choosing.store.write(fill)
    keep(choosing, "one more", status=400)
    assert f"You have saved {MOST_FILTERS} filters" in choosing.page.text
    assert choosing.page.one("input", id="filter-name")["value"] == "one more"
    assert "one more" not in own(choosing)


def test_a_name_that_is_used_again_says_that_it_means_other_filters_now(choosing: Desk) -> None:
    keep(choosing, "Mine")
    assert "took the place" not in choosing.page.text
    keep(choosing, "Mine", "/desk/?step=papers")
    assert "took the place of those that you had kept under that name" in choosing.page.text
    assert own(choosing) == {"Mine": {"step": ["papers"]}}
    assert "took the place" not in choosing.get("/desk/").text


def test_it_is_given_another_name_and_keeps_its_place_and_its_filters(choosing: Desk) -> None:
    keep(choosing, "Papers", "/desk/?step=papers")
    keep(choosing, "Mornings")
    choosing.get("/desk/")
    before = own(choosing)
    choosing.follow("Papers")
    assert choosing.page.one("input", id="filter-name")["value"] == "Papers"
    choosing.submit({"name": " Those  with papers "}, action="/rename?step=papers")
    renamed = [("Those with papers" if name == "Papers" else name, values) for name, values in before.items()]
    assert list(own(choosing).items()) == renamed
    assert choosing.path == "/desk/?step=papers"
    choosing.submit({"name": "Those with papers"}, action="/rename?step=papers")  # its own name is not taken
    assert list(own(choosing).items()) == renamed


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Mornings", "You keep other filters as “Mornings” already: type another name."),
        (" ", "Type the name that these filters are to have."),
    ],
)
def test_a_name_that_is_taken_or_empty_is_refused_and_stays_to_be_changed(
    choosing: Desk, typed: str, told: str
) -> None:
    keep(choosing, "Mornings")
    keep(choosing, "Papers", "/desk/?step=papers")
    choosing.submit({"name": typed}, action="/rename?step=papers", status=400)
    assert choosing.page.one("title").text.startswith("Error:")
    assert told in choosing.page.one(id="error-summary").text
    field = choosing.page.one("input", id="filter-name")
    assert (field["value"], field["aria-describedby"]) == (typed.strip(), "filter-name-error")
    assert set(own(choosing)) == {"Mornings", "Papers"}


def test_nobody_renames_that_of_a_colleague_who_may_use_the_same_name(app: Flask, choosing: Desk) -> None:
    keep(choosing, "Papers", "/desk/?step=papers")
    action = next(form["action"] for form in choosing.page.all("form") if "/rename" in form["action"])
    other = signed_in(app, Role.CLINICIAN, "Ravi")
    forget_own = {"csrf_token": other.get("/desk/").all("input", name="csrf_token")[0]["value"]}
    assert other.raw(action, "POST", {**forget_own, "name": "Stolen"}).status_code == 303
    keep(other, "Papers", "/desk/?step=papers")
    assert list(own(other)) == ["Papers"]
    choosing.get("/desk/")
    assert list(own(choosing)) == ["Papers"]


def test_one_whose_colleague_has_left_is_still_chosen_and_forgotten(choosing: Desk) -> None:
    who = add(choosing.store, Role.COORDINATOR)
    choosing.store.write(
        lambda transaction: save_filter(transaction, who, "Theirs", {"step": ("wait", "papers"), "assignee": ("gone",)})
    )
    choosing.get("/desk/")
    choosing.follow("Theirs")
    assert {box["value"] for box in choosing.page.all("input") if box.has("checked")} == {"wait", "papers"}
    choosing.submit(action="/forget")
    assert own(choosing) == {}


NAMES = st.text(alphabet="ab 安é", min_size=1, max_size=MOST_LETTERS)
VALUES = st.dictionaries(st.sampled_from(["step", "who", "section"]), st.tuples(st.sampled_from("abc")), min_size=1)
ACTS = st.lists(
    st.tuples(st.sampled_from(["save", "forget", "rename"]), st.sampled_from([0, 1]), NAMES, VALUES, NAMES), max_size=30
)


def apply(transaction: StoreTransaction, people: list[str], acts: list[tuple], known: list[dict]) -> None:  # type: ignore[type-arg]
    """Do what the acts say to the store and to what is known of it."""
    for kind, number, name, values, other in acts:
        mine, who = known[number], people[number]
        if kind == "save":
            if name not in mine and len(mine) >= MOST_FILTERS:
                with pytest.raises(TooManyFiltersError):
                    save_filter(transaction, who, name, values)
                continue
            assert save_filter(transaction, who, name, values) == (name in mine)
            mine[name] = values
            continue
        for saved in saved_filters(transaction, who):
            forget_filter(transaction, people[1 - number], saved.id)  # not theirs: nothing happens
            rename_filter(transaction, people[1 - number], saved.id, other)
            if saved.name != name:
                continue
            if kind == "forget":
                forget_filter(transaction, who, saved.id)
                mine.pop(name)
            elif other in mine and other != name:
                with pytest.raises(NameTakenError):
                    rename_filter(transaction, who, saved.id, other)
            else:
                rename_filter(transaction, who, saved.id, other)
                mine[other] = mine.pop(name)


@pytest.mark.slow
@given(ACTS)
def test_whatever_two_people_save_rename_and_forget_each_has_their_own_last_ones(app: Flask, acts: list[tuple]) -> None:  # type: ignore[type-arg]
    desk = Desk(app)
    people = [add(desk.store, Role.COORDINATOR, name) for name in ("Saver", "Another saver")]
    expected: list[dict[str, dict[str, tuple[str, ...]]]] = [{}, {}]

    def act(transaction: StoreTransaction) -> None:
        for who in people:
            for saved in saved_filters(transaction, who):
                forget_filter(transaction, who, saved.id)
        for known in expected:
            known.clear()
        apply(transaction, people, acts, expected)

    desk.store.write(act)
    with desk.store.reading() as transaction:
        found = [{saved.name: dict(saved.values) for saved in saved_filters(transaction, who)} for who in people]
    assert found == expected
