"""The doctor's first page: every answer can be rebuilt from it, nothing is inferred, and no doubt is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given as over
from hypothesis import settings

from screening.documents.html import summary_html
from screening.documents.number_drawing import WIDTH, number_drawing
from screening.documents.summary import Copy, summary_pdf
from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.reading.answer_types import Answer
from screening.wording.document.blocks import Lines
from screening.wording.document.paper_blocks import NumberTable, NumberTableRow, Statement, Statements
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader
from tests.conftest import ROOT
from tests.documents.full_sets import LENGTHS, TAGS, answered, told_in
from tests.documents.page_one import is_same, rebuilt_answer
from tests.support.cases import CASES, ENGLISH, RULES, document_of, given, outcome_of, translations
from tests.support.every import for_every
from tests.support.page import read_page
from tests.support.pdf import pages_of
from tests.wording.summary.random_documents import answer_sets, text_of

CALM: dict[str, object] = {
    "red_flags": ["none"],
    "age": 52,
    "told": "none",
    "cause": ["other"],
    "ascites": "never",
    "he": "never",
    "bleed": "never",
    "jaundice": "never",
    "cancer": "none",
    "situation": ["none"],
    "other_health": ["none"],
}


def case_of(**raw: object) -> Case:
    """The calm answers with others."""
    return Case("", answered(**{**CALM, **raw}), {})


def page_one(answers: Mapping[str, Answer]) -> str:
    """The text of the doctor's first page, as its HTML has it."""
    html = summary_html(document_of(Case("", answers, {})), ENGLISH, Reader.DOCTOR)
    return read_page(html).one("div", **{"class": "first-page"}).text


def check_round_trip(page: str, answers: Mapping[str, Answer]) -> None:
    """Every answer to a question that is asked can be rebuilt, and no other question seems answered."""
    asked = outcome_of(Case("", answers, {})).asked
    for question in RULES.rule_set.questions:
        told = rebuilt_answer(page, question)
        if question.id in asked and question.id in answers:
            assert is_same(told, answers[question.id]), (question.id, answers[question.id], told)
        else:
            assert told is None, (question.id, told)


def test_every_answer_of_every_case_is_rebuilt_from_the_first_page() -> None:
    for case in (*CASES[::15], *LENGTHS.values()):
        check_round_trip(page_one(case.answers), case.answers)


@over(answer_sets())
@settings(max_examples=10)
def test_any_answers_are_rebuilt_from_the_first_page(answers: dict[str, Answer]) -> None:
    check_round_trip(page_one(answers), answers)


@pytest.mark.slow
@over(answer_sets())
@settings(max_examples=60)
def test_any_answers_are_rebuilt_from_the_first_page_of_the_pdf(answers: dict[str, Answer]) -> None:
    content = summary_pdf(given(Case("", answers, {})), Copy(Reader.DOCTOR))
    check_round_trip(pages_of(content, "-raw")[0], answers)


def test_what_was_not_noticed_is_not_told_as_absent() -> None:
    page = page_one(case_of().answers)
    assert "none noticed, none told" in page
    assert not re.search(
        r"\bno (ascites|jaundice|encephalopathy)|decompensated|compensated|\bmale\b|\bwoman\b|\bman\b", page
    )
    assert "MELD" not in page
    assert "Child-Pugh" not in page


