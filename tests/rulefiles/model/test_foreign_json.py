"""JSON that anybody may have written is read within bounds that are the same for every version of Python."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rulefiles.model.foreign_json import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_EXPONENT,
    ForeignJsonError,
    read_foreign_json,
)
from tests.support.every import for_every

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3),
    max_leaves=8,
)


def depth(data: object) -> int:
    if isinstance(data, dict):
        return 1 + max(map(depth, data.values()), default=0)
    return 1 + max(map(depth, data), default=0) if isinstance(data, list) else 0


@given(PLAIN)
def test_what_stands_within_the_bounds_is_read_as_it_is(data: object) -> None:
    if depth(data) <= MAX_DEPTH:
        assert read_foreign_json(json.dumps(data).encode()) == data


@pytest.mark.parametrize("levels", [1, MAX_DEPTH])
def test_so_deep_is_read(levels: int) -> None:
    assert depth(read_foreign_json(("[" * levels + "]" * levels).encode())) == levels


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 5_000, 200_000])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_deeper_is_refused_wherever_python_itself_would_stop(levels: int, opened: str, closed: str) -> None:
    with pytest.raises(ForeignJsonError):
        read_foreign_json((opened * levels + "1" + closed * levels).encode())


@for_every(
    "content",
    [
        b"",
        b"\xff",
        b'{"a": 1, "a": 1}',
        b"NaN",
        b"-Infinity",
        b"9" * (MAX_DIGITS + 1),
        b"1." + b"9" * MAX_DIGITS,
        b"1e%d" % (MAX_EXPONENT + 1),
        b"1e-%d" % (MAX_EXPONENT + 1),
        b"1e99999999999999999999",
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b'[["\\ud800"]]',
    ],
)
def test_what_nobody_writes_in_good_faith_is_refused(content: bytes) -> None:
    with pytest.raises(ForeignJsonError):
        read_foreign_json(content)


def test_numbers_are_exact() -> None:
    assert read_foreign_json(b"[0.1, 12.50, 3]") == [Decimal("0.1"), Decimal("12.5"), 3]
