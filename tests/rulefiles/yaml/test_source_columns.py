"""Every character of a text is found again in the source, however the text is quoted and folded."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from screening.rulefiles.yaml.parsed import Parsed
from screening.rulefiles.yaml.reader import read_yaml
from screening.rulefiles.yaml.source_columns import Position
from tests.conftest import ROOT
from tests.support.every import for_every

LINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

QUOTED = [
    ("a: one two", "two", 1, 8),
    ("a: one\n  two", "two", 2, 3),
    ("a: one\n\n  two", "two", 3, 3),
    ("a: 'it''s so'", "s so", 1, 9),
    ("a: '''x'' y'", "y", 1, 11),
    ('a: "say \\"so\\" now"', "now", 1, 16),
    ('a: "tab\\tand \\u00e9 then"', "then", 1, 21),
    ('a: "one\n  two"', "two", 2, 3),
    ('a: "one \\\n  two"', "two", 2, 3),
    ('a: "two  blanks  here"', "here", 1, 18),
    ("a: >-\n  one\n  two", "two", 3, 3),
    ("a: >- # why\n  one\n  two", "two", 3, 3),
    ("a: >-\n  one\n\n  two", "two", 4, 3),
    ("a: >-\n  one\n    more\n  two", "more", 3, 5),
    ("a: >-\n  one\n    more\n  two", "two", 4, 3),
    ("a: |\n  one\n  two", "two", 3, 3),
    ("a: |\n  - >-\n  two", "- >-", 2, 3),
    ("a: |2\n    one\n  two", "two", 3, 3),
]


@for_every(("source", "part", "line", "column"), QUOTED)
def test_a_part_of_a_text_stands_where_its_source_does(source: str, part: str, line: int, column: int) -> None:
    parsed = read_yaml(source.encode())
    assert isinstance(parsed.data, dict)
    at = str(parsed.data["a"]).index(part)
    assert parsed.position(("a",), at) == Position(line, column)


def test_a_fold_stands_at_the_end_of_the_line_that_is_folded() -> None:
    assert read_yaml(b"a: >-\n  one\n  two").position(("a",), 3) == Position(2, 6)
    assert read_yaml(b"a: >\n  one\n").position(("a",), 3) == Position(2, 6)


def test_what_is_beyond_a_text_stands_at_its_end() -> None:
    assert read_yaml(b"a: one\nb: x").position(("a",), 99) == Position(1, 7)
    assert read_yaml(b'a: ""\nb: x').position(("a",), 0) == Position(1, 4)


@cache
def lines_of(text: str) -> list[str]:
    """The lines of a text, split once for all that is looked for in it."""
    return LINE.split(text)


def characters_found_again(parsed: Parsed, path: tuple[str | int, ...], value: str, columns: list[int]) -> None:
    lines = lines_of(parsed.text)
    for column in columns:
        position = parsed.position(path, column)
        source = lines[position.line - 1][position.column - 1 : position.column]
        assert source in (value[column], "\\") or value[column].isspace()


@pytest.mark.parametrize("name", ["liver.yaml", "liver.cases.yaml"])
def test_the_beginning_middle_and_end_of_every_text_for_the_liver_are_found_again(name: str) -> None:
    parsed = read_yaml((ROOT / "rules" / name).read_bytes())
    texts = [path for path in parsed.sources if path]
    assert len(texts) > 1000
    for path in texts:
        value = parsed.data
        for key in path:
            value = value[key]  # type: ignore[index]
        assert isinstance(value, str)
        characters_found_again(parsed, path, value, [0, len(value) // 2, len(value) - 1])


WORDS = st.text(st.sampled_from("ab'\"\\{}:# \n\té€😀-"), min_size=1, max_size=60)


@given(text=WORDS, style=st.sampled_from(["", "'", '"', ">", "|"]), width=st.integers(10, 40))
def test_every_character_is_found_again_however_the_text_is_written(text: str, style: str, width: int) -> None:
    written = yaml.dump({"a": {"b": text}}, default_style=style or None, width=width, allow_unicode=True)
    if "!!" in written or "? " in written:
        return  # a tag, or a key so long that it is written in another way: neither is about texts
    parsed = read_yaml(written.encode())
    if parsed.data != {"a": {"b": text}}:
        return  # a text that our reader refuses where it is not quoted
    characters_found_again(parsed, ("a", "b"), text, list(range(len(text))))


def test_positions_are_those_that_the_parser_gives(tmp_path: Path) -> None:
    parsed = read_yaml((ROOT / "rules" / "liver.yaml").read_bytes())
    lines = LINE.split(parsed.text)
    for path, position in parsed.keys.items():
        assert lines[position.line - 1][position.column - 1 :].lstrip("\"'").startswith(str(path[-1]))
