"""A rule file with a list that repeats and words of a person's own: shown at the desk, and taken on the telephone."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.reading.answer_types import Answer, Chosen, Unsure, Written
from screening.storage.accounts.staff import Role
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.record.records import open_submission
from tests.conftest import ROOT
from tests.support.calls import confirm
from tests.support.desk import Desk, signed_in
from tests.support.submissions import send
from tests.support.web_fixtures import make_app

RULES = load_rule_file(ROOT / "tests" / "data" / "rules" / "own_list.yaml")
SENT: dict[str, Answer] = {
    "often": Chosen("daily"),
    "uses": Chosen("yes"),
    "kept_1": Unsure(),
    "drop_more_1": Unsure(),
    "wish": Written("My screen, 我的眼睛\n<b>and</b> =1+1"),
}


@pytest.fixture(scope="module")
def eyes(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("eyes"), rules=str(RULES.path))


def sent_to(desk: Desk) -> str:
    """Somebody who wrote what they would like to talk about, and not what their drops are called."""
    return send(desk.store, Case("", SENT, {}), RULES).id


def answers_of(desk: Desk, sent: str) -> dict[str, object]:
    with desk.store.reading() as transaction:
        kept: dict[str, object] = versions(transaction, open_submission(transaction, sent))[-1].input["answers"]
    return kept


def test_what_they_wrote_is_read_before_the_call_as_they_wrote_it(eyes: Flask) -> None:
    desk = signed_in(eyes, Role.COORDINATOR)
    look = desk.get(f"/desk/submissions/{sent_to(desk)}").one(id="look")
    assert "What they would like to talk about" in look.text
    assert look.one("dd", class_="own-words").typed == "My screen, 我的眼睛\n<b>and</b> =1+1"


def test_a_list_grows_on_the_telephone_and_takes_words_one_press_for_all_of_it(eyes: Flask) -> None:
    desk = signed_in(eyes, Role.COORDINATOR)
    sent = sent_to(desk)
    confirm(desk, sent)
    first = {
        "told-called_1": "Hypromellose\n0.3 %",
        "told-kept_1": "yes",
        "told-words-kept_1": "It says so on the box.",
        "told-drop_more_1": "yes",
        "told-words-drop_more_1": "And one at night.",
    }
    page = desk.submit(first, action="/answers")
    assert "drops hold a preservative" in desk.get(f"/desk/submissions/{sent}/versions/1").text
    page = desk.get(f"/desk/submissions/{sent}")
    assert "Hypromellose / 0.3 %" in page.one(id="feed").text
    assert "Hypromellose 0.3 %" in page.one(id="look").text
    assert not page.all("textarea", id="told-called_1")
    desk.submit({"told-called_2": "x" * 61}, action="/answers", status=400)
    assert desk.page.one("textarea", id="told-called_2").typed == "x" * 61
    desk.submit({"told-called_2": "Gel"}, action="/answers")
    kept = answers_of(desk, sent)
    assert (kept["called_1"], kept["called_2"], kept["drop_more_1"]) == ("Hypromellose\n0.3 %", "Gel", "yes")


def test_words_are_written_down_on_their_own_page_and_only_clinicians_change_what_was_written(eyes: Flask) -> None:
    desk, clinician = signed_in(eyes, Role.COORDINATOR), signed_in(eyes, Role.CLINICIAN)
    sent = sent_to(desk)
    confirm(desk, sent)
    desk.get(f"/desk/submissions/{sent}/answers/called_1")
    desk.submit({"called_1": "Drops of the chemist"})
    assert answers_of(desk, sent)["called_1"] == "Drops of the chemist"
    desk.get(f"/desk/submissions/{sent}/answers/wish")
    desk.submit({"wish": "Something else"}, status=403)
    clinician.get(f"/desk/submissions/{sent}/answers/wish")
    clinician.submit({"wish": "Something else"})
    assert answers_of(desk, sent)["wish"] == "Something else"
