"""Answers settled on the telephone: by whom, which, and what becomes of the outcome."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from screening.ruleset.reading.answer_types import Answer, Chosen, Ticked, Unsure
from screening.storage.accounts.staff import Role
from screening.storage.database.schema import audit, submission
from screening.storage.submissions.assessments.versions import Version, versions
from screening.storage.submissions.record.records import open_submission
from screening.wording.desk.first_look import only_settles
from tests.support.calls import call, confirm
from tests.support.desk import Desk, signed_in
from tests.support.every import for_every
from tests.support.rules import small_rules
from tests.support.submissions import EARLY, UNCLEAR, send


def kept_versions(desk: Desk, submission_id: str) -> list[Version]:
    with desk.store.reading() as transaction:
        return versions(transaction, open_submission(transaction, submission_id))


def settle(
    desk: Desk, submission_id: str, question: str, fields: dict[str, str | list[str]], status: int = 200
) -> None:
    confirm(desk, submission_id)
    desk.get(f"/desk/submissions/{submission_id}/answers/{question}")
    desk.submit({"words": "She said it twice.", **fields}, status=status)


def test_the_question_is_read_aloud_as_it_was_asked(coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    page = coordinator.get(f"/desk/submissions/{receipt.id}/answers/told")
    question = coordinator.service.rules.rule_set.question["told"]
    assert page.one("h1").text == question.text
    assert [element.text for element in page.one("main").all("label")][: len(question.options)] == [
        option.text for option in question.options
    ]


def test_a_settled_answer_makes_an_outcome_beside_the_first(coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    settle(coordinator, receipt.id, "told", {"told": "cirrhosis_late"})
    first, second = kept_versions(coordinator, receipt.id)
    assert (first.number, second.number) == (0, 1)
    assert "told" not in first.input["answers"] or first.input["answers"]["told"] is None
    assert second.input["answers"]["told"] == "cirrhosis_late"
    assert first.document["category"] == "unclear"
    assert second.document["category"] == "decompensated"
    assert second.made_by
    assert (first.input["amended"], second.input["amended"]) == (False, True)
    assert "as they were told on a call" in str(second.document["parts"]["typed_by"])
    with coordinator.store.reading() as transaction:
        category = transaction.connection.execute(
            select(submission.c.category).where(submission.c.id == receipt.id)
        ).scalar_one()
        action = (
            transaction.connection.execute(select(audit.c.action).where(audit.c.subject == receipt.id)).scalars().all()
        )
    assert category == "decompensated"
    assert "settled" in action
    page = coordinator.get(f"/desk/submissions/{receipt.id}")
    assert "As it was sent" in page.one(id="documents").text
    assert "Amended 1" in page.one(id="documents").text
    happened = page.one(id="feed").text
    assert (
        "What a doctor told about scarring: I'm not sure, or nobody told me → Cirrhosis with complications" in happened
    )
    assert "She said it twice." in happened
    for number, heading in enumerate(("What the person saw", "What came of a call")):
        assert coordinator.get(f"/desk/submissions/{receipt.id}/versions/{number}").one("h1").text == heading


def test_what_the_person_said_must_be_noted(coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    settle(coordinator, receipt.id, "told", {"told": "fibrosis", "words": " "}, 400)
    assert "checked" in str(coordinator.page.all("input", value="fibrosis")[0].attributes)
    assert len(kept_versions(coordinator, receipt.id)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("question", "answer"), [("told", "none"), ("told", "cirrhosis_late"), ("told", "?")])
def test_only_a_clinician_changes_what_was_answered(app: Flask, coordinator: Desk, question: str, answer: str) -> None:
    receipt = send(coordinator.store, EARLY)
    settle(coordinator, receipt.id, question, {question: answer}, 403)
    assert len(kept_versions(coordinator, receipt.id)) == 1
    settle(signed_in(app, Role.CLINICIAN), receipt.id, question, {question: answer})
    assert len(kept_versions(coordinator, receipt.id)) == 2
    with coordinator.store.reading() as transaction:
        action = (
            transaction.connection.execute(select(audit.c.action).where(audit.c.subject == receipt.id)).scalars().all()
        )
    assert "corrected" in action


def test_an_answer_that_calls_for_help_shows_what_to_say_at_once(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY, answers={"red_flags": Ticked(("seen",), unsure_of_rest=True)})
    settle(coordinator, receipt.id, "red_flags", {"red_flags": ["seen", "black_stool"]})
    assert coordinator.path.endswith("/emergency")
    assert "Please hang up now" in coordinator.page.text
    page = coordinator.get(f"/desk/submissions/{receipt.id}")
    assert "Emergency on the call" in page.one(id="feed").text


def test_the_second_of_two_is_told_and_keeps_what_was_typed(app: Flask, coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    path = f"/desk/submissions/{receipt.id}/answers/told"
    confirm(coordinator, receipt.id)
    coordinator.get(path)
    other = signed_in(app, Role.CLINICIAN, "Bakti")
    settle(other, receipt.id, "told", {"told": "cirrhosis_late"})
    page = coordinator.submit({"told": "fibrosis", "words": "Some scarring, he said"}, status=409)
    text = page.one(id="meanwhile").text
    assert "Bakti" in text
    assert "Cirrhosis with complications, or liver failure" in text
    assert page.one("input", value="fibrosis").has("checked")
    coordinator.submit(status=403)
    assert len(kept_versions(coordinator, receipt.id)) == 2
    coordinator.get(f"/desk/submissions/{receipt.id}/answers/transplant_talk")
    other.get(f"/desk/submissions/{receipt.id}")
    other.submit({"note": "I go on with this one"}, action="/note")
    page = coordinator.submit({"transplant_talk": "listed", "words": "On the list"}, status=409)
    assert "I go on with this one" in page.one(id="meanwhile").text
    assert page.one("textarea", name="words").text == "On the list"
    assert page.one("input", value="listed").has("checked")
    assert len(kept_versions(coordinator, receipt.id)) == 2
    coordinator.submit()
    assert len(kept_versions(coordinator, receipt.id)) == 3


@pytest.mark.slow
def test_several_answers_are_settled_by_one_press_and_what_is_left_out_stays_not_sure(coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    coordinator.get(f"/desk/submissions/{receipt.id}")
    assert not coordinator.page.all(id="settling")
    confirm(coordinator, receipt.id)
    both = {"told-told": "fibrosis", "told-transplant_talk": "not_discussed", "told-words-told": "Some scarring."}
    page = coordinator.submit(both, action="/answers", status=400)
    assert "Type what the person said" in page.one(id="error-summary").text
    assert page.one("input", value="fibrosis", type="radio").has("checked")
    assert page.one("textarea", id="told-words-told").text == "Some scarring."
    assert len(kept_versions(coordinator, receipt.id)) == 1
    coordinator.submit({**both, "told-words-transplant_talk": "No, never."}, action="/answers")
    first, second = kept_versions(coordinator, receipt.id)
    changed = {name for name, value in second.input["answers"].items() if first.input["answers"].get(name) != value}
    assert changed == {"told", "transplant_talk"}
    feed = coordinator.page.one(id="feed").text
    assert feed.count("Settled an answer on the telephone") == 2
    assert "Some scarring." in feed
    assert "No, never." in feed
    with coordinator.store.reading() as transaction:
        actions = transaction.connection.execute(select(audit.c.action).where(audit.c.subject == receipt.id)).scalars()
        assert list(actions).count("settled") == 2
    page = coordinator.submit({}, action="/answers", status=400)
    assert "Choose what they answered." in page.one(id="error-summary").text


def test_enter_among_the_answers_keeps_nothing_and_shows_all_that_was_chosen(coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    confirm(coordinator, receipt.id)
    page = coordinator.submit({"told-told": "fibrosis", "told-words-told": "Half a"}, action="/draft")
    assert page.one("input", value="fibrosis", type="radio").has("checked")
    assert page.one("textarea", id="told-words-told").text == "Half a"
    assert len(kept_versions(coordinator, receipt.id)) == 1


def test_nothing_is_settled_together_once_the_caller_is_not_confirmed_but_danger_is_heard(coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR, answers={"red_flags": Ticked(("seen",), unsure_of_rest=True)})
    confirm(coordinator, receipt.id)
    form = coordinator.page.one("form", id="work")
    fields = {name: [form.one("input", name=name)["value"]] for name in ("csrf_token", "revision")}
    call(coordinator, receipt.id)
    fields["revision"] = [coordinator.page.all("input", name="revision")[0]["value"]]
    path = f"/desk/submissions/{receipt.id}/answers"
    answered = {"told-told": ["fibrosis"], "told-words-told": ["So he said."]}
    assert coordinator.raw(path, "POST", {**fields, **answered}).status_code == 400
    assert len(kept_versions(coordinator, receipt.id)) == 1
    signs = {"told-red_flags": ["seen", "black_stool"], "told-words-red_flags": ["Since this morning."]}
    response = coordinator.raw(path, "POST", {**fields, **answered, **signs})
    assert response.headers["Location"].endswith("/emergency")
    assert len(kept_versions(coordinator, receipt.id)) == 1
    page = coordinator.get(f"/desk/submissions/{receipt.id}")
    assert "Since this morning." in page.one(id="feed").text
    assert "Heard on the call" in page.one(id="look").text


def test_the_second_of_two_who_settle_together_is_told_and_keeps_what_was_chosen(app: Flask, coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    confirm(coordinator, receipt.id)
    other = signed_in(app, Role.CLINICIAN, "Bakti")
    other.get(f"/desk/submissions/{receipt.id}")
    other.submit({"note": "I wrote meanwhile"}, action="/note")
    page = coordinator.submit({"told-told": "fibrosis", "told-words-told": "Scars"}, action="/answers", status=409)
    assert "I wrote meanwhile" in page.one(id="meanwhile").text
    assert page.one("input", value="fibrosis", type="radio").has("checked")
    coordinator.submit(action="/answers")
    assert len(kept_versions(coordinator, receipt.id)) == 2


SETTLED: list[tuple[Answer | None, Answer, bool]] = [
    (None, Chosen("a"), True),
    (Unsure(), Chosen("a"), True),
    (Chosen("maybe"), Chosen("a"), True),
    (Chosen("a"), Chosen("b"), False),
    (Chosen("a"), Unsure(), False),
    (Ticked(("a",)), Ticked(("a", "b")), False),
    (Ticked(("a",), unsure_of_rest=True), Ticked(("a", "b")), True),
    (Ticked(("a",), unsure_of_rest=True), Ticked(("b",)), False),
    (Ticked(("a",), unsure_of_rest=True), Unsure(), False),
]


@for_every(("before", "after", "settles"), SETTLED)
def test_only_what_was_not_sure_is_settled(before: Answer | None, after: Answer, settles: bool) -> None:
    maybe = {"code": "maybe", "leaves_open": ["a", "b"], "means_unsure": True}
    question = small_rules.question(small_rules.choice("q", "a", "b", maybe, strict=True))
    assert only_settles(question, before, after) is settles
