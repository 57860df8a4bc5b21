"""The text of a PDF in the order of its tags, as a screen reader says it.

`pdfinfo -struct-text` says the same, but takes ten seconds a file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.support.pdf import squeezed

_CHARACTER = re.compile(rb"<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>")
"""A glyph and its text, in the map that a font carries."""


def speech_of(content: bytes) -> str:
    """All that is tagged as content, in the order of the tags, without spaces; each glyph says what its font says.

    So read programs that know no `ActualText`.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        by_page = {page.obj.objgen: _said_on(page) for page in pdf.pages}
        order = _content_in(pdf.Root.StructTreeRoot, None)
        return squeezed("".join(by_page[page].get(number, "") for page, number in order))


def _content_in(element: pikepdf.Object, page: tuple[int, int] | None) -> Iterator[tuple[tuple[int, int], int]]:
    """The page and the number of each piece of content below an element."""
    page = element.Pg.objgen if "/Pg" in element else page
    children: Any = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, int):
            assert page
            yield page, child
        elif "/MCID" in child:
            yield child.Pg.objgen, int(child.MCID)
        elif "/S" in child:
            yield from _content_in(child, page)


def _said_on(page: pikepdf.Page) -> dict[int, str]:
    """The text of each numbered piece of content of a page."""
    fonts = {name: _characters(font) for name, font in page.obj.Resources.Font.items()}
    by_name: dict[int, str] = {}
    within: list[int | None] = []
    """The numbers of what the text stands within; None: of nothing that is spoken."""
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                around = within[-1] if within else None
                within.append(operands[1].get("/MCID", around) if len(operands) > 1 else None)
            case "EMC":
                within.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ":
                number = within[-1] if within else None
                if number is not None:
                    by_name[number] = by_name.get(number, "") + _shown(operands[0], font)
    return by_name


def _characters(font: pikepdf.Object) -> dict[int, str]:
    pairs = _CHARACTER.findall(font.ToUnicode.read_bytes())
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _shown(operand: pikepdf.Object, font: dict[int, str]) -> str:
    """The text of glyphs of two bytes each, the distances between them left out."""
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    glyphs = b"".join(bytes(item) for item in strings if isinstance(item, pikepdf.String))
    return "".join(font[int.from_bytes(glyphs[at : at + 2])] for at in range(0, len(glyphs), 2))
