"""What YAML allows and a rule file does not: everything that another program may read as something else."""

from __future__ import annotations

import pytest

from screening.rulefiles.yaml.event_builder import MAX_DEPTH, MAX_DIGITS
from screening.rulefiles.yaml.parsed import Parsed
from screening.rulefiles.yaml.reader import read_yaml
from tests.support.every import for_every


def read(text: str) -> Parsed:
    return read_yaml(text.encode())


def codes(text: str) -> list[str]:
    return [problem.code for problem, _ in read(text).problems]


def only_problem(text: str) -> tuple[str, tuple[int, int]]:
    """The code and place of the one problem of a text."""
    [(problem, position)] = read(text).problems
    return problem.code, (position.line, position.column)


AMBIGUOUS = (
    "yes Yes YES no No NO on On ON off Off OFF y Y n N True TRUE False FALSE = "
    "0123 089 0o17 0b101 0x1F 1e3 1E3 1.5e3 1e+3 +5 +1.5 1_000 1_000.5 .5 5. -.5 .5e1 "
    ".inf -.inf +.INF .nan .NaN 1:30 12:30:45 190:20:30.15 "
    "2026-11-22 2026-1-2 2026-11-22T10:00:00Z 2001-12-14t21:59:43.10-05:00"
)


@for_every("text", [*AMBIGUOUS.split(), "2001-12-14 21:59:43.10 -5"])
def test_what_yaml_programs_read_in_different_ways_must_be_quoted(text: str) -> None:
    assert only_problem(f"key: {text}") == ("yaml.ambiguous", (1, 6))
    assert only_problem(f"- {text}") == ("yaml.ambiguous", (1, 3))
    assert only_problem(f"{text}: value") == ("yaml.ambiguous", (1, 1))
    assert not read(f"key: '{text}'\n\"{text}\": value").problems


def test_a_number_with_more_digits_than_are_read_must_be_quoted() -> None:
    assert read(f"key: {'9' * MAX_DIGITS}").data == {"key": int("9" * MAX_DIGITS)}
    assert only_problem(f"key: {'9' * (MAX_DIGITS + 1)}") == ("yaml.ambiguous", (1, 6))


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL"])
def test_null_is_refused(text: str) -> None:
    assert only_problem(f"key: {text}") == ("yaml.null", (1, 6))
    assert not read(f"key: '{text}'").problems


@pytest.mark.parametrize("text", ["1.10", "0.50", "-2.30", "10.120"])
def test_a_number_that_loses_its_last_zero_must_be_quoted_or_shortened(text: str) -> None:
    # 0.50 is a number that nobody mistakes, but nobody can tell it from version 1.10
    assert only_problem(f"key: {text}") == ("yaml.trailing_zero", (1, 6))
    assert not read(f"key: '{text}'").problems


@for_every("text", ["1.0.0", "7.0", "10", "0", "-1", "yes.", "no one", "3:4 split", "1/2"])
def test_texts_and_numbers_that_all_programs_read_alike_are_allowed(text: str) -> None:
    assert not read(f"key: {text}").problems


