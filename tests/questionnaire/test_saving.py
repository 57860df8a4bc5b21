"""Answers saved in a file and opened again: later, elsewhere, by other rules, with the wrong words."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.crypto.keys import parse_keys
from screening.crypto.phrase_box import NotSealedFileError, seal_with_phrase
from screening.questionnaire.answers_state import AnswersState
from screening.questionnaire.saved_answers import FIRST_LINE, open_file, sealed_file
from screening.questionnaire.taking_over import OpenedAnswers, take_over
from screening.wording.language.secret_phrases import languages, phrase_words, read_phrase
from tests.conftest import ROOT
from tests.hostile.naughty import STRINGS, sendable
from tests.rulefiles.edited import edited
from tests.support.cases import RULES
from tests.support.page import Element, read_page
from tests.support.person import begin, complete
from tests.support.web import Web, errors_on
from tests.support.web_fixtures import KEY, make_app

RING = parse_keys(KEY)
SECRET = b"\x01\x02\x03\x04\x05"


def saved(web: Web) -> tuple[str, str]:
    """The words and the file of somebody who saves their answers."""
    web.get("/save")
    web.submit()
    words = web.page.one("input", name="words")["value"]
    form = web.page.one("main").one("form")
    fields = {element["name"]: element["value"] for element in form.all("input")}
    response = web.client.post(form["action"], data=fields, base_url=web.base_url)
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-answers.sealed.txt"'
    return words, response.text


def opened(web: Web, text: str | None, words: str, *, status: int = 200) -> Element:
    """The page after a file was sent with words."""
    token = web.reopen("/open").one("main").one("form").one("input", name="csrf_token")["value"]
    fields: dict[str, object] = {"csrf_token": token, "words": words}
    if text is not None:
        fields["file"] = (io.BytesIO(text.encode()), "saved.txt")
    response = web.client.post("/open", data=fields, base_url=web.base_url, follow_redirects=True)
    assert response.status_code == status
    return read_page(response.text)


def test_answers_go_on_in_another_browser_where_they_were(app: Flask) -> None:
    first, second = Web(app), Web(app)
    complete(first, age="61")
    words, text = saved(first)
    assert len(words.split()) == 4
    page = opened(second, text, words.upper().replace(" ", " - "))
    assert "The questions are the same" in page.text
    second.get("/continue")
    assert second.path == "/check"
    assert second.page.one("dl").text == first.get("/check").one("dl").text


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "my-answers"), ("ms", "jawapan-saya"), ("id", "jawaban-saya"), ("zh-Hans", "my-answers")]
)
def test_a_file_has_a_name_in_the_persons_language_that_every_system_takes(web: Web, tag: str, name: str) -> None:
    complete(web)
    web.client.set_cookie("language", tag)
    plain = web.raw("/save/answers.txt").headers["Content-Disposition"]
    assert plain == f'attachment; filename="{name}.txt"'
    web.get("/save")
    web.submit()
    assert f"{name}.sealed.txt" in web.page.text


def test_a_press_is_answered_with_the_file_and_nothing_else_is_put_into_a_cookie(web: Web) -> None:
    complete(web)
    for press, told in (("ab12", "ab12"), ("", None), ("a;b", None), ("a" * 13, None)):
        web.client.delete_cookie("arrived")
        web.raw(f"/summary.pdf?press={quote(press)}")
        cookie = web.client.get_cookie("arrived")
        assert (cookie.value if cookie else None) == told
    assert not saved(web)[1].startswith("arrived")
    assert web.client.get_cookie("arrived") is None  # without a script nothing is pressed by name


def test_a_file_tells_nothing_without_its_words(web: Web) -> None:
    complete(web, age="61")
    words, text = saved(web)
    assert text.startswith(FIRST_LINE)
    other = "acorn acorn acorn acorn" if words != "acorn acorn acorn acorn" else "actor actor actor actor"
    page = opened(web, text, other, status=400)
    assert errors_on(page) == {
        "words": "These words do not open this file. Check each word and their order, or choose another file."
    }
    assert "choose the file and type the words again" in page.text
    assert page.one("input", name="words")["value"] == ""  # secret words wait nowhere


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words", "anchor"),
    [
        (None, "acorn acorn acorn acorn", "file"),
        ("", "acorn acorn acorn acorn", "file"),
        ("not ours", "acorn acorn acorn acorn", "file"),
        (b"[]", "acorn acorn acorn acorn", "file"),
        (b"{}", "acorn " * 4, "file"),
        (b"{}", "acorn actor", "words"),
        (b"{}", "acorn actor zzz acorn", "words"),
    ],
    ids=["no file", "empty", "another", "a list", "no members", "few words", "unknown word"],
)
def test_what_is_wrong_is_said_beside_it(web: Web, text: str | bytes | None, words: str, anchor: str) -> None:
    if isinstance(text, bytes):
        text = seal_with_phrase(text, "00" * 5, FIRST_LINE)
    begin(web)
    before = web.cookie()
    assert list(errors_on(opened(web, text, words, status=400))) == [anchor]
    assert web.cookie() == before


@pytest.mark.slow
def test_naughty_files_and_words_are_refused(web: Web) -> None:
    for text in STRINGS[::7]:
        assert errors_on(opened(web, sendable(text), "acorn acorn acorn acorn", status=400))
        assert errors_on(opened(web, "x", sendable(text), status=400))


@pytest.mark.slow
def test_a_file_survives_other_rules_and_says_which_questions_changed(tmp_path: Path, web: Web) -> None:
    complete(web, age="61")
    words, text = saved(web)
    rules = tmp_path / "liver.yaml"
    text_of_rules = (ROOT / "rules" / "liver.yaml").read_text(encoding="utf-8")
    rules.write_text(edited(("text: About how old are you?", "text: Roughly how old are you?"), text=text_of_rules))
    later = Web(make_app(tmp_path, rules=str(rules)))
    page = opened(later, text, words)
    assert "These questions have changed" in page.text
    assert [element.text for element in page.one("main").all("li")] == [RULES.rule_set.question["age"].label]


def carried(state: AnswersState) -> OpenedAnswers:
    """What comes of a state that is saved and opened again at once."""
    text = sealed_file(state, RULES.rule_set, SECRET, RING, 0)
    return take_over(open_file(text, [b"\x00" * 5, SECRET], RING, 0), RULES.rule_set, date(2026, 5, 1))


def test_answers_to_questions_that_are_gone_are_counted_and_left_out() -> None:
    opened = carried(AnswersState({"told": "none", "gone": "yes"}, who="me", day="2026-05-01"))
    assert (opened.gone, opened.changed) == (1, ())
    assert opened.state == AnswersState({"told": "none"}, who="me", day="2026-05-01")


def test_what_was_sent_to_a_clinic_is_not_carried_along() -> None:
    kept = carried(AnswersState({"told": "none"}, day="2026-05-01", token="dG9rZW4=", amends="ab" * 8)).state
    assert (kept.token, kept.amends) == ("", "")


def test_a_file_of_another_shape_is_refused() -> None:
    for content in (b'{"kept": 1}', b'{"version": 2, "kept": {"answers": {}}, "questions": {}}'):
        with pytest.raises(NotSealedFileError):
            open_file(seal_with_phrase(content, SECRET.hex(), FIRST_LINE), [SECRET], RING, 0)


def test_plain_text_holds_each_answer(web: Web) -> None:
    complete(web, age="61")
    text = web.client.get("/save/answers.txt", base_url=web.base_url).text
    for element in web.get("/check").one("dl").all("dd"):
        if "change" not in element.classes:
            assert " ".join(element.text.split()) in " ".join(text.split())
    assert RULES.rule_set.disclaimer in text


@pytest.mark.parametrize("path", ["/save", "/save/answers.txt"])
def test_with_no_answers_there_is_nothing_to_save(web: Web, path: str) -> None:
    web.get(path)
    assert web.path == "/answers-gone"


@settings(max_examples=50)
@given(secret=st.binary(min_size=5, max_size=5))
def test_the_words_mean_one_secret(secret: bytes) -> None:
    for tag in languages():
        assert secret in read_phrase(" ".join(phrase_words(secret, tag)), 4)
