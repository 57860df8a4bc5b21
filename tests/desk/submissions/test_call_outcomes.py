"""How a call ended: one press each, what is next by when, the next row, the note, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from screening.config.clinic_hours import USUAL_HOURS
from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.rows import SubmissionRow
from screening.storage.database.schema import event
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.next_steps.standing import undo
from screening.storage.submissions.next_steps.working_time import opening_time
from screening.storage.submissions.record.events import Event, events
from screening.storage.submissions.record.records import State, Step, change, open_submission, row_of
from tests.support.calls import call, confirm, press
from tests.support.desk import Desk, add, signed_in
from tests.support.desk_submissions import clear
from tests.support.submissions import EARLY, UNCLEAR, send


@pytest.fixture
def morning(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator with two submissions that nobody has called about."""
    clear(coordinator.store)
    for _ in range(2):
        send(coordinator.store, EARLY)
    yield coordinator
    clear(coordinator.store)


def first(desk: Desk) -> str:
    """Open the first submission of the list; its id."""
    desk.get("/desk/")
    address: str = desk.page.one("main").all("table")[0].one("tbody").all("a")[0]["href"]
    desk.get(address)
    return address.rsplit("/", 1)[1]


def latest(transaction: StoreTransaction, submission_id: str) -> Event:
    return events(transaction, open_submission(transaction, submission_id))[0]


def row(desk: Desk, submission_id: str) -> SubmissionRow:
    with desk.store.reading() as transaction:
        found = row_of(transaction, submission_id)
    assert found is not None
    return found


def test_no_answer_is_three_presses_and_the_next_one_of_the_list_opens(morning: Desk) -> None:
    called = first(morning)  # 1: open it
    assert morning.page.one(id="head").all("a", href="tel:+60123456789")  # 2: call
    press(morning, "no_answer", {"note": "The bell rang for long."})  # 3
    assert not morning.path.endswith(called)
    assert "/desk/submissions/" in morning.path
    said = morning.page.all(role="status")[0].text
    assert "No answer. It is kept." in said
    assert "Aminah" in said
    after = row(morning, called)
    assert (after.state, after.step, after.tries, after.contacted_at) == (State.TRIED, Step.CALL_BACK, 1, None)
    assert after.due_at is not None
    assert after.due_at > now()
    feed = morning.get(f"/desk/submissions/{called}").one(id="feed").text
    assert "The bell rang for long." in feed
    assert "No answer" in feed


@pytest.mark.slow
def test_tries_never_exceed_three_and_then_the_clinic_waits(morning: Desk) -> None:
    called = first(morning)
    for outcome in ("busy", "somebody_else", "left_message", "no_answer", "no_answer"):
        morning.get(f"/desk/submissions/{called}")
        press(morning, outcome)
    after = row(morning, called)
    assert (after.step, after.tries) == (Step.WAIT, 3)


@pytest.fixture
def undecided(morning: Desk) -> str:
    """Somebody with a warning who did not answer three times."""
    called = first(morning)
    morning.store.write(
        lambda transaction: change(transaction, open_submission(transaction, called), call_first=1, row={})
    )
    for _ in range(3):
        morning.get(f"/desk/submissions/{called}")
        press(morning, "no_answer")
    return called


def decide(desk: Desk, submission_id: str, decision: str, status: int = 200) -> None:
    """Press what only clinicians are shown, as a form made by hand does."""
    form = desk.get(f"/desk/submissions/{submission_id}").one(id="work")
    fields = {"outcome": decision, "csrf_token": form.one("input", name="csrf_token")["value"]}
    fields |= {"revision": form.one("input", name="revision")["value"], "reason": "no_answer"}
    response = desk.raw(f"/desk/submissions/{submission_id}/outcome", "POST", fields)
    assert response.status_code == status


@pytest.mark.slow
def test_the_third_try_with_a_warning_goes_to_a_clinician_at_once_and_stays_on_top(
    morning: Desk, undecided: str
) -> None:
    after = row(morning, undecided)
    assert (after.state, after.step, after.tries, after.contacted_at) == (State.TRIED, Step.DECISION, 3, None)
    assert after.due_at is not None
    assert after.due_at <= opening_time(now(), USUAL_HOURS)
    listed = morning.get("/desk/").one("main").all("section")[0]
    assert listed.one("h2").text.startswith("Call first")
    assert "A clinician decides" in listed.text
    page = morning.get(f"/desk/submissions/{undecided}")
    assert not page.all("button", value="call_again")
    assert "A clinician decides" in page.one(id="head").text
    for decision in ("call_again", "wait", "close"):
        decide(morning, undecided, decision, 403)
    assert row(morning, undecided).step == Step.DECISION