@for_every(
    ("raw", "said"),
    [
        ({"ascites": "swelling_unchecked"}, "Ascites: not examined (belly tight"),
        ({"he": "told_unsure"}, "told something like it, not sure what"),
        ({"told": "scarring_not_said"}, "liver disease, fibrosis not mentioned"),
        ({"he": None}, "Hepatic encephalopathy: not sure"),
        ({"red_flags": ["seen"]}, "one that a doctor has seen, no worse now"),
        ({"red_flags": None}, "Help may be needed"),
        ({"red_flags": ["black_stool"]}, "melaena or much red blood"),
        ({"situation": ["maybe_pregnant"]}, "may be pregnant"),
        ({"other_health": ["blood_thinner"], "inr": "2.4"}, "Not used: a blood thinner is taken"),
        ({"bilirubin": {"value": "12", "unit": None}}, "Not used: its unit is not known"),
        ({"lsm": "16", "alt": "640"}, "Not used as scarring: ALT or AST above 200"),
        ({"lsm": "30"}, "told liver is fine; other answers point to more than that"),
        ({"labs_age": "gt12m", "alt": "30"}, "over 1 year ago"),
        (
            {"told": "cirrhosis_early", "ascites": "swelling_unchecked"},
            "told cirrhosis, no complications; but ascites not examined (belly tight",
        ),
        ({"he": "unchecked"}, "told liver is fine; but encephalopathy not examined (reports confusion"),
        ({"told": "fibrosis", "bleed": "unchecked"}, "told fibrosis; but bleeding not examined (reports haematemesis"),
        (
            {"told": "liver_no_scar", "jaundice": "now_unchecked"},
            "no fibrosis; but jaundice not examined (reports yellow eyes",
        ),
    ],
)
def test_what_a_doctor_must_not_overlook_stands_on_the_first_page(raw: dict[str, object], said: str) -> None:
    assert said.casefold() in page_one(case_of(**raw).answers).casefold()


def said_in(case: Case) -> list[Statement]:
    """The statements of the paragraph."""
    (block,) = document_of(case).parts["doctor_said"].blocks
    assert isinstance(block, Statements)
    return list(block.statements)


def test_only_what_changes_what_a_doctor_does_is_strong() -> None:
    said = said_in(case_of(ascites="now", he=None, jaundice="past", told="cirrhosis_early", cause=["hbv"]))
    strong = [statement.text for statement in said if statement.strong]
    assert strong == ["Ascites: now.", "Hepatic encephalopathy: not sure."]


@pytest.mark.parametrize(
    "noticed", [{"ascites": "swelling_unchecked"}, {"he": "past"}, {"other_health": ["infection_now"]}]
)
def test_what_was_noticed_stands_before_what_was_not(noticed: dict[str, object]) -> None:
    texts = [statement.text for statement in said_in(case_of(**noticed))]
    absent = [place for place, text in enumerate(texts) if re.search(r": none (ticked|noticed|reported)", text)]
    assert absent == list(range(len(texts) - len(absent), len(texts)))
    assert "Warning signs" in texts[absent[0]]


def test_a_number_of_a_paper_stands_in_the_table_alone_and_above_it_how_old_it_is() -> None:
    case = LENGTHS["everything"]
    paragraph = " ".join(statement.text for statement in said_in(case))
    rows = [row for row in rows_of(case).values() if row.label != "FIB-4"]
    assert len(rows) == 8
    assert not [
        row.label for row in rows if re.search(rf"\b{re.escape(row.label)}|\b{row.number}", paragraph, re.IGNORECASE)
    ]
    (about, *_) = document_of(case).parts["doctor_numbers"].blocks
    assert isinstance(about, Statements)
    assert [statement.text for statement in about.statements] == ["Scan made, blood test made: under 1 month ago."]


def test_without_a_number_the_paragraph_says_that_none_was_given() -> None:
    case = case_of(has_papers="yes", lsm=None, alt=None)
    assert "Stiffness, ALT: not given, or not sure." in [statement.text for statement in said_in(case)]
    assert "doctor_numbers" not in document_of(case).parts


def test_a_doctor_can_fill_in_whose_paper_it_is_what_was_examined_and_medicines() -> None:
    (lines,) = document_of(case_of(told="cirrhosis_early")).parts["doctor_fill_in"].blocks
    assert isinstance(lines, Lines)
    assert {"Name of the person:", "Examination of the belly:", "Medicines now, and what changes:"} <= {*lines.items}


def rows_of(case: Case) -> dict[str, NumberTableRow]:
    """The rows of the doctor's table by their label."""
    part = document_of(case).part("doctor_numbers")
    tables = [block for block in (part.blocks if part else ()) if isinstance(block, NumberTable)]
    return {row.label: row for table in tables for row in table.rows}


def zone_of(row: NumberTableRow) -> str:
    """The zone in which a row's mark stands, as it is drawn."""
    drawn = number_drawing(row)
    return next(zone.text for zone in drawn.zones if zone.holds)


