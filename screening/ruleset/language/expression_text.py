"""The text of an expression: what it must be to be parsed, how a number stands in it, and what is said of mistakes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

MAX_LENGTH = 2_000
"""Characters in one expression: far above any rule a person can read."""

NUMBER = re.compile(r"\d+(\.\d+)?")
TRUTH_VALUES = ("true", "false")
"""Names that are none: a condition is true or false by itself."""


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a text is not an expression: a code, the column it stands in, and values for the sentence."""

    code: str
    column: int
    values: dict[str, object] = field(default_factory=dict)


class ExpressionError(ValueError):
    """The text is not an expression; `problems` holds every reason found."""

    def __init__(self, problems: list[SyntaxProblem]) -> None:
        super().__init__("; ".join(f"{problem.code} at column {problem.column}" for problem in problems))
        self.problems = problems


def unreadable(text: str) -> SyntaxProblem | None:
    """The mistake that keeps a text from being parsed at all, if there is one."""
    if not text.strip():
        return SyntaxProblem("expression.empty", 0)
    if len(text) > MAX_LENGTH:
        return SyntaxProblem("expression.too_long", MAX_LENGTH, {"limit": MAX_LENGTH})
    for column, character in enumerate(text):
        if not character.isascii() or not character.isprintable() or character == "#":
            return SyntaxProblem("expression.character", column, {"character": character})
    if text[0] == " ":
        return SyntaxProblem("expression.syntax", 0)
    return None


def written_number(text: str) -> Decimal | None:
    """The number that is written out, with a minus sign or without one; None where anything else is."""
    return Decimal(text) if NUMBER.fullmatch(text.removeprefix("-")) else None
