"""Sealed columns: they open in their own place under their own key, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from screening.crypto.box import SealError
from screening.crypto.columns import DATA_KEY_BYTES, new_data_key, open_column, seal_column

KEY = bytes(range(32))
contents = st.binary(max_size=3000)
ids = st.text(alphabet="0123456789abcdef", min_size=1, max_size=16)
places = st.builds("{}/{}/{}".format, st.sampled_from(["submission", "version", "event"]), ids, st.text(max_size=12))


@given(contents, places)
def test_what_was_sealed_opens_in_its_place(content: bytes, place: str) -> None:
    assert open_column(seal_column(content, KEY, place), KEY, place) == content


@given(contents, places, places)
def test_what_was_moved_to_another_row_or_column_does_not_open(content: bytes, place: str, other: str) -> None:
    assume(place != other)
    with pytest.raises(SealError):
        open_column(seal_column(content, KEY, place), KEY, other)


@given(contents)
def test_another_key_opens_nothing(content: bytes) -> None:
    with pytest.raises(SealError):
        open_column(seal_column(content, KEY, "place"), new_data_key(), "place")


@given(contents, st.data())
def test_any_altered_bit_is_noticed(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal_column(content, KEY, "place"))
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealError):
        open_column(bytes(sealed), KEY, "place")


@given(contents, st.data())
def test_any_part_is_refused(content: bytes, data: st.DataObject) -> None:
    sealed = seal_column(content, KEY, "place")
    length = data.draw(st.integers(min_value=0, max_value=len(sealed) - 1))
    for part in (sealed[:length], sealed[length + 1 :], sealed + b"\0"):
        with pytest.raises(SealError):
            open_column(part, KEY, "place")


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(SealError):
        open_column(content, KEY, "place")


def test_the_same_content_is_never_sealed_the_same_way_twice() -> None:
    assert len({seal_column(b"same", KEY, "place") for _ in range(100)}) == 100
    assert len({new_data_key() for _ in range(100)}) == 100
    assert len(new_data_key()) == DATA_KEY_BYTES
