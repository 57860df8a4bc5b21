"""How a person is reached: names, e-mail addresses, and numbers that are read back before anything is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from screening.config.clinic import Clinic
from screening.forms.contact import NUMBER_IS, ReachForm
from screening.wording.language.languages import language

CLINIC = Clinic("C", "1", True, 3, "p@c.example", "c@c.example", countries=("MY", "SG"))
NOWHERE = Clinic("C", "1", True, 3, "p@c.example", "c@c.example")
FILLED = {"name": "Mei", "channel": "phone", "address": "+60 12-345 6789", "speaks": "en", "best_time": "any"}


def sent(clinic: Clinic = CLINIC, tag: str = "en", **typed: str) -> ReachForm:
    """A form that was sent with these texts, and checked."""
    form = ReachForm(language(tag), clinic, {"en": "English"})
    form.take(MultiDict({**FILLED, "country": clinic.country, **typed}))
    form.check()
    return form


def test_the_clinics_country_is_chosen_beforehand_and_named() -> None:
    form = ReachForm(language("en"), CLINIC, {"en": "English"})
    assert form.typed["country"] == "MY"
    assert form.options["country"]["MY"] == "Malaysia (+60)"
    assert form.country_help.startswith("Malaysia is where the clinic is. If your number is of another country")


def test_a_number_is_read_back_with_its_country_before_it_counts() -> None:
    form = sent(address="012-345 6789")
    assert not form.errors
    assert form.reach == ""
    assert form.options[NUMBER_IS] == {"+60123456789": "+60 12-345 6789 (Malaysia)"}
    again = sent(address="012-345 6789", number_is="+60123456789")
    assert (again.errors, again.numbers, again.reach) == ([], (), "+60123456789")
    assert again.contact()["address"] == "+60 12-345 6789"


def test_digits_that_are_valid_in_another_listed_country_are_asked_about() -> None:
    assert list(sent(address="9317 0669").options[NUMBER_IS].values()) == [
        "+60 9-317 0669 (Malaysia)",
        "+65 9317 0669 (Singapore)",
    ]
    assert sent(address="9317 0669", number_is="+6593170669").reach == "+6593170669"


@pytest.mark.parametrize("number_is", ["", "+60123456788", "+6593170669", "yes"])
def test_a_number_that_was_changed_since_is_read_back_anew(number_is: str) -> None:
    form = sent(address="012-345 6789", number_is=number_is)
    assert (form.reach, form.errors) == ("", [])
    assert [number.e164 for number in form.numbers] == ["+60123456789"]
    assert form.typed["address"] == "012-345 6789"


@pytest.mark.parametrize("tag", ["en", "ms", "id", "zh-Hans"])
def test_what_is_no_number_names_the_country_that_was_chosen_and_what_to_do(tag: str) -> None:
    form = sent(tag=tag, address="12")
    assert form.error_of("address").count("+60 12 345 6789") == 1
    assert form.options["country"]["MY"].partition(" (")[0] in form.error_of("address")
    assert form.typed["address"] == "12"


def test_without_a_list_of_countries_a_number_needs_its_code() -> None:
    form = sent(NOWHERE, address="012-345 6789")
    assert "begin the number with +" in form.error_of("address")
    assert sent(NOWHERE, number_is="+60123456789").reach == "+60123456789"


def test_a_country_that_is_not_listed_is_none() -> None:
    assert sent(country="XX", address="012-345 6789").typed["country"] == ""


def test_an_address_needs_no_country_and_is_not_read_back() -> None:
    form = sent(channel="email", address=" mei@Example.com ", country="")
    assert (form.errors, form.numbers, form.reach) == ([], (), "mei@example.com")


INVISIBLE = "\u200b\u200d\ufeff\u2060\u00ad\u3164\u115f\u2800\u00a0\u3000\ufe0f\u034f\t\n\r\u2028 \x00"


@given(st.text(st.sampled_from(INVISIBLE)))
def test_what_nobody_can_see_is_no_name(typed: str) -> None:
    assert sent(name=typed).error_of("name")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mei\tLing", "Mei Ling"),
        ("Mei\r\nLing\u2028Tan", "Mei Ling Tan"),
        ("\u200bMei\ufeff", "Mei"),
        ("க்\u200cஷ", "க்\u200cஷ"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_tabs_and_line_ends_in_a_name_are_spaces_and_letters_stay(typed: str, name: str) -> None:
    assert sent(name=typed).typed["name"] == name


@given(st.text(min_size=1, max_size=60))
def test_no_letter_of_a_name_is_ever_lost(typed: str) -> None:
    letters = [symbol for symbol in typed if symbol.isascii() and symbol.isalnum()]
    assert [symbol for symbol in sent(name=typed).typed["name"] if symbol.isascii() and symbol.isalnum()] == letters
