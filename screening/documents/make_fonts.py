"""Make the fonts of PDFs (screening/documents/fonts) from two Debian packages; `./fonts` fetches them and runs this.

The same packages give the same bytes by the fontTools of the lock file: hints for screens and tables that no PDF uses
are left out, and nothing of the day is written. Noto Sans CJK becomes TrueType, which WeasyPrint embeds faster.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).parent / "fonts"
NOTO = Path("usr/share/fonts/truetype/noto")
CJK = Path("usr/share/fonts/opentype/noto")
SIMPLIFIED_CHINESE = 2
"""Which font of the collection of Noto Sans CJK."""
WEIGHTS = ("Regular", "Bold")
WHOLE = ("NotoSans", "NotoSansArabic", "NotoSansTamil")
"""Fonts of which every character is kept."""
TRADITIONAL = "歲萬廣東話"
"""Hanzi outside GB 2312 that rule files print: units on reports and the name of Cantonese."""
PRECISION = 1.0
"""How far a curve may lie from the original, in thousandths of an em."""
FEATURES = ("calt", "ccmp", "curs", "fina", "init", "isol", "kern", "liga", "locl", "mark", "medi", "mkmk", "rlig")
INDIC = ("abvm", "abvs", "akhn", "blwm", "blws", "half", "haln", "pres", "psts", "pref", "blwf", "pstf", "nukt", "rphf")
"""How Tamil puts its vowel signs."""


def main(unpacked: Path, *, check: bool) -> None:
    """Write every font, from the folder in which the packages are unpacked; or only compare them with what is here."""
    differing = [name for name, content in _made(unpacked) if not _is_here(name, content, write=not check)]
    if check and differing:
        sys.exit(f"These fonts were made otherwise: {', '.join(differing)}. Run ./fonts to make them anew.")


def _made(unpacked: Path) -> Iterator[tuple[str, bytes]]:
    """Every font by its name."""
    for weight in WEIGHTS:
        for family in WHOLE:
            font = TTFont(unpacked / NOTO / f"{family}-{weight}.ttf", recalcTimestamp=False)
            yield f"{family}-{weight}", _content(_subset(font, font.getBestCmap(), (*FEATURES, *INDIC)))
        collection = unpacked / CJK / f"NotoSansCJK-{weight}.ttc"
        chinese = TTFont(collection, fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
        wanted = set(_gb2312()) | set(_punctuation()) | set(map(ord, TRADITIONAL))
        made = _as_truetype(_subset(chinese, wanted & set(chinese.getBestCmap()), ("ccmp", "kern")))
        _separate(made)
        yield f"NotoSansSC-{weight}", _content(made)


def _gb2312() -> Iterator[int]:
    """Every character of GB 2312: 6,763 hanzi, kana, punctuation and signs."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def _punctuation() -> Iterator[int]:
    """Punctuation and Latin letters, as wide as a hanzi too, which GB 2312 holds in part."""
    yield from range(0x20, 0x7F)  # a space within Chinese is asked of the Chinese font
    yield from range(0x3000, 0x3040)
    yield from range(0xFE10, 0xFE20)
    yield from range(0xFE30, 0xFE50)
    yield from range(0xFF00, 0xFFF0)


def _subset(font: TTFont, characters: Iterable[int], features: Iterable[str]) -> TTFont:
    """The font with these characters alone."""
    options = subset.Options()
    options.layout_features = list(features)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "STAT", "meta", "MATH"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(characters))
    subsetter.subset(font)
    return font


def _as_truetype(font: TTFont) -> TTFont:
    """The font with quadratic curves instead of cubic ones."""
    glyphs: dict[str, Any] = {}
    for name, glyph in font.getGlyphSet().items():
        pen = TTGlyphPen(None)
        glyph.draw(Cu2QuPen(pen, PRECISION, reverse_direction=True))
        glyphs[name] = pen.glyph()
    order = font.getGlyphOrder()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    del font["CFF "]
    maximum = newTable("maxp")
    maximum.tableVersion, maximum.numGlyphs = 0x00010000, len(order)
    for member in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maximum, member, 1 if member == "maxZones" else 0)
    maximum.maxStackElements = maximum.maxSizeOfInstructions = maximum.maxComponentElements = 0
    font["maxp"] = maximum
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"
    return font


def _separate(font: TTFont) -> None:
    """Give each character a glyph of its own: of one glyph for two, a reader of the PDF would tell the wrong one."""
    owners: dict[str, int] = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        if owners.setdefault(glyph, code) == code:
            continue
        copy = f"uni{code:04X}"
        font["glyf"][copy] = font["glyf"][glyph]  # this adds its name to the order too
        font["hmtx"][copy] = font["hmtx"][glyph]
        for table in font["cmap"].tables:
            if code in table.cmap:
                table.cmap[code] = copy
        font["maxp"].numGlyphs = len(font.getGlyphOrder())


def _content(font: TTFont) -> bytes:
    """A font as it is written."""
    font["post"].formatType = 3.0
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _is_here(name: str, content: bytes, *, write: bool) -> bool:
    """Whether this very font is here already; it is written where that is wanted."""
    path = FONTS / f"{name}.ttf"
    is_same = path.exists() and path.read_bytes() == content
    if write and not is_same:
        path.write_bytes(content)
    print(f"{path.name}: {len(content)} bytes{'' if is_same else ', another than was here'}")  # noqa: T201
    return is_same


if __name__ == "__main__":
    main(Path(sys.argv[1]), check="--check" in sys.argv[2:])
