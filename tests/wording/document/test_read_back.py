"""Numbers read back, the list of answers to check, and articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.ruleset.model.texts import Article
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Unsure, is_unusual
from screening.wording.document.blocks import Lines
from screening.wording.document.read_back import answer_rows, read_back
from screening.wording.summary.articles import article_document
from tests.support.cases import ENGLISH, RULES
from tests.support.every import for_every
from tests.wording.summary.random_documents import answer_sets, texts_in

RULE_SET = RULES.rule_set
BLOOD = RULE_SET.page["blood_test"]


def read(name: str, value: str, unit: str | None) -> Answer:
    """A number as it is typed."""
    return read_answer(RULE_SET.question[name], {"value": value, "unit": unit})


def test_only_numbers_are_read_back_in_the_order_of_the_page() -> None:
    answers = {"inr": read("inr", "1.1", "{INR}"), "alt": read("alt", "40", "U/L"), "labs_age": Chosen("lt1m")}
    rows = read_back(BLOOD, {**answers, "ast": Unsure(), "age": read("age", "50", "a")}, ENGLISH)
    assert [(row.question, row.number) for row in rows] == [("alt", "40 U/L"), ("inr", "1.1 INR")]


@for_every(
    ("name", "value", "unit", "is_rare"),
    [
        ("inr", "5", "{INR}", False),
        ("inr", "5.01", "{INR}", True),
        ("bilirubin", "4", "umol/L", True),
        ("bilirubin", "5", "umol/L", False),
        ("bilirubin", "4", "mg/dL", False),
        ("bilirubin", "25", "mg/dL", True),
        ("platelets", "19", "10*9/L", True),
        ("platelets", "19000", "/uL", True),
        ("platelets", "20000", "/uL", False),
        ("albumin", "1.4", "g/dL", True),
        ("alt", "4", "U/L", True),
        ("alt", "5", "U/L", False),
        ("ast", "1", "U/L", True),
        ("ast", "5", "U/L", False),
        ("ggt", "4", "U/L", False),
    ],
)
def test_a_rare_number_says_what_to_check(name: str, value: str, unit: str, is_rare: bool) -> None:
    (row,) = read_back(BLOOD, {name: read(name, value, unit)}, ENGLISH)
    assert bool(row.unusual) == is_rare
    assert row.remark == ""


@pytest.mark.parametrize("name", ["alt", "ast"])
def test_a_very_low_enzyme_names_the_unit_that_it_may_be_in(name: str) -> None:
    (row,) = read_back(BLOOD, {name: read(name, "2", "U/L")}, ENGLISH)
    assert "µkat/L" in row.unusual


@pytest.mark.parametrize(("value", "is_rare"), [("1.5", True), ("2.4", True), ("2.5", False), ("50", False)])
def test_a_very_low_scan_says_what_else_it_may_be(value: str, is_rare: bool) -> None:
    (row,) = read_back(RULE_SET.page["scan"], {"lsm": read("lsm", value, "kPa")}, ENGLISH)
    assert ("m/s" in row.unusual and "MRI" in row.unusual) == is_rare


def test_a_number_of_unknown_unit_is_never_rare_and_says_that_it_does_not_count() -> None:
    (row,) = read_back(BLOOD, {"bilirubin": read("bilirubin", "4", None)}, ENGLISH)
    assert row.number == "4 (unit not known)"
    assert row.unusual == ""
    assert row.remark == "Without its unit this number does not count. It is kept for your doctor."


@given(answer_sets())
def test_every_number_of_a_page_is_read_back_once(answers: dict[str, Answer]) -> None:
    for page in RULE_SET.pages:
        rows = {row.question: row for row in read_back(page, answers, ENGLISH)}
        numbers = {question.id for question in page.questions if isinstance(answers.get(question.id), Quantity)}
        assert set(rows) == numbers
        for name, row in rows.items():
            answer = answers[name]
            assert isinstance(answer, Quantity)
            assert row.number.startswith(ENGLISH.number(answer.amount))
            assert bool(row.unusual) == is_unusual(RULE_SET.question[name], answer)


@given(answer_sets(), st.data())
def test_the_answers_to_check_are_those_asked_in_the_order_asked(
    answers: dict[str, Answer], data: st.DataObject
) -> None:
    asked = data.draw(st.sets(st.sampled_from([question.id for question in RULE_SET.questions])))
    rows = answer_rows(RULE_SET, answers, asked, ENGLISH)
    assert [row.question for row in rows] == [question.id for question in RULE_SET.questions if question.id in asked]
    for row in rows:
        assert row.page == RULE_SET.page_of[row.question].id
        assert (row.answer == "Not answered") == (row.question not in answers)


# --- articles ------------------------------------------------------------------------------------


@for_every("article", RULE_SET.articles, ids=lambda article: article.id)
def test_an_article_says_all_that_the_rule_file_says_in_it(article: Article) -> None:
    document = article_document(RULE_SET, article, ENGLISH)
    said = list(texts_in(document))
    for section in article.sections:
        assert section.title in said
        for block in section.blocks:
            for text in filter(None, (block.text, *block.items)):
                assert text in said
    numbers = [entry.number for entry in document.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    assert (document.checks is not None) == bool(article.checks)


def test_the_card_to_fill_in_has_a_line_for_each_check() -> None:
    article = next(article for article in RULE_SET.articles if article.checks)
    checks = article_document(RULE_SET, article, ENGLISH).checks
    assert checks is not None
    assert checks.blocks == (Lines(tuple(block.text for block in article.checks)),)


def test_every_article_that_a_category_names_is_there() -> None:
    named = {category.article for category in RULE_SET.categories if category.article}
    assert named <= {article.id for article in RULE_SET.articles}