@for_every(
    ("raw", "label", "zone"),
    [
        ({"lsm": "7.9"}, "Stiffness", "under 8"),
        ({"lsm": "8"}, "Stiffness", "8 to 15"),
        ({"lsm": "15"}, "Stiffness", "8 to 15"),
        ({"lsm": "15.1"}, "Stiffness", "cACLD"),
        ({"lsm": "25"}, "Stiffness", "CSPH"),
        ({"lsm": "7.0", "cause": ["hbv"]}, "Stiffness", "up to 7"),
        ({"lsm": "7.1", "cause": ["hbv"]}, "Stiffness", "7 to 15"),
        ({"bilirubin": {"value": "3.0", "unit": "mg/dL"}}, "Bilirubin (total)", "2 points"),
        ({"bilirubin": {"value": "3.1", "unit": "mg/dL"}}, "Bilirubin (total)", "3 points"),
        ({"albumin": {"value": "2.8", "unit": "g/dL"}}, "Albumin", "2 points"),
        ({"platelets": {"value": "149600", "unit": "/uL"}}, "Platelets", "low"),
        ({"platelets": 150}, "Platelets", "not low"),
        ({"age": 64, "ast": "40", "alt": "25", "platelets": 400}, "FIB-4", "below 1.30"),
        ({"age": 66, "ast": "60", "alt": "25", "platelets": 400}, "FIB-4", "below 2.0"),
        ({"age": 52, "ast": "60", "alt": "25", "platelets": 400}, "FIB-4", "up to 2.67"),
    ],
)
def test_a_number_lies_in_the_zone_that_its_cut_offs_say(raw: dict[str, object], label: str, zone: str) -> None:
    assert zone_of(rows_of(case_of(**raw))[label]) == zone


def test_cut_offs_stand_in_the_unit_that_was_typed_and_carry_their_source() -> None:
    rows = rows_of(LENGTHS["everything"])
    assert [zone.end for zone in rows["Platelets"].zones] == ["50000", "150000", ""]
    assert rows["Platelets"].other == "132 x 10⁹/L"
    assert [zone.end for zone in rows["Bilirubin (total)"].zones] == ["2", "3", ""]
    assert "Sterling 2006" not in rows["FIB-4"].named
    assert all(row.sources for row in rows.values() if row.zones)


def test_the_words_of_every_zone_fit_it_in_every_language() -> None:
    for tag in TAGS:
        part = result_document(told_in(tag, LENGTHS["everything"])).parts["doctor_numbers"]
        for row in next(block for block in part.blocks if isinstance(block, NumberTable)).rows:
            for zone in number_drawing(row).zones if row.zones else ():
                assert zone.x <= zone.text_x, (tag, zone.text)
                assert zone.x + zone.width <= WIDTH


def test_lines_to_fill_in_say_the_medical_words_in_english_too() -> None:
    paper = RULES.rule_set.doctor_paper
    assert paper is not None
    terms = ("cirrhosis", "ascites", "variceal bleeding", "stiffness", "ultrasound", "endoscopy", "hepatitis b")
    for tag, translation in translations().items():
        translated = translation.rules.rule_set.doctor_paper
        assert translated is not None
        for own, other in zip(paper.fill_in, translated.fill_in, strict=True):
            for term in terms:
                assert term not in own.text.casefold() or term in other.text.casefold(), (tag, other.text)


def test_what_the_person_asks_and_what_is_open_stand_beside_each_other() -> None:
    document = document_of(case_of(told="cirrhosis_early", ascites=None))
    assert "How sure" in text_of(document.part("doctor_asked")) or document.part("doctor_asked")
    assert "ascites" in text_of(document.part("doctor_open"))


def test_a_reason_in_the_persons_own_words_ends_in_one_full_stop() -> None:
    rules = load_rule_file(ROOT / "rules" / "audit-c.yaml")
    case = next(case for case in rules.cases if case.expected.get("grounds") == ["total_from_5"])
    document = result_document(given(case, rules))
    said = text_of(document.part("doctor_match"))
    assert "add up to 5 or more." in said
    assert ".." not in said
