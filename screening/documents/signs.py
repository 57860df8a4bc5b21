"""What was typed, as paper needs it: a sign for each character that no font has, other scripts in boxes of their own.

The sign is the character's code, so that nothing is lost. Words in which a glyph is no letter, and words that run to
the left, are boxes of their own, so that a reader of the PDF is told the letters of each (`text_layer`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from xml.etree.ElementTree import Element

from screening.documents.coverage import lost_characters
from screening.documents.text_layer import is_right_to_left, needs_telling

_STYLE = "background: #e3e8ea; white-space: nowrap"
_SPACES = re.compile(r"(\s+)")
_SVG = "{http://www.w3.org/2000/svg}"


def sign(character: str) -> str:
    """What stands for a character: [U+1F600]."""
    return f"[U+{ord(character):04X}]"


def with_signs(text: str) -> str:
    """A text with a sign for each character that would be lost."""
    return "".join(sign(piece) if is_lost else piece for piece, is_lost in _pieces(text))


def show_signs(root: Element) -> None:
    """Put signs into the text of an HTML document: boxes of their own, or plain text within a drawing.

    What is not printed keeps every character: the title of the file, and what is told instead of a drawing.
    """
    for child in [element for element in root if element.tag != "head"]:
        _show_in(child, in_drawing=False)


def _show_in(element: Element, *, in_drawing: bool) -> None:
    if element.tag == f"{_SVG}title":
        return
    in_drawing = in_drawing or element.tag == f"{_SVG}svg"
    children = list(element)
    element.text, boxes = _split(element.text, in_drawing=in_drawing)
    for place, box in enumerate(boxes):
        element.insert(place, box)
    for child in children:
        _show_in(child, in_drawing=in_drawing)
        child.tail, boxes = _split(child.tail, in_drawing=in_drawing)
        after = list(element).index(child) + 1
        for place, box in enumerate(boxes, start=after):
            element.insert(place, box)


def _split(text: str | None, *, in_drawing: bool) -> tuple[str | None, list[Element]]:
    """The text up to the first box, and the boxes, each with the text behind it."""
    if not text or text.isascii():
        return text, []
    if in_drawing:
        return with_signs(text), []
    before, boxes = "", list[Element]()
    for piece, style in _boxed_pieces(text):
        if style is not None:
            boxes.append(Element("span", {"style": style}))
            boxes[-1].text = piece
        elif boxes:
            boxes[-1].tail = piece
        else:
            before = piece
    return before, boxes


def _boxed_pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """A text in pieces, each with the style of its box or None where it needs none; no two of these follow another."""
    pending = ""
    for piece, is_lost in _pieces(text):
        if is_lost:
            if pending:
                yield pending, None
            yield sign(piece), _STYLE
            pending = ""
            continue
        for words, is_apart in _words_apart(piece):
            if not is_apart:
                pending += words
                continue
            if pending:
                yield pending, None
            yield words, ""
            pending = ""
    if pending:
        yield pending, None


def _words_apart(text: str) -> Iterator[tuple[str, bool]]:
    """Words that need a box of their own, and what stands between them; words to the left stay together."""
    for kind, group in groupby(_kinds(_SPACES.split(text)), key=itemgetter(1)):
        yield "".join(word for word, _ in group), kind != ""


def _kinds(words: list[str]) -> Iterator[tuple[str, str]]:
    """Words and the spaces between them, each with why it needs a box; a space goes with equal neighbours."""
    why = ["left" if is_right_to_left(word) else "letters" if needs_telling(word) else "" for word in words]
    for place, word in enumerate(words):
        is_space = place % 2
        if is_space and why[place - 1] == why[place + 1] == "left":
            yield word, "left"
        else:
            yield word, "" if is_space else why[place]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces: each character that would be lost alone, and what stands between them."""
    end = 0
    for place, character in lost_characters(text):
        if place > end:
            yield text[end:place], False
        yield character, True
        end = place + 1
    if end < len(text):
        yield text[end:], False
