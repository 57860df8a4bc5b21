"""From a character of a text to its place in the YAML source.

Quoting marks, escapes, indentation and folds stand in the source alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_ESCAPE = re.compile("\\\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)", re.DOTALL)
_ESCAPED = dict(zip("0abtnvfreNLP_", "\0\a\b\t\n\v\f\r\x1b\x85\u2028\u2029\xa0", strict=True))
"""What the letters after a backslash stand for; other characters stand for themselves."""


class Position(NamedTuple):
    """A place in a file, counted from one."""

    line: int
    column: int


class Source(NamedTuple):
    """Where the source of a text begins and ends in the file, and how it is quoted."""

    begin: Position
    start: int
    end: int
    style: str
    """One of `"`, `'`, `|`, `>`, or empty for none."""


def position_in(file: str, source: Source, value: str, column: int) -> Position:
    """The place of the character `column` of a text; of a fold, the end of the line that is folded."""
    text = file[source.start : source.end]
    index = 0
    after = 0
    for character, start, end in _characters(text, source.style):
        while index < len(value) and value[index] != character:
            index += 1  # a fold or line break: no single character of the source stands for it
        if index > column:
            break
        if index == column:
            return _position(text, start, source.begin)
        index += 1
        after = end
    return _position(text, after, source.begin)


def _position(text: str, index: int, begin: Position) -> Position:
    breaks = list(_BREAK.finditer(text, 0, index))
    if not breaks:
        return Position(begin.line, begin.column + index)
    return Position(begin.line + len(breaks), index - breaks[-1].end() + 1)


def _characters(text: str, style: str) -> Iterator[tuple[str, int, int]]:
    """Every character of a text that its source holds, with the start and end of what stands for it."""
    lines = list(_lines(text))
    if style in ("|", ">"):
        lines = list(_block_lines(text, lines[1:]))
    else:
        lines = list(_flow_lines(text, lines, quoted=bool(style)))
    for start, end in lines:
        yield from _line_characters(text, start, end, style)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _block_lines(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines under `|` or `>` without their common indentation."""
    filled = [(start, end) for start, end in lines if text[start:end].strip(" ")]
    indent = min((_indent(text, start, end) for start, end in filled), default=0)
    yield from ((start + indent, end) for start, end in filled)


def _indent(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].lstrip(" \t"))


def _flow_lines(text: str, lines: list[tuple[int, int]], *, quoted: bool) -> Iterator[tuple[int, int]]:
    """The lines of any other text without quoting marks, and without blanks beside a fold."""
    for number, (start, end) in enumerate(lines):
        first, last = number == 0, number == len(lines) - 1
        begin = start + 1 if first and quoted else start + _indent(text, start, end)
        stop = end - 1 if last and quoted else start + len(text[start:end].rstrip(" \t"))
        yield begin, stop


def _line_characters(text: str, start: int, end: int, style: str) -> Iterator[tuple[str, int, int]]:
    index = start
    while index < end:
        character, after = text[index], index + 1
        if style == "'" and character == "'":
            after += 1
        elif style == '"' and (match := _ESCAPE.match(text, index)):
            character, after = _unescape(match[1]), match.end()
        if character:
            yield character, index, after
        index = after


def _unescape(code: str) -> str:
    """The character that an escape in double quotation marks stands for; none for an escaped line break."""
    if len(code) > 1 and code[0] in "xuU":
        return chr(int(code[1:], 16))
    return "" if _BREAK.match(code) else _ESCAPED.get(code, code)
