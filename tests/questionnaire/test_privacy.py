"""Nothing of the answers in logs or addresses; forms of others are refused without losing what was typed."""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from screening.rulefiles.model.canonical import canonical_json
from screening.storage.database.schema import metadata
from tests.questionnaire.test_answering import opened
from tests.support.page_checks import parts_of
from tests.support.person import answer_until, begin, complete, inputs_with
from tests.support.sharing import CONTACT, open_form, visiting
from tests.support.web import Web, errors_on, shown_values
from tests.support.web_fixtures import make_app

TYPED = [
    ("age", {"age": "47"}),
    ("told", {"told": "fibrosis"}),
    ("cause", {"cause": ["hbv", "?"]}),
    ("red_flags", {"red_flags": ["seen"]}),
    ("scan", {"lsm": "6.5", "scan_age": "lt1m"}),
    ("blood_test", {"bilirubin": "4.2", "bilirubin-unit": "mg/dL", "inr": "x", "labs_age": "?"}),
]


def test_no_answer_is_logged(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    numbers = {"lsm": "12.3", "scan_age": "6to12m", "inr": "5.37", "labs_age": "lt1m"}
    complete(web, age="47", cause=("hbv", "aih"), has_papers="yes", **numbers)
    web.get("/result")
    web.raw("/summary.pdf")
    begin(Web(web.client.application))
    web.get("/questions/age")
    web.submit({"age": "470"}, status=400)
    logged = "\n".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if "screening" in record.name
    )
    logged += caplog.text
    for text in ("12.3", "5.37", "470", "hbv", "cirrhosis_early", "6to12m"):
        assert text not in logged, text


def test_no_address_tells_an_answer(web: Web) -> None:
    numbers = {"lsm": "12.3", "scan_age": "6to12m", "inr": "5.37", "labs_age": "lt1m"}
    complete(web, age="47", cause=("hbv", "aih"), has_papers="yes", **numbers)
    web.get("/result")
    rule_set = web.service.rules.rule_set
    codes = {option.code for question in rule_set.questions for option in question.options}
    address_parts = {part for path in web.visited for part in parts_of(path)}
    assert not address_parts & (codes | {"47", "12.3", "5.37"})
    assert {part for part in address_parts if "?" in part} == set()


def test_every_form_sends_its_answers_in_the_body(web: Web) -> None:
    begin(web)
    inputs = inputs_with(web, has_papers="yes", lsm="12.3", scan_age="?")
    answer_until(web, inputs)
    assert not [path for path in web.visited if "?" in path]


@pytest.mark.parametrize("token", [None, "", "wrong"])
@pytest.mark.parametrize(("page", "typed"), TYPED)
def test_a_form_without_its_token_is_refused_and_keeps_what_was_typed(
    web: Web, page: str, typed: dict[str, str | list[str]], token: str | None
) -> None:
    opened(web, page)
    before = web.cookie()
    fields = typed if token is None else {**typed, "csrf_token": token}
    shown = web.post(f"/questions/{page}", fields, status=400)
    assert web.cookie() == before
    assert list(errors_on(shown)) == ["questions"]
    assert "Press the button once more" in shown.text
    for name, value in typed.items():
        assert shown_values(shown, name) == ([value] if isinstance(value, str) else value)
    if page != "blood_test":  # its INR cannot be read
        web.submit()
        assert web.path != f"/questions/{page}"


@pytest.mark.parametrize("path", ["/who", "/delete", "/help-first", "/questions/scan/confirm"])
def test_other_forms_without_their_token_change_nothing(web: Web, path: str) -> None:
    complete(web)
    before = web.cookie()
    shown = web.post(path, {"who": "helper"}, status=400)
    assert shown.one("h1").text == "Please try again"
    assert web.cookie() == before


def test_a_token_of_another_person_is_refused(web: Web) -> None:
    begin(web)
    other = Web(web.client.application)
    begin(other)
    token = other.page.one("input", name="csrf_token")["value"]
    before = web.cookie()
    web.post("/questions/red_flags", {"csrf_token": token, "red_flags": "none"}, status=400)
    assert web.cookie() == before


@pytest.mark.parametrize("path", ["/questions/nothing", "/questions/nothing/confirm", "/nothing"])
def test_a_form_without_its_token_to_a_page_that_does_not_exist_is_not_a_failure_of_ours(web: Web, path: str) -> None:
    begin(web)
    response = web.client.post(path, data={"age": "47"}, follow_redirects=True)
    assert response.status_code in (400, 404)


def test_a_form_without_its_token_to_a_page_not_asked_yet_shows_nothing_of_it(web: Web) -> None:
    begin(web)
    response = web.client.post("/questions/stage", data={"stage": "F2"})
    assert response.status_code in (303, 400)
    web.get("/continue")
    assert web.path == "/questions/red_flags"


def test_without_any_cookie_a_form_is_refused_in_words(web: Web) -> None:
    shown = web.post("/questions/age", {"age": "47"}, status=400)
    assert "allow cookies for this page" in shown.text


def test_inputs_ask_the_browser_to_remember_nothing(web: Web) -> None:
    for page in ("age", "scan", "blood_test"):
        fresh = Web(web.client.application)
        opened(fresh, page)
        typed = fresh.page.all("input", type="text")
        assert typed
        for element in typed:
            assert element["autocomplete"] == "off"
            assert element["spellcheck"] == "false"


def test_no_question_asks_for_a_name_or_a_free_text(web: Web) -> None:
    for question in web.service.rules.rule_set.questions:
        assert question.options or question.units


@pytest.mark.slow
def test_what_is_sent_to_the_clinic_stands_in_no_log_no_address_and_nowhere_unsealed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    web = Web(make_app(tmp_path))
    receipt = visiting(web, age="47", told="cirrhosis_early")
    web.get("/status/reach")
    web.submit({"note": "xylophone"})
    web.raw("/status/result/0/summary.pdf")
    planted = [CONTACT["name"], "60123456789", "345 6789", CONTACT["note"], "xylophone", receipt.phrase, receipt.code]
    words = receipt.phrase.split()
    logged = caplog.text + "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    for said in (*planted, "cirrhosis_early"):
        assert said not in logged, said
    for path in web.visited:
        assert not parts_of(path) & {*planted, *words}, path
    assert web.service.store
    with web.service.store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"early_cirrhosis" in content  # the category is plain, so this reads what is there
    for said in (*planted, "cirrhosis_early", *(f"{one} {two}" for one, two in pairwise(words))):
        assert said.encode() not in content or said.encode() in canonical_json(web.service.rules.data).encode(), said


def test_before_anything_is_sent_nothing_but_counts_is_stored(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path))
    open_form(web, age="47")
    assert web.service.store
    assert web.service.tallies
    web.service.tallies.flush()
    with web.service.store.reading() as transaction:
        filled = {
            name: transaction.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
    assert {name for name, count in filled.items() if count} == {"key_state", "tally", "told_limit"}
