"""The text of a PDF as other programs read it, for scripts in which a glyph is no letter.

WeasyPrint says of each glyph which letters it stands for, once a font. That is wrong where letters change their places
(Tamil), where marks stand above letters, and where letters of other names look alike. There the letters are written
beside the glyphs, as `ActualText` (ISO 32000-1, 14.9.4), and what such a line would have said of its glyphs is kept
from lines in which each letter has its glyph. Programs that read from right to left expect letters at their glyphs; in
such lines each glyph is given its own letter, and each mark its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

_RIGHT_TO_LEFT = ("R", "AL", "AN")
_NOTHING = "\u200b"
"""What a glyph says that stands for no letter of its own: PDF/UA wants something."""


def tell_letters() -> None:
    """Have WeasyPrint write the letters of such lines; done once a process, after it is imported."""
    import weasyprint.draw.text as drawing  # noqa: PLC0415 - WeasyPrint is slow to import
    import weasyprint.pdf as writing  # noqa: PLC0415 - the same

    draw_plainly = drawing.draw_first_line
    build_plainly = writing.build_fonts_dictionary

    def draw_first_line(stream: Any, textbox: Any, *arguments: Any) -> Any:
        if is_right_to_left(textbox.text):
            _name_glyphs(stream, textbox)
        elif needs_telling(textbox.text):
            return _draw_with_letters(draw_plainly, stream, textbox, arguments)
        return draw_plainly(stream, textbox, *arguments)

    def build_fonts_dictionary(pdf: Any, fonts: Any, *arguments: Any) -> Any:
        for font in fonts.values():
            for glyph, letters in getattr(font, "set_aside", {}).items():
                font.to_unicode.setdefault(glyph, letters or _NOTHING)
        return build_plainly(pdf, fonts, *arguments)

    drawing.draw_first_line = draw_first_line
    writing.build_fonts_dictionary = build_fonts_dictionary


def needs_telling(text: str) -> bool:
    """Whether glyphs may not be letters one by one in a text."""
    return not text.isascii() and (
        not unicodedata.is_normalized("NFC", text)
        or any(unicodedata.category(character)[0] == "M" for character in text)
    )


def is_right_to_left(text: str) -> bool:
    """Whether a text holds letters or digits of a script that runs to the left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def _draw_with_letters(draw_plainly: Any, stream: Any, textbox: Any, arguments: tuple[Any, ...]) -> Any:
    """Draw a line with its letters beside it."""
    import pydyf  # noqa: PLC0415 - it comes with WeasyPrint

    fonts = stream._fonts  # noqa: SLF001 - nothing else holds them while a page is drawn
    before = {key: set(font.to_unicode) for key, font in fonts.items()}
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(textbox.text)}))
    drawn = draw_plainly(stream, textbox, *arguments)
    stream.end_marked_content()
    for key, font in fonts.items():
        aside = font.__dict__.setdefault("set_aside", {})
        for glyph in set(font.to_unicode) - before.get(key, set()):
            aside.setdefault(glyph, font.to_unicode.pop(glyph))
    return drawn


def _name_glyphs(stream: Any, textbox: Any) -> None:
    """Say of each glyph of a line its own letter, before WeasyPrint says less."""
    from weasyprint.text.ffi import ffi  # noqa: PLC0415 - WeasyPrint is slow to import

    line, _ = textbox.pango_layout.get_first_line()
    text = textbox.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        font, _ = stream.add_font(item.analysis.font)
        clusters: dict[int, list[Any]] = {}
        for index in range(glyphs.num_glyphs):
            clusters.setdefault(glyphs.log_clusters[index], []).append(glyphs.glyphs[index])
        starts = sorted(clusters)
        for start, end in zip(starts, [*starts[1:], item.length], strict=True):
            letters = text[item.offset + start : item.offset + end].decode()
            for glyph, own in _shared_out(clusters[start], letters):
                font.to_unicode.setdefault(glyph, _ligatures().get(own, own) or _NOTHING)
        run = run.next


def _shared_out(glyphs: list[Any], letters: str) -> Iterator[tuple[int, str]]:
    """The glyphs of one cluster, each with what it stands for: glyphs without width are marks."""
    marks = "".join(character for character in letters if unicodedata.category(character)[0] == "M")
    bare = "".join(character for character in letters if unicodedata.category(character)[0] != "M")
    narrow = [placed.glyph for placed in glyphs if not placed.geometry.width]
    wide = [placed.glyph for placed in glyphs if placed.geometry.width]
    if not narrow or not wide:
        narrow, wide, bare, marks = [], [*wide, *narrow], letters, ""
    for row, said in ((narrow, marks), (wide, bare)):
        for place, glyph in enumerate(reversed(row)):
            yield glyph, said[place:] if place == len(row) - 1 else said[place : place + 1]


@cache
def _ligatures() -> dict[str, str]:
    """Two letters as the one character that Unicode has for their shape: programs turn it into both, in their order."""
    forms = map(chr, range(0xFEF5, 0xFEFD))
    return {unicodedata.normalize("NFKC", form): form for form in forms}
