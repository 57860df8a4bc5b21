"""Reading a number as people type it, and never guessing what a separator means."""

from __future__ import annotations

from decimal import ROUND_CEILING, Context, Decimal, localcontext

import pytest

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.questions import Question
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import AnswerError, Quantity, plain_answer
from screening.ruleset.reading.raw_plain import raw_plain
from screening.ruleset.reading.typed_numbers import MAX_TYPED
from tests.support.every import for_every
from tests.support.rules.small_rules import number, question, unit

ANY = question(number("any", unit(maximum=10_000_000, decimals=6)))


def amount(asked: Question, typed: str, code: str | None = None) -> Decimal:
    """The number that is read."""
    answer = read_answer(asked, {"value": typed, "unit": code or asked.stored_unit.code})
    assert isinstance(answer, Quantity)
    assert answer.typed == typed.strip()
    return answer.amount


def refused(asked: Question, typed: str, code: str | None = None) -> tuple[str, dict[str, object]]:
    """The code and values of the error by which a typed number is refused."""
    with pytest.raises(AnswerError) as raised:
        read_answer(asked, {"value": typed, "unit": code or asked.stored_unit.code})
    return raised.value.code, raised.value.values


@for_every(
    ("typed", "read"),
    [
        ("5", "5"),
        ("007", "7"),
        ("2.5", "2.5"),
        ("2,5", "2.5"),
        ("2,50", "2.5"),
        ("12.3456", "12.3456"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("00,125", "0.125"),
        ("1.2000", "1.2"),
        ("150 000", "150000"),
        ("1 234 567", "1234567"),
        ("150\N{NO-BREAK SPACE}000", "150000"),
        ("150\N{NARROW NO-BREAK SPACE}000", "150000"),
        ("150'000", "150000"),
        ("1.200.000,5", "1200000.5"),
        ("  42\t", "42"),
        ("４２", "42"),
        ("４．２", "4.2"),
        ("４，２", "4.2"),
        ("\N{ARABIC-INDIC DIGIT FOUR}\N{ARABIC-INDIC DIGIT TWO}", "42"),
        ("\N{DEVANAGARI DIGIT FOUR}.\N{DEVANAGARI DIGIT TWO}", "4.2"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert amount(ANY, typed) == Decimal(read)


@for_every(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("~5", "inequality"),
        ("≈5", "inequality"),
        ("±5", "inequality"),
        ("5 <", "inequality"),
        ("<<5", "inequality"),
        ("=<5", "inequality"),
        ("<5 - 7", "two_numbers"),
        ("3 - <5", "inequality"),
        ("<", "not_a_number"),
        ("<x", "not_a_number"),
        ("<-5", "negative"),
        ("<0", "out_of_range"),
        ("-5", "negative"),
        ("- 5", "negative"),
        ("\N{MINUS SIGN}5", "negative"),
        ("\N{EN DASH}5", "negative"),
        ("5 kPa", "unit_unknown"),
        ("4.2mg/dL", "unit_unknown"),
        ("1 200 g", "unit_unknown"),
        ("10²", "unit_unknown"),
        ("250 x 10⁹", "unit_unknown"),
        ("5-7", "two_numbers"),
        ("1e3", "unit_unknown"),
        ("abc", "not_a_number"),
        ("x5", "not_a_number"),
        ("5.", "not_a_number"),
        (".5", "not_a_number"),
        ("5..2", "not_a_number"),
        ("1 2", "two_numbers"),
        ("15 00", "two_numbers"),
        ("½", "not_a_number"),
        ("150   000", "two_numbers"),
        ("1.4 ± 0.2", "inequality"),
        ("²", "not_a_number"),
        ("+5", "not_a_number"),
        ("five", "not_a_number"),
        ("1" * (MAX_TYPED + 1), "too_long"),
        ("x" * 500, "too_long"),
    ],
)
def test_what_is_no_plain_number_is_refused_with_the_reason(typed: str, code: str) -> None:
    assert refused(ANY, typed)[0] == code


def test_a_refused_number_is_repeated_as_it_was_typed() -> None:
    assert refused(ANY, " ~５ ") == ("inequality", {"typed": "~５"})


@for_every(
    ("typed", "low", "high", "low_open", "high_open"),
    [
        ("<5", "0", "5", False, True),
        ("＜ 5,5", "0", "5.5", False, True),
        ("<=5", "0", "5", False, False),
        ("≤5", "0", "5", False, False),
        ("L ≦5", "0", "5", False, False),
        ("> 5", "5", "Infinity", True, True),
        (">=5", "5", "Infinity", False, True),
        ("≥ 5.5 H", "5.5", "Infinity", False, True),
        ("<=0", "0", "0", False, False),
    ],
)
def test_a_bound_is_read_as_all_the_numbers_that_it_leaves(
    typed: str, low: str, high: str, *, low_open: bool, high_open: bool
) -> None:
    answer = read_answer(ANY, typed)
    assert plain_answer(ANY, answer) == Bound(Decimal(low), Decimal(high), low_open, high_open)
    assert read_answer(ANY, raw_answer(answer)) == answer
    assert plain_answer(ANY, read_answer(ANY, raw_plain(ANY, plain_answer(ANY, answer)))) == plain_answer(ANY, answer)


# --- the liver questions -------------------------------------------------------------------------


@for_every(
    ("question_id", "unit_code", "typed", "stored"),
    [
        ("bilirubin", "mg/dL", "3.0", "51.3"),
        ("bilirubin", "mg/dL", "4,2", "71.82"),
        ("bilirubin", "µmol/L", "140", "140"),
        ("platelets", "/uL", "149 600", "149.6"),
        ("platelets", "/µL", "150000", "150"),
        ("platelets", "10^9/L", "150", "150"),
        ("albumin", "g/dL", "3.2", "32"),
        ("albumin", "g/dL", "3.4960", "34.96"),
        ("inr", "{INR}", "1.49", "1.49"),
        ("lsm", "kPa", "75.0", "75"),
        ("meld", "1", "40", "40"),
        ("alt", "IU/L", "10000", "10000"),
    ],
)
def test_a_number_from_a_paper_reaches_the_rules_exactly(
    liver: LoadedRules, question_id: str, unit_code: str, typed: str, stored: str
) -> None:
    asked = liver.rule_set.question[question_id]
    assert plain_answer(asked, read_answer(asked, {"value": typed, "unit": unit_code})) == Decimal(stored)


@for_every(
    ("question_id", "unit_code", "typed", "part"),
    [
        ("lsm", "kPa", "248", "CAP"),
        ("inr", "{INR}", "12.5", "PT in seconds"),
        ("platelets", "10*9/L", "150000", "per microlitre"),
        ("platelets", "/uL", "150", "in thousands"),
        ("bilirubin", "mg/dL", "140", "µmol/L"),
        ("albumin", "g/L", "3.5", "g/dL"),
        ("albumin", "g/dL", "35", "g/L"),
        ("meld", "1", "41", "type 40"),
    ],
)
def test_a_usual_slip_is_told_as_such(
    liver: LoadedRules, question_id: str, unit_code: str, typed: str, part: str
) -> None:
    code, values = refused(liver.rule_set.question[question_id], typed, unit_code)
    assert code == "slip"
    assert part in str(values["text"])


def test_a_number_out_of_range_without_a_usual_reason_is_told_the_range(liver: LoadedRules) -> None:
    code, values = refused(liver.rule_set.question["age"], "121")
    assert (code, values) == ("out_of_range", {"minimum": 0, "maximum": 120, "unit": "years"})
    assert refused(liver.rule_set.question["inr"], "0.1")[0] == "out_of_range"


def test_every_decimal_counts_and_only_a_number_that_is_always_whole_takes_none(liver: LoadedRules) -> None:
    assert amount(liver.rule_set.question["lsm"], "7.15") == Decimal("7.15")
    assert refused(liver.rule_set.question["age"], "54.5") == ("whole", {})
    assert amount(liver.rule_set.question["age"], "54.0") == 54


def test_the_ambient_decimal_context_changes_nothing(liver: LoadedRules) -> None:
    platelets, lsm = liver.rule_set.question["platelets"], liver.rule_set.question["lsm"]
    with localcontext(Context(prec=2, rounding=ROUND_CEILING)):
        assert amount(platelets, "149.6250") == Decimal("149.6250")
        assert plain_answer(platelets, read_answer(platelets, {"value": "149625", "unit": "/uL"})) == Decimal("149.625")
        assert amount(lsm, "17.123456789") == Decimal("17.123456789")
        assert refused(platelets, "149.600")[1]["readings"] == ["149600", "149.6"]
