"""Why a text is not an expression, told apart as far as its characters allow.

The parser of expressions knows only that Python cannot read the text; what people write instead of the
language's own words can be named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from screening.ruleset.language.signatures import SIGNATURES

_POWER = SIGNATURES.get("power", "number * number")
_INSTEAD: Mapping[str, str] = {
    "=": "==",
    "===": "==",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "!": "not",
    "&&": "and",
    "||": "or",
    "&": "and",
    "|": "or",
    "**": _POWER,
    "^": _POWER,
    "²": "number * number",
    "√": "sqrt(number)",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "IN": "in",
    "IF": "if",
    "ELSE": "else",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": '"',
    "’": '"',
    ",": ".",
}
"""What is often written, and what the language has in its place."""

_TOKEN = re.compile(
    r"""(?x)
      "[^"]*" | '[^']*' | ["']
    | === | == | != | <= | >= | => | =< | <> | && | \|\| | \*\*
    | [=!&|^(){}\[\]]
    | (?<!["']) \b (?: AND | OR | NOT | IN | IF | ELSE ) \b (?!["'])  # beside a lone mark it is the code of an option
    """
)
_CODE = re.compile(r"[A-Za-z0-9_]*")
"""What stands between the quotation marks of an expression: the code of an option, category or ground."""
_CLOSING = {")": "(", "}": "{", "]": "["}
_UNREADABLE = ("expression.syntax", "expression.not_allowed", "expression.arguments", "expression.comma")
_DECIMAL_COMMA = re.compile(r"[0-9],[0-9]")
_PERCENT = re.compile(r"[0-9]\s*%(?=\s*(?:$|[)<>=]|and\b|or\b))")
_NO_PLACE = re.compile(r"[$?`;@~:\\]")
_PIECE = re.compile(r"""[0-9]+(?:\.[0-9]+)? | "[^"]*" | '[^']*' | [A-Za-z_]\w* | \S""", re.VERBOSE)
_JOINING = ("and", "or", "not", "in", "is", "if", "else")
_UNFINISHED = re.compile(r"(\b(and|or|not|in|if|else)|[-+*/<>=,])\s*$")


class Mistake(NamedTuple):
    """A mistake by its code, with the column it stands in and the values for its sentence."""

    code: str
    column: int
    values: Mapping[str, object]


def tell_apart(text: str, mistake: Mistake) -> Mistake:
    """A mistake that the parser found in a text, named more closely where that is possible."""
    if mistake.code == "expression.character":
        return _character(str(mistake.values["character"]), mistake.column)
    if mistake.code in _UNREADABLE:
        # Python reads `known(soil = "dry")` and `definitely(age > 1,5)`, but as something that was not meant
        return _foreign(text) or (_misplaced_text(text) if mistake.code == "expression.syntax" else None) or mistake
    return mistake


def _character(character: str, column: int) -> Mistake:
    if character == "\n":
        return Mistake("expression.line_break", column, {})
    if character in _INSTEAD:
        return _instead(character, column)
    point = f"U+{ord(character):04X}"
    if unicodedata.category(character) == "Zs":
        return Mistake("expression.other_space", column, {"character": point})
    return Mistake("expression.character", column, {"character": character if character.isprintable() else point})


def _instead(written: str, column: int) -> Mistake:
    return Mistake("expression.instead", column, {"text": written, "instead": _INSTEAD[written]})


def _foreign(text: str) -> Mistake | None:
    if comma := _DECIMAL_COMMA.search(text):
        return _instead(",", comma.start() + 1)
    if percent := _PERCENT.search(text):
        return Mistake("expression.percent", percent.end() - 1, {})
    matches = (match for match in _TOKEN.finditer(text) if match[0] in _INSTEAD)
    return next((_instead(match[0], match.start()) for match in matches), None)


def _misplaced_text(text: str) -> Mistake | None:
    if text.startswith(" "):
        return Mistake("expression.space", 0, {})
    parts = [(match[0], match.start()) for match in _TOKEN.finditer(text)]
    return _quote(text, parts) or _bracket(parts) or _order(text) or _unfinished_text(text)


def _order(text: str) -> Mistake | None:
    """A character that has no place, an `if` that comes first, or two parts with nothing between them."""
    pieces = [(match[0], match.start()) for match in _PIECE.finditer(text)]
    for piece, column in pieces:
        if _NO_PLACE.fullmatch(piece):
            return Mistake("expression.character", column, {"character": piece})
        if piece == "then" or (piece == "if" and column == 0):
            return Mistake("expression.if_first", column, {})
    for (left, _), (right, column), (after, _) in zip(pieces, pieces[1:], [*pieces[2:], ("", 0)], strict=False):
        if not _is_part(left):
            continue
        if right == "not" and after[:1] in ("'", '"') and left[0].isalpha():
            return Mistake("expression.instead", column, {"text": "not", "instead": "!="})
        if _is_part(right) or (right == "not" and after != "in"):
            return Mistake("expression.beside", column, {"left": left, "right": right})
    return None


def _is_part(piece: str) -> bool:
    """Whether a piece of an expression is a name, a number or a text."""
    return (piece[0].isalnum() or piece[0] in "_\"'") and piece not in _JOINING


def _quote(text: str, parts: list[tuple[str, int]]) -> Mistake | None:
    """The quotation mark without a partner: the first of a pair around what is no code, else the last one.

    In `soil == "dry and light == "sun"` the marks pair up wrongly, around ` and light == `.
    """
    alone = [column for part, column in parts if part in ('"', "'")]
    if not alone:
        return None
    pairs = [(part, column) for part, column in parts if part[0] in ("'", '"') and column not in alone]
    column = next((column for part, column in pairs if not _CODE.fullmatch(part[1:-1])), alone[0])
    if word := re.search(r"\w+$", text[:column]):
        return Mistake("expression.quote_before", word.start(), {"text": word[0]})
    return Mistake("expression.quote", column, {})


def _bracket(parts: list[tuple[str, int]]) -> Mistake | None:
    opened: list[tuple[str, int]] = []
    for part, column in parts:
        if part in _CLOSING.values():
            opened.append((part, column))
        elif part in _CLOSING and (not opened or opened.pop()[0] != _CLOSING[part]):
            return Mistake("expression.bracket", column, {"bracket": part})
    return Mistake("expression.bracket", opened[-1][1], {"bracket": opened[-1][0]}) if opened else None


def _unfinished_text(text: str) -> Mistake | None:
    if match := _UNFINISHED.search(text):
        return Mistake("expression.unfinished", match.start(), {"text": match[0].strip()})
    return None
