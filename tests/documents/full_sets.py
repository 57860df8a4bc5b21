"""Answer sets of every length, nothing answered to numbers far beyond the cut-offs, and PDFs, each made once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from screening.documents.html import summary_html
from screening.documents.summary import Copy, summary_pdf
from screening.rulefiles.cases.case_file import Case
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer
from screening.wording.language.languages import language
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.selection import Reader
from tests.support.cases import (
    CASES,
    ENGLISH,
    ONE_OF_EACH,
    RULES,
    TRANSLATED,
    document_of,
    given,
    kind_of,
    translations,
)

_FULL: dict[str, object] = {
    "red_flags": ["none"],
    "age": 61,
    "told": "cirrhosis_early",
    "cause": ["hbv", "masld"],
    "stage": "F3_F4",
    "ascites": "swelling_unchecked",
    "he": "never",
    "bleed": "varices_no_bleed",
    "jaundice": "past",
    "cancer": "none",
    "situation": ["none"],
    "transplant_talk": "not_needed_yet",
    "other_comp": ["none"],
    "child_pugh": "A",
    "meld": 9,
    "other_health": ["blood_thinner"],
    "has_papers": "yes",
    "lsm": 6.5,
    "scan_age": "lt1m",
    "alt": 45,
    "ast": 60,
    "ggt": 88,
    "platelets": {"value": "132000", "unit": "/uL"},
    "bilirubin": {"value": "1,2", "unit": "mg/dL"},
    "albumin": 38,
    "inr": 1.2,
    "labs_age": "lt1m",
}


def answered(**raw: object) -> dict[str, Answer]:
    """These raw answers, read."""
    return {name: read_answer(RULES.rule_set.question[name], value) for name, value in raw.items()}


LENGTHS: dict[str, Case] = {
    "nothing but what is required": Case("nothing", answered(age=50), {}),
    "nothing but no warning signs": Case("calm", answered(age=50, red_flags=["none"]), {}),
    "everything": Case("everything", answered(**_FULL), {}),
    "everything, far beyond": Case("beyond", answered(**{**_FULL, "ascites": "now", "lsm": 70, "bilirubin": 900}), {}),
}
"""By length; what is not named is not answered."""
EVERY = {**ONE_OF_EACH, **LENGTHS}
TAGS = (RULES.rule_set.language, *TRANSLATED)


def told_in(tag: str, case: Case) -> SummaryInput:
    """The input of a case in a language, marked as a test: that takes the most room."""
    rules = translations()[tag].rules if tag in TRANSLATED else RULES
    return replace(given(case), rules=rules, language=language(tag), demonstration=True)


@cache
def pdf_of(name: str, tag: str = "en", reader: Reader = Reader.PERSON) -> bytes:
    """The PDF of a kind or length, made once for all tests that look at it."""
    return summary_pdf(told_in(tag, EVERY[name]), Copy(reader))


def _is_short(case: Case) -> bool:
    """Whether no number of a paper was typed."""
    read_back = {question.id for page in RULES.rule_set.pages if page.read_back for question in page.questions}
    return not read_back & set(case.answers)


SHORT = [case for case in (*CASES, *LENGTHS.values()) if _is_short(case)]
"""Two pages at most."""


@cache
def longest_short(reader: Reader) -> tuple[Case, ...]:
    """Of each kind of outcome the short set with the most to say: where it has room enough, all have."""
    by_kind: dict[str, tuple[int, Case]] = {}
    for case in SHORT:
        length = len(summary_html(document_of(case), ENGLISH, reader))
        if length > by_kind.get(kind_of(case), (0, case))[0]:
            by_kind[kind_of(case)] = length, case
    return tuple(case for _, case in by_kind.values())
