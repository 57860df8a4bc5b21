"""From answers to a Document: always the same, complete, cited, and free of what must not be said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.checks.texts import PhraseFinder
from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.review.state import ReaderTest, ReviewState, Role
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.ruleset.reading.answer_types import Answer, Chosen
from screening.wording.document.review_state import review_sentences
from screening.wording.summary.context import SummaryContext, SummaryInput, TypedBy
from screening.wording.summary.left_open import left_open_by
from screening.wording.summary.result import result_document
from tests.support.cases import CASES, ENGLISH, LIVER, ONE_OF_EACH, RULES, by_name, document_of, outcome_of
from tests.support.cases import given as given_by
from tests.support.every import for_every
from tests.support.reviewing import signature
from tests.wording.summary.random_documents import answer_sets, cited_in, text_of, texts_in

UNFILLED = re.compile(r"\{[a-z_]\w*\}|%\(\w+\)s|\bNone\b(?! of)|Decimal\(|frozenset|<class")
RULE_SET = RULES.rule_set
all_cases = for_every("case", CASES, by_name)
one_of_each = pytest.mark.parametrize("kind", ONE_OF_EACH)


def of(answers: dict[str, Answer]) -> SummaryInput:
    """The input of a summary with these answers."""
    return replace(given_by(CASES[0]), answers=answers)


# --- the same for ever ---------------------------------------------------------------------------


@pytest.mark.slow
@all_cases
def test_the_same_answers_in_any_order_make_the_same_document(case: Case) -> None:
    turned = dict(reversed(list(case.answers.items())))
    assert result_document(of(turned)) == document_of(case)


@pytest.mark.slow
def test_a_rule_file_loaded_anew_makes_the_same_documents() -> None:
    anew = load_rule_file(LIVER)
    assert [result_document(given_by(case, anew)) for case in anew.cases] == [document_of(case) for case in CASES]


def test_without_a_required_answer_there_is_no_document() -> None:
    with pytest.raises(RequiredAnswerMissingError):
        result_document(of({"told": Chosen("fibrosis")}))


# --- what stands in it ---------------------------------------------------------------------------


@pytest.mark.slow
@all_cases
def test_a_case_is_told_under_the_category_that_it_expects(case: Case) -> None:
    document = document_of(case)
    assert document.category == case.expected["category"]
    assert document.tone == RULE_SET.category[document.category].tone
    match = document.part("match")
    assert match is not None
    assert match.title == document.heading


@pytest.mark.slow
@all_cases
def test_the_reasons_are_those_of_the_grounds_that_hold(case: Case) -> None:
    outcome = outcome_of(case)
    told = outcome.possible if outcome.kind else {outcome.category}
    holding = [name for name in outcome.grounds if RULE_SET.category_of[name] in told]
    count = len(holding) if outcome.kind in (None, "unless", "several") else 0
    part = document_of(case).part("reasons")
    left_open = len(left_open_by(SummaryContext(given_by(case)))) if outcome.kind else 0
    assert (len(list(texts_in(part.blocks))) if part else 0) == count + left_open


def test_every_text_is_filled_in() -> None:
    for text in {text for case in CASES for text in texts_in(document_of(case))}:
        assert not UNFILLED.search(text), text
        assert text == " ".join(text.split())


@pytest.mark.slow
@given(answer_sets())
def test_any_answers_make_a_document_that_is_complete_and_cites_without_gaps(answers: dict[str, Answer]) -> None:
    document = result_document(of(answers))
    for text in texts_in(document):
        assert not UNFILLED.search(text), text
    assert {"typed_by", "match", "next_steps", "answers", "review"} <= set(document.parts)
    assert [entry.number for entry in document.sources] == list(range(1, len(document.sources) + 1))
    assert set(cited_in(document)) <= {entry.number for entry in document.sources}


def test_no_text_says_what_is_never_said_to_a_person() -> None:
    finder = PhraseFinder(RULE_SET.banned.phrases)
    for text in {text for case in CASES for text in texts_in(document_of(case))}:
        assert not list(finder.find(text)), text


@one_of_each
def test_every_document_says_that_it_is_no_advice_and_who_reviewed_the_rules(kind: str) -> None:
    document = document_of(ONE_OF_EACH[kind])
    assert document.disclaimer == RULE_SET.disclaimer
    assert document.review == "No clinician has reviewed these rules and texts yet. Not yet tested with readers."
    assert document.stamp == f"liver {RULE_SET.version} · {RULES.hash[:12]} · not reviewed by a clinician"
    assert document.answered_on_in_words == "22 November 2026"
    for said in (RULES.hash, document.review, RULE_SET.version):
        assert said in text_of(document.part("review"))


@all_cases
def test_every_answer_stands_in_it_and_none_is_dropped_in_silence(case: Case) -> None:
    document, outcome = document_of(case), outcome_of(case)
    part = document.part("answers")
    assert part is not None
    table, *rest = part.blocks
    listed = [row[0] for row in table.rows]  # type: ignore[union-attr,index]
    given_and_asked = [
        question.label for question in RULE_SET.questions if question.id in case.answers.keys() & outcome.asked
    ]
    assert listed == given_and_asked
    not_answered = text_of(replace(part, blocks=tuple(rest)))
    for question in RULE_SET.questions:
        assert (question.label in not_answered) == (question.id in outcome.asked - case.answers.keys()), question.id
    ignored = text_of(document.part("ignored"))
    for name in outcome.ignored:
        assert RULE_SET.question[name].label in ignored or document.tone == "urgent"


@one_of_each
def test_a_signed_rule_file_is_told_as_signed(kind: str) -> None:
    review = ReviewState(
        (signature(), signature(Role.SAFETY)), reader_test=ReaderTest(date(2026, 7, 1), 12, passed=True)
    )
    document = result_document(replace(given_by(ONE_OF_EACH[kind]), review=review))
    assert document.review == " ".join(review_sentences(review, ENGLISH))
    assert document.stamp.endswith("· reviewed by a clinician, valid until 1 July 2027")
    assert document.review in text_of(document.part("review"))


@one_of_each
def test_a_demonstration_is_marked_and_nothing_else_changes(kind: str) -> None:
    input_ = given_by(ONE_OF_EACH[kind])
    plain, marked = result_document(input_), result_document(replace(input_, demonstration=True))
    assert plain.watermark == ""
    marks = ("Test version, not health advice", "Test version; this advice to get help is real")
    has_advice = kind in ("urgent", "unclear, several") or kind.endswith("maybe urgent")
    assert marked == replace(plain, watermark=marks[has_advice])


@one_of_each
def test_who_typed_changes_one_sentence(kind: str) -> None:
    input_ = given_by(ONE_OF_EACH[kind])
    mine, helped = result_document(input_), result_document(replace(input_, typed_by=TypedBy.HELPER))
    assert {name for name in mine.parts if mine.parts[name] != helped.parts[name]} == {"typed_by"}
    assert "Nobody has checked them." in text_of(mine.part("typed_by"))
    assert "somebody who helps the person" in text_of(helped.part("typed_by"))


@pytest.mark.parametrize("typed_by", TypedBy)
def test_what_staff_wrote_down_on_a_call_adds_one_sentence(typed_by: TypedBy) -> None:
    input_ = replace(given_by(ONE_OF_EACH["fibrosis"]), typed_by=typed_by)
    sent, amended = result_document(input_), result_document(replace(input_, amended=True))
    assert {name for name in sent.parts if sent.parts[name] != amended.parts[name]} == {"typed_by"}
    added = " Clinic staff wrote down some of them, as they were told on a call."
    assert text_of(amended.part("typed_by")) == text_of(sent.part("typed_by")) + added


@pytest.mark.parametrize("name", ["lsm", "bilirubin"])
def test_a_part_that_is_off_is_neither_asked_nor_told(name: str) -> None:
    case = next(case for case in CASES if name in case.answers and case.expected["category"] == "decompensated")
    off = frozenset(part.id for part in RULE_SET.parts)
    document = result_document(replace(given_by(case), parts_off=off))
    label = RULE_SET.question[name].label
    assert label in text_of(document_of(case).part("answers"))
    assert label not in text_of(document.part("answers"))
    assert label in text_of(document.part("ignored"))


# --- for the clinic ------------------------------------------------------------------------------


@all_cases
def test_the_grounds_are_listed_by_id_as_met_or_open_in_an_emergency_only_what_called_for_help(case: Case) -> None:
    outcome = outcome_of(case)
    part = document_of(case).part("grounds")
    rows = {row[0]: row[2] for block in part.blocks for row in block.rows} if part else {}  # type: ignore[union-attr,index]
    still_open = [name for names in outcome.open_grounds.values() for name in names]
    is_urgent = document_of(case).tone == "urgent"
    met = [name for name in outcome.grounds if not is_urgent or RULE_SET.category_of[name] == outcome.category]
    assert rows == dict.fromkeys(still_open, "open") | dict.fromkeys(met, "met")


def test_values_are_worked_out_for_the_clinic_and_say_that_they_decide_nothing() -> None:
    case = next(case for case in CASES if case.name == "A high FIB-4 makes no stage")
    said = text_of(document_of(case).part("values"))
    assert "FIB-4\n3.919\n" in said
    assert "It places nobody in a section." in said
    beside = next(case for case in CASES if case.name == "A FIB-4 of 2.6701 stands against what a doctor told")
    assert "FIB-4\n2.6701\n" in text_of(document_of(beside).part("values"))
    without = next(case for case in CASES if case.expected.get("values") == {"fib4": "unknown"})
    assert "FIB-4\nnot worked out" in text_of(document_of(without).part("values"))
