"""How an address or a number is read, whatever it is typed with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.wording.sharing.contact import AddressError, read_contact


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+60 12-345 6789", "+60123456789"),
        ("0060 12 345 6789", "+60123456789"),
        ("+62 (812) 3456.7890", "+6281234567890"),
        ("＋６０１２３４５６７８９", "+60123456789"),
        (" +65\u20116123\u00a04567 ", "+6561234567"),
    ],
)
def test_a_number_with_its_country_code_is_read(typed: str, expected: str) -> None:
    assert read_contact("phone", typed) == read_contact("whatsapp", typed) == expected


@pytest.mark.parametrize(
    "typed", ["", "012 345 6789", "+60", "+60 1234", "call me", "+60 12x", "+1+2345678", "+" + "9" * 16]
)
def test_a_number_without_its_country_code_or_too_short_or_long_is_refused(typed: str) -> None:
    with pytest.raises(AddressError):
        read_contact("phone", typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mei@example.com", "mei@example.com"),
        (" Mei.Ling+liver@Example.COM ", "Mei.Ling+liver@example.com"),
        ("名字@例子.中国", "名字@例子.中国"),
        ("o'brien@mail.example.org", "o'brien@mail.example.org"),
    ],
)
def test_an_address_is_read(typed: str, expected: str) -> None:
    assert read_contact("email", typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mei",
        "mei@",
        "@example.com",
        "mei@example",
        "a b@example.com",
        "a@b@example.com",
        "a@b..com",
        "a@x.com\nBcc: b@x.com",
        f"{'a' * 250}@x.com",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(AddressError):
        read_contact("email", typed)


@given(st.text(), st.sampled_from(["phone", "email"]))
def test_any_text_is_read_or_refused_and_never_breaks(typed: str, channel: str) -> None:
    try:
        reach = read_contact(channel, typed)
    except AddressError:
        return
    assert read_contact(channel, reach) == reach
    assert not {"\n", "\r", " "} & set(reach)