@for_every(
    ("text", "code", "place"),
    [
        ("a: 1\na: 2", "yaml.duplicate", (2, 1)),
        ("m: {a: 1, 'a': 2}", "yaml.duplicate", (1, 11)),
        ("a: &name x", "yaml.anchor", (1, 4)),
        ("a: &name [x]", "yaml.anchor", (1, 4)),
        ("a: *name", "yaml.alias", (1, 4)),
        ("*name : x\nb: z", "yaml.alias", (1, 1)),
        ("a: !!str x", "yaml.tag", (1, 4)),
        ("a: !thing {b: c}", "yaml.tag", (1, 4)),
        ("a: ! x", "yaml.tag", (1, 4)),
        ("a: {<<: {b: c}}", "yaml.merge", (1, 5)),
        ("a: x\n---\nb: z", "yaml.documents", (2, 1)),
        ("a: x\n...\nb: z", "yaml.documents", (3, 1)),
        ("12: x", "yaml.key", (1, 1)),
        ("1.5: x", "yaml.key", (1, 1)),
        ("true: x", "yaml.key", (1, 1)),
        ("[a, b]: x", "yaml.complex_key", (1, 1)),
        ("? {a: b}\n: x", "yaml.complex_key", (1, 3)),
        ("a:\nb: x", "yaml.empty", (1, 3)),
        ("a:\n  -\n  - x", "yaml.empty", (2, 4)),
        ("a: {b}", "yaml.braces", (1, 5)),
        ("a: {b: c, d e}", "yaml.braces", (1, 11)),
        ("a: {b: No, never}", "yaml.braces", (1, 12)),
        ("a: {b: c, d: It was {days} ago.}", "yaml.placeholder_in_braces", (1, 14)),
        ("a:\n\tb: x", "yaml.tab", (2, 1)),
        ("a: |\n\tb", "yaml.tab", (2, 1)),
        ("a: @b", "yaml.beginning", (1, 4)),
        ("a: `b`", "yaml.beginning", (1, 4)),
        ("a: %b", "yaml.beginning", (1, 4)),
        ("a: **b**", "yaml.bold", (1, 4)),
        ("a: & b", "yaml.beginning", (1, 4)),
        ("a: > b", "yaml.beginning", (1, 4)),
        ("a: ? b", "yaml.beginning", (1, 4)),
        ("a: b: c", "yaml.colon", (1, 5)),
        ("a: x\n  b: y", "yaml.colon", (2, 4)),
        ("a: x\nb\nc: y", "yaml.no_colon", (2, 1)),
        ("a: - b", "yaml.dash", (1, 4)),
        ("a: [b, c\nd: e", "yaml.bracket", (1, 4)),
        ("a: {b: c\nd: e", "yaml.bracket", (1, 4)),
        ("a: [b,, c]", "yaml.comma", (1, 7)),
        ('a: x\nb: "y\nc: z', "yaml.quote", (2, 4)),
        ('a: "b\\d"', "yaml.escape", (1, 6)),
        ("a:\n  b: x\n c: y", "yaml.indentation", (3, 2)),
        ("- a\nb: c", "yaml.indentation", (2, 1)),
        ('a: "b" c', "yaml.after_end", (1, 8)),
        ("a: {b} c", "yaml.after_end", (1, 8)),
        ("", "yaml.nothing", (1, 1)),
        ("# nothing\n\n", "yaml.nothing", (1, 1)),
        ("%YAML 3.0\n---\na: b", "yaml.syntax", (1, 1)),
    ],
)
def test_what_json_has_not_and_what_is_no_yaml_is_told_where_it_stands(
    text: str, code: str, place: tuple[int, int]
) -> None:
    assert only_problem(text) == (code, place)


def test_the_first_of_two_equal_keys_stays_and_what_follows_is_still_read() -> None:
    parsed = read("a: {x: 1}\na: {x: no}\nb: 2")
    assert parsed.data == {"a": {"x": 1}, "b": 2}
    assert [problem.code for problem, _ in parsed.problems] == ["yaml.duplicate", "yaml.ambiguous"]


def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    [(problem, _)] = read("x: 1\n\nkey: 1\nother: 2\nkey: 3").problems
    assert problem.values == {"key": "key", "line": 3}


def test_every_mistake_that_can_be_told_apart_is_told() -> None:
    assert codes("a: yes\nb: 1.10\nc:\nd: &x 1\na: 2") == [
        "yaml.ambiguous",
        "yaml.trailing_zero",
        "yaml.empty",
        "yaml.anchor",
        "yaml.duplicate",
    ]


def test_mistakes_before_the_place_where_a_file_breaks_off_are_told_too() -> None:
    assert codes("a: yes\nb: [c") == ["yaml.ambiguous", "yaml.bracket"]


def test_an_alias_is_told_and_never_followed() -> None:
    parsed = read("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]")
    assert parsed.data == {"a": ["x", "x"], "b": ["", ""], "c": ["", ""]}


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_as_many_levels_as_allowed_are_read_and_one_more_is_refused(opening: str) -> None:
    closing = {"[": "]", "{a: ": "}"}[opening]
    assert not read(opening * MAX_DEPTH + "x" + closing * MAX_DEPTH).problems
    deeper = MAX_DEPTH + 1
    assert codes(opening * deeper + "x" + closing * deeper) == ["yaml.too_deep"]
