"""The whole service with the rules on drinking instead of those on livers: nothing but the setting is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from screening.documents.summary import Copy, summary_pdf
from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.proof_receipt import matching_receipt
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.rule_set import Kind
from screening.wording.document.blocks import Document
from screening.wording.language.languages import CATALOGUES
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader
from tests.cli.conftest import Call, call
from tests.conftest import ROOT
from tests.support.cases import given
from tests.support.page_checks import shown_text
from tests.support.pdf import pages_of, squeezed, words_of
from tests.support.person import answer_page, begin, inputs_of
from tests.support.web import Web
from tests.support.web_fixtures import make_app
from tests.wording.summary.random_documents import texts_in

__all__ = ["call"]

DRINKING = ROOT / "rules" / "audit-c.yaml"
RULES: LoadedRules = load_rule_file(DRINKING)
CASES = RULES.cases
OF_LIVERS = re.compile(
    r"liver|hepat|cirrho|fibro|scar(?!e)|stem|cells?\b|transplant|biops|ascites|varic|jaundice|yellow|stage|METAVIR"
    r"|MELD|bilirubin|kPa|scan|blood|lab\b|laborator|treatment for",
    re.IGNORECASE,
)
"""Words that have no place in a talk about drinking."""
OF_ANY_SUBJECT = re.compile(
    r"(?<!de)liver|hepat|cirrho|fibro|stem.?cell|transplant|confus|sleepy|treatment|research found|drink|alcohol",
    re.IGNORECASE,
)
"""Words of the two subjects, which stand in their rule files alone."""
STATIC = ("/", "/about", "/emergency", "/read/", "/who", "/delete")


@pytest.fixture(scope="module")
def drinking(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service as SCREENING_RULES chooses it."""
    return make_app(tmp_path_factory.mktemp("instance"), rules=str(DRINKING))


KINDS = [(case.expected["category"], case.expected.get("kind", "")) for case in CASES]
WALKS = [
    pytest.param(case, id=case.name, marks=[pytest.mark.slow] if kind in KINDS[:index] else [])
    for index, (case, kind) in enumerate(zip(CASES, KINDS, strict=True))
]
"""Every case; those after the first one of each kind of outcome are for slow tests."""


def document_of(case: Case) -> Document:
    return result_document(given(case, RULES))


# --- the rules -----------------------------------------------------------------------------------


def test_the_rules_are_checked_without_a_mistake(call: Call) -> None:
    checked = call("check", DRINKING)
    assert checked.exit_code == 0, checked.output
    assert f"{len(CASES)} cases, all as expected" in checked.output
    assert "Proved on" in checked.output


@pytest.mark.slow
def test_the_rules_are_proved_to_keep_their_guarantees(call: Call, tmp_path: Path) -> None:
    for suffix in (".yaml", ".cases.yaml"):
        (tmp_path / f"copy{suffix}").write_bytes(DRINKING.with_suffix(suffix).read_bytes())
    proved = call("prove", tmp_path / "copy.yaml")
    assert proved.exit_code == 0, proved.output
    assert "18 of 18 guarantees kept" in proved.output


def test_the_receipt_that_ships_is_of_the_rules_that_ship() -> None:
    receipt = matching_receipt(DRINKING, RULES.hash)
    assert receipt is not None, "run `screening prove rules/audit-c.yaml` after an edit"
    assert receipt.guarantees == tuple(guarantee.id for guarantee in RULES.rule_set.guarantees)


def test_every_category_ground_note_and_kind_that_can_occur_is_expected_by_some_case() -> None:
    assert expected("category") == set(RULES.rule_set.category)
    assert expected("grounds") == set(RULES.rule_set.ground)
    assert expected("notes") == expected("not_notes") == set(RULES.rule_set.note)
    # each part is a range of totals, so that no ground is certain while another part is possible
    assert expected("kind") == {kind.value for kind in Kind} - {"several"}


def expected(member: str) -> set[str]:
    """Every name that some case lists under a member."""
    found: set[str] = set()
    for case in CASES:
        named = case.expected.get(member, ())
        found.update([named] if isinstance(named, str) else named)
    return found


def test_every_option_of_the_three_questions_is_given_in_some_case() -> None:
    named = [(name, code) for case in CASES for name, code in case.expected["answers"].items()]
    scored = [
        question for question in RULES.rule_set.questions if question.options and question.options[0].score is not None
    ]
    assert [question.id for question in scored] == ["often", "amount", "six_or_more"]
    assert [
        (question.id, code) for question in scored for code in question.option if (question.id, code) not in named
    ] == []


def test_every_total_gives_its_part_and_unknown_answers_all_parts_that_they_may_give() -> None:
    questions = [RULES.rule_set.question[name] for name in ("often", "amount", "six_or_more")]
    for codes in product(*([None, *question.option] for question in questions)):
        answers = dict(zip([question.id for question in questions], codes, strict=True))
        asked = questions if codes[0] != "never" else questions[:1]
        scores = [scores_of(answers[question.id], list(question.option)) for question in asked]
        parts = {part_of(sum(points)) for points in product(*scores)}
        plain: dict[str, Plain] = {**answers, "age": Decimal(40), "signs": frozenset()}
        assert RULES.engine.possible(plain) == parts, codes


