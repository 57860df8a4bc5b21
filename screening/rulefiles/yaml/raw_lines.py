"""Mistakes that stand in the lines of a file as they are typed, and that a parser would tell at another place.

A quotation mark that is not closed takes all up to the next mark for its text, so a parser gives up lines later. A
space that only looks like one is a letter to it. Both are seen in the lines alone, without knowing what they mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from screening.rulefiles.yaml.invisible import code_point
from screening.rulefiles.yaml.source_columns import Position
from screening.ruleset.model.problem import Problem

Found = tuple[Problem, Position]

_BLOCK = re.compile(r"(?:^|[\s:-])[|>][-+0-9]*\s*(?:#.*)?$")
"""A line after which a text stands, deeper than it."""
_STRUCTURE = re.compile(r"(?:-(?:\s|$)|[\w.-]+:(?:\s|$)|#)")
"""How a line begins that is a part of its own, and no more of a text."""
_OTHER_SPACES = "[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_OTHER_SPACE = re.compile(_OTHER_SPACES)
_BESIDE_STRUCTURE = re.compile(
    rf"[ ]*(?:-[ ]+)*(?:-|[A-Za-z_][\w-]*:|[A-Za-z_][\w-]*(?={_OTHER_SPACES}+:))?[ ]*({_OTHER_SPACES})"
)
"""A space of another kind in the indentation, behind a dash, or before or behind the colon of a key."""
_OPENS_VALUE = re.compile(r"(?:^\s*(?:-\s+)*|:\s+|[\[{,]\s*)$")
"""What stands before a value in a line."""


def typed_mistakes(text: str) -> list[Found]:
    """The first quotation mark that is not closed, and every other space where a plain one belongs."""
    return [*other_spaces(text), *open_quote(text)]


def other_spaces(text: str) -> Iterator[Found]:
    """Each space of another kind that stands in the place of one by which YAML tells parts from each other."""
    if not _OTHER_SPACE.search(text):
        return
    for number, line in _outside_blocks(text.split("\n")):
        if match := _BESIDE_STRUCTURE.match(line):
            problem = Problem("yaml.other_space", values={"character": code_point(match[1])})
            yield problem, Position(number, match.start(1) + 1)


def open_quote(text: str) -> Iterator[Found]:
    """The first text in quotation marks that goes on into a line where another part begins, or to the end."""
    lines = text.split("\n")
    inside = 0
    for number, line in _outside_blocks(lines):
        if number <= inside:
            continue
        column = 0
        while (start := _quote_begins(line, column)) is not None:
            mark = line[start]
            end = _closes(line, start + 1, mark)
            if end is None:
                last = _goes_on(lines, number, mark)
                if last is None:
                    yield Problem("yaml.quote", values={"character": mark}), Position(number, start + 1)
                    return
                inside = last
                break
            column = end + 1


def _outside_blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Every line with its number, but comments, and the texts that stand below `|` or `>`."""
    deeper_than: int | None = None
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if not stripped:
            continue
        if deeper_than is not None and _indent(line) > deeper_than:
            continue
        deeper_than = None
        if stripped.startswith("#"):
            continue
        yield number, line
        if _BLOCK.search(line):
            deeper_than = _indent(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quote_begins(line: str, column: int) -> int | None:
    """Where the next value in quotation marks begins, from a column on; behind ` #` nothing does."""
    for match in re.finditer("[\"'#]", line[column:]):
        at = column + match.start()
        if match[0] == "#":
            if at and line[at - 1] in " \t":
                return None
        elif _OPENS_VALUE.search(line[:at]):
            return at
    return None


def _closes(line: str, column: int, mark: str) -> int | None:
    """Where a text in quotation marks ends in this line, if it does."""
    while column < len(line):
        if line[column] == "\\" and mark == '"':
            column += 2
        elif line[column] == mark:
            if mark == '"' or line[column + 1 : column + 2] != mark:
                return column
            column += 2
        else:
            column += 1
    return None


def _goes_on(lines: list[str], opened: int, mark: str) -> int | None:
    """The last line of a text that is rightly closed further down; None where another part begins before."""
    indent = _indent(lines[opened - 1])
    for number, line in enumerate(lines[opened:], opened + 1):
        if line.strip() and _indent(line) <= indent and _STRUCTURE.match(line.lstrip(" ")):
            return None
        if _closes(line, 0, mark) is not None:
            return number
    return None


def is_curly(character: str) -> bool:
    """Whether a character is a quotation mark as printers use them, which YAML takes for a letter."""
    return unicodedata.category(character) in ("Pi", "Pf") or character == "„"
