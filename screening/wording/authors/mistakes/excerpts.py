"""A mistake with the lines of the file around it, as an author sees it on a page or in an editor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from screening.rulefiles.loading.loader import FileProblem
from screening.wording.authors.mistakes.problems import problem_sentence
from screening.wording.language.languages import Language

AROUND = 2
"""Lines shown before and after the one with the mistake."""
TOLD = 50
"""The most mistakes that a page shows."""
_SHOWN = 200
"""Characters of a line that are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: what stands before the mistake, what it is about, and what stands after it."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ToldMistake:
    """A mistake in words, with its place."""

    file: str
    line: int
    column: int
    sentence: str
    lines: tuple[Line, ...]


def told_mistake(problem: FileProblem, language: Language) -> ToldMistake:
    """A mistake with its excerpt; where the file cannot be read, without one."""
    path = Path(problem.file)
    at = problem.position
    try:
        lines = path.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError):
        lines = []
    first = max(at.line - AROUND, 1)
    shown = lines[first - 1 : at.line + AROUND]
    return ToldMistake(
        path.name,
        at.line,
        at.column,
        problem_sentence(problem.problem, language),
        tuple(_line(number, text, at.column if number == at.line else 0) for number, text in enumerate(shown, first)),
    )


def _line(number: int, text: str, column: int) -> Line:
    text = text.rstrip("\r")[:_SHOWN]
    if not column:
        return Line(number, text)
    begin = min(column - 1, len(text))
    end = begin + 1
    while end < len(text) and text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return Line(number, text[:begin], text[begin:end] or " ", text[end:])
