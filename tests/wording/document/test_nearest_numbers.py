"""Whose emergency number comes first: that of the country that a browser names, never that of a language."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screening.wording.document.blocks import PhoneNumber
from screening.wording.document.emergency import nearest_first, phone_numbers
from screening.wording.language.negotiation import regions_named
from tests.support.cases import RULES

NUMBERS = phone_numbers(RULES.rule_set).numbers


def first(tags: list[str], clinic: str = "") -> str:
    return nearest_first(NUMBERS, (*regions_named(tags), clinic))[0].number


def test_a_country_that_is_named_comes_first_in_the_order_of_the_browser() -> None:
    assert first(["ms-SG", "en-MY"]) == "995"
    assert first(["en-GB", "in_ID"]) == "119"
    assert first(["zh-Hans-MY"]) == "999"


def test_else_the_country_of_the_clinic_and_else_the_order_of_the_file() -> None:
    assert first(["id", "ms"], "SG") == "995"
    assert first(["id"]) == NUMBERS[0].number
    assert first(["fr-FR"], "ID") == "119"


@given(tags=st.lists(st.text(max_size=12)), regions=st.lists(st.sampled_from(["MY", "SG", "ID", "", "XX"])))
def test_every_number_is_told_once_whatever_a_browser_says(tags: list[str], regions: list[str]) -> None:
    shown = nearest_first(NUMBERS, (*regions_named(tags), *regions))
    assert sorted(shown, key=_by_country) == sorted(NUMBERS, key=_by_country)


def _by_country(number: PhoneNumber) -> str:
    return number.country
