"""Telephone numbers: which may be meant, and in which country."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.wording.language.languages import language
from screening.wording.sharing.telephone import country_options, possible_numbers, read_back_number
from tests.support.every import for_every

COUNTRIES = ("MY", "SG", "ID", "BN", "CN")
LANGUAGES = [language(tag) for tag in ("en", "ms", "id", "zh-Hans")]
DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"]


def numbers(typed: str, country: str = "MY") -> list[str]:
    """The numbers that may be meant."""
    return [number.e164 for number in possible_numbers(typed, country, COUNTRIES)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+60 12-345 6789", "+60123456789"),
        ("0060 12 345 6789", "+60123456789"),
        ("+62 (812) 3456.7890", "+6281234567890"),
        ("＋６０１２３４５６７８９", "+60123456789"),
        (" +65\u20116123\u00a04567 ", "+6561234567"),
        ("+1 (202) 555-0143", "+12025550143"),
        ("+60ー12~345_6789", "+60123456789"),
        ("+60·12•345・6789", "+60123456789"),
        ("+6\ufe0f0\ufe0f\u200b12 345 6789", "+60123456789"),
        ("tel:+60-12-345-6789", "+60123456789"),
    ],
)
@pytest.mark.parametrize("country", ["MY", "SG", ""])
def test_plus_or_two_zeros_count_more_than_the_country(typed: str, expected: str, country: str) -> None:
    assert numbers(typed, country) == [expected]


@pytest.mark.parametrize(
    "typed", ["012-345 6789", "(012)345-6789", "０１２ ３４５ ６７８９", "012.345.6789", "(012) 345 6789"]
)
def test_a_number_as_it_is_dialled_at_home_is_that_of_the_chosen_country_first(typed: str) -> None:
    assert numbers(typed)[0] == "+60123456789"


def test_digits_that_are_valid_in_another_country_too_are_both() -> None:
    assert numbers("9317 0669")[:2] == ["+6093170669", "+6593170669"]
    assert numbers("9317 0669", "SG")[:2] == ["+6593170669", "+6093170669"]


@for_every(
    "typed",
    ["", "+", "+60", "+60 1234", "call me", "1-800-FLOWERS", "+60 12x", "+1+2345678", "+" + "9" * 16, "12", "999"],
)
def test_what_is_no_number_anywhere_has_no_reading(typed: str) -> None:
    assert numbers(typed) == []


def test_without_a_country_only_a_number_with_its_code_is_one() -> None:
    assert possible_numbers("012-345 6789", "", ()) == ()
    assert [phone.e164 for phone in possible_numbers("+60123456789", "", ())] == ["+60123456789"]


def test_a_number_is_read_back_with_its_country_in_each_language() -> None:
    (number,) = possible_numbers("+6591234567", "MY", COUNTRIES)
    assert [read_back_number(number, spoken) for spoken in LANGUAGES] == [
        "+65 9123 4567 (Singapore)",
        "+65 9123 4567 (Singapura)",
        "+65 9123 4567 (Singapura)",
        "+65 9123 4567 (新加坡)",
    ]
    (satellite,) = possible_numbers("+870 773 111 632", "MY", COUNTRIES)
    assert read_back_number(satellite, LANGUAGES[0]) == satellite.printed


def test_countries_are_listed_with_what_their_numbers_begin_with() -> None:
    assert list(country_options(COUNTRIES, LANGUAGES[0]).items())[:2] == [
        ("MY", "Malaysia (+60)"),
        ("SG", "Singapore (+65)"),
    ]


@st.composite
def typed_numbers(draw: st.DrawFn) -> tuple[str, str, str]:
    """A number of a listed country as somebody may type it, that country, and the number itself."""
    country = draw(st.sampled_from(COUNTRIES))
    kind = draw(st.sampled_from([phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE]))
    example = phonenumbers.example_number_for_type(country, kind)
    assert example is not None
    tail = draw(st.integers(0, 9999))
    digits = str(example.national_number)[:-4] + f"{tail:04}"
    number = phonenumbers.PhoneNumber(example.country_code, int(digits))
    style = draw(
        st.sampled_from([phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL])
    )
    printed = phonenumbers.format_number(number, style)
    script = draw(st.sampled_from(DIGITS))
    text = "".join(script[int(symbol)] if symbol.isdigit() else symbol for symbol in printed)
    return text, country, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(typed_numbers(), st.sampled_from(COUNTRIES))
def test_the_number_that_was_meant_is_always_among_those_read_back(typed: tuple[str, str, str], chosen: str) -> None:
    text, country, e164 = typed
    if not phonenumbers.is_valid_number(phonenumbers.parse(e164)):
        return
    read = possible_numbers(text, chosen, COUNTRIES)
    assert e164 in [number.e164 for number in read]
    if chosen == country:
        assert read[0].e164 == e164
    assert len({number.e164 for number in read}) == len(read)


@given(st.text(max_size=30), st.sampled_from(COUNTRIES))
def test_whatever_is_typed_is_a_valid_number_or_none(typed: str, country: str) -> None:
    for number in possible_numbers(typed, country, COUNTRIES):
        assert phonenumbers.is_valid_number(phonenumbers.parse(number.e164))
        assert possible_numbers(number.e164, "", ()) == (number,)
        assert possible_numbers(number.printed, country, COUNTRIES) == (number,)
