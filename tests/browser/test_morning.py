"""A morning at the desk in a real browser: forty submissions, every way in which a call ends, and what it takes.

A press is whatever a coordinator presses or ticks from the list on; typing is none. The telephone is
pressed too, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Dialog, Locator, Page, expect
from sqlalchemy import update

from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.schema import submission
from screening.storage.submissions.person.amendments import withdraw
from tests.browser.conftest import WAIT
from tests.browser.faults import WIDTHS, faults
from tests.support.app_server import served_here
from tests.support.desk import Desk, signed_in
from tests.support.pdf import pages_of
from tests.support.stores import PAIR
from tests.support.submissions import EARLY, FIBROSIS, LATE, UNCLEAR, send
from tests.support.web_fixtures import make_app

pytestmark = pytest.mark.slow
CASES = (EARLY, FIBROSIS, LATE, UNCLEAR)
TRIES = {
    "no_answer": "No answer",
    "busy": "Busy, cut off",
    "somebody_else": "Somebody else",
    "left_message": "Left a message",
}
MOST_TABS = 40
"""From the top of a page to the first button of the call."""


@dataclass
class Morning:
    """A coordinator at a window, and how often something was pressed since the list was shown."""

    page: Page
    desk: Desk
    presses: int = 0
    opened: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        """From the list, the row of somebody."""
        self.page.goto("/desk/?group=" + ("call_first" if name.startswith("Unclear") else "later"))
        self.presses = 0
        self.press(self.page.get_by_role("link", name=re.compile(f"^{name}\\b")))

    def call(self) -> None:
        """The telephone itself is not there: that its link is, and one press."""
        expect(self.page.locator("#head a.button")).to_have_attribute("href", re.compile(r"^tel:"))
        self.presses += 1

    def press(self, what: Locator) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            what.click()
        self.presses += 1

    def outcome(self, name: str) -> None:
        """Say how the call ended."""
        self.press(self.page.locator(f"#try button[value={name}]"))

    def check(self, word: str) -> None:
        """Type what they said and check it."""
        self.page.fill("#word", word)
        self.press(self.page.locator(".checking button").first)

    def confirm(self) -> None:
        """Call the stored number and hear the right word."""
        self.press(self.page.get_by_role("button", name=re.compile("^I call")))
        self.check(PAIR.person)

    @property
    def feed(self) -> str:
        """What happened."""
        return self.page.inner_text("#feed")


@dataclass(frozen=True)
class Clinic:
    """A server with what was sent over the weekend, and a coordinator who has signed in."""

    url: str
    app: Flask
    desk: Desk
    ids: dict[str, str]
    """Of each submission by the name of the person."""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    app = make_app(tmp_path_factory.mktemp("morning"))
    desk = signed_in(app, Role.COORDINATOR)
    kinds = ("Early", "Fibrosis", "Late", "Unclear")
    names = [(f"{kinds[number % 4]} {number // 4}", CASES[number % 4]) for number in range(40)]
    ids = {name: send(desk.store, case, name=name).id for name, case in names}
    with served_here(app) as url:
        yield Clinic(url, app, desk, ids)


@pytest.fixture
def morning(browser: Browser, clinic: Clinic) -> Iterator[Morning]:
    context = browser.new_context(base_url=clinic.url, bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    context.add_cookies([{"name": "desk", "value": clinic.desk.cookie(), "url": clinic.url}])
    yield Morning(context.new_page(), clinic.desk)
    context.close()


def test_whoever_is_not_reached_takes_three_presses_and_the_next_one_opens(morning: Morning, clinic: Clinic) -> None:
    for number, (outcome, words) in enumerate(TRIES.items()):
        name = f"Early {number}"
        morning.open(name)
        morning.page.fill("#note", f"Heard of {name}.")
        morning.call()
        morning.outcome(outcome)
        assert morning.presses == 3, outcome
        assert clinic.ids[name] not in morning.page.url
        expect(morning.page.locator(".done")).to_contain_text(f"{words}. It is kept.")
        morning.page.goto(f"/desk/submissions/{clinic.ids[name]}")
        assert f"Heard of {name}." in morning.feed
        expect(morning.page.locator("#head")).to_contain_text("Call back: try 2 of 3")


def test_a_wrong_number_is_not_tried_again_and_a_slip_is_taken_back(morning: Morning, clinic: Clinic) -> None:
    morning.open("Early 4")
    morning.call()
    morning.outcome("wrong_number")
    assert morning.presses == 3
    morning.press(morning.page.locator(".done button"))
    assert clinic.ids["Early 4"] in morning.page.url
    expect(morning.page.locator("#head")).to_contain_text("First call")
    morning.outcome("wrong_number")
    morning.page.goto(f"/desk/submissions/{clinic.ids['Early 4']}")
    expect(morning.page.locator("#head")).to_contain_text("Number wrong: ask by another way")


def test_a_call_back_with_the_right_word_takes_five_presses(morning: Morning) -> None:
    morning.open("Fibrosis 0")
    morning.call()
    morning.confirm()
    expect(morning.page.locator("#check")).to_contain_text("the caller is confirmed")
    morning.page.fill("#day", "2031-03-03")
    morning.page.fill("#time", "10:30")
    morning.outcome("call_back")
    assert morning.presses == 5
    expect(morning.page.locator("#head")).to_contain_text("due 3 Mar, 10:30")
    expect(morning.page.locator(".done button")).to_be_in_viewport()
    assert faults(morning.page, WIDTHS[:1]) == []


def test_a_full_call_settles_two_answers_and_asks_for_two_papers(morning: Morning, clinic: Clinic) -> None:
    morning.open("Unclear 0")
    morning.call()
    morning.confirm()
    for question, value in (("told", "fibrosis"), ("transplant_talk", "not_discussed")):
        option = morning.page.locator(f"#settling input[value={value}]").get_attribute("id")
        morning.page.locator(f"#settling label[for='{option}']").click()
        morning.presses += 1
        morning.page.fill(f"#told-words-{question}", "So her doctor said.")
    morning.press(morning.page.get_by_role("button", name="Keep the answers"))
    for box in morning.page.locator("#try [name=paper]").all()[:2]:
        box.check()
    morning.presses += 2
    morning.outcome("papers")
    assert morning.presses == 10
    assert clinic.ids["Unclear 0"] in morning.page.url
    assert morning.feed.count("Settled an answer on the telephone") == 2
    expect(morning.page.locator("#head")).to_contain_text("They bring papers")
    expect(morning.page.locator("#settling fieldset").first).to_be_visible()
    assert faults(morning.page, WIDTHS[:1]) == []


def test_another_word_tells_nothing_and_a_lost_one_asks_for_nothing(morning: Morning) -> None:
    morning.open("Late 0")
    morning.call()
    morning.press(morning.page.get_by_role("button", name=re.compile("^I call")))
    morning.check(PAIR.clinic)
    expect(morning.page.locator("#check")).to_contain_text("This is not the word of")
    morning.press(morning.page.get_by_role("button", name="They have no word"))
    expect(morning.page.locator("#check")).to_contain_text("The word is lost")
    morning.page.fill("#note", "She looks for the paper.")
    morning.outcome("papers")
    expect(morning.page.locator("#error-summary")).to_contain_text("It is not known that this is the person")
    expect(morning.page.locator("#note")).to_have_value("She looks for the paper.")
    morning.page.fill("#day", "2031-03-03")
    morning.outcome("call_back")
    assert "She looks for the paper." in morning.feed


def test_an_emergency_takes_three_presses_and_is_taken_back_only_with_a_note(morning: Morning, clinic: Clinic) -> None:
    morning.open("Fibrosis 1")
    morning.call()
    morning.press(morning.page.locator("#try button.urgent"))
    assert morning.presses == 3
    expect(morning.page.locator("main")).to_contain_text("999")
    assert faults(morning.page, WIDTHS[:1]) == []
    morning.page.goto("/desk/")
    expect(morning.page.locator("tbody tr").first).to_contain_text("Emergency on the call")
    morning.page.goto(f"/desk/submissions/{clinic.ids['Fibrosis 1']}")
    mistake = morning.page.get_by_role("button", name="Take the emergency back")
    morning.page.get_by_text("It was no emergency", exact=True).click()
    morning.press(mistake)
    assert "Error" in morning.page.title()
    morning.page.fill("#mistake", "The radio spoke of blood.")
    morning.press(mistake)
    expect(morning.page.locator("#head")).to_contain_text("First call")


def test_it_is_given_away_and_two_who_write_at_once_lose_nothing(morning: Morning, clinic: Clinic) -> None:
    other = signed_in(clinic.app, Role.CLINICIAN, "Ravi")
    path = f"/desk/submissions/{clinic.ids['Fibrosis 2']}"
    morning.open("Fibrosis 2")
    morning.page.fill("#note", "He calls back at noon.")
    other.get(path)
    other.submit({"note": "I called him at nine."}, action="/note")
    morning.outcome("left_message")
    expect(morning.page.get_by_role("alert")).to_contain_text("I called him at nine.")
    expect(morning.page.locator("#note")).to_have_value("He calls back at noon.")
    morning.outcome("left_message")
    morning.page.goto(path)
    assert "He calls back at noon." in morning.feed
    morning.page.select_option("select[name=to]", label="Ravi")
    morning.press(morning.page.get_by_role("button", name="Give it"))
    expect(morning.page.locator("#head")).to_contain_text("with Ravi")


def test_whoever_takes_it_back_in_the_middle_is_not_called_and_the_note_is_shown(
    morning: Morning, clinic: Clinic
) -> None:
    morning.open("Late 1")
    morning.page.fill("#note", "She is not at home.")
    clinic.desk.store.write(lambda transaction: withdraw(transaction, clinic.ids["Late 1"]))
    morning.outcome("no_answer")
    expect(morning.page.locator("main")).to_contain_text("She is not at home.")
    morning.page.goto("/desk/?group=later")
    assert "Late 1" not in morning.page.inner_text("main")


def tab_to(page: Page, what: str, most: int) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached by {most} tabs; {page.evaluate('document.activeElement.outerHTML')}")


def key(page: Page, name: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(name)


def test_a_whole_call_is_made_by_keyboard_alone(morning: Morning, clinic: Clinic) -> None:
    page, sent = morning.page, clinic.ids["Unclear 1"]
    page.goto("/desk/?group=call_first")
    tab_to(page, f"a[href$='{sent}']", 200)
    key(page, "Enter")
    tab_to(page, "#head a[href^='tel:']", MOST_TABS)
    tab_to(page, "#try button[value=no_answer]", MOST_TABS)
    tab_to(page, "#call-who button[formaction$='/dialled']", MOST_TABS)
    key(page, "Space")
    tab_to(page, "#word", MOST_TABS)
    page.keyboard.type(PAIR.person)
    key(page, "Enter")
    expect(page.locator("#check")).to_contain_text("the caller is confirmed")
    tab_to(page, "#settling [name=told-told]", MOST_TABS)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.type("So her doctor said.")
    tab_to(page, "#settling button[formaction$='/answers']", MOST_TABS)
    key(page, "Space")
    assert morning.feed.count("Settled an answer on the telephone") == 1
    page.goto(f"/desk/submissions/{sent}")
    tab_to(page, "#try [name=paper]", MOST_TABS)
    page.keyboard.press("Space")
    tab_to(page, "#try button[value=papers]", MOST_TABS)
    key(page, "Space")
    expect(page.locator("#head")).to_contain_text("They bring papers")


def test_whoever_leaves_what_they_typed_is_asked_first_and_a_button_of_the_page_asks_nothing(
    morning: Morning, clinic: Clinic
) -> None:
    page, asked = morning.page, list[str]()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"/desk/submissions/{clinic.ids['Late 4']}")
    page.locator("#note").type("Half a sentence")
    page.get_by_role("link", name="Overview").click(no_wait_after=True)
    expect(page.locator("#note")).to_have_value("Half a sentence")
    assert asked == ["beforeunload"]
    with page.expect_navigation():
        page.locator("button[formaction$='/take']").click()
    assert asked == ["beforeunload"]
    expect(page.locator("#note")).to_have_value("Half a sentence")


def test_enter_in_any_field_of_the_call_keeps_nothing_and_loses_nothing(morning: Morning, clinic: Clinic) -> None:
    morning.page.goto(f"/desk/submissions/{clinic.ids['Late 3']}")
    morning.page.fill("#note", "Half a sentence")
    morning.page.locator("#day").focus()
    with morning.page.expect_navigation():
        morning.page.keyboard.press("Enter")
    expect(morning.page.locator("#note")).to_have_value("Half a sentence")
    expect(morning.page.locator("#head")).to_contain_text("First call")
    assert "Nothing yet." in morning.feed


def test_forty_calls_of_a_day_are_printed_on_two_pages(morning: Morning, clinic: Clinic) -> None:
    store, today = clinic.desk.store, now() + timedelta(minutes=1)
    for number in range(40):
        send(store, EARLY, name=f"Siti Aminah binti Abdullah {number}")
    due = update(submission).where(submission.c.due_at.is_not(None)).values(due_at=today)
    store.write(lambda transaction: transaction.connection.execute(due))
    morning.page.goto("/desk/")
    morning.press(morning.page.get_by_role("button", name="Call list to print"))
    pages = pages_of(
        morning.page.pdf(format="A4", margin={"top": "1cm", "right": "1cm", "bottom": "1cm", "left": "1cm"})
    )
    assert ["Siti Aminah" in text for text in pages] == [True, True]
