"""Sealing: what goes in comes out, for the same keys, purpose and time alone."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from screening.crypto.box import ExpiredError, SealError, open_sealed, seal
from screening.crypto.keys import Key, KeyRing

KEY = Key(bytes(range(32)))
OTHER = Key(bytes(reversed(range(32))))
RING = KeyRing([KEY])
NOW = 1_800_000_000
DAY = 24 * 60 * 60

contents = st.binary(max_size=4000)
times = st.integers(min_value=0, max_value=2**40)


def raw_of(text: str) -> bytes:
    """The bytes of a sealed text."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text_of(raw: bytes) -> str:
    """The sealed text of some bytes."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@given(contents, st.text(max_size=30), times, st.integers(min_value=0, max_value=DAY))
def test_what_was_sealed_is_opened_by_the_same_keys_for_the_same_purpose(
    content: bytes, purpose: str, now: int, age: int
) -> None:
    assert open_sealed(seal(content, RING, purpose, now), RING, purpose, now + age, DAY) == content


@given(contents)
def test_a_sealed_text_holds_nothing_that_a_cookie_may_not(content: bytes) -> None:
    text = seal(content, RING, "cookie", NOW)
    assert text.isascii()
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(contents)
def test_the_same_content_is_never_sealed_the_same_way_twice(content: bytes) -> None:
    assert seal(content, RING, "cookie", NOW) != seal(content, RING, "cookie", NOW)


@given(contents, st.data())
def test_any_altered_bit_is_refused(content: bytes, data: st.DataObject) -> None:
    raw = bytearray(raw_of(seal(content, RING, "cookie", NOW)))
    place = data.draw(st.integers(min_value=0, max_value=8 * len(raw) - 1))
    raw[place // 8] ^= 1 << place % 8
    with pytest.raises(SealError):
        open_sealed(text_of(bytes(raw)), RING, "cookie", NOW, DAY)


@given(contents, st.data())
def test_any_part_of_a_sealed_text_is_refused(content: bytes, data: st.DataObject) -> None:
    raw = raw_of(seal(content, RING, "cookie", NOW))
    length = data.draw(st.integers(min_value=0, max_value=len(raw) - 1))
    for part in (raw[:length], raw[length + 1 :], raw + raw[: length + 1]):
        with pytest.raises(SealError):
            open_sealed(text_of(part), RING, "cookie", NOW, DAY)


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(SealError):
        open_sealed(text, RING, "cookie", NOW, DAY)


@given(contents, st.text(max_size=20), st.text(max_size=20))
def test_another_purpose_opens_nothing(content: bytes, purpose: str, other: str) -> None:
    if purpose == other:
        other += "x"
    with pytest.raises(SealError):
        open_sealed(seal(content, RING, purpose, NOW), RING, other, NOW, DAY)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealError):
        open_sealed(seal(b"told", RING, "cookie", NOW), KeyRing([OTHER]), "cookie", NOW, DAY)


def test_another_key_under_the_id_of_the_right_one_opens_nothing() -> None:
    raw = bytearray(raw_of(seal(b"told", RING, "cookie", NOW)))
    raw[1:5] = OTHER.id
    with pytest.raises(SealError):
        open_sealed(text_of(bytes(raw)), KeyRing([OTHER, KEY]), "cookie", NOW, DAY)


def test_the_first_key_seals_and_every_key_opens() -> None:
    both = KeyRing([OTHER, KEY])
    assert open_sealed(seal(b"old", RING, "cookie", NOW), both, "cookie", NOW, DAY) == b"old"
    new = seal(b"new", both, "cookie", NOW)
    assert open_sealed(new, KeyRing([OTHER]), "cookie", NOW, DAY) == b"new"
    with pytest.raises(SealError):
        open_sealed(new, RING, "cookie", NOW, DAY)


@pytest.mark.parametrize("age", [-DAY, -60, 0, 1, DAY - 1, DAY])
def test_up_to_its_greatest_age_a_text_opens(age: int) -> None:
    assert open_sealed(seal(b"told", RING, "cookie", NOW), RING, "cookie", NOW + age, DAY) == b"told"


@pytest.mark.parametrize("age", [DAY + 1, 10 * DAY, 10**9, -DAY - 1, -400 * DAY])
def test_after_that_it_has_expired_and_so_has_what_a_clock_that_leapt_sealed(age: int) -> None:
    with pytest.raises(ExpiredError):
        open_sealed(seal(b"told", RING, "cookie", NOW), RING, "cookie", NOW + age, DAY)


def test_a_younger_date_cannot_be_written_on_a_text() -> None:
    raw = bytearray(raw_of(seal(b"told", RING, "cookie", NOW - 2 * DAY)))
    raw[5:13] = NOW.to_bytes(8, "big")
    with pytest.raises(SealError) as caught:
        open_sealed(text_of(bytes(raw)), RING, "cookie", NOW, DAY)
    assert not isinstance(caught.value, ExpiredError)


def sealed_by_hand(packed: bytes) -> str:
    """A sealed text whose content was packed in another way."""
    header, nonce = b"\x01" + KEY.id + NOW.to_bytes(8, "big"), bytes(12)
    return text_of(header + nonce + AESGCM(KEY.secret).encrypt(nonce, packed, header + b"cookie"))


def test_a_sealed_text_can_be_made_by_hand() -> None:
    assert open_sealed(sealed_by_hand(zlib.compress(b"told")), RING, "cookie", NOW, DAY) == b"told"


def test_a_text_that_would_unpack_to_very_much_is_refused() -> None:
    with pytest.raises(SealError):
        open_sealed(sealed_by_hand(zlib.compress(bytes(10_000_000), 9)), RING, "cookie", NOW, DAY)


def test_the_key_cannot_be_found_in_what_it_sealed() -> None:
    text = seal(b"told" * 100, RING, "cookie", NOW)
    assert KEY.secret not in raw_of(text)
    assert KEY.id not in KEY.secret
    assert b"told" not in raw_of(text)
