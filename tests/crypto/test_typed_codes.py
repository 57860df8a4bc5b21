"""Codes are the same in any width, case and script of digits, whatever stands between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.crypto.typed_codes import plain_code
from screening.storage.submissions.record.reference_codes import code_from, read_code

DASHES = ["-", "–", "—", "‐", "‑", "−", "－", "﹣", "ー", "～", " ", "\u00a0", "\u3000", "\u200b", ".", "_", "\t", ""]
DASHES += ["\ufe0f", "\u0335"]  # marks that keyboards for emoji add


def wide(symbol: str) -> str:
    """A letter or digit in its full width."""
    return chr(ord(symbol) + 0xFEE0)


@given(st.binary(min_size=8, max_size=8), st.lists(st.sampled_from(DASHES), min_size=11, max_size=11), st.data())
def test_a_reference_code_is_read_in_any_width_and_with_any_dash(
    entropy: bytes, dashes: list[str], data: st.DataObject
) -> None:
    code = code_from(entropy)
    change: st.SearchStrategy[Callable[[str], str]] = st.sampled_from([str, str.lower, wide])
    typed = "".join(
        dash + data.draw(change)(symbol) for dash, symbol in zip(dashes, code.replace("-", ""), strict=False)
    )
    assert read_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("１２３ ４５６", "123456"), ("٢٣٤-abc", "234ABC"), ("", ""), ("O0", "O0")]
)
def test_letters_and_digits_alone_are_left(typed: str, code: str) -> None:
    assert plain_code(typed) == code


@given(st.text())
def test_nothing_that_stands_between_symbols_is_left(typed: str) -> None:
    assert not set(plain_code(typed)) & {*DASHES} - {""}
