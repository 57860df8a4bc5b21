"""An emergency, certain or possible: help stands first, and nothing of the guide beside it."""

from __future__ import annotations

import pytest
from hypothesis import given

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer
from screening.wording.document.blocks import Document, Items, PhoneNumbers
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.result import result_document
from tests.rulefiles.edited import SMALL
from tests.support.cases import CASES, DAY, ENGLISH, RULES, by_name, document_of, outcome_of
from tests.support.cases import given as given_by
from tests.support.every import for_every
from tests.wording.summary.random_documents import answer_sets, text_of, texts_in

RULE_SET = RULES.rule_set
EMERGENCY = RULE_SET.emergency
STEPS = {speed.id: speed.steps for speed in EMERGENCY.speeds}
URGENT = [case for case in CASES if case.expected["category"] == "urgent"]
MAYBE_URGENT = [case for case in CASES if "urgent" in case.expected.get("possible", ())]
NOT_URGENT = [case for case in CASES if case not in URGENT and case not in MAYBE_URGENT]
_OF_THE_GUIDE = """
short_answer claims guide_sections values guide research care underlying ask_clinic bring left_out settled_by not_known
tick_sheet actions conflicts informations cautions
"""
OF_THE_GUIDE = _OF_THE_GUIDE.split()
"""Parts that no emergency has."""


def steps_told(document: Document) -> tuple[str, ...]:
    """What the emergency part says to do."""
    part = document.part("emergency")
    assert part is not None
    (steps,) = [block for block in part.blocks if isinstance(block, Items)]
    assert steps.ordered
    return steps.items


def test_there_are_cases_of_every_sort() -> None:
    assert len(URGENT) > 10
    assert len(MAYBE_URGENT) >= 3
    assert {RULE_SET.ground[name].speed for case in URGENT for name in outcome_of(case).grounds} >= {"now", "today"}


@for_every("case", URGENT, by_name)
def test_an_emergency_says_what_to_do_as_fast_as_its_grounds_ask_for(case: Case) -> None:
    document = document_of(case)
    speeds = [RULE_SET.ground[name].speed for name in outcome_of(case).grounds]
    fastest = next(speed for speed in EMERGENCY.speeds if speed.id in speeds)
    assert document.heading == fastest.title
    assert steps_told(document) == fastest.steps


@for_every("case", [*URGENT, *MAYBE_URGENT], by_name)
def test_the_numbers_to_call_stand_in_every_emergency_with_all_countries(case: Case) -> None:
    part = document_of(case).part("emergency")
    assert part is not None
    (phones,) = [block for block in part.blocks if isinstance(block, PhoneNumbers)]
    wanted = [(number.country, number.number, number.note) for number in EMERGENCY.numbers]
    assert [(phone.country, phone.number, phone.note) for phone in phones.numbers] == wanted
    assert phones.elsewhere == EMERGENCY.elsewhere
    assert part.tone == "urgent"


@for_every("case", URGENT, by_name)
def test_nothing_of_the_guide_stands_in_an_emergency(case: Case) -> None:
    document = document_of(case)
    assert not [name for name in OF_THE_GUIDE if document.part(name)]
    for name, part in document.parts.items():
        for text in texts_in(part):
            assert "stem" not in text.lower(), name
            assert "FIB-4" not in text, name


def test_the_sources_of_an_emergency_do_not_name_the_treatment() -> None:
    named = {entry.text for case in URGENT for entry in document_of(case).sources if "stem cell" in entry.text.lower()}
    assert named == set()


@for_every("case", MAYBE_URGENT, by_name)
def test_a_possible_emergency_says_what_is_open_and_what_to_do_today(case: Case) -> None:
    document = document_of(case)
    assert document.tone != "urgent"
    assert steps_told(document) == STEPS[EMERGENCY.unsure]
    said = text_of(document.part("emergency"))
    assert "From your answers it is not clear whether " in said
    assert document.part("match") is not None


@for_every("case", MAYBE_URGENT, by_name)
def test_what_is_open_about_an_emergency_speaks_of_nothing_else(case: Case) -> None:
    said = text_of(document_of(case).part("emergency"))
    for ground in RULE_SET.grounds:
        if ground.open and RULE_SET.category_of[ground.id] != "urgent":
            assert ground.open not in said, ground.id


@pytest.mark.slow
@for_every("case", NOT_URGENT, by_name)
def test_without_an_emergency_no_alarm_is_raised(case: Case) -> None:
    document = document_of(case)
    assert document.part("emergency") is None
    assert document.tone != "urgent"
    urgent = [part for part in document.parts.values() if part.tone == "urgent"]
    assert [part.id for part in urgent] == ["signs"], "with which signs to call is told to everybody, on paper alone"


@pytest.mark.slow
@given(answer_sets())
def test_help_is_told_exactly_where_an_emergency_is_possible(answers: dict[str, Answer]) -> None:
    given = given_by(Case("", answers, {}))
    document = result_document(given)
    outcome = outcome_of(Case("", answers, {}))
    assert (document.part("emergency") is not None) == ("urgent" in outcome.possible)
    assert next(iter(document.parts)) == "typed_by"
    if "urgent" in outcome.possible:
        assert list(document.parts)[1] == "emergency"
    if document.tone == "urgent":
        assert not [name for name in OF_THE_GUIDE if document.part(name)]


def test_a_possible_emergency_without_words_for_it_names_the_missing_answers() -> None:
    small = load_rule_file(SMALL)
    raw = {"signs": ["mould"], "leaves": None, "age": 3, "soil": "moist"}
    answers = {name: read_answer(small.rule_set.question[name], value) for name, value in raw.items()}
    document = result_document(SummaryInput(small, answers, ENGLISH, DAY, UNREVIEWED))
    assert "From your answers it is not clear Leaves." in text_of(document.part("emergency"))
