"""Where no single category was matched: each of the four kinds is told in its own way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.ruleset.model.rule_set import Kind
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure
from screening.wording.document.blocks import Document, Lines, SectionCard, Subheading, Table
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader, parts_to_print
from tests.support.cases import CASES, RULES, by_name, document_of, outcome_of
from tests.support.cases import given as given_by
from tests.support.every import for_every
from tests.wording.summary.random_documents import text_of, texts_in

RULE_SET = RULES.rule_set
BY_KIND: dict[Kind | None, list[Case]] = defaultdict(list)
for _each in CASES:
    BY_KIND[outcome_of(_each).kind].append(_each)
SETTLED = BY_KIND[None]
UNDETERMINED = [case for kind in Kind for case in BY_KIND[kind]]


def names(categories: frozenset[str]) -> list[str]:
    """The names of categories that are sections, in the order of the file."""
    return [
        category.name
        for category in RULE_SET.categories
        if category.id in categories and not category.overrides and category.id != RULE_SET.undetermined.category
    ]


def table_of(document: Document, name: str) -> Table:
    """The table of a part."""
    part = document.part(name)
    assert part is not None
    (table,) = part.blocks
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_cases(kind: Kind) -> None:
    assert len(BY_KIND[kind]) >= 2


@for_every("case", UNDETERMINED, by_name)
def test_the_heading_is_one_of_its_kind_with_the_sections_named(case: Case) -> None:
    kind = outcome_of(case).kind
    assert kind is not None
    document = document_of(case)
    headings = [block.text for block in RULE_SET.undetermined.kinds[kind].headings]
    before = [text.split("{", maxsplit=1)[0] for text in headings]
    assert any(document.heading.startswith(text) for text in before)
    if any("{sections}" in text and document.heading.startswith(text.split("{", maxsplit=1)[0]) for text in headings):
        for name in names(outcome_of(case).possible):
            assert name in document.heading


@for_every("case", BY_KIND[Kind.UNLESS], by_name)
def test_one_section_is_told_unless_what_is_open_is_true(case: Case) -> None:
    document = document_of(case)
    (name,) = names(outcome_of(case).possible)
    assert name in document.heading or document.heading == "We cannot match your answers with the guide yet"
    assert "Still open:" in text_of(document.part("match"))
    assert "nothing more" not in text_of(document.part("match"))


@for_every("case", BY_KIND[Kind.SEVERAL], by_name)
def test_several_sections_are_told_each_under_its_name_the_mildest_first(case: Case) -> None:
    document = document_of(case)
    possible = names(outcome_of(case).possible)
    assert len(possible) > 1
    part = document.part("meaning")
    assert part is not None
    subheadings = [block.text for block in part.blocks if isinstance(block, Subheading)]
    by_severity = sorted(
        (category for category in RULE_SET.categories if category.name in possible),
        key=lambda category: category.severity or 0,
    )
    assert subheadings == [category.name for category in by_severity]


@for_every("case", [*BY_KIND[Kind.UNLESS], *BY_KIND[Kind.SEVERAL]], by_name)
def test_the_answers_that_would_settle_it_are_told_in_words_by_section(case: Case) -> None:
    explained = RULES.explainer.explain(plain_answers(RULE_SET, case.answers)).settled_by
    settled_by = [settling for settling in explained if settling.category != RULE_SET.undetermined.category]
    table = table_of(document_of(case), "settled_by")
    names_told = [RULE_SET.category[settling.category].name for settling in settled_by]
    assert [row[0] for row in table.rows] == [name[0].upper() + name[1:] for name in names_told]
    assert len(table.rows) > 0
    for row, settling in zip(table.rows, settled_by, strict=True):
        for name in settling.answers:
            assert f"{RULE_SET.question[name].label}: " in row[1]


@for_every("case", UNDETERMINED, by_name)
def test_answers_that_nobody_gave_stand_on_no_paper_or_page_of_the_person(case: Case) -> None:
    document = document_of(case)
    assert "settled_by" not in parts_to_print(document, Reader.PERSON)
    asked = RULES.engine.asked_questions(plain_answers(RULE_SET, case.answers))
    open_questions = [
        question for question in RULE_SET.questions if question.id in asked and question.id not in case.answers
    ]
    for question in open_questions:
        if question.ask_doctor:
            assert question.ask_doctor in text_of(document.part("to_settle"))


@for_every("case", UNDETERMINED, by_name)
def test_clinics_keep_the_exact_set_of_what_is_possible(case: Case) -> None:
    document, outcome = document_of(case), outcome_of(case)
    told = text_of(document.part("possible"))
    for category in RULE_SET.categories:
        named = category.id in outcome.possible and category.id != RULE_SET.undetermined.category
        assert (category.name in told) == named
    assert "possible" in parts_to_print(document, Reader.DOCTOR) or not told
    assert "possible" not in parts_to_print(document, Reader.PERSON)


@for_every("case", BY_KIND[Kind.NOTHING_KNOWN], by_name)
def test_nothing_known_is_told_as_common_and_never_as_fine_or_healthy(case: Case) -> None:
    document = document_of(case)
    assert document.heading == "We cannot match your answers with the guide yet"
    assert "Many people do not know what was found in their liver." in text_of(document.part("match"))
    assert "It does not mean that your liver is healthy." in text_of(document.part("match"))
    assert "hat is fine" not in "\n".join(texts_in(document.parts))
    missing = RULES.explainer.explain(plain_answers(RULE_SET, case.answers)).missing
    for name in missing:
        assert RULE_SET.question[name].label in text_of(document.part("not_known"))
    assert document.part("reasons") is None


@pytest.mark.slow
@for_every("case", BY_KIND[Kind.DISAGREE], by_name)
def test_answers_that_disagree_are_shown_without_a_verdict(case: Case) -> None:
    document = document_of(case)
    assert document.heading in (
        "Two of your answers do not fit together",
        "A doctor should look at one of your numbers first",
        "A doctor should look at your answers first",
    )
    assert "we do not guess" in text_of(document.part("match"))
    assert document.part("reasons") is None
    disagreements = RULES.explainer.explain(plain_answers(RULE_SET, case.answers)).disagreements
    assert disagreements
    pairs = [disagreement for disagreement in disagreements if disagreement.speaking_for]
    for name in (name for disagreement in pairs for name in (*disagreement.against, *disagreement.speaking_for)):
        assert RULE_SET.question[name].label in text_of(document.part("match"))
    if not pairs:
        for name in disagreements[0].against:
            assert RULE_SET.question[name].label in text_of(document.part("match"))


@for_every("case", UNDETERMINED, by_name)
def test_the_doctor_gets_a_sheet_to_fill_in(case: Case) -> None:
    part = document_of(case).part("tick_sheet")
    assert part is not None
    assert part.blocks == (Lines(RULE_SET.tick_sheet),)


@for_every("case", SETTLED, by_name)
def test_where_one_section_was_matched_there_is_no_sheet_and_nothing_to_settle(case: Case) -> None:
    document = document_of(case)
    assert document.part("tick_sheet") is None
    assert document.part("settled_by") is None


@for_every("case", [*SETTLED, *UNDETERMINED], by_name)
def test_the_cards_mark_the_parts_of_the_guide_that_are_possible(case: Case) -> None:
    outcome, document = outcome_of(case), document_of(case)
    part = document.part("guide_sections")
    assert (part is None) == RULE_SET.category[outcome.category].overrides
    for card in part.blocks if part else ():
        assert isinstance(card, SectionCard)
        (category,) = [category for category in RULE_SET.categories if category.name == card.title]
        marked = category.id in outcome.possible and outcome.kind is not Kind.NOTHING_KNOWN
        assert card.matched == marked
        assert card.mark == ("Possible" if outcome.kind else "Your answers are like this part")


@for_every("case", [case for case in CASES if outcome_of(case).underlying], by_name)
def test_what_lies_beneath_a_situation_is_folded_away(case: Case) -> None:
    underlying = outcome_of(case).underlying
    assert underlying is not None
    part = document_of(case).part("underlying")
    if underlying.category == RULE_SET.undetermined.category:
        assert part is None
    else:
        assert part is not None
        assert part.folded
        assert RULE_SET.category[underlying.category].name in text_of(part)


def test_under_18_and_in_pregnancy_nothing_lies_beneath() -> None:
    for answers in ({"age": 16}, {"situation": ["pregnant"]}):
        case = next(case for case in CASES if all(_has(case, name, value) for name, value in answers.items()))
        assert document_of(case).part("underlying") is None


def _has(case: Case, name: str, value: object) -> bool:
    found: object = case.expected["answers"].get(name)
    return found == value


def test_with_two_sections_possible_the_steps_of_the_more_serious_one_are_added() -> None:
    document = document_of(next(case for case in CASES if case.name.startswith("Bleeding that was never checked")))
    said = text_of(document.part("next_steps"))
    for block in RULE_SET.category["decompensated"].next_steps:
        is_for_few = block.when and (
            "holds(" in block.when.text or block.when.text.startswith(("definitely(", "category =="))
        )
        assert block.text in said or is_for_few


def test_not_sure_about_everything_still_makes_a_document() -> None:
    unsure: dict[str, Answer] = {question.id: Unsure() for question in RULE_SET.questions if not question.required}
    given = replace(given_by(CASES[0]), answers={"age": CASES[0].answers["age"], **unsure})
    document = result_document(given)
    assert document.category == "unclear"
    assert document.part("emergency") is not None
    settled = replace(given, answers={**given.answers, "red_flags": Ticked(("none",)), "told": Chosen("fibrosis")})
    assert result_document(settled).part("emergency") is None


def test_the_doctor_is_told_why_a_value_is_not_worked_out() -> None:
    numbers = {"alt": 30, "ast": 40, "platelets": 200}
    answers = {"age": Quantity(Decimal(34), "34", "a")}
    answers |= {
        name: Quantity(Decimal(value), str(value), RULE_SET.question[name].stored_unit.code)
        for name, value in numbers.items()
    }
    told = text_of(result_document(replace(given_by(CASES[0]), answers=answers)).part("values"))
    assert "not worked out, because: Age is less than 35 years" in told
    older = answers | {"age": Quantity(Decimal(35), "35", "a")}
    assert "not worked out" not in text_of(result_document(replace(given_by(CASES[0]), answers=older)).part("values"))
