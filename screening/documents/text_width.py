"""How wide a text is in the fonts of this package, so that a drawing can break its lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fontTools.ttLib import TTFont

from screening.documents.coverage import FONTS
from screening.documents.signs import with_signs


def wrap_text(text: str, width: float, size: float, *, bold: bool = False) -> Iterator[str]:
    """The lines of a text, broken at spaces; a word wider than a line has a line of its own, broken where it must."""
    line = ""
    for word in with_signs(text).split():
        longer = f"{line} {word}".strip()
        if text_width(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, width, size, bold=bold)
        yield from full
    yield line


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in one line, in the unit of the font's size."""
    widths, per_em = _advances("NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf")
    return sum(widths.get(ord(character), per_em) for character in text) * size / per_em


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """A word in pieces that fit a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


@cache
def _advances(name: str) -> tuple[dict[int, int], int]:
    """The width of each character of a font, and how many of its units make one em."""
    with TTFont(FONTS / name) as font:
        metrics, names = font["hmtx"], font.getBestCmap()
        return {code: metrics[glyph][0] for code, glyph in names.items()}, font["head"].unitsPerEm