@pytest.mark.slow
@pytest.mark.parametrize(("decision", "step"), [("call_again", Step.CALL_BACK), ("wait", Step.WAIT)])
def test_a_clinician_decides_and_it_stands_under_what_happened(
    app: Flask, morning: Desk, undecided: str, decision: str, step: Step
) -> None:
    clinician = signed_in(app, Role.CLINICIAN)
    clinician.get(f"/desk/submissions/{undecided}")
    press(clinician, decision, {"note": "I write to her doctor."})
    after = row(morning, undecided)
    assert (after.state, after.step, after.contacted_at) == (State.TRIED, step, None)
    assert after.due_at is not None
    assert after.due_at > now()
    feed = clinician.page.one(id="feed").text
    assert "Decided what is done" in feed
    assert "I write to her doctor." in feed
    decide(clinician, undecided, decision, 409)
    clinician.submit(action="/undo")
    assert row(morning, undecided).step == Step.DECISION


@pytest.mark.slow
def test_a_coordinator_may_call_all_the_same_and_says_what_is_next_once_they_are_reached(
    morning: Desk, undecided: str
) -> None:
    due = row(morning, undecided).due_at
    morning.get(f"/desk/submissions/{undecided}")
    press(morning, "busy")
    assert (row(morning, undecided).step, row(morning, undecided).due_at) == (Step.DECISION, due)
    confirm(morning, undecided)
    press(morning, "clinician")
    assert row(morning, undecided).step == Step.CLINICIAN


def test_where_nothing_follows_the_list_says_what_was_kept_once_and_takes_it_back(morning: Desk) -> None:
    called = first(morning)
    morning.follow("Next")
    press(morning, "close", {"reason": "duplicate"})
    morning.get(f"/desk/submissions/{called}")
    press(morning, "no_answer")
    assert morning.page.one("h1").text == "Submissions"
    assert "No answer. It is kept." in morning.page.one("main").text
    morning.submit(action=f"{called}/undo")
    assert row(morning, called).step == Step.FIRST_CALL
    assert "It is kept." not in morning.get("/desk/").text


def test_a_call_back_is_due_when_it_was_agreed_and_must_lie_ahead(morning: Desk) -> None:
    called = first(morning)
    then = (now() + timedelta(days=2)).astimezone()
    press(morning, "call_back", {"day": "2020-01-01", "time": "10:00", "note": "She asked."}, status=400)
    assert "must lie ahead" in morning.page.one(id="error-summary").text
    assert morning.page.one("textarea", id="note").text == "She asked."
    press(morning, "call_back", {"day": f"{then:%Y-%m-%d}", "time": f"{then:%H:%M}", "note": "She asked."})
    after = row(morning, called)
    assert (after.state, after.step, after.tries) == (State.IN_CONTACT, Step.CALL_BACK, 0)
    assert after.due_at == then.replace(second=0, microsecond=0)
    assert after.contacted_at is not None
    assert morning.path.endswith(f"{called}#head")


@pytest.mark.slow
@pytest.mark.parametrize(("outcome", "state"), [("papers", State.AWAITING_DOCUMENTS), ("answer", State.IN_CONTACT)])
def test_what_they_bring_or_answer_is_due_in_a_week(morning: Desk, outcome: str, state: State) -> None:
    called = first(morning)
    confirm(morning, called)
    press(morning, outcome)
    after = row(morning, called)
    assert (after.state, after.step) == (state, outcome)
    assert after.due_at is not None
    assert timedelta(days=6) < after.due_at - now() < timedelta(days=8)


