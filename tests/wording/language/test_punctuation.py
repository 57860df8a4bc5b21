"""Pieces of text are joined by the signs of their language."""

from __future__ import annotations

import re

import pytest

from screening.documents.html import summary_html
from screening.wording.language.languages import language
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader
from tests.documents.full_sets import EVERY, TAGS, told_in
from tests.support.cases import CASES, RULES, translations

_CHINESE = r"[\u4e00-\u9fff\u300a-\u300f\u201d\uff09]"
_JOINED = re.compile(rf"{_CHINESE}[.,;:?!](?:\s|$|<|{_CHINESE})")
"""A sign of another script right behind Chinese."""


@pytest.mark.parametrize(
    ("tag", "joined"),
    [
        ("en", ["a; b", "a: b", "a, b", "a.", "a. b."]),
        ("ms", ["a; b", "a: b", "a, b", "a.", "a. b."]),
        ("zh-Hans", ["a；b", "a：b", "a，b", "a。", "a。b。"]),
    ],
)
def test_every_language_has_its_signs(tag: str, joined: list[str]) -> None:
    one = language(tag)
    both = one.sentences((one.sentence("a"), "", one.sentence("b")))
    assert [one.apart(["a", "b"]), one.with_label("a", "b"), one.with_date("a", "b"), one.sentence("a"), both] == joined


@pytest.mark.parametrize("tag", TAGS)
def test_no_answer_holds_the_sign_that_stands_between_answers(tag: str) -> None:
    """A list of ticked answers would read as if there were one more."""
    between = language(tag).apart(["", ""]).strip()
    rules = translations()[tag].rules.rule_set if tag in translations() else RULES.rule_set
    options = [option for question in rules.questions for option in question.options]
    said = [text for option in options for text in (option.text, option.repeat) if text]
    assert [text for text in said if between in text] == []


@pytest.mark.parametrize("reader", Reader)
def test_no_summary_in_chinese_joins_by_the_signs_of_another_script(reader: Reader) -> None:
    tag = next(tag for tag in TAGS if tag.startswith("zh"))
    for case in (*EVERY.values(), *CASES[::20]):
        html = summary_html(result_document(told_in(tag, case)), language(tag), reader)
        said = [line for line in re.sub(r"<(?:style|title)[^>]*>|<[^>]+>", "\n", html).splitlines() if line.strip()]
        assert [sentence for sentence in said if _JOINED.search(sentence)] == [], case.name
