"""The canonical JSON of a rule file and the hash made of it: one for one content, another for every other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rulefiles.model.canonical import canonical_json, parse_canonical, sha256
from screening.rulefiles.yaml.event_builder import MAX_DIGITS
from screening.rulefiles.yaml.parsed import Data
from screening.rulefiles.yaml.reader import read_yaml
from tests.rulefiles.edited import SMALL_TEXT
from tests.support.every import for_every

NUMBERS = st.from_regex(rf"-?(0|[1-9][0-9]{{0,{MAX_DIGITS - 10}}})(\.[0-9]{{1,8}})?", fullmatch=True).map(Decimal)
DATA: st.SearchStrategy[Data] = st.recursive(
    st.one_of(st.text(), st.booleans(), st.integers(-(10**29), 10**29), NUMBERS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=12,
)


def hash_of(text: str) -> str:
    parsed = read_yaml(text.encode())
    assert not parsed.problems
    assert parsed.data is not None
    return sha256(canonical_json(parsed.data))


def alike(one: Data, other: Data) -> bool:
    """Equal, where true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other and isinstance(one, bool) == isinstance(other, bool)


@given(data=DATA)
def test_what_is_read_back_from_canonical_json_is_what_was_written(data: Data) -> None:
    written = canonical_json(data)
    assert alike(parse_canonical(written), data)
    assert canonical_json(parse_canonical(written)) == written


@given(one=DATA, other=DATA)
def test_different_data_is_written_differently(one: Data, other: Data) -> None:
    assert (canonical_json(one) == canonical_json(other)) == alike(one, other)


@given(data=DATA)
def test_canonical_json_is_json(data: Data) -> None:
    json.loads(canonical_json(data))


@for_every(
    ("number", "written"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("0.5", "0.5"),
        ("10", "10"),
        ("100.00", "100"),
        ("0.0", "0"),
        ("-0.0", "0"),
        ("-0.10", "-0.1"),
        ("1234567890.12345678901234567890", "1234567890.1234567890123456789"),
        ("0.00000001", "0.00000001"),
    ],
)
def test_a_number_is_written_as_the_shortest_decimal_and_never_rounded(number: str, written: str) -> None:
    assert canonical_json(Decimal(number)) == written


def test_keys_are_sorted_lists_keep_their_order_and_nothing_is_escaped_in_vain() -> None:
    data: Data = {"b": ["z", "a"], "a": "é\n", "ä": True}
    assert canonical_json(data) == '{"a":"é\\n","b":["z","a"],"ä":true}'


def test_the_hash_is_the_one_that_anybody_can_work_out() -> None:
    # printf '{"a":1}' | sha256sum
    assert sha256(canonical_json({"a": 1})) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


SAME = {
    "comments": "# why\nname: plant  # which\nparts: [1, two]\nnumber: 1.5\n",
    "the order of keys": "number: 1.5\nparts: [1, two]\nname: plant\n",
    "quotation marks": '"name": \'plant\'\nparts: [1, "two"]\nnumber: 1.5\n',
    "folds": "name: >-\n  plant\nparts:\n  - 1\n  - two\nnumber: 1.5\n",
    "braces": "{name: plant, parts: [1, two], number: 1.5}\n",
    "the ends of lines": "name: plant\r\nparts: [1, two]\r\nnumber: 1.5\r\n",
    "a byte order mark": "\ufeffname: plant\nparts: [1, two]\nnumber: 1.5\n",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_the_hash_does_not_change_with(text: str) -> None:
    assert hash_of(text) == hash_of("name: plant\nparts: [1, two]\nnumber: 1.5\n")


def leaves(data: Data, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every text, number and truth value."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    else:
        yield path


def other_value(value: Data) -> Data:
    match value:
        case bool():
            return not value
        case str():
            return f"{value} "
        case int() | Decimal():
            return value + Decimal("0.000001")
        case _:
            raise AssertionError(value)


def small_data() -> Data:
    data = read_yaml(SMALL_TEXT.encode()).data
    assert data is not None
    return data


def test_the_hash_changes_with_every_value_of_a_rule_file() -> None:
    data = small_data()
    before = sha256(canonical_json(data))
    paths = list(leaves(data))
    assert len(paths) > 250
    for *way, last in paths:
        around: Data = data
        for key in way:
            around = around[key]  # type: ignore[index]
        value = around[last]  # type: ignore[index]
        around[last] = other_value(value)  # type: ignore[index]
        assert sha256(canonical_json(data)) != before, (*way, last)
        around[last] = value  # type: ignore[index]
    assert sha256(canonical_json(data)) == before


def test_the_hash_changes_with_the_order_of_a_list_and_with_a_key() -> None:
    assert hash_of("a: [x, z]") != hash_of("a: [z, x]")
    assert hash_of("a: x") != hash_of("b: x")
    assert hash_of("a: '1'") != hash_of("a: 1")
    assert hash_of("a: 'true'") != hash_of("a: true")
