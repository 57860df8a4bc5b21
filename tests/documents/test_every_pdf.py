"""What each PDF says to the person and to the doctor: for one case of each kind, and for as many as tell all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from screening.documents.pdf import render_pdf
from screening.documents.summary import summary_pdf, summary_printing
from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.review.state import REQUIRED, ReviewState
from screening.ruleset.reading.answer_types import Quantity
from screening.wording.document.answers import answer_in_words
from screening.wording.document.blocks import Items
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader, first_page
from tests.documents.full_sets import pdf_of
from tests.support.cases import (
    ENGLISH,
    ONE_OF_EACH,
    RULES,
    by_name,
    document_of,
    enough_cases,
    given,
    outcome_of,
)
from tests.support.pdf import pages_of, squeezed, words_of
from tests.support.reviewing import signature

MAX_PAGES = 6


def check_pdf(case: Case, content: bytes) -> None:
    """Its length, and that all which matters stands in it."""
    pages = pages_of(content, "-raw")
    assert len(pages) <= MAX_PAGES, case.name
    text, first = squeezed(words_of(content)), squeezed(pages[0])
    document, outcome = document_of(case), outcome_of(case)
    assert squeezed(document.heading) in text
    assert squeezed(document.title) in first
    assert squeezed(document.disclaimer) in text
    reasons = document.part("reasons")
    for block in reasons.blocks if reasons else ():
        assert isinstance(block, Items)
        for reason in block.items[:3]:
            assert squeezed(reason) in text, reason
    for name, answer in case.answers.items():
        question = RULES.rule_set.question[name]
        said = answer_in_words(question, answer, ENGLISH)
        if name in outcome.asked:
            assert squeezed(said) in text, said
        if isinstance(answer, Quantity) and name in outcome.asked:
            assert ENGLISH.number(answer.amount) in said
    assert squeezed(RULES.hash) in text
    emergency = document.part("emergency")
    assert (emergency is None) or squeezed(emergency.title) in first


@pytest.mark.slow
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_pdf_of_each_kind_says_what_was_matched_why_and_what_was_answered(
    pdfs: Mapping[str, bytes], kind: str
) -> None:
    check_pdf(ONE_OF_EACH[kind], pdfs[kind])


@pytest.mark.slow
@pytest.mark.parametrize("case", enough_cases(), ids=by_name)
def test_all_that_any_case_tells_is_said_on_few_pages(case: Case) -> None:
    check_pdf(case, render_pdf(summary_printing(Assessment(replace(given(case), demonstration=True)))))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_the_first_page_is_the_persons_own(pdfs: Mapping[str, bytes], kind: str) -> None:
    first = squeezed(pages_of(pdfs[kind], "-raw")[0])
    document = document_of(ONE_OF_EACH[kind])
    for name in first_page(document, Reader.PERSON):
        part = document.part(name)
        assert part is None or squeezed(part.title) in first, name
    for name in ("short_answer", "claims", "ask_clinic", "answers"):
        part = document.part(name)
        assert part is None or squeezed(part.title) not in first, name
    assert squeezed("Information, not medical advice") in first


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_the_first_page_for_a_doctor_holds_what_is_read_in_twenty_seconds(kind: str) -> None:
    pages = [squeezed(page) for page in pages_of(pdf_of(kind, "en", Reader.DOCTOR), "-raw")]
    assert len(pages) <= MAX_PAGES
    document = document_of(ONE_OF_EACH[kind])
    for name in ("doctor_help", "doctor_conflicts", "doctor_numbers", "doctor_asked", "doctor_open", "doctor_fill_in"):
        part = document.part(name)
        assert part is None or squeezed(part.title) in pages[0], name
    assert squeezed(document.disclaimer) in "".join(pages)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_no_id_and_no_condition_stands_before_the_last_page_for_a_doctor(kind: str) -> None:
    *before, last = [squeezed(page) for page in pages_of(pdf_of(kind, "en", Reader.DOCTOR), "-raw")]
    ids = {name for name in (*RULES.rule_set.ground, *RULES.rule_set.note) if "_" in name}
    conditions = [squeezed(ground.when.text) for ground in RULES.rule_set.grounds]
    for said in (*ids, *conditions):
        assert not any(said in page for page in before), said
    grounds = document_of(ONE_OF_EACH[kind]).part("grounds")
    assert grounds is None or squeezed(grounds.title) in last


@pytest.mark.parametrize("kind", ["unclear, unless, maybe urgent", "unclear, nothing_known"])
def test_reviewers_with_much_to_declare_leave_the_first_page_whole(kind: str) -> None:
    long = {"name": "Professor " * 6 + "Tan", "registration": "Malaysian Medical Council, specialist 12345"}
    signatures = [signature(role, interests="A talk was paid. " * 17, **long) for role in REQUIRED]
    told = replace(given(ONE_OF_EACH[kind]), review=ReviewState(tuple(signatures)))
    pages = pages_of(summary_pdf(told), "-raw")
    assert squeezed(RULES.rule_set.disclaimer) in squeezed("".join(pages))
    assert squeezed(result_document(told).review) in squeezed("".join(map(without_footing, pages)))
    assert len(pages) <= MAX_PAGES


def without_footing(page: str) -> str:
    """A page without what a text that goes on over a page would be broken by: its footing, and signs of lists."""
    return re.sub(r"Information, not medical advice ·.*|^•$", "", page, flags=re.DOTALL | re.MULTILINE)
