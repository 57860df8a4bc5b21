"""Which characters the fonts of this package have, and which of a text would be lost on paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from screening.rulefiles.yaml.invisible import invisible

FONTS = Path(__file__).parent / "fonts"
"""FAMILY-WEIGHT.ttf; `./fonts` makes them."""
_LAYOUT = frozenset("\u00ad\u200b\u2060")
"""A soft hyphen, a place where a line may end, and one where it may not: no font has to know them."""


@cache
def printable() -> frozenset[str]:
    """Every character that a family of fonts has in all its weights."""
    weights: dict[str, list[set[int]]] = {}
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            # the names of glyphs are of no interest here, and to work them out takes longer than all the rest
            font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
            weights.setdefault(path.stem.partition("-")[0], []).append(set(font.getBestCmap()))
    families = [set.intersection(*of_family) for of_family in weights.values()]
    return frozenset(map(chr, set.union(*families)))


def lost_characters(text: str) -> Iterator[tuple[int, str]]:
    """Each character that nobody would see in a PDF, with its place in the text: what no font has, and what hides.

    A joiner within Arabic or Tamil is no character to see; behind a character that is lost, it is lost too.
    """
    if not _is_suspicious(text):
        return
    hidden = {match.start() for match in invisible(text) if match[0] not in _LAYOUT}
    after_lost = False
    for place, character in enumerate(text):
        follows = _is_joiner_or_selector(character)
        after_lost = place in hidden or (after_lost if follows else not _is_known(character))
        if after_lost:
            yield place, character


def _is_suspicious(text: str) -> bool:
    """Whether there is anything to look at; of most texts there is not."""
    rare = set(text) - _harmless()
    return not all(map(str.isspace, rare)) or bool(next(invisible(text), None))


@cache
def _harmless() -> frozenset[str]:
    """The characters that are known, whatever stands beside them."""
    return frozenset(character for character in printable() | _LAYOUT if not _is_joiner_or_selector(character))


def _is_known(character: str) -> bool:
    return character in printable() or character in _LAYOUT or character.isspace()


def _is_joiner_or_selector(character: str) -> bool:
    return character in "\u200c\u200d" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
