"""Dates on the pages: typed as people write them, shown in words, judged today, and kept with the outcome's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from screening.questionnaire import current_request
from screening.questionnaire.current_request import current_assessment
from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.model.dates import TODAY, DayRange, PartialDate
from screening.ruleset.reading.answer_types import Answer, Unsure
from screening.storage.accounts.staff import Role
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.record.records import find_by_code, open_submission
from screening.wording.language.languages import language
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.stored import input_from, input_members
from tests.rulefiles.edited import DATA
from tests.support.calls import confirm
from tests.support.desk import Desk, signed_in
from tests.support.person import begin, complete
from tests.support.sharing import shared
from tests.support.submissions import send
from tests.support.web import Web, errors_on, shown_values
from tests.support.web_fixtures import make_app

DATED = DATA / "rules" / "dated.yaml"
ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The rule file that asks for dates, served on 30 November 2026."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(current_request, "today", ON.isoformat)
        yield make_app(tmp_path_factory.mktemp("dated"), rules=str(DATED))


def at_birth(app: Flask) -> Web:
    web = Web(app)
    begin(web)
    assert web.path == "/questions/born"
    return web


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a date. The year alone is fine."),
        ("yesterday", "cannot be read as a date"),
        ("17/5", "has no year of four digits"),
        ("5/17/1980", "Type the day first, then the month"),
        ("31/4/1980", "There is no such day"),
        ("2523", "seems to be a year of another calendar"),
        ("1/12/2026", "1 December 2026, is still to come"),
        ("1850", "1850, is more than 120 years ago"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_with_what_to_type(dated: Flask, typed: str, said: str) -> None:
    web = at_birth(dated)
    page = web.submit({"born": typed}, status=400)
    assert said in errors_on(page)["born"]
    assert shown_values(page, "born") == ([typed] if typed else [])


def test_a_date_is_told_in_words_wherever_answers_are_and_can_be_corrected(dated: Flask) -> None:
    web = Web(dated)
    complete(web, born="17 Mei 1980", treated="2024年5月", moved="?")
    for words in ("17 May 1980", "May 2024"):
        assert words in web.page.text
    with web.client:
        web.get("/result")
        assessment = current_assessment()
    assert assessment.context.plain[TODAY] == DayRange.of_day(ON)
    assert assessment.outcome.values["age"] == 46
    assert "17 May 1980" in repr(assessment.document)
    assert web.get("/questions/treated").one("input", id="treated")["value"] == "May 2024"
    web.submit({"treated": "17/10/2026"})
    assert "17 October 2026" in web.get("/check").text


def test_not_sure_and_a_date_beside_it_are_told_apart(dated: Flask) -> None:
    web = at_birth(dated)
    web.submit({"born": "1980"})
    page = web.submit({"treated": ["2024", "?"]}, status=400)
    assert "Take away one of them" in errors_on(page)["treated"]
    assert "tick" in errors_on(web.submit({"treated": [""]}, status=400))["treated"]
    web.submit({"treated": ["", "?"]})
    assert web.path == "/questions/moved"
    assert web.get("/questions/treated").one("input", type="checkbox")["checked"] is not None


def test_what_is_shared_is_judged_by_the_day_of_its_outcome_years_later(dated: Flask) -> None:
    receipt = shared(Web(dated), born="1/12/2008", treated="2020", moved="?")
    desk = signed_in(dated, Role.COORDINATOR)
    with desk.store.reading() as transaction:
        row = find_by_code(transaction, receipt.code)
        assert row is not None
        kept = versions(transaction, open_submission(transaction, row.id))[0].input
    assert kept["today"] == "2026-11-30"
    assert kept["answers"] == {"born": "2008-12-01", "treated": "2020", "moved": None}
    again = input_from(kept, load_rule_file(DATED), language("en"))
    assert SummaryContext(again).outcome.category == "young"
    assert input_members(again)["today"] == "2026-11-30"
    assert "1 December 2008" in desk.get(f"/desk/submissions/{row.id}").text


def test_a_date_that_was_not_sure_can_be_written_down_on_the_telephone(dated: Flask) -> None:
    receipt = shared(Web(dated), born="1/12/2008", treated="2020", moved="?")
    desk = signed_in(dated, Role.COORDINATOR)
    with desk.store.reading() as transaction:
        row = find_by_code(transaction, receipt.code)
    assert row is not None
    page = desk.get(f"/desk/submissions/{row.id}/answers/moved")
    assert page.one("input", id="moved")["value"] == ""
    assert page.one("input", type="checkbox")["checked"] is not None


def settled_on_a_call(app: Flask, typed: dict[str, str | list[str]], status: int = 200) -> tuple[Desk, str]:
    """A call about somebody who was not sure of two dates, and what was written down in its form."""
    desk = signed_in(app, Role.COORDINATOR)
    answers: dict[str, Answer] = {"born": PartialDate(1980), "treated": Unsure(), "moved": Unsure()}
    sent = send(desk.store, Case("", answers, {}, ON), load_rule_file(DATED)).id
    page = confirm(desk, sent)
    assert page.one("input", id="told-treated-unsure").has("checked")
    desk.submit(typed, action="/answers", status=status)
    return desk, sent


def test_a_date_typed_during_a_call_counts_though_not_sure_stood_there(dated: Flask) -> None:
    words = {"told-words-treated": "It stands in the letter.", "told-words-moved": "In spring."}
    lately = date.today() - timedelta(days=40)
    typed: dict[str, str | list[str]] = {
        "told-treated": [lately.strftime("%d/%m/%Y"), "?"],
        "told-moved": ["2027", "?"],
    }
    desk, sent = settled_on_a_call(dated, {**typed, **words})
    with desk.store.reading() as transaction:
        before, after = (version.input for version in versions(transaction, open_submission(transaction, sent)))
    assert before["answers"] == {"born": "1980", "treated": None, "moved": None}
    assert after["answers"] == {"born": "1980", "treated": lately.isoformat(), "moved": "2027"}
    assert after["today"] == date.today().isoformat()
    assert SummaryContext(input_from(after, load_rule_file(DATED), language("en"))).outcome.possible == {"recent"}
    page = desk.get(f"/desk/submissions/{sent}")
    assert language("en").partial_date(PartialDate(lately.year, lately.month, lately.day)) in page.one(id="feed").text


def test_a_date_that_cannot_be_meant_is_refused_during_a_call_and_stays_as_typed(dated: Flask) -> None:
    desk, _ = settled_on_a_call(dated, {"told-treated": ["31/11/2026", "?"], "told-words-treated": "x"}, status=400)
    assert "There is no such day" in desk.page.one(id="error-summary").text
    assert desk.page.one("input", id="told-treated")["value"] == "31/11/2026"


def test_what_is_new_beside_an_answer_that_stood_there_counts(dated: Flask) -> None:
    web = at_birth(dated)
    web.submit({"born": "1980"})
    web.submit({"treated": ["", "?"]})
    web.get("/questions/treated")
    web.submit({"treated": ["5/2024", "?"]})
    page = web.get("/questions/treated")
    assert shown_values(page, "treated") == ["May 2024"]
    web.submit({"treated": ["May 2024", "?"]})
    page = web.get("/questions/treated")
    assert page.one("input", type="checkbox").has("checked")
    web.submit({"treated": ["May 2024"]})
    web.get("/questions/treated")
    assert "Take away one of them" in errors_on(web.submit({"treated": ["2023", "?"]}, status=400))["treated"]
