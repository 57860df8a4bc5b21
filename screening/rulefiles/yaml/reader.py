"""YAML cut down to what JSON can hold, with the place of every key and value.

PyYAML alone would turn `1.10` into 1.1, `NO` into False, keep the last of two equal keys and follow
aliases into memory. Here texts stay texts, numbers are exact decimals, only `true` and `false` are
booleans, and duplicate keys, anchors, aliases, merge keys, tags and deep nesting are errors; so is
whatever another YAML program would not read as the text that it is here.
"""

from __future__ import annotations

import re

import yaml

from screening.rulefiles.yaml.event_builder import MAX_DEPTH, Builder, TooDeepError
from screening.rulefiles.yaml.invisible import code_point, invisible
from screening.rulefiles.yaml.parsed import Parsed
from screening.rulefiles.yaml.raw_lines import open_quote, other_spaces
from screening.rulefiles.yaml.source_columns import Position
from screening.rulefiles.yaml.syntax_errors import syntax_problem
from screening.ruleset.model.problem import Problem

MAX_BYTES = 2_000_000
"""The largest rule file read: some ten times the largest one known."""
_PARSER_TOO_DEEP = "exceeded maximum nesting depth"
"""What newer parsers say of a file before they hand out its thousandth level."""
_NO_TEXT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow anywhere; they tell a file that is no text."""


def read_yaml(content: bytes) -> Parsed:
    """Read a file's content; every mistake that can be told apart is reported, `data` is what could be read."""
    parsed = Parsed()
    if len(content) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        parsed.problems.append((Problem("yaml.too_large", values={"limit": megabytes}), Position(1, 1)))
        return parsed
    try:
        parsed.text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        parsed.problems.append((Problem("yaml.encoding"), Position(line, 1)))
        return parsed
    if match := _NO_TEXT.search(parsed.text):
        values = {"character": f"U+{ord(match[0]):04X}"}
        parsed.problems.append((Problem("yaml.character", values=values), _at_index(parsed.text, match.start())))
        return parsed
    for match in invisible(parsed.text):
        problem = Problem("yaml.invisible", values={"character": code_point(match[0])})
        parsed.problems.append((problem, _at_index(parsed.text, match.start())))
    parsed.problems += other_spaces(parsed.text)
    if parsed.problems:
        return parsed
    _read_events(parsed)
    return parsed


def _at_index(text: str, index: int) -> Position:
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _read_events(parsed: Parsed) -> None:
    builder = Builder(parsed)
    try:
        for event in yaml.parse(parsed.text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except TooDeepError as error:
        parsed.problems.append((Problem("yaml.too_deep", values={"limit": MAX_DEPTH}), error.position))
    except yaml.MarkedYAMLError as error:
        if unclosed := list(open_quote(parsed.text)):
            # the parser gave up where the next quotation mark stands, which may be many lines later
            parsed.problems, parsed.data = unclosed, None
            return
        problem, position = syntax_problem(error, parsed.text)
        if error.problem == _PARSER_TOO_DEEP:
            problem = Problem("yaml.too_deep", values={"limit": MAX_DEPTH})
        # what was noticed earlier in the same line is most likely the same mistake
        parsed.problems = [problem for problem in parsed.problems if problem[1].line != position.line]
        parsed.problems.append((problem, position))
        parsed.data = None
    if builder.quoted_lines:
        parsed.problems += open_quote(parsed.text)
    if parsed.data is None and not parsed.problems:
        parsed.problems.append((Problem("yaml.nothing"), Position(1, 1)))
