"""What a proof is told of texts is what stands in the Document, and its places are those of the Document."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from screening.analysis.proof.prover import Prover
from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.rule_set import Kind
from screening.ruleset.model.text_places import text_places
from screening.ruleset.told.told_texts import ToldTexts
from screening.wording.authors.proofs.told_texts import read_aloud, stands, telling, texts_in
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.result import context_document
from tests.rulefiles.edited import edited
from tests.support.cases import CASES, LIVER, RULES, by_name, given, outcome_of
from tests.support.every import for_every
from tests.support.rules.small_rules import Members, built, choice, ground, rule, rule_file
from tests.support.rules.told_documents import ToldDocuments

PLACES = text_places(RULES.rule_set)
TEXTS = {place.id: place.texts for place in PLACES}
TITLES = {speed.title for speed in RULES.rule_set.emergency.speeds}
ONE_WORD = {name for name, texts in TEXTS.items() if all(len(text.split()) == 1 for text in texts)}
LABELS = {f"{question.label}: " for question in RULES.rule_set.questions}
LABELLED = {name for name, texts in TEXTS.items() if LABELS & {text.split("{", 1)[0] for text in texts}}
"""Texts that read as an answer does that is told with its label."""
ELSEWHERE = {name for name, texts in TEXTS.items() if name.startswith("tick_sheet.") or TITLES & set(texts)}
ELSEWHERE |= ONE_WORD | LABELLED
"""Texts whose words stand in labels and titles that have no place, so that finding them proves nothing."""
TOLD = ToldTexts(RULES.engine)


@pytest.mark.slow
@for_every("case", CASES, by_name)
def test_a_text_stands_in_the_document_just_where_it_has_its_place(case: Case) -> None:
    context = SummaryContext(given(case))
    said = "\n".join((*texts_in(context_document(context).parts), *read_aloud(RULES)))
    standing = {place.id for place in PLACES if stands(place, context, said)}
    placed = TOLD.told(context.plain)
    assert placed <= standing
    told = {text for name in placed for text in TEXTS[name]}
    assert [name for name in standing - placed - ELSEWHERE if not any(shares_words(name, text) for text in told)] == []


def shares_words(name: str, other: str) -> bool:
    """Whether the words of a text may be those of another one that is told: equal, within it, or filled into it."""
    filled = other.split("{", 1)[0]
    return any(
        text.split("{", 1)[0] in other or (filled != other and filled and text.startswith(filled))
        for text in TEXTS[name]
    )


def test_few_texts_stand_elsewhere_too() -> None:
    assert len(ELSEWHERE) < len(TEXTS) / 20


def test_every_kind_of_outcome_tells_texts_of_its_own() -> None:
    told: Counter[str] = Counter()
    for case in CASES:
        if (kind := outcome_of(case).kind) and not told[kind]:
            names = TOLD.told(plain_answers(RULES.rule_set, case.answers))
            told[kind] = sum(name.startswith(f"undetermined.kinds.{kind}.") for name in names)
            others = [other for other in Kind if other is not kind]
            assert not any(name.startswith(f"undetermined.kinds.{other}.") for other in others for name in names)
    assert all(told[kind] for kind in Kind)


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (None, {"yes", "no"}),
        ([], {"yes", "no"}),
        ([{"id": "own", "text": "Own line.", "when": 'seen == "yes"'}], {"no"}),
        ([{"id": "own", "text": "Own line.", "when": 'seen == "yes"'}, {"id": "next", "text": "Next line."}], set()),
    ],
)
def test_the_general_sheet_stands_on_a_doctors_paper_that_has_no_line_of_its_own(
    lines: list[Members] | None, at: set[str]
) -> None:
    paper: Members = (
        {} if lines is None else {"doctor_paper": {"title": "Paper", "languages": ["en"], "fill_in": lines}}
    )
    pages = [choice("seen", "yes", "no", required=True)]
    grounds = [ground("seen_it", 'seen == "yes"'), ground("not_seen", 'seen == "no"')]
    rule_set = built(rule_file(pages, [rule("matched", *grounds)], tick_sheet=["Soil: dry / wet"], **paper))
    documents, told = ToldDocuments(rule_set, frozenset()), ToldTexts(Engine(rule_set))
    assert {code for code in ("yes", "no") if "Soil: dry / wet" in documents.told({"seen": code})} == at
    assert {code for code in ("yes", "no") if "tick_sheet.1" in told.told({"seen": code})} == at


LISTED = {"transplant_talk": "listed", "told": "cirrhosis_late", "ascites": "now"}


@pytest.fixture
def careless(tmp_path: Path) -> Path:
    """The liver rules in which everybody is told to ask for a transplant team."""
    path = tmp_path / "liver.yaml"
    condition = 'not transplant_told and category != "decompensated" and definitely(points_to_complications)'
    step = f"soon.\n        when: {condition}\n"
    path.write_text(edited((step, "soon.\n"), text=LIVER.read_text(encoding="utf-8")), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_planted_text_is_shown_by_an_answer_set_whose_document_holds_it(careless: Path) -> None:
    rules = load_rule_file(careless)
    [guarantee] = [
        guarantee for guarantee in rules.rule_set.guarantees if guarantee.id == "no_one_told_of_a_transplant_has_to_ask"
    ]
    verdict = Prover(rules.engine, telling=telling(rules)).verdict(guarantee)
    assert verdict.example is not None
    assert verdict.example.texts == ("categories.decompensated.next_steps.transplant",)
    assert Prover(RULES.engine, telling=telling(RULES)).verdict(guarantee).holds
    assert Prover(rules.engine, telling=telling(rules)).verdict(replace(guarantee, topics=("stem_cells",))).example
