"""Who is on the telephone: the number first, then the clinic's word, then theirs; what each check shows and allows."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from screening.ruleset.reading.answer_types import Ticked
from screening.storage.accounts.staff import Role
from screening.storage.database.account_tables import throttle
from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.person.amendments import change_reach
from screening.storage.submissions.person.callers import caller_of
from screening.storage.submissions.record.events import add_event, events
from screening.storage.submissions.record.records import State, change, open_submission
from screening.wording.language.secret_phrases import phrase_words
from tests.support.calls import call, confirm, press, say, without_pair
from tests.support.desk import Desk, forgive, signed_in
from tests.support.desk_submissions import clear
from tests.support.page import Element
from tests.support.stores import PAIR
from tests.support.submissions import CONTACT, EARLY, UNCLEAR, send

OTHER, UNREADABLE, NEAR = "zebra", "rivver", PAIR.person
TITLES = {
    "right": "It was their word: the caller is confirmed",
    "unreadable": "is no word of the list",
    "other": "This is not the word of",
    "lost": "The word is lost: the caller is not confirmed",
}


@pytest.fixture(autouse=True)
def _fresh(coordinator: Desk) -> None:
    forgive(coordinator.store)


def banner(page: Element) -> str:
    """What the check showed; empty where nothing was checked."""
    shown = page.one(id="call-who").all(id="check")
    return shown[0].text if shown else ""


def revision_of(desk: Desk, submission_id: str) -> int:
    with desk.store.reading() as transaction:
        return open_submission(transaction, submission_id).row.revision


def reached(desk: Desk, submission_id: str) -> bool:
    with desk.store.reading() as transaction:
        return open_submission(transaction, submission_id).row.contacted_at is not None


def test_no_word_stands_on_the_page_before_the_stored_number_was_called(coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id
    page = coordinator.get(f"/desk/submissions/{identity}")
    assert PAIR.clinic not in page.text
    assert not page.all("input", name="word")
    page = coordinator.submit(action="/dialled")
    who = page.one(id="call-who")
    (word,) = [element for element in who.all("strong") if element.text == PAIR.clinic]
    assert (word["translate"], word["lang"]) == ("no", PAIR.language)
    assert PAIR.person not in page.text
    assert "Called the number that is stored" in page.one(id="feed").text
    assert not page.all("input", name="phrase")


@pytest.mark.parametrize("address", ["identity", "identity/lost", "identity/vouch"])
def test_nothing_is_checked_before_the_stored_number_was_called(clinician: Desk, address: str) -> None:
    identity = send(clinician.store, EARLY).id
    page = clinician.get(f"/desk/submissions/{identity}")
    before = revision_of(clinician, identity)
    sent = {"csrf_token": page.all("input", name="csrf_token")[0]["value"], "revision": str(before)}
    clinician.raw(f"/desk/submissions/{identity}/{address}", "POST", {**sent, "word": NEAR, "vouch_reason": "I know"})
    assert revision_of(clinician, identity) == before
    assert banner(clinician.get(f"/desk/submissions/{identity}")) == ""


@pytest.mark.slow
def test_the_right_word_confirms_whoever_looks_later_sees_it_and_the_next_call_ends_it(
    app: Flask, coordinator: Desk
) -> None:
    identity = send(coordinator.store, EARLY).id
    call(coordinator, identity)
    assert not reached(coordinator, identity)
    assert TITLES["right"] in banner(say(coordinator, "RIVER "))
    assert reached(coordinator, identity)
    assert not coordinator.page.all("input", name="word")
    other = signed_in(app, Role.CLINICIAN, "Bakti")
    assert "coordinator" in banner(other.get(f"/desk/submissions/{identity}"))
    assert banner(other.submit(action="/dialled")) == ""
    assert banner(coordinator.get(f"/desk/submissions/{identity}")) == ""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_the_list_marks_whom_the_latest_call_did_not_confirm_and_nobody_else(coordinator: Desk, seed: int) -> None:
    clear(coordinator.store)
    chance, store = random.Random(seed), coordinator.store
    identity = send(store, EARLY).id
    path = f"/desk/submissions/{identity}"

    def other_number() -> None:
        with store.reading() as transaction:
            opened = open_submission(transaction, identity)
        store.write(lambda transaction: change_reach(transaction, opened, dict(CONTACT), "morning"))

    def heard(word: str) -> None:
        if coordinator.get(path).all("input", id="word"):
            say(coordinator, word, 200)

    def lost() -> None:
        if coordinator.get(path).all("button", formaction=f"{path}/identity/lost"):
            coordinator.submit(action="/identity/lost")

    acts: dict[str, Callable[[], object]] = {
        "right": lambda: heard(PAIR.person),
        "other": lambda: heard(OTHER),
        "unreadable": lambda: heard(UNREADABLE),
        "lost": lost,
        "other number": other_number,
        "note": lambda: (coordinator.get(path), coordinator.submit({"note": "x"}, action="/note")),
        "call": lambda: call(coordinator, identity),
    }
    met = set[bool]()
    call(coordinator, identity)
    for _ in range(16):
        acts[chance.choice(sorted(acts))]()
        forgive(store)
        with store.reading() as transaction:
            caller = caller_of(events(transaction, open_submission(transaction, identity)), has_pair=True)
        wanted = caller.result in ("unreadable", "other", "lost")
        met.add(wanted)
        rows = coordinator.get("/desk/").one("main").all("table")[0].text
        assert ("Caller not confirmed" in rows) is wanted
    assert met == {True, False}
    clear(store)


def test_a_word_in_no_list_is_no_try_and_its_nearest_is_checked_without_typing(coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id
    call(coordinator, identity)
    for _ in range(5):
        page = say(coordinator, UNREADABLE)
        assert "“rivver” is no word of the list" in banner(page)
        assert "It does not count as a wrong try." in banner(page)
    check = page.one(id="check")
    (nearest,) = check.all("strong")
    assert (nearest.text, nearest["translate"], nearest["lang"]) == (NEAR, "no", "en")
    assert check.one("button").text == f"Check with “{NEAR}”"
    assert not [line.text for line in page.all("p", class_="say") if NEAR in line.text]
    assert page.one("input", name="word")["value"] == ""
    page = coordinator.submit({"nearest": check.one("button", name="nearest")["value"]}, action="/identity")
    assert TITLES["right"] in banner(page)


def test_three_words_that_were_others_are_lost_and_no_more_is_checked_in_this_call(coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id
    call(coordinator, identity)
    for number in (1, 2):
        assert f"wrong try {number} of 3" in banner(say(coordinator, OTHER))
        assert coordinator.page.one("input", name="word")["value"] == ""
        coordinator.submit({"note": "Enter, once more"}, action="/draft")
        say(coordinator, UNREADABLE)
    page = say(coordinator, OTHER)
    assert TITLES["lost"] in banner(page)
    assert "Three words were wrong in this call." in banner(page)
    assert not page.all("input", name="word")
    assert not reached(coordinator, identity)
    before = revision_of(coordinator, identity)
    sent = {"csrf_token": page.all("input", name="csrf_token")[0]["value"], "revision": str(before), "word": NEAR}
    assert coordinator.raw(f"/desk/submissions/{identity}/identity", "POST", sent).status_code == 400
    assert revision_of(coordinator, identity) == before


@pytest.mark.slow
def test_whoever_guesses_call_after_call_waits_and_then_even_the_right_word_does_not_help_at_once(
    coordinator: Desk,
) -> None:
    identity = send(coordinator.store, EARLY).id
    call(coordinator, identity)
    for _ in range(3):
        say(coordinator, OTHER)
    call(coordinator, identity)
    say(coordinator, OTHER)
    for word in (OTHER, NEAR):
        page = say(coordinator, word, status=429)
        assert "Take the word for lost; another one can be checked in 15 minutes." in page.text
    assert "wrong try 1 of 3" in banner(coordinator.get(f"/desk/submissions/{identity}"))
    passed = update(throttle).values(blocked_until=now() - timedelta(seconds=1))
    coordinator.store.write(lambda transaction: transaction.connection.execute(passed))
    assert TITLES["right"] in banner(say(coordinator, NEAR))


def test_a_word_that_is_lost_may_be_found_in_the_same_call(coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id
    call(coordinator, identity)
    page = coordinator.submit(action="/identity/lost")
    assert TITLES["lost"] in banner(page)
    assert "They have no word: not confirmed." in page.one(id="feed").text
    assert TITLES["right"] in banner(say(coordinator, NEAR))


def test_what_was_sent_before_there_were_pairs_is_lost_from_the_first_call(coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id
    without_pair(coordinator.store, identity)
    page = call(coordinator, identity)
    assert TITLES["lost"] in banner(page)
    assert "sent before there were two words" in banner(page)
    assert not page.all("input", name="word")
    sent = {"csrf_token": page.all("input", name="csrf_token")[0]["value"], "word": NEAR}
    sent["revision"] = str(revision_of(coordinator, identity))
    assert coordinator.raw(f"/desk/submissions/{identity}/identity", "POST", sent).status_code == 400


def test_another_number_ends_what_was_known_of_the_caller(coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id
    confirm(coordinator, identity)

    def work(transaction: StoreTransaction) -> None:
        contact = {**CONTACT, "reach": "+60199999999", "address": "+60 19-999 9999"}
        change_reach(transaction, open_submission(transaction, identity), contact, "morning")

    coordinator.store.write(work)
    assert banner(coordinator.get(f"/desk/submissions/{identity}")) == ""
    assert "I call +60 19-999 9999 now" in coordinator.page.one(id="call-who").text


@pytest.mark.slow
def test_where_no_number_is_stored_nobody_is_confirmed(clinician: Desk) -> None:
    identity = send(clinician.store, UNCLEAR, channel="email", reach="a@example.com", address="a@example.com").id
    page = clinician.get(f"/desk/submissions/{identity}")
    assert "No number is stored, so nobody can be confirmed." in page.text
    assert not [button for button in page.all("button") if button["formaction"].endswith("/dialled")]
    sent = {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}
    sent["revision"] = str(revision_of(clinician, identity))
    assert clinician.raw(f"/desk/submissions/{identity}/dialled", "POST", sent).status_code == 400
    clinician.get(f"/desk/submissions/{identity}")
    clinician.submit({"vouch_reason": "By video, with her passport."}, action="/identity/vouch")
    settle(clinician, identity)
    assert "The caller was not confirmed: By video, with her passport." in feed_of(clinician, identity)


# --- what is refused while it is not known who speaks ---


def settle(desk: Desk, submission_id: str, status: int = 200, answer: str = "cirrhosis_late") -> None:
    desk.get(f"/desk/submissions/{submission_id}/answers/told")
    desk.submit({"told": answer, "words": "She said it twice."}, status=status)


def feed_of(desk: Desk, submission_id: str) -> str:
    return desk.get(f"/desk/submissions/{submission_id}").one(id="feed").text


def number_of_versions(desk: Desk, submission_id: str) -> int:
    with desk.store.reading() as transaction:
        return len(versions(transaction, open_submission(transaction, submission_id)))


def prepare(desk: Desk, stage: str) -> str:
    """A submission whose call stands at this stage."""
    identity = send(desk.store, UNCLEAR).id
    if stage == "without":
        without_pair(desk.store, identity)
    if stage != "not called":
        call(desk, identity)
    if stage == "other":
        say(desk, OTHER)
    if stage == "lost":
        desk.submit(action="/identity/lost")
    return identity


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["not called", "other", "without"])
def test_while_it_is_not_known_who_speaks_nothing_is_settled_and_no_papers_are_asked(
    app: Flask, coordinator: Desk, stage: str
) -> None:
    identity = prepare(coordinator, stage)
    for desk in (coordinator, signed_in(app, Role.CLINICIAN)):
        settle(desk, identity, 403)
        assert "It is not known that this is the person." in desk.page.text
        assert desk.page.one("textarea", name="words").text == "She said it twice."
        desk.get(f"/desk/submissions/{identity}")
        press(desk, "papers", status=400)
        assert "It is not known that this is the person." in desk.page.one(id="error-summary").text
    assert number_of_versions(coordinator, identity) == 1
    with coordinator.store.reading() as transaction:
        assert open_submission(transaction, identity).row.state == State.NEW


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["lost", "without"])
def test_a_clinician_goes_on_with_a_reason_that_marks_the_answer_and_a_coordinator_never(
    app: Flask, coordinator: Desk, stage: str
) -> None:
    identity = prepare(coordinator, stage)
    page = coordinator.get(f"/desk/submissions/{identity}")
    token, revision = page.all("input", name="csrf_token")[0]["value"], str(revision_of(coordinator, identity))
    sent = {"csrf_token": token, "revision": revision, "vouch_reason": "x"}
    assert coordinator.raw(f"/desk/submissions/{identity}/identity/vouch", "POST", sent).status_code == 403
    clinician = signed_in(app, Role.CLINICIAN)
    clinician.get(f"/desk/submissions/{identity}")
    clinician.submit({"vouch_reason": " "}, action="/identity/vouch", status=400)
    clinician.submit({"vouch_reason": "I know her voice."}, action="/identity/vouch")
    assert TITLES["lost"] in banner(clinician.page)
    settle(coordinator, identity, 403)
    settle(clinician, identity)
    assert "The caller was not confirmed: I know her voice." in feed_of(clinician, identity)
    press(clinician, "papers")
    assert feed_of(clinician, identity).count("The caller was not confirmed: I know her voice.") == 2
    call(clinician, identity)
    settle(clinician, identity, 403, "fibrosis")


@pytest.mark.slow
def test_once_confirmed_an_answer_is_settled_without_a_mark(coordinator: Desk) -> None:
    identity = send(coordinator.store, UNCLEAR).id
    confirm(coordinator, identity)
    settle(coordinator, identity)
    assert "not confirmed" not in feed_of(coordinator, identity)
    press(coordinator, "papers")
    assert "not confirmed" not in feed_of(coordinator, identity)


def test_what_calls_for_help_is_heard_whoever_speaks(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY, answers={"red_flags": Ticked(("seen",), unsure_of_rest=True)})
    coordinator.get(f"/desk/submissions/{receipt.id}/answers/red_flags")
    coordinator.submit({"red_flags": ["seen", "black_stool"], "words": "Since last night."})
    assert coordinator.path.endswith("/emergency")
    happened = feed_of(coordinator, receipt.id)
    assert "Emergency on the call" in happened
    assert "Since last night." in happened
    assert "Heard: Black, sticky poo" in happened
    assert number_of_versions(coordinator, receipt.id) == 1


# --- what is kept ---


def test_neither_word_nor_what_was_typed_is_kept_or_handed_out(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)
    call(coordinator, receipt.id)
    for word in (OTHER, UNREADABLE, NEAR):
        say(coordinator, word)
    with coordinator.store.reading() as transaction:
        kept = [event.detail for event in events(transaction, open_submission(transaction, receipt.id))]
    details = " ".join(str(detail) for detail in kept)
    handed_out = coordinator.raw(f"/desk/submissions/{receipt.id}/submission.json").text
    listed = coordinator.get("/desk/").text
    page = coordinator.get(f"/desk/submissions/{receipt.id}").text
    for word in (OTHER, UNREADABLE, NEAR, PAIR.clinic):
        for text in (details, handed_out, listed, page):
            assert word not in text
    assert len(kept) == 4


def test_the_long_phrase_is_asked_and_checked_nowhere(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)
    phrase = phrase_words(receipt.secret, "en")
    call(coordinator, receipt.id)
    for typed in (" ".join(phrase), phrase[0]):
        assert TITLES["right"] not in banner(say(coordinator, typed))
    told = " ".join(line.text for line in coordinator.page.all("p", class_="say"))
    assert "phrase" not in told
    assert "secret" not in told


def test_checks_of_the_phrase_that_were_made_before_are_still_told_and_confirm_nobody(coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id

    def work(transaction: StoreTransaction) -> None:
        kept = open_submission(transaction, identity)
        change(transaction, kept)
        add_event(transaction, kept, "identity", {"right": True}, "a" * 16)

    coordinator.store.write(work)
    page = coordinator.get(f"/desk/submissions/{identity}")
    assert "The secret phrase was right." in page.one(id="feed").text
    assert banner(page) == ""


@pytest.mark.slow
def test_a_word_checked_after_somebody_else_was_first_stays_typed(app: Flask, coordinator: Desk) -> None:
    identity = send(coordinator.store, EARLY).id
    call(coordinator, identity)
    other = signed_in(app, Role.CLINICIAN, "Bakti")
    other.get(f"/desk/submissions/{identity}")
    other.submit({"note": "She rang in the morning."}, action="/note")
    page = say(coordinator, NEAR, status=409)
    assert "She rang in the morning." in page.one(id="meanwhile").text
    assert page.one("input", name="word")["value"] == NEAR
    assert TITLES["right"] in banner(coordinator.submit(action="/identity"))
