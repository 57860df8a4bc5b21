"""Reference codes: what is mistyped is noticed, and how it is typed does not matter."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from screening.storage.submissions.record.reference_codes import LENGTH, SYMBOLS, CodeError, code_from, read_code

codes = st.binary(min_size=8, max_size=8).map(code_from)
places = st.integers(min_value=0, max_value=LENGTH - 1)


def symbols_of(code: str) -> list[str]:
    return list(code.replace("-", ""))


@given(codes)
def test_a_code_is_read_as_it_is_printed(code: str) -> None:
    assert read_code(code) == code
    assert [len(word) for word in code.split("-")] == [3, 3, 3]
    assert set(symbols_of(code)) <= set(SYMBOLS)


@given(codes, st.sampled_from(["", " ", "-", " - ", "\t", "–"]), st.booleans())
def test_spaces_dashes_and_case_do_not_matter(code: str, between: str, lower: bool) -> None:
    typed = between.join(symbols_of(code))
    assert read_code(f" {typed.lower() if lower else typed} ") == code


@given(codes, places, st.sampled_from(SYMBOLS))
def test_any_single_wrong_symbol_is_noticed(code: str, place: int, symbol: str) -> None:
    typed = symbols_of(code)
    assume(typed[place] != symbol)
    typed[place] = symbol
    with pytest.raises(CodeError):
        read_code("".join(typed))


@given(codes, places, places)
def test_any_swap_of_two_symbols_is_noticed(code: str, first: int, second: int) -> None:
    typed = symbols_of(code)
    assume(typed[first] != typed[second])
    typed[first], typed[second] = typed[second], typed[first]
    with pytest.raises(CodeError):
        read_code("".join(typed))


@given(codes, places)
def test_a_symbol_that_is_missing_or_too_many_is_noticed(code: str, place: int) -> None:
    typed = symbols_of(code)
    for wrong in (typed[:place] + typed[place + 1 :], [*typed[:place], "2", *typed[place:]]):
        with pytest.raises(CodeError):
            read_code("".join(wrong))


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_said_to_be_none(text: str) -> None:
    with suppress(CodeError):
        assert read_code(read_code(text)) == read_code(text)


def test_no_symbol_looks_like_another() -> None:
    assert not set(SYMBOLS) & set("0O1IL5S8BQVZ")
    assert len(set(SYMBOLS)) == len(SYMBOLS) == 23


@given(st.lists(st.binary(min_size=8, max_size=8), min_size=2, max_size=50, unique=True))
def test_other_bytes_give_other_codes(entropies: list[bytes]) -> None:
    indices = {int.from_bytes(entropy) % len(SYMBOLS) ** (LENGTH - 1) for entropy in entropies}
    assert len({code_from(entropy) for entropy in entropies}) == len(indices)
