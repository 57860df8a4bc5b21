"""Numbers on their scales: a zone and the action it calls for cannot disagree, and a reason is one by what it does."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rulefiles.cases.case_file import plain_answers
from screening.ruleset.engine.number_rows import NumberRow, NumberStatus, number_rows
from screening.ruleset.engine.number_zones import OUTER, ZoneWord, outer_marks, zones_by_question
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, Quantity
from tests.support.cases import CASES, RULES
from tests.support.every import for_every
from tests.support.rules.random_liver import LiverAnswers

RULE_SET, ENGINE = RULES.rule_set, RULES.engine
SCALES = RULE_SET.numbers
ANSWERS = LiverAnswers(RULE_SET)
USUAL = next(case for case in CASES if case.name.startswith("Told early cirrhosis and a scan")).answers


def judged(**said: object) -> tuple[dict[str, NumberRow], Outcome]:
    """The rows and the outcome of an answer set with these raw answers besides usual ones, and no other number."""
    raw = {name: read_answer(RULE_SET.question[name], answer) for name, answer in said.items()}
    kept = {name: answer for name, answer in USUAL.items() if not isinstance(answer, Quantity) or name == "age"}
    return rows_of({**kept, **raw})


def rows_of(answers: dict[str, Answer]) -> tuple[dict[str, NumberRow], Outcome]:
    """The rows of an answer set, by question."""
    plain = plain_answers(RULE_SET, answers)
    outcome = ENGINE.evaluate(plain)
    return {row.question.id: row for row in number_rows(ENGINE, answers, plain, outcome)}, outcome


def test_every_number_of_a_paper_has_a_scale_with_a_source_to_be_reviewed() -> None:
    assert SCALES is not None
    on_paper = [one.id for one in RULE_SET.questions if RULE_SET.page_of[one.id].read_back and one.units]
    assert sorted(scale.id for scale in SCALES.scales) == sorted(on_paper)
    for scale in SCALES.scales:
        assert scale.sources
        assert (scale.review, bool(scale.judgement)) == ("needed", True)


def test_the_outer_marks_are_those_of_the_note_and_of_numbers_that_it_reads_alone() -> None:
    marks = {
        question: {word.value: (mark.limit, mark.belongs_above) for word, mark in by_word.items()}
        for question, by_word in outer_marks(RULE_SET, ENGINE.names).items()
    }
    assert marks == {
        "bilirubin": {"very_high": (Decimal("51.3"), False)},
        "albumin": {"very_low": (Decimal(28), True)},
        "inr": {"very_high": (Decimal("1.7"), True)},
        "platelets": {"very_low": (Decimal(50), True)},
        "alt": {"very_high": (Decimal(200), False)},
        "ast": {"very_high": (Decimal(200), False)},
    }


@given(st.data())
@settings(max_examples=150)
def test_whatever_lies_in_an_outer_zone_calls_for_a_doctor_soon(data: st.DataObject) -> None:
    assert SCALES is not None
    said = data.draw(ANSWERS.settled)
    answers: dict[str, Answer] = {}
    for name, value in said.items():
        question = RULE_SET.question[name]
        if question.units and isinstance(value, Decimal):
            answers[name] = Quantity(value, str(value), question.stored_unit.code)
    outcome = ENGINE.evaluate(said)
    for row in number_rows(ENGINE, answers, said, outcome):
        if row.zone in OUTER:
            assert SCALES.soon in outcome.notes
            assert row.is_reason
        assert row.zones is None or ZoneWord.USUAL in row.zones.words
        assert row.zones is None or len(row.zones.words) <= 3
        assert 0 <= row.place <= 1


@for_every(
    ("name", "typed", "zone"),
    [
        ("bilirubin", {"value": "3.0", "unit": "mg/dL"}, ZoneWord.HIGH),
        ("bilirubin", {"value": "3.01", "unit": "mg/dL"}, ZoneWord.VERY_HIGH),
        ("bilirubin", {"value": "1.2", "unit": "mg/dL"}, ZoneWord.USUAL),
        ("bilirubin", {"value": "20.53", "unit": "umol/L"}, ZoneWord.HIGH),
        ("platelets", {"value": "49999", "unit": "/uL"}, ZoneWord.VERY_LOW),
        ("platelets", {"value": "50000", "unit": "/uL"}, ZoneWord.LOW),
        ("platelets", {"value": "150", "unit": "10*9/L"}, ZoneWord.USUAL),
        ("platelets", {"value": "401", "unit": "10*9/L"}, ZoneWord.HIGH),
        ("albumin", {"value": "2.8", "unit": "g/dL"}, ZoneWord.LOW),
        ("inr", {"value": "1.7", "unit": "{INR}"}, ZoneWord.VERY_HIGH),
        ("lsm", {"value": "75", "unit": "kPa"}, ZoneWord.HIGH),
        ("ggt", {"value": "9000", "unit": "U/L"}, ZoneWord.HIGH),
    ],
)
def test_a_number_lies_in_its_zone_in_whichever_unit(name: str, typed: dict[str, str], zone: ZoneWord) -> None:
    rows, _ = judged(has_papers="yes", **{name: typed})
    assert rows[name].zone is zone


def test_the_typed_unit_stands_first_and_the_other_beside_it() -> None:
    rows, _ = judged(has_papers="yes", bilirubin={"value": "3.0", "unit": "mg/dL"})
    row = rows["bilirubin"]
    assert row.typed is not None
    assert row.other is not None
    assert (row.typed.number, row.typed.unit.code) == (Decimal("3.0"), "mg/dL")
    assert (row.other.number, row.other.unit.code) == (Decimal("51.3"), "umol/L")


def test_an_inr_with_a_blood_thinner_stands_without_zones() -> None:
    rows, _ = judged(has_papers="yes", inr={"value": "3.1", "unit": "{INR}"}, other_health=["blood_thinner"])
    row = rows["inr"]
    assert (row.status, row.zones, row.zone, row.is_reason) == (NumberStatus.SET_ASIDE, None, None, False)


def test_a_number_without_its_unit_stands_without_zones() -> None:
    rows, _ = judged(has_papers="yes", bilirubin={"value": "3.0", "unit": None})
    row = rows["bilirubin"]
    assert (row.status, row.typed, row.zones, row.is_reason) == (NumberStatus.NO_UNIT, None, None, False)


def test_of_two_numbers_that_call_for_a_doctor_each_is_one_reason() -> None:
    rows, outcome = judged(
        has_papers="yes", albumin={"value": "25", "unit": "g/L"}, inr={"value": "1.9", "unit": "{INR}"}
    )
    assert "see_doctor_soon" in outcome.notes
    assert rows["albumin"].is_reason
    assert rows["inr"].is_reason


def test_a_number_that_is_only_known_is_no_reason() -> None:
    rows, outcome = judged(has_papers="yes", alt={"value": "68", "unit": "U/L"}, ggt={"value": "90", "unit": "U/L"})
    assert "enzymes_not_scarring" in outcome.notes
    assert [rows["alt"].is_reason, rows["ggt"].is_reason] == [False, False]


@for_every("name", zones_by_question(RULE_SET, ENGINE.names))
def test_zones_follow_one_another_without_a_gap(name: str) -> None:
    zones = zones_by_question(RULE_SET, ENGINE.names)[name]
    assert len(zones.words) == len(zones.marks) + 1
    assert all(one.limit < other.limit for one, other in combinations(zones.marks, 2))
    assert list(zones.words) == [word for word in ZoneWord if word in zones.words]
