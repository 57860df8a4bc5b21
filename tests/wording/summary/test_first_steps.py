"""What stands first for a person, on page and paper: steps that differ, their numbers, what is still being tested."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from screening.ruleset.reading.answer_types import Quantity
from screening.wording.document.blocks import Document, Table
from screening.wording.document.result_blocks import Step
from screening.wording.summary.selection import Reader, first_page
from tests.support.cases import CASES, ONE_OF_EACH, RULES, by_name, document_of, outcome_of
from tests.support.every import for_every


def steps_of(document: Document) -> list[Step]:
    """Everything that a page tells a person to do, in order."""
    parts = [part for name in ("cannot_wait", "steps") if (part := document.part(name))]
    return [block for part in parts for block in part.blocks if isinstance(block, Step)]


def long_words(step: Step) -> set[str]:
    """The words of a step that say what it is about."""
    return set(re.findall(r"[a-z]{4,}", step.text.casefold()))


@pytest.mark.slow
def test_no_two_steps_of_a_result_say_the_same() -> None:
    """At two times of urgency, the same step reads as two: most words of one stood in the other."""
    for case in CASES:
        for one, other in combinations(steps_of(document_of(case)), 2):
            common = long_words(one) & long_words(other)
            assert 2 * len(common) <= min(len(long_words(one)), len(long_words(other))), f"{case.name}: {one} {other}"


@for_every("case", ONE_OF_EACH.values(), by_name)
def test_the_persons_first_page_says_that_the_treatment_is_being_tested_but_where_help_comes_first(
    case: object,
) -> None:
    document = document_of(case)  # type: ignore[arg-type]
    helps = "emergency" in document.parts
    assert ("always_open" in first_page(document, Reader.PERSON)) != helps
    assert helps or document.part("always_open"), "there is something to print"


def test_the_persons_own_numbers_stand_among_their_answers_as_they_were_typed() -> None:
    case = next(
        case for case in CASES if {"lsm", "bilirubin"} <= case.answers.keys() and outcome_of(case).asked >= {"lsm"}
    )
    part = document_of(case).part("my_answers")
    assert part is not None
    rows = {label: said for block in part.blocks if isinstance(block, Table) for label, said in block.rows}
    numbers = rows["Numbers from my papers"]
    for name in ("lsm", "bilirubin"):
        answer = case.answers[name]
        assert isinstance(answer, Quantity)
        assert f"{RULES.rule_set.question[name].label}: {answer.amount.normalize():f} " in numbers
