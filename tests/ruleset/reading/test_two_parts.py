"""Numbers that people say in two parts: read as by a judge that tries every way to cut a text, and never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screening.ruleset.model.answers import Bound
from screening.ruleset.model.questions import Question
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, Quantity, plain_answer
from screening.ruleset.reading.raw_plain import raw_plain
from screening.ruleset.reading.typed_numbers import clean
from screening.wording.document.answers import answer_in_words
from screening.wording.language.languages import language
from tests.support.every import for_every
from tests.support.rules.small_rules import number, question, unit

FEET = {
    "first": {"label": "ft", "also": ["'", "feet and"]},
    "second": {"label": "in", "also": ['"', "''"]},
    "holds": 12,
    "example": 67,
}
STONE = {"first": {"label": "st"}, "second": {"label": "lb"}, "holds": 14, "example": 151}
MILES = {"first": {"label": "mi"}, "second": {"label": "yd"}, "holds": 1760, "example": 2000}
INCHES = "[in_i]"
HEIGHT = question(
    number(
        "height",
        unit("cm", 0, 250, decimals=1),
        unit(INCHES, 0, 98, factor=Decimal("2.54"), label="feet and inches", parts=FEET),
        units_by_name=True,
    )
)
WEIGHT = question(
    number(
        "weight",
        unit("kg", 0, 300),
        unit("[lb_av]", 0, 661, factor=Decimal("0.45359237"), label="lb"),
        unit("[lb_av]{st}", 0, 661, factor=Decimal("0.45359237"), label="stone and pounds", parts=STONE),
        units_by_name=True,
    )
)
WAY = question(number("way", unit("[yd_i]", 0, 10_000, label="miles and yards", parts=MILES)))
ENGLISH = language("en")


def inches(typed: str, asked: Question = HEIGHT) -> Decimal | str:
    """What a text is read as beside feet and inches; the code of the error where it is none."""
    try:
        answer = read_answer(asked, {"value": typed, "unit": INCHES})
    except AnswerError as error:
        return error.code
    assert isinstance(answer, Quantity)
    return answer.amount


def said(asked: Question, answer: Answer) -> str:
    """An answer in words, with plain spaces."""
    return answer_in_words(asked, answer, ENGLISH).replace("\N{NO-BREAK SPACE}", " ")


# --- the judge -----------------------------------------------------------------------------------

FIRST, SECOND = {"ft", "'", "feetand"}, {"in", '"', "''"}
GROUPED = re.compile("[1-9][0-9]{0,2}[.,][0-9]{3}")
WHOLE, DECIMAL = re.compile("[0-9]+"), re.compile(r"[0-9]+([.,][0-9]+)?")


def judged(text: str) -> set[Fraction]:
    """Every number that a text says in feet and inches, or in one of these, by each way to cut it."""
    found = set()
    for cuts in combinations(range(len(text) + 1), 3):
        first, word, second, behind = (text[low:high] for low, high in zip((0, *cuts), (*cuts, None), strict=True))
        if word and WHOLE.fullmatch(first) and named(word, FIRST | {""}) and DECIMAL.fullmatch(second):
            left = Fraction(second.replace(",", "."))
            if left < 12 and named(behind, SECOND | {""}):
                found.add(12 * int(first) + left)
    for cut in range(1, len(text) + 1):
        alone, word = text[:cut], text[cut:]
        amount = Fraction(alone.replace(",", ".")) if DECIMAL.fullmatch(alone) else None
        if amount is not None and amount.denominator == 1 and named(word, FIRST):
            found.add(12 * amount)
        # What may be thousands is asked about.
        is_inches = word.replace(" ", "") in ("in", '"', "''") and not word.startswith("'")
        if amount is not None and is_inches and not GROUPED.fullmatch(alone):
            found.add(amount)
    return {value for value in found if value <= 98}


def named(word: str, names: set[str]) -> bool:
    """Whether a word is one of these names, but for spaces and the sign at its end."""
    bare = "".join(word.split()).rstrip(".,").lower()
    return bare in names and (bool(bare) or not word.strip())


NUMBERS = st.sampled_from(["5", "7", "11", "12", "0", "60", "7.5", "1,25", "11.9999", ""])
WORDS = st.sampled_from(["ft", "FT.", "in", "'", '"', "''", "feet and", ".", ",", "ft,", "x", "", "", ""])
SPACES = st.sampled_from(["", " ", "  "])


@given(st.tuples(NUMBERS, SPACES, WORDS, SPACES, NUMBERS, SPACES, WORDS).map("".join))
def test_a_text_is_read_as_the_judge_reads_it_and_asked_about_where_there_are_two_ways(text: str) -> None:
    read, wanted = inches(text), judged(clean(text))
    if isinstance(read, Decimal):
        assert wanted == {Fraction(read)}
    else:
        assert not wanted, read


STYLES = st.sampled_from(["{} ft {} in", "{}'{}\"", "{} {}", "{}ft{}", "{}' {}''", "{} feet and {} in.", "{} ft, {}"])


@given(st.integers(0, 9), st.decimals(0, 13, places=2), STYLES)
@example(5, Decimal(12), "{} {}")
def test_a_number_in_two_parts_is_that_number_and_comes_back_as_it(first: int, second: Decimal, style: str) -> None:
    read = inches(style.format(first, second))
    if second >= 12:
        assert read == "parts_second"
    elif 12 * first + second > 98:
        assert read in ("out_of_range", "slip")
    else:
        assert read == 12 * first + second
        answer = read_answer(HEIGHT, {"value": style.format(first, second), "unit": INCHES})
        assert read_answer(HEIGHT, raw_answer(answer)) == answer
        assert plain_answer(HEIGHT, answer) == Decimal("2.54") * (12 * first + second)
        told = re.match(r"(\d+) ft ([\d.]+) in \(", said(HEIGHT, answer))
        assert told
        assert 12 * int(told[1]) + Decimal(told[2]) == read


@given(st.decimals(0, 98, places=3))
def test_a_number_that_a_program_sends_is_in_the_second_part(amount: Decimal) -> None:
    answer = read_answer(HEIGHT, {"value": amount, "unit": INCHES})
    assert isinstance(answer, Quantity)
    assert answer.amount == amount
    assert inches(answer.typed) == amount
    assert read_answer(HEIGHT, raw_answer(answer)) == answer


# --- one number alone ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("5.7", ["5 ft 7 in", "5 ft 8.4 in", "0 ft 5.7 in"]),
        ("5,10", ["5 ft 10 in", "5 ft 1.2 in", "0 ft 5.1 in"]),
        ("5.12", ["5 ft 1.44 in", "0 ft 5.12 in"]),
        ("5.7 ft", ["5 ft 7 in", "5 ft 8.4 in"]),
        ("5", ["5 ft 0 in", "0 ft 5 in"]),
        ("67", ["5 ft 7 in"]),
        ("<67", ["<5 ft 7 in"]),
    ],
)
def test_one_number_that_says_not_which_part_it_is_is_asked_about_with_each_thing_that_it_may_be(
    typed: str, readings: list[str]
) -> None:
    with pytest.raises(AnswerError) as raised:
        read_answer(HEIGHT, {"value": typed, "unit": INCHES}, read_back=True)
    assert raised.value.code == "parts_readings"
    assert raised.value.values["readings"] == readings
    assert all(isinstance(inches(reading), Decimal) for reading in readings)


def test_a_space_that_may_group_digits_is_asked_about() -> None:
    with pytest.raises(AnswerError) as raised:
        read_answer(WAY, "1 500", read_back=True)
    assert raised.value.values["readings"] == ["1 mi 500 yd", "0 mi 1500 yd"]


# --- beside other units --------------------------------------------------------------------------


@for_every(
    ("asked", "raw", "read"),
    [
        (HEIGHT, "5 ft 7 in", INCHES),
        (HEIGHT, "67 in", INCHES),
        (HEIGHT, "170 cm", "cm"),
        (HEIGHT, "5 7", "unit_missing"),
        (HEIGHT, {"value": "5 ft 7 in", "unit": "cm"}, "unit_other"),
        (HEIGHT, {"value": "170 cm", "unit": INCHES}, "unit_other"),
        (HEIGHT, {"value": "5 ft 7 in", "unit": None}, None),
        (WEIGHT, "165 lb", "[lb_av]"),
        (WEIGHT, "11 st 11 lb", "[lb_av]{st}"),
        (WEIGHT, {"value": "165 lb", "unit": "[lb_av]{st}"}, "unit_other"),
        (WEIGHT, {"value": "11 11", "unit": "[lb_av]{st}"}, "[lb_av]{st}"),
    ],
)
def test_the_unit_is_the_one_that_was_chosen_or_typed_and_never_another(
    asked: Question, raw: object, read: str | None
) -> None:
    assert unit_read(asked, raw) == read


def unit_read(asked: Question, raw: object) -> str | None:
    """The unit in which an answer is read; the code of the error where it is none."""
    try:
        answer = read_answer(asked, raw)
    except AnswerError as error:
        return error.code
    assert isinstance(answer, Quantity)
    return answer.unit


def test_a_bound_may_be_said_in_two_parts() -> None:
    answer = read_answer(HEIGHT, {"value": "≥5 ft 7 in", "unit": INCHES})
    assert said(HEIGHT, answer) == "≥5 ft 7 in (≥170 cm)"
    plain = plain_answer(HEIGHT, answer)
    assert isinstance(plain, Bound)
    assert plain.low == Decimal("170.18")
    bound = plain_answer(WAY, read_answer(WAY, "<2 mi 40 yd"))
    assert plain_answer(WAY, read_answer(WAY, raw_plain(WAY, bound))) == bound


def test_what_was_read_in_another_language_is_read_again() -> None:
    """Labels are translated: an answer that is kept counts as it was read, whatever its words are."""
    kept = {"value": "5 kaki 7 inci", "unit": INCHES, "reading": "67"}
    assert read_answer(HEIGHT, kept) == Quantity(Decimal(67), "5 kaki 7 inci", INCHES)
    with pytest.raises(AnswerError):
        read_answer(HEIGHT, {**kept, "reading": "68"})


@pytest.mark.parametrize(
    ("typed", "code"),
    [("5\t7", "parts_shape"), ("7 in 5 ft", "parts_shape"), ("5 ft -7 in", "parts_shape"), ("~5 ft 7", "inequality")],
)
def test_what_is_no_such_number_is_refused(typed: str, code: str) -> None:
    assert inches(typed) == code


def test_an_answer_in_one_unit_is_told_in_two_parts_beside_it() -> None:
    tall = read_answer(HEIGHT, {"value": "170", "unit": "cm"})
    assert said(HEIGHT, tall) == "170 cm (5 ft 6.9 in)"
    nearly = read_answer(HEIGHT, {"value": "182.87", "unit": "cm"})
    assert said(HEIGHT, nearly) == "182.87 cm (6 ft 0 in)"