def test_only_a_clinician_says_what_is_next_where_one_looks_at_it(app: Flask, morning: Desk) -> None:
    called = first(morning)
    confirm(morning, called)
    press(morning, "clinician")
    press(morning, "papers", {"note": "They sent them."}, status=403)
    assert row(morning, called).step == Step.CLINICIAN
    assert morning.page.one("textarea", id="note").text == "They sent them."
    clinician = signed_in(app, Role.CLINICIAN)
    clinician.get(f"/desk/submissions/{called}")
    press(clinician, "papers")
    assert row(morning, called).step == Step.PAPERS


def test_it_is_closed_only_with_a_reason_and_opened_again(morning: Desk) -> None:
    called = first(morning)
    press(morning, "close", {"note": "Sees her own doctor."}, status=400)
    press(morning, "close", {"reason": "turned_away"})
    after = row(morning, called)
    assert (after.state, after.reason, after.step, after.due_at) == (State.CLOSED, "turned_away", None, None)
    press(morning, "reopen")
    after = row(morning, called)
    assert (after.step, after.reason, after.ended_at) == (Step.FIRST_CALL, None, None)


@pytest.mark.parametrize(("reason", "is_reached"), [("answered", True), ("not_wanted", True), ("turned_away", False)])
def test_who_says_why_it_is_closed_was_reached(morning: Desk, reason: str, is_reached: bool) -> None:
    called = first(morning)
    press(morning, "close", {"reason": reason})
    assert (row(morning, called).contacted_at is not None) is is_reached


def test_whoever_is_reached_and_not_confirmed_is_called_back_and_asked_for_nothing(morning: Desk) -> None:
    called = first(morning)
    then = (now() + timedelta(days=2)).astimezone()
    call(morning, called)
    for outcome in ("papers", "answer"):
        press(morning, outcome, {"note": "She has no paper."}, status=400)
        assert morning.page.one("textarea", id="note").text == "She has no paper."
    assert row(morning, called).contacted_at is None
    press(morning, "call_back", {"day": f"{then:%Y-%m-%d}", "time": f"{then:%H:%M}"})
    after = row(morning, called)
    assert (after.state, after.contacted_at is None) == (State.IN_CONTACT, False)


def test_the_right_word_ends_tries_and_what_was_due_stays_due(morning: Desk) -> None:
    called = first(morning)
    press(morning, "no_answer")
    due = row(morning, called).due_at
    confirm(morning, called)
    after = row(morning, called)
    assert (after.state, after.step, after.tries, after.due_at) == (State.IN_CONTACT, Step.CALL_BACK, 0, due)
    assert after.contacted_at is not None


def test_enter_keeps_nothing_and_loses_nothing(morning: Desk) -> None:
    called = first(morning)
    before = row(morning, called)
    form = morning.page.one("form", id="work")
    assert form["action"].endswith("/draft")
    assert not form.all("button")[0]["formaction"]
    page = morning.submit({"note": "half a sentence", "day": "2031-01-02"}, action="/draft")
    assert page.one("textarea", id="note").text == "half a sentence"
    assert page.one("input", id="day")["value"] == "2031-01-02"
    assert "Nothing was kept yet" in page.text
    assert row(morning, called) == before


def test_ones_own_last_step_is_taken_back_for_ten_minutes_and_both_stand_in_what_happened(morning: Desk) -> None:
    called = first(morning)
    before = row(morning, called)
    press(morning, "wrong_number")
    assert row(morning, called).step == Step.OTHER_WAY
    assert "Take back: Wrong number" in morning.get(f"/desk/submissions/{called}").one(id="try").text
    morning.submit(action=f"{called}/undo")
    after = row(morning, called)
    assert (after.state, after.step, after.due_at, after.tries) == (State.NEW, Step.FIRST_CALL, before.due_at, 0)
    assert "It was taken back" in morning.page.text
    told = [entry.text for entry in morning.page.one(id="feed").all("li")]
    assert "Took back their last step" in told[0]
    assert "Tried to call" in told[1]


def test_what_is_old_of_another_or_was_followed_is_not_taken_back(app: Flask, morning: Desk) -> None:
    called = first(morning)
    press(morning, "busy")
    add(morning.store, Role.COORDINATOR, "Bakti")
    other = signed_in(app, Role.COORDINATOR, "Bakti")
    other.get(f"/desk/submissions/{called}")
    assert not other.page.all("button", formaction=f"/desk/submissions/{called}/undo")
    old = update(event).values(at=now() - timedelta(minutes=11))
    morning.get(f"/desk/submissions/{called}")
    undo = morning.page.all("button", formaction=f"/desk/submissions/{called}/undo")
    assert undo
    morning.store.write(lambda transaction: transaction.connection.execute(old))
    morning.submit(action=f"{called}/undo")
    assert "cannot be taken back any more" in morning.page.text
    assert row(morning, called).tries == 1


