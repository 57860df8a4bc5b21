"""How an e-mail address is read, whatever it is typed with."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.wording.sharing.contact import AddressError, read_email
from tests.support.every import for_every


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mei@example.com", "mei@example.com"),
        (" Mei.Ling+liver@Example.COM ", "Mei.Ling+liver@example.com"),
        ("名字@例子.中国", "名字@例子.中国"),
        ("ｍｅｉ＠example.com", "mei@example.com"),
        ("o'brien@mail.example.org", "o'brien@mail.example.org"),
        ("\u202amei@example.com\u202c\u200b", "mei@example.com"),
    ],
)
def test_an_address_is_read(typed: str, expected: str) -> None:
    assert read_email(typed) == expected


@for_every(
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
        read_email(typed)


@given(st.text() | st.emails())
def test_any_text_is_read_or_refused_and_never_breaks(typed: str) -> None:
    try:
        reach = read_email(typed)
    except AddressError:
        return
    assert read_email(reach) == reach
    assert not {"\n", "\r", " "} & set(reach)


def test_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket.socket, "sendto", no_network)
    assert read_email("somebody@no-such-domain-of-anybody.com") == "somebody@no-such-domain-of-anybody.com"
