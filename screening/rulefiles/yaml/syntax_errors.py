"""Why a file is not YAML, told apart as far as the parser's own words allow, and where the mistake was made.

The parser speaks of tokens and of the place where it gave up; a rule author needs the place where the
mistake stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from screening.rulefiles.yaml.raw_lines import is_curly
from screening.rulefiles.yaml.source_columns import Position
from screening.ruleset.model.problem import Problem

_AT_THE_END: Mapping[str, str] = {
    "mapping values are not allowed in this context": "yaml.colon",
    "mapping keys are not allowed in this context": "yaml.beginning",
    "block sequence entries are not allowed in this context": "yaml.dash",
    "did not find expected node content": "yaml.comma",
    "did not find expected <document start>": "yaml.documents",
    "did not find expected key": "yaml.misfit",
    "did not find expected '-' indicator": "yaml.misfit",
    "found unknown escape character": "yaml.escape",
    "found invalid Unicode character escape code": "yaml.escape",
    "did not find expected hexdecimal number": "yaml.escape",
}
"""Mistakes that stand where the parser gave up."""
_AT_THE_BEGINNING: Mapping[str, str] = {
    "found character that cannot start any token": "yaml.beginning",
    "did not find expected alphabetic or numeric character": "yaml.beginning",
    "did not find expected comment or line break": "yaml.beginning",
    "could not find expected ':'": "yaml.no_colon",
    "did not find expected ',' or ']'": "yaml.bracket",
    "did not find expected ',' or '}'": "yaml.bracket",
    "found unexpected end of stream": "yaml.quote",
}
"""Mistakes that stand where the part begins that the parser could not bring to an end."""

_CONDITION_IN_BRACES = re.compile(r"[{,]\s*((when|is|ask_if|disagree_when|except_when):[ ]+[^'\"{},]*[({])")
"""A condition with a bracket or brace of its own, which between braces ends at the first comma."""


_PLACEHOLDER_IN_BRACES = re.compile(r"[{,]\s*[\w-]+:[ ]+([^'\"{},\s][^'\"{},\n]*(\{\w+\}))")
"""A text without quotation marks that holds a placeholder, between braces."""


def syntax_problem(error: yaml.MarkedYAMLError, text: str) -> tuple[Problem, Position]:
    """The parser's error as a problem and its place."""
    end = error.problem_mark or error.context_mark
    begin = error.context_mark or end
    reason = str(error.problem or error.context)
    if end is None or begin is None:
        return Problem("yaml.syntax", values={"reason": reason}), Position(1, 1)
    here, there = (Position(mark.line + 1, mark.column + 1) for mark in (end, begin))
    if text[end.index : end.index + 1] == "\t":
        return Problem("yaml.tab"), here
    if (curly := _curly(text, end.index)) is not None:
        return Problem("yaml.curly_quote", values={"character": text[curly]}), Position(
            here.line, curly - text.rfind("\n", 0, curly)
        )
    if text.startswith("**", begin.index):
        return Problem("yaml.bold"), there
    if condition := _CONDITION_IN_BRACES.search(text, begin.index, end.index + 1):
        at = _at(text, condition.start(1))
        return Problem("yaml.condition_in_braces", values={"member": condition[2]}), at
    if text.startswith("{", begin.index) and (held := _PLACEHOLDER_IN_BRACES.search(text, begin.index, end.index + 40)):
        return Problem("yaml.placeholder_in_braces", values={"name": held[2]}), _at(text, held.start(1))
    if code := _AT_THE_BEGINNING.get(reason):
        return Problem(code, values={"character": text[begin.index], "line": here.line}), there
    code = _AT_THE_END.get(reason, "yaml.syntax")
    if code == "yaml.misfit":
        line_begin = text.rfind("\n", 0, end.index) + 1
        begins_line = not text[line_begin : end.index].strip(" -")
        code = "yaml.indentation" if begins_line else "yaml.after_end"
    return Problem(code, values={"reason": reason, "character": text[end.index : end.index + 1]}), here


def _at(text: str, index: int) -> Position:
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _curly(text: str, index: int) -> int | None:
    """Where the value of this line begins with a printers' quotation mark, by which YAML puts nothing in quotes."""
    start, end = text.rfind("\n", 0, index) + 1, text.find("\n", index)
    match = re.compile(r"\s*(?:-\s+)*(?:[\w-]+:\s+)?(\W)").match(text, start, end if end >= 0 else len(text))
    return match.start(1) if match and is_curly(match[1]) else None
