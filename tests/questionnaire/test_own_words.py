"""Words of a person's own: shown where answers are, as text alone; sealed, and in no address, log or notice."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.questionnaire.current_request import current_assessment
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import Written, plain_answer
from screening.ruleset.reading.free_texts import clean
from screening.storage.accounts.staff import Role
from screening.storage.submissions.record.records import find_by_code
from screening.wording.document.answers import in_one_line
from tests.hostile.naughty import STRINGS, sendable
from tests.support.desk import signed_in
from tests.support.page import read_page
from tests.support.person import begin, complete
from tests.support.rules.own_words import with_words
from tests.support.sharing import shared
from tests.support.web import Web, errors_on, shown_values
from tests.support.web_fixtures import make_app

ANSWERS = {
    "signs": "none",
    "leaves": "upright",
    "age": "3",
    "soil": "dry",
    "light": "sun",
}
BEFORE = ({"signs": "none"}, {"leaves": "upright"}, {"age": "3", "soil": "dry", "light": "sun"})
SCRIPTS = "叶子 枯葉 பசுமை ورقة ใบไม้ листья lá \U0001f331 <b>=1+1</b>"
QUESTION = Question("words", QuestionType.TEXT, "What?", "Words", most=80)


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A rule file with a question that is answered in words, served."""
    return plants_in(tmp_path_factory.mktemp("plants"))


def plants_in(folder: Path) -> Flask:
    """The same in a folder of its own."""
    file = folder / "small.yaml"
    file.write_text(with_words(), encoding="utf-8")
    return make_app(folder, rules=str(file))


def at_words(app: Flask) -> Web:
    """Somebody at the question that is answered in words."""
    web = Web(app)
    begin(web)
    for answers in BEFORE:
        web.submit(answers)
    assert web.path == "/questions/words"
    return web


def test_what_is_written_is_shown_where_answers_are_and_counts_as_written(plants: Flask) -> None:
    web = Web(plants)
    complete(web, **ANSWERS, words=f"  {SCRIPTS}\r\nsecond line\u202e", dictated="no")
    told = in_one_line(f"{SCRIPTS}\nsecond line")
    assert told.split()[:5] == web.page.text[web.page.text.index("叶子") :].split()[:5]
    assert "/ second line" in web.page.text
    with web.client:
        web.get("/result")
        assessment = current_assessment()
    outcome = assessment.outcome
    holding = {name for name, part in assessment.document.parts.items() if told in repr(part)}
    assert holding == {"answers", "my_answers", "doctor_said"}
    assert {"somebody_wrote"} <= set(outcome.notes)
    assert "said" in outcome.grounds
    web.get("/questions/words")
    assert web.page.one("textarea").typed == f"{SCRIPTS.strip()}\nsecond line"


def test_nothing_written_is_an_answer_that_is_not_told_as_not_sure(plants: Flask) -> None:
    web = at_words(plants)
    web.submit({"words": " \r\n "})
    assert web.path == "/questions/scale", "who wrote nothing is not asked who wrote it"
    web.submit({"weight": "2", "weight-unit": "kg"})
    assert "Nothing written" in web.page.text
    with web.client:
        web.get("/result")
        assessment = current_assessment()
    assert "words" not in assessment.unsure_questions
    assert "somebody_wrote" not in assessment.outcome.notes


def test_a_text_that_is_too_long_is_refused_and_nothing_of_it_is_lost(plants: Flask) -> None:
    web = at_words(plants)
    page = web.submit({"words": "水" * 81}, status=400)
    assert errors_on(page) == {"words": "This has 81 characters. It may have 80. Make it shorter."}
    assert shown_values(page, "words") == ["水" * 81]
    assert page.one("textarea")["maxlength"] == "80"
    page = web.submit({"words": "\u200b\u2800"}, status=400)
    assert "Nothing of this text can be seen" in errors_on(page)["words"]


@pytest.mark.parametrize("step", range(3))
def test_hostile_texts_are_text_on_every_page(plants: Flask, step: int) -> None:
    web = at_words(plants)
    for answers in ({"words": "x"}, {"dictated": "?"}, {"weight": "2", "weight-unit": "kg"}):
        web.submit(answers)
    shown = 0
    for text in STRINGS[step::40]:
        token = web.get("/questions/words").one("form").one("input", name="csrf_token")["value"]
        sent = {"csrf_token": token, "words": sendable(text)[:80]}
        response = web.client.post("/questions/words", data=sent, base_url=web.base_url)
        kept = in_one_line(clean(sent["words"]))
        if response.status_code == 303 and response.headers["Location"] == "/check" and kept:
            shown += 1
            assert " ".join(kept.split()) in text_of(web, "/check")
            text_of(web, "/result")
            text_of(web, "/summary")
    assert shown >= 8


def text_of(web: Web, path: str) -> str:
    """The text of a page, in which nothing could run."""
    response = web.raw(path)
    assert response.status_code == 200
    page = read_page(response.text)
    assert {script["src"].split("?")[0].rpartition("/")[0] for script in page.all("script")} == {"/static"}
    assert not page.all("iframe", "object", "embed", "base")
    assert not [name for element in page.walk() for name in element.attributes if name.startswith("on")]
    return " ".join(page.text.split())


def test_words_are_sealed_at_rest_shown_at_the_desk_and_stand_in_no_log_and_no_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app = plants_in(tmp_path)
    web = Web(app)
    receipt = shared(web, **ANSWERS, words="xylophone <i>=1+1</i>", dictated="?")
    paper = web.raw("/status/result/0/summary.pdf")
    assert paper.status_code in (200, 302, 303, 404)
    desk = signed_in(app, Role.COORDINATOR)
    with desk.store.reading() as transaction:
        row = find_by_code(transaction, receipt.code)
    assert row is not None
    assert "xylophone <i>=1+1</i>" in desk.get(f"/desk/submissions/{row.id}").text
    logged = caplog.text + "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "xylophone" not in logged
    assert not any("xylophone" in path for path in web.visited)
    assert web.service.store
    with web.service.store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"thirsty" in content
    assert b"xylophone" not in content


@given(st.text(max_size=120))
@settings(max_examples=200)
def test_any_text_is_refused_or_kept_in_one_form_and_rules_learn_nothing_of_it(typed: str) -> None:
    try:
        answer = read_answer(QUESTION, typed)
    except ValueError:
        return
    assert isinstance(answer, Written)
    assert len(answer.text) <= QUESTION.most
    assert read_answer(QUESTION, raw_answer(answer)) == answer
    assert plain_answer(QUESTION, answer) == WRITTEN
    assert "\n" not in in_one_line(answer.text)
    answer.text.encode()


def test_all_the_text_that_a_file_may_ask_for_fits_into_the_cookie(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(with_words().replace("most: 80", "most: 400"), encoding="utf-8")
    assert load_rule_file(file).rule_set.question["words"].most == 400
    web = at_words(make_app(tmp_path, rules=str(file)))
    incompressible = "".join(chr(0x20000 + 7919 * index % 40000) for index in range(400))
    web.submit({"words": incompressible})
    assert web.path == "/questions/dictated"
