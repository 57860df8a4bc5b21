"""How a typed number is read: the cases that were agreed on, and whatever a laboratory prints."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.questions import Question, Unit
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import AnswerError, Quantity, plain_answer
from tests.support.cases import RULES
from tests.support.every import for_every
from tests.support.rules.small_rules import number, question, unit

NOTHING = "-"
NO_RANGE = "?"
PER_MICROLITRE, PER_LITRE = "/uL", "10*9/L"

CASES = [
    ("platelets", PER_MICROLITRE, "112.000", "112000"),
    ("platelets", PER_MICROLITRE, "112,000", "112000"),
    ("platelets", PER_MICROLITRE, "112 000", "112000"),
    ("platelets", PER_LITRE, "112.000", "112"),
    ("platelets", PER_LITRE, "112000", "slip"),
    ("platelets", PER_LITRE, "1.200", "two_readings"),
    ("platelets", PER_MICROLITRE, "1.500.000", "1500000"),
    ("platelets", PER_MICROLITRE, "149.600", "149600"),
    ("platelets", PER_LITRE, "150 x 10⁹/L", "150"),
    ("platelets", PER_LITRE, "150.000 /mm3", "unit_other"),
    ("platelets", PER_MICROLITRE, "150 10⁹", "unit_unknown"),
    ("platelets", PER_MICROLITRE, "112\t150", "two_numbers"),
    ("platelets", PER_MICROLITRE, "1,50,000", "not_a_number"),
    ("platelets", NO_RANGE, "112.000", "kept"),
    ("bilirubin", "mg/dL", "1,4 H", "1.4"),
    ("bilirubin", "mg/dL", "1.4 mg/dL", "1.4"),
    ("bilirubin", "umol/L", "1.4 mg/dL", "unit_other"),
    ("bilirubin", NOTHING, "1.4", "unit_missing"),
    ("bilirubin", NOTHING, "1.4 mg/dL", "1.4"),
    ("bilirubin", "mg/dL", "<0,5", "<0.5"),
    ("bilirubin", "mg/dL", "~0,5", "inequality"),
    ("bilirubin", "umol/L", "<1.200", "two_readings"),
    ("bilirubin", "mg/dL", "<0", "out_of_range"),
    ("bilirubin", "mg/dL", "> 500", "slip"),
    ("bilirubin", NOTHING, "≤ 1.4 mg/dL H", "<=1.4"),
    ("platelets", PER_MICROLITRE, ">150.000", ">150000"),
    ("platelets", NO_RANGE, "<112.000", "kept"),
    ("lsm", "kPa", ">75 kPa", ">75"),
    ("lsm", "kPa", "H ≥75", ">=75"),
    ("bilirubin", "mg/dL", "3.001", "3.001"),
    ("bilirubin", "umol/L", "1.200", "two_readings"),
    ("bilirubin", "umol/L", "12.500", "two_readings"),
    ("bilirubin", "umol/L", "23,9 μmol/L", "23.9"),
    ("albumin", "g/dL", "3,496 g/dL", "3.496"),
    ("albumin", "g/L", "3.496", "slip"),
    ("albumin", "g/dL", "3,5 - 5,0", "two_numbers"),
    ("alt", "U/L", "1.200", "two_readings"),
    ("alt", "U/L", "1,200.5", "1200.5"),
    ("alt", "U/L", "45.3", "45.3"),
    ("alt", "U/L", "12.500", "two_readings"),
    ("alt", "U/L", "0.76 µkat/L", "unit_foreign"),
    ("alt", "U/L", "1l", "unit_unknown"),
    ("inr", "{INR}", "1.499", "1.499"),
    ("inr", "{INR}", "9,8 s", "unit_foreign"),
    ("lsm", "kPa", "9,4 kPa", "9.4"),
    ("lsm", "kPa", "2.1 m/s", "unit_foreign"),
    ("lsm", "kPa", "٦٫٥", "6.5"),
    ("age", "a", "58 tahun", "58"),
    ("meld", "1", "14.6", "whole"),
]


def raw(chosen: str, typed: str) -> dict[str, object]:
    """What the form sends where this unit was chosen."""
    if chosen == NOTHING:
        return {"value": typed}
    return {"value": typed, "unit": None if chosen == NO_RANGE else chosen}


@for_every(("name", "chosen", "typed", "wanted"), CASES)
def test_each_case_that_was_agreed_on(liver: LoadedRules, name: str, chosen: str, typed: str, wanted: str) -> None:
    asked = liver.rule_set.question[name]
    try:
        answer = read_answer(asked, raw(chosen, typed), read_back=True)
    except AnswerError as error:
        assert error.code == wanted  # noqa: PT017 - an error is one of two right ends
        return
    assert isinstance(answer, Quantity)
    if wanted == "kept":
        assert (answer.unit, answer.typed, plain_answer(asked, answer)) == (None, typed, None)
    else:
        assert (answer.sign, answer.amount) == (wanted.rstrip("0123456789."), Decimal(wanted.lstrip("<>=")))
        assert answer.unit == (chosen if chosen != NOTHING else "mg/dL")
    assert read_answer(asked, raw_answer(answer)) == answer


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1.200", ["1200", "1.2"]),
        ("1,234", ["1234", "1.2340"]),
        ("1.230", ["1230", "1.23"]),
        ("12.000", ["12000", "12"]),
    ],
)
def test_two_readings_are_both_offered_exactly_and_each_can_be_typed(
    liver: LoadedRules, typed: str, readings: list[str]
) -> None:
    alt = liver.rule_set.question["alt"]
    with pytest.raises(AnswerError) as raised:
        read_answer(alt, raw("U/L", typed), read_back=True)
    assert raised.value.values == {"typed": typed, "readings": readings}
    decimal = read_answer(alt, raw("U/L", readings[1]))
    assert isinstance(decimal, Quantity)
    assert decimal.amount == Decimal(readings[1])


def test_a_reading_is_kept_beside_the_text_and_stands_when_the_bounds_are_others() -> None:
    narrow = question(number("count", unit("1", 1, 400)))
    wide = question(number("count", unit("1", 1, 400_000)))
    answer = read_answer(narrow, "112.000", read_back=True)
    assert raw_answer(answer) == {"value": "112.000", "unit": "1", "reading": "112.000"}
    assert read_answer(wide, raw_answer(answer)) == answer
    with pytest.raises(AnswerError, match="two_readings"):
        read_answer(wide, "112.000", read_back=True)


def test_a_unit_typed_along_is_not_read_again_by_other_spellings() -> None:
    known = question(number("mass", unit("g", 1, 400, also=["gram"])))
    forgotten = question(number("mass", unit("g", 1, 400)))
    answer = read_answer(known, "58 gram")
    assert raw_answer(answer) == {"value": "58 gram", "unit": "g", "reading": "58"}
    assert read_answer(forgotten, raw_answer(answer)) == answer


@for_every("reading", ["113000", "0.112", "112e3", "", "x", 112, None, "1" * 41])
def test_a_reading_that_the_text_cannot_have_is_refused(liver: LoadedRules, reading: object) -> None:
    sent = {"value": "112.000", "unit": "/uL", "reading": reading}
    with pytest.raises(AnswerError, match=r"reading_other|number_shape|two_readings"):
        read_answer(liver.rule_set.question["platelets"], sent)


def test_a_reading_out_of_todays_bounds_is_refused(liver: LoadedRules) -> None:
    with pytest.raises(AnswerError, match="slip"):
        read_answer(liver.rule_set.question["platelets"], {"value": "112.000", "unit": "/uL", "reading": "112.000"})


@pytest.mark.parametrize("typed", ["112.000", "112,000"])
def test_where_nothing_is_read_back_nothing_is_settled_by_bounds(liver: LoadedRules, typed: str) -> None:
    with pytest.raises(AnswerError) as raised:
        read_answer(liver.rule_set.question["platelets"], raw("/uL", typed))
    assert (raised.value.code, raised.value.values["readings"]) == ("two_readings", ["112000", "112"])


@for_every("flag", ["*", "↑", "↓", "(H)", "[L]", "H", "HH", "L", "LL", "（H）", "＊"])
def test_a_flag_is_dropped_before_and_behind(liver: LoadedRules, flag: str) -> None:
    asked = liver.rule_set.question["bilirubin"]
    for typed in (f"{flag} 1.4", f"1.4 {flag}", f"1.4 mg/dL {flag}", f"{flag} 1,4 mg/dL {flag}"):
        answer = read_answer(asked, raw("mg/dL", typed))
        assert isinstance(answer, Quantity)
        assert answer.amount == Decimal("1.4")


@pytest.mark.parametrize("typed", ["1l", "1 l", "1.4 h", "1.4 HHH", "l 4", "H1.4", "1.4 mg/dLH"])
def test_no_other_letter_is_a_flag(liver: LoadedRules, typed: str) -> None:
    with pytest.raises(AnswerError, match=r"unit_unknown|not_a_number"):
        read_answer(liver.rule_set.question["bilirubin"], raw("mg/dL", typed))


def test_a_unit_that_looks_like_a_flag_is_the_unit() -> None:
    volume = question(number("volume", unit("L", 1, 9), unit("mL", 1000, 9000, factor="0.001")))
    litres = read_answer(volume, {"value": "3.2 L"})
    assert litres == Quantity(Decimal("3.2"), "3.2 L", "L")
    with pytest.raises(AnswerError, match="unit_other"):
        read_answer(volume, {"value": "3200 L", "unit": "mL"})


@pytest.mark.parametrize(
    ("name", "chosen", "typed", "code"),
    [
        ("bilirubin", "umol/L", "0.8", "slip"),
        ("bilirubin", "umol/L", "16000", "out_of_range"),
        ("bilirubin", "mg/dL", "9999999", "out_of_range"),
        ("albumin", "g/dL", "35", "slip"),
        ("lsm", "kPa", "248", "slip"),
        ("inr", "{INR}", "12.5", "slip"),
        ("age", "a", "121", "out_of_range"),
    ],
)
def test_a_slip_is_told_where_another_unit_fits_or_the_only_one_has_a_usual_reason(
    liver: LoadedRules, name: str, chosen: str, typed: str, code: str
) -> None:
    with pytest.raises(AnswerError, match=code):
        read_answer(liver.rule_set.question[name], raw(chosen, typed))


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u2066", "\ufe0e", "\N{SOFT HYPHEN}", "\U000e0101"])
def test_what_cannot_be_seen_changes_nothing_and_is_not_kept(liver: LoadedRules, mark: str) -> None:
    answer = read_answer(liver.rule_set.question["lsm"], f"{mark}6{mark},{mark}5{mark}")
    assert answer == Quantity(Decimal("6.5"), "6,5", "kPa")


# --- whatever a laboratory prints ----------------------------------------------------------------

NUMBERS = [asked for asked in RULES.rule_set.questions if asked.units]
SCRIPTS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]
GROUPS = ["", "", ",", ".", " ", "'", "’", "\u00a0", "\u2009", "\u202f", "٬", "，", "．"]
POINTS = [".", ",", "٫", "·", "．", "，"]
FLAGS = ["", "", "", "*", "H", "HH", "L", "LL", "↑", "↓", "(H)", "[L]"]


@dataclass(frozen=True)
class Convention:
    """How a laboratory prints a number."""

    group: str
    point: str
    script: str
    flag_before: str
    flag_behind: str
    has_unit: bool
    unit_apart: str
    around: str

    def printed(self, value: Decimal, unit_label: str) -> str:
        """A number as it stands on the paper."""
        whole, _, decimals = f"{value.copy_abs():f}".partition(".")
        text = f"{int(whole):,}".replace(",", self.group) + (f"{self.point}{decimals}" if decimals else "")
        digits = "".join(
            self.script[int(letter)] if letter.isascii() and letter.isdigit() else letter for letter in text
        )
        before = f"{self.flag_before} " if self.flag_before else ""
        unit_text = f"{self.unit_apart}{unit_label}" if self.has_unit else ""
        behind = f" {self.flag_behind}" if self.flag_behind else ""
        sign = "-" if value < 0 else ""
        return f"{self.around}{before}{sign}{digits}{unit_text}{behind}{self.around}"


conventions = st.builds(
    Convention,
    st.sampled_from(GROUPS),
    st.sampled_from(POINTS),
    st.sampled_from(SCRIPTS),
    st.sampled_from(FLAGS),
    st.sampled_from(FLAGS),
    st.booleans(),
    st.sampled_from([" ", "", "\u00a0"]),
    st.sampled_from(["", " ", "\u200b", "\t"]),
).filter(lambda marks: unicodedata.normalize("NFKC", marks.group) != unicodedata.normalize("NFKC", marks.point))


@st.composite
def printed_values(draw: st.DrawFn, most: int = 1) -> tuple[Question, Unit, Decimal]:
    """A number of a question in one of its units, up to so many times the highest that is taken."""
    asked = draw(st.sampled_from(NUMBERS))
    scale = draw(st.sampled_from(asked.units))
    places = draw(st.integers(0, 0 if scale.whole else 4))
    value = draw(st.decimals(scale.minimum, scale.maximum * most, places=places))
    return asked, scale, value


@given(printed_values(), conventions, st.data())
@settings(max_examples=100)
def test_a_printed_number_is_read_as_it_was_meant_or_asked_about(
    printed: tuple[Question, Unit, Decimal], convention: Convention, data: st.DataObject
) -> None:
    asked, scale, value = printed
    spelling = data.draw(st.sampled_from([scale.label, *scale.also]))
    text = convention.printed(value, spelling)
    try:
        answer = read_answer(asked, {"value": text, "unit": scale.code}, read_back=True)
    except AnswerError as error:
        assert error.code in {"two_readings", "two_numbers", "not_a_number", "unit_unknown", "too_long"}  # noqa: PT017
        return
    assert isinstance(answer, Quantity)
    assert (answer.amount, answer.unit) == (value, scale.code)
    assert read_answer(asked, raw_answer(answer)) == answer


@given(printed_values(most=10), conventions)
@settings(max_examples=100)
def test_a_number_above_what_is_taken_never_becomes_another_one(
    printed: tuple[Question, Unit, Decimal], convention: Convention
) -> None:
    asked, scale, value = printed
    try:
        answer = read_answer(
            asked, {"value": convention.printed(value, scale.label), "unit": scale.code}, read_back=True
        )
    except AnswerError as error:
        assert error.code  # noqa: PT017
        return
    assert isinstance(answer, Quantity)
    assert answer.amount == value


@given(st.data(), conventions)
@settings(max_examples=100)
def test_the_unit_of_another_range_is_never_taken_for_the_chosen_one(
    data: st.DataObject, convention: Convention
) -> None:
    asked = data.draw(st.sampled_from([asked for asked in NUMBERS if len(asked.units) > 1]))
    chosen, other = data.draw(st.permutations(asked.units).map(lambda units: units[:2]))
    value = data.draw(st.decimals(other.minimum, other.maximum, places=data.draw(st.integers(0, 3))))
    text = convention.printed(value, data.draw(st.sampled_from([other.label, *other.also])))
    if convention.has_unit:
        with pytest.raises(AnswerError):
            read_answer(asked, {"value": text, "unit": chosen.code}, read_back=True)
        return
    try:
        answer = read_answer(asked, {"value": text}, read_back=True)
    except AnswerError as error:
        assert error.code != "out_of_range"  # noqa: PT017
        return
    pytest.fail(f"{answer} without any unit")


@given(st.text(st.sampled_from("0123456789.,'·٬ \u00a0-/LH*"), max_size=14))
@settings(max_examples=100)
def test_what_is_read_by_rules_alone_has_one_reading(typed: str) -> None:
    asked = RULES.rule_set.question["platelets"]
    for unit_code in ("10*9/L", "/uL"):
        try:
            strict = read_answer(asked, {"value": typed, "unit": unit_code})
        except AnswerError:
            continue
        assert isinstance(strict, Quantity)
        assert not strict.is_settled_by_bounds
        assert strict == read_answer(asked, {"value": typed, "unit": unit_code}, read_back=True)