def test_an_emergency_by_mistake_is_taken_back_with_a_note(morning: Desk) -> None:
    called = first(morning)
    before = row(morning, called)
    morning.submit({"note": "He sounded confused."}, action="/emergency")
    noted = row(morning, called)
    assert (noted.step, noted.call_first) == (Step.HELP, (before.call_first or 0) + 1)
    page = morning.get(f"/desk/submissions/{called}")
    assert "He sounded confused." in page.one(id="feed").text
    assert not page.all("button", formaction=f"/desk/submissions/{called}/undo")
    with morning.store.reading() as transaction:
        by = latest(transaction, called).by or ""
    assert not morning.store.write(lambda kept: undo(kept, open_submission(kept, called), by))
    morning.submit({"mistake": " "}, action="/emergency/mistake", status=400)
    morning.submit({"mistake": "It was the radio."}, action="/emergency/mistake")
    after = row(morning, called)
    assert (after.step, after.due_at, after.call_first) == (before.step, before.due_at, before.call_first)
    assert "It was the radio." in morning.page.one(id="feed").text


@pytest.mark.slow
def test_signs_that_were_heard_stand_apart_and_no_answer_takes_them_away(coordinator: Desk) -> None:
    called = send(coordinator.store, UNCLEAR).id
    confirm(coordinator, called)
    before = row(coordinator, called).call_first or 0
    heard = ["red_flags/black_stool", "red_flags/no_such_sign", "<b>"]
    coordinator.submit({"signs": heard}, action="/emergency")
    assert coordinator.path.endswith("/emergency")
    coordinator.get(f"/desk/submissions/{called}/answers/told")
    coordinator.submit({"told": "fibrosis", "words": "Her doctor said so."})
    after = row(coordinator, called)
    assert (after.step, after.call_first) == (Step.HELP, before + 1)
    options = coordinator.service.rules.rule_set.question["red_flags"].options
    sign = next(option.text for option in options if option.code == "black_stool")
    page = coordinator.get(f"/desk/submissions/{called}")
    assert f"Heard: {sign}" in page.one(id="feed").text
    assert f"Heard on the call: {sign}" in page.one(id="look").text
    with coordinator.store.reading() as transaction:
        latest = versions(transaction, open_submission(transaction, called))[-1]
    assert "black_stool" not in str(latest.input["answers"].get("red_flags"))
    coordinator.submit({"mistake": "It was beetroot."}, action="/emergency/mistake")
    assert row(coordinator, called).call_first == before
    assert "on the call" not in coordinator.get(f"/desk/submissions/{called}").one(id="look").text


def test_settling_an_answer_ends_no_answer(coordinator: Desk) -> None:
    called = send(coordinator.store, UNCLEAR).id
    coordinator.get(f"/desk/submissions/{called}")
    press(coordinator, "no_answer")
    confirm(coordinator, called)
    coordinator.get(f"/desk/submissions/{called}/answers/told")
    coordinator.submit({"told": "fibrosis", "words": "Her doctor said so."})
    after = row(coordinator, called)
    assert (after.state, after.step, after.tries) == (State.IN_CONTACT, Step.CALL_BACK, 0)


def test_it_is_given_to_a_colleague_by_name(morning: Desk) -> None:
    colleague = add(morning.store, Role.CLINICIAN, "Ravi")
    called = first(morning)
    morning.submit({"to": colleague}, action="/give")
    assert row(morning, called).assignee_id == colleague
    assert "To Ravi." in morning.page.one(id="feed").text


def test_the_page_names_what_stands_before_and_after_in_the_list(morning: Desk) -> None:
    called = first(morning)
    assert "1 of 2" in morning.page.text
    morning.follow("Next")
    assert not morning.path.endswith(called)
    morning.follow("Previous")
    assert morning.path.endswith(called)
    morning.get("/desk/?step=papers")
    assert "not among what the filters show" in morning.get(f"/desk/submissions/{called}").text
