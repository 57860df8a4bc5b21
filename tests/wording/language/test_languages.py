"""Numbers, dates, lists and messages as readers of English write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.wording.language.languages import N_, language
from tests.support.every import for_every

ENGLISH = language("en")


@for_every(
    ("number", "said"),
    [
        ("4.2", "4.2"),
        ("150000", "150000"),
        ("1234567.891", "1234567.891"),
        ("0.06", "0.06"),
        ("7.0", "7"),
        ("0", "0"),
        ("1E+3", "1000"),
        ("123456789012345.12345", "123456789012345.12345"),
    ],
)
def test_a_number_is_written_in_full_without_groups(number: str, said: str) -> None:
    assert ENGLISH.number(Decimal(number)) == said


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_no_digit_of_a_number_is_lost(number: Decimal) -> None:
    assert Decimal(ENGLISH.number(number)) == number


@pytest.mark.parametrize(
    ("number", "decimals", "said"), [("3.9186", 3, "3.919"), ("0.5", 0, "0"), ("2.978", 1, "3"), ("12", 2, "12")]
)
def test_a_number_is_rounded_where_that_is_asked_for(number: str, decimals: int, said: str) -> None:
    assert ENGLISH.number(Decimal(number), decimals) == said


def test_a_date_is_written_so_that_it_cannot_be_misread() -> None:
    assert ENGLISH.date(date(2026, 3, 4)) == "4 March 2026"


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a, b", "c"], "a, b and c")],
)
def test_a_list_is_joined_with_and(items: list[str], said: str) -> None:
    assert ENGLISH.all_of(items) == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["1"], "1"), (["1", "2"], "1 or 2"), (["1", "2", "3"], "1, 2 or 3")]
)
def test_a_choice_is_joined_with_or(items: list[str], said: str) -> None:
    assert ENGLISH.any_of(items) == said


def test_a_message_takes_its_values() -> None:
    assert ENGLISH.gettext("There is no unit %(unit)s.", unit="kg") == "There is no unit kg."
    assert ENGLISH.gettext(N_("100% sure")) == "100% sure"


def test_a_value_is_never_read_as_a_part_of_the_message() -> None:
    assert ENGLISH.gettext("You typed %(typed)s.", typed="%(other)s %d {x}") == "You typed %(other)s %d {x}."


def test_a_message_without_a_value_that_it_needs_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        ENGLISH.gettext("There is no unit %(unit)s.", option="kg")


@pytest.mark.parametrize(("number", "said"), [(0, "0 mistakes"), (1, "1 mistake"), (2, "2 mistakes")])
def test_one_thing_is_named_in_the_singular(number: int, said: str) -> None:
    assert ENGLISH.ngettext("%(number)s mistake", "%(number)s mistakes", number) == said


def test_a_language_without_messages_speaks_english_with_its_own_numbers() -> None:
    german = language("de")
    assert german.gettext("Why we ask") == "Why we ask"
    assert german.number(Decimal("4.2")) == "4,2"


def test_a_language_is_made_once() -> None:
    assert language("en") is language("en")
    assert language("en").tag == "en"
