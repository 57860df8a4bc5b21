"""Units that people know by their names: chosen by name, and nothing is said of a range that is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.rulefiles.checks.questions import check_questions
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import AnswerError, plain_answer
from screening.wording.document.answers import answer_error, answer_in_words
from screening.wording.language.languages import language
from tests.support.rules.small_rules import Members, built, ground, number, question, rule, rule_file, unit

ENGLISH = language("en")
POUND = {"label": "pounds", "singular": "pound", "factor": Decimal("0.45359237"), "decimals": 1}
WEIGHT: Members = {
    **number("weight", unit("kg", -5, 300, decimals=1), unit("lb", -11, 661, **POUND)),
    "unit_question": "In which unit?",
    "units_by_name": True,
}
ASKED = question(WEIGHT)


def said(raw: object) -> str:
    """What a person reads where an answer is refused."""
    with pytest.raises(AnswerError) as raised:
        read_answer(ASKED, raw)
    return answer_error(raised.value, ENGLISH, "")


@pytest.mark.parametrize(
    ("raw", "stored", "told"),
    [
        ({"value": "70", "unit": "kg"}, "70", "70 kg (154 pounds)"),
        ({"value": "154", "unit": "lb"}, "69.85322498", "154 pounds (69.9 kg)"),
        ({"value": "1", "unit": "lb"}, "0.45359237", "1 pound (0.454 kg)"),
        ({"value": "150 pounds", "unit": "lb"}, "68.0388555", "150 pounds (68 kg)"),
        ({"value": "-2", "unit": "kg"}, "-2", "-2 kg (-4.41 pounds)"),
    ],
)
def test_a_number_is_read_in_the_unit_that_was_named(raw: object, stored: str, told: str) -> None:
    answer = read_answer(ASKED, raw)
    assert plain_answer(ASKED, answer) == Decimal(stored)
    assert answer_in_words(ASKED, answer, ENGLISH) == told


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ({"value": "70"}, "Choose the unit of your number."),
        ({"value": "70 kg", "unit": "lb"}, 'You typed "kg", but chose pounds. Correct one of them.'),
        ({"value": "12 stone", "unit": "lb"}, 'We do not know "stone" behind the number. Give the number in pounds.'),
        ({"value": "500", "unit": "kg"}, "Here this number is not possible, but it is in pounds. Check the unit"),
    ],
)
def test_no_paper_and_no_printed_range_is_spoken_of(raw: object, wanted: str) -> None:
    assert said(raw).startswith(wanted)
    assert "range" not in said(raw)
    assert "paper" not in said(raw)


@pytest.mark.parametrize(
    ("members", "codes"),
    [
        (WEIGHT, []),
        ({**WEIGHT, "units_by_name": False}, ["unit.no_range", "unit.no_range"]),
        ({**WEIGHT, "units": [unit("kg", printed_range="1 to 2"), unit("lb")]}, ["unit.range_by_name"]),
    ],
)
def test_units_are_told_by_their_names_or_by_ranges(members: Members, codes: list[str]) -> None:
    rules = [rule("found", ground("heavy", "definitely(weight > 90)"))]
    problems = check_questions(built(rule_file([members], rules)))
    assert [problem.code for problem in problems if problem.code.startswith("unit.")] == codes
