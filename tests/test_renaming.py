"""With every id in the rule file renamed, everything a person sees stays: nothing of the subject is in the code."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from screening.documents.html import summary_html
from screening.documents.summary import summary_pdf
from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import LoadedRules
from screening.wording.document.explained_outcome import explained_members
from screening.wording.summary.result import result_document
from tests.support.cases import (
    CASES,
    DAY,
    ENGLISH,
    LIVER,
    ONE_OF_EACH,
    RULES,
    by_name,
    document_of,
    enough_cases,
    given,
)
from tests.support.every import for_every
from tests.support.pdf import words_of
from tests.support.person import answer_page, begin, inputs_of
from tests.support.renaming import NEW, Renaming, renamed
from tests.support.web import Web
from tests.support.web_fixtures import app, make_app
from tests.wording.summary.random_documents import texts_in

__all__ = ["app"]

PAGES = ("/", "/about", "/emergency", "/read/", "/who", "/delete")


@dataclass(frozen=True)
class Other:
    """The renamed rules, and the names back."""

    rules: LoadedRules
    names: Renaming
    app: Flask

    def case(self, case: Case) -> Case:
        """The same case in the renamed file."""
        return self.rules.cases[next(index for index, given_case in enumerate(CASES) if given_case is case)]

    def back(self, text: str) -> str:
        """What the first file would have made."""
        return self.names.back(text).replace(self.rules.hash, RULES.hash).replace(self.rules.hash[:12], RULES.hash[:12])


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Other:
    folder: Path = tmp_path_factory.mktemp("renamed")
    rules, names = renamed(LIVER, RULES, folder)
    return Other(rules, names, make_app(tmp_path_factory.mktemp("instance"), rules=str(folder / LIVER.name)))


def test_every_name_is_another_and_the_cases_hold(other: Other) -> None:
    before, after = RULES.rule_set, other.rules.rule_set
    for one, two in (
        (before.questions, after.questions),
        (before.categories, after.categories),
        (before.notes, after.notes),
    ):
        assert [other.names.old[question.id] for question in two] == [question.id for question in one]
    assert len(other.rules.cases) == len(CASES)


@pytest.mark.slow
@for_every("case", enough_cases(), by_name)
def test_every_case_has_the_same_outcome_and_words(other: Other, case: Case) -> None:
    first = explained_members(RULES, case.answers, DAY, explain=True)
    second = explained_members(other.rules, other.case(case).answers, DAY, explain=True)
    assert json.loads(other.back(json.dumps(second, default=str))) == json.loads(json.dumps(first, default=str))
    before = list(texts_in(document_of(case)))
    assert [other.back(text) for text in texts_in(result_document(given(other.case(case), other.rules)))] == before


@pytest.mark.slow
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_pdf_of_each_kind_says_the_same(other: Other, kind: str) -> None:
    case = ONE_OF_EACH[kind]
    one, two = given(case), given(other.case(case), other.rules)
    assert other.back(summary_html(result_document(two), ENGLISH)) == summary_html(result_document(one), ENGLISH)
    assert letters_of(other.back(words_of(summary_pdf(two)))) == letters_of(words_of(summary_pdf(one)))


def letters_of(text: str) -> list[str]:
    """The letters of a PDF's text in no order: names of other lengths break lines and pages elsewhere."""
    text = re.sub(r"Information, not medical advice ·.*?/ \d", "", text, flags=re.DOTALL)
    without_hash = re.sub(r"(?:[0-9a-f]\s?){64}", "", text)  # a narrow column breaks it in two
    return sorted(re.sub(r"\s", "", without_hash))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_person_sees_the_same_pages(app: Flask, other: Other, kind: str) -> None:
    case = ONE_OF_EACH[kind]
    one, two = Web(app), Web(other.app)
    walked = [pages_of(one, case), pages_of(two, other.case(case))]
    assert [path for path, _ in walked[0]] == [other.back(path) for path, _ in walked[1]]
    for (path, before), (_, after) in zip(*walked, strict=True):
        assert other.back(after) == before, path
        assert not NEW.search(before)


def pages_of(web: Web, case: Case) -> list[tuple[str, str]]:
    """Every page on the way of a case, with its HTML but for its token."""
    shown = [source_of(web, path) for path in PAGES]
    begin(web)
    inputs = inputs_of(web, case.answers)
    while web.path != "/check":
        shown.append(source_of(web, web.path))
        answer_page(web, inputs)
    shown += [source_of(web, path) for path in ("/check", "/before-result", "/result", "/summary")]
    return shown


def source_of(web: Web, path: str) -> tuple[str, str]:
    """A page's path and its HTML but for its token."""
    text = web.raw(path).get_data(as_text=True)
    return path, re.sub(r'name="csrf_token" value="[^"]*"', "", text)
