"""YAML cut down to JSON: what is read, where it stands, and what is refused."""

from __future__ import annotations

import textwrap
from decimal import Decimal

import pytest

from screening.rulefiles.yaml.parsed import Parsed
from screening.rulefiles.yaml.reader import read_yaml
from screening.rulefiles.yaml.source_columns import Position

SAMPLE = textwrap.dedent(
    """\
    # a comment
    plain: one text
    "quoted key": "two"
    number: 5
    decimal: 0.5
    truth: true
    list:
      - first
      - {inner: x, other: [u, 'z']}
    folded: >-
      long
      text
    literal: |
      two
      lines
    map:
      deep: end
    """
)


def read(text: str) -> Parsed:
    return read_yaml(text.encode())


def test_texts_numbers_truth_values_lists_and_mappings_are_read() -> None:
    parsed = read(SAMPLE)
    assert not parsed.problems
    assert parsed.data == {
        "plain": "one text",
        "quoted key": "two",
        "number": 5,
        "decimal": Decimal("0.5"),
        "truth": True,
        "list": ["first", {"inner": "x", "other": ["u", "z"]}],
        "folded": "long text",
        "literal": "two\nlines\n",
        "map": {"deep": "end"},
    }


def test_a_number_with_a_point_is_an_exact_decimal_and_one_without_is_an_integer() -> None:
    data = read("a: 0.1\nb: 12\nc: -3\nd: 7.0").data
    assert isinstance(data, dict)
    assert [(type(value), str(value)) for value in data.values()] == [
        (Decimal, "0.1"),
        (int, "12"),
        (int, "-3"),
        (Decimal, "7.0"),
    ]


def test_the_place_of_every_value_is_known() -> None:
    assert read(SAMPLE).positions == {
        (): Position(2, 1),
        ("plain",): Position(2, 8),
        ("quoted key",): Position(3, 15),
        ("number",): Position(4, 9),
        ("decimal",): Position(5, 10),
        ("truth",): Position(6, 8),
        ("list",): Position(8, 3),
        ("list", 0): Position(8, 5),
        ("list", 1): Position(9, 5),
        ("list", 1, "inner"): Position(9, 13),
        ("list", 1, "other"): Position(9, 23),
        ("list", 1, "other", 0): Position(9, 24),
        ("list", 1, "other", 1): Position(9, 27),
        ("folded",): Position(10, 9),
        ("literal",): Position(13, 10),
        ("map",): Position(17, 3),
        ("map", "deep"): Position(17, 9),
    }


def test_the_place_of_every_key_is_known() -> None:
    assert read(SAMPLE).keys == {
        ("plain",): Position(2, 1),
        ("quoted key",): Position(3, 1),
        ("number",): Position(4, 1),
        ("decimal",): Position(5, 1),
        ("truth",): Position(6, 1),
        ("list",): Position(7, 1),
        ("list", 1, "inner"): Position(9, 6),
        ("list", 1, "other"): Position(9, 16),
        ("folded",): Position(10, 1),
        ("literal",): Position(13, 1),
        ("map",): Position(16, 1),
        ("map", "deep"): Position(17, 3),
    }


def test_a_part_that_is_not_there_stands_where_the_part_around_it_does() -> None:
    parsed = read(SAMPLE)
    assert parsed.position(("map", "missing", 3)) == Position(17, 3)
    assert parsed.position(("nowhere",)) == Position(2, 1)


@pytest.mark.parametrize(
    ("path", "column", "place"),
    [
        (("plain",), 0, (2, 8)),
        (("plain",), 4, (2, 12)),
        (("quoted key",), 1, (3, 17)),
        (("folded",), 0, (11, 3)),
        (("folded",), 6, (12, 4)),
        (("literal",), 5, (15, 4)),
        (("list", 1, "other", 1), 0, (9, 28)),
    ],
)
def test_a_place_inside_a_text_is_the_one_of_its_character(
    path: tuple[str | int, ...], column: int, place: tuple[int, int]
) -> None:
    assert tuple(read(SAMPLE).position(path, column)) == place


def test_a_byte_order_mark_at_the_beginning_is_no_part_of_the_text() -> None:
    parsed = read_yaml(b"\xef\xbb\xbfa: b")
    assert parsed.data == {"a": "b"}
    assert parsed.positions["a",] == Position(1, 4)


def test_a_file_in_another_encoding_is_told_with_the_line_from_which_it_is() -> None:
    [(problem, position)] = read_yaml("a: x\nb: caf\xe9\n".encode("latin-1")).problems
    assert (problem.code, tuple(position)) == ("yaml.encoding", (2, 1))


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ufeff", "\ufffe"])
def test_a_character_that_no_text_has_is_told_with_its_place(character: str) -> None:
    [(problem, position)] = read(f"a: x\nb: y{character}").problems
    assert (problem.code, tuple(position)) == ("yaml.character", (2, 5))
    assert problem.values == {"character": f"U+{ord(character):04X}"}


def test_columns_count_characters_of_every_script() -> None:
    parsed = read("é: 😀 b\nkey: [汉字, x]")
    assert parsed.positions["é",] == Position(1, 4)
    assert parsed.positions["key", 1] == Position(2, 11)
    assert parsed.position(("é",), 2) == Position(1, 6)


def test_lines_are_counted_alike_whatever_ends_them() -> None:
    parsed = read("a: x\r\nb: >-\r\n  one\r\n  two\r\nc: y")
    assert parsed.data == {"a": "x", "b": "one two", "c": "y"}
    assert parsed.position(("b",), 5) == Position(4, 4)
    assert parsed.positions["c",] == Position(5, 4)