def scores_of(code: str | None, codes: list[str]) -> list[int]:
    """The scores that an answer may have: an option's score is its place in the list."""
    return [codes.index(code)] if code else list(range(len(codes)))


def part_of(total: int) -> str:
    return "five_or_more" if total >= 5 else "three_or_four" if total >= 3 else "up_to_two"


# --- what people see -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("case", WALKS)
def test_a_person_comes_from_the_start_to_the_result_and_the_pdf_with_no_word_of_livers(
    drinking: Flask, case: Case
) -> None:
    web = Web(drinking)
    for text in walked(web, case):
        assert not of_livers(text)
    document = document_of(case)
    assert web.get("/result").one("h1").text == document.heading
    pdf = web.raw("/summary.pdf").get_data()
    assert squeezed(document.heading) in squeezed(words_of(pdf))
    assert not of_livers(words_of(pdf))


def walked(web: Web, case: Case) -> Iterator[str]:
    """The text of every page on the way of a case."""
    begin(web)
    inputs = inputs_of(web, case.answers)
    while web.path != "/check":
        yield shown_text(web.page)
        answer_page(web, inputs)
    for path in ("/check", "/before-result", "/result", "/summary"):
        yield shown_text(web.get(path))


def of_livers(text: str) -> list[str]:
    """What stands around each word that is about livers."""
    return [text[max(0, match.start() - 40) : match.end() + 40] for match in OF_LIVERS.finditer(text)]


def test_the_pages_that_need_no_answers_say_nothing_of_livers(drinking: Flask) -> None:
    web = Web(drinking)
    articles = [f"/read/{article.id}" for article in RULES.rule_set.articles]
    for path in (*STATIC, *articles):
        assert not of_livers(shown_text(web.get(path))), path


@pytest.mark.parametrize("language", sorted(path.stem for path in CATALOGUES.glob("*.po")))
def test_no_message_of_the_service_speaks_of_a_subject(language: str) -> None:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        messages = [str(message.id) for message in read_po(file)]
    assert len(messages) > 300
    assert [message for message in messages if OF_ANY_SUBJECT.search(message)] == []


def test_no_template_speaks_of_a_subject() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert len(templates) > 60
    speaking = {path.name: OF_ANY_SUBJECT.findall(path.read_text(encoding="utf-8")) for path in templates}
    assert {name: words for name, words in speaking.items() if words} == {}


def test_the_start_page_promises_what_these_questions_are(drinking: Flask) -> None:
    text = Web(drinking).get("/").text
    assert "What others wrote about your total" in text
    assert "A judgement on how much you drink" in text
    assert "It takes about 3 minutes. There are at most 8 short pages." in text


def test_who_never_drinks_is_not_asked_how_much(drinking: Flask) -> None:
    web = Web(drinking)
    case = next(case for case in CASES if case.expected["answers"] == {"often": "never"})
    list(walked(web, case))
    asked = [path for path in web.visited if path.startswith("/questions/")]
    assert {path.split("/")[2] for path in asked} == {"signs", "age", "often", "situation"}


@pytest.mark.parametrize("case", WALKS)
def test_all_that_the_rule_file_tells_of_a_case_stands_on_the_result_page(drinking: Flask, case: Case) -> None:
    web = Web(drinking)
    list(walked(web, case))
    page = " ".join(shown_text(web.get("/result")).split())
    document = document_of(case)
    names = document.sections[:1] if document.tone == "urgent" else (*document.sections, *document.shared)
    for name in names:
        part = document.part(name)
        assert part is None or part.title in page, name
    assert {"about", "not_conclude", "take_along", "every_time"} & set(names)


@pytest.mark.parametrize("case", CASES[:1] + CASES[7:8] + CASES[18:19], ids=lambda case: case.name)
def test_a_pdf_has_few_pages_and_holds_the_total_and_the_shared_parts(case: Case) -> None:
    pdf, for_doctor = summary_pdf(given(case, RULES)), summary_pdf(given(case, RULES), Copy(Reader.DOCTOR))
    assert len(pages_of(pdf)) <= 4
    assert squeezed("What to bring to your doctor") in squeezed(words_of(pdf))
    text = squeezed(words_of(for_doctor))
    total = RULES.engine.evaluate(plain_answers(RULES.rule_set, case.answers)).values["total"]
    told = "Could still change the match: Six or more drinks" if total is None else f"AUDIT-C total {total}"
    assert squeezed(told) in text


def test_what_is_said_of_a_case_is_information_and_no_judgement() -> None:
    told = " ".join(text for case in CASES for text in texts_in(document_of(case))).lower()
    for phrase in ("eligib", "screening", "suitable", "you should", "too much", "alcoholic", "we recommend"):
        assert phrase not in told
    assert "not medical advice" in told
