"""A page as a tree of elements, read with the standard library and more strictly than browsers read it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "source", "wbr"})
_BLOCKS = """
body main header footer nav section article div p ul ol li dl dt dd h1 h2 h3 h4 table caption thead tbody tr th td
form fieldset legend details summary label button title option
"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin a new line of text."""


class Element:
    """An element with what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        """Whether it has this attribute, were it empty."""
        return name in self.attributes

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self["class"].split()

    def walk(self) -> Sequence[Element]:
        """All elements below it, in the order of the page."""
        return self._below

    @cached_property
    def _below(self) -> list[Element]:
        """Listed once: a page is read whole before anybody looks at it, and is looked at often."""
        below: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                below.append(child)
                below += child._below
        return below

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """The elements below it with one of these tags (or any) and these values of attributes."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        of_tag = [element for element in self._below if element.tag in tags] if tags else self._below
        return [element for element in of_tag if all(element[name] == value for name, value in wanted.items())]

    def one(self, *tags: str, **attributes: str) -> Element:
        """The only such element."""
        elements = self.all(*tags, **attributes)
        assert len(elements) == 1, f"{len(elements)} elements {tags} {attributes}"
        return elements[0]

    def within(self, tag: str) -> Element | None:
        """The nearest element around it with this tag."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around

    @property
    def lines(self) -> list[str]:
        """Its text, a line a block, with single spaces."""
        raw: list[str] = []
        self._read_out(raw)
        return [line for piece in "".join(raw).split("\n") if (line := " ".join(piece.split()))]

    @property
    def text(self) -> str:
        """Its text with single spaces."""
        return " ".join(self.lines)

    @property
    def typed(self) -> str:
        """Its text just as it stands, such as that of a textarea."""
        text = "".join(child for child in self.children if isinstance(child, str))
        return text.removeprefix("\n")  # as browsers do, so that a template may begin a textarea on a line of its own

    def _read_out(self, into: list[str]) -> None:
        for child in self.children:
            if isinstance(child, str):
                into.append(child.replace("\n", " "))
            elif child.tag in BLOCKS:
                into.append("\n")
                child._read_out(into)
                into.append("\n")
            else:
                child._read_out(into)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = self.open = Element("", {})
        self._at = 0

    def updatepos(self, i: int, j: int) -> int:
        """Remember how far it is; lines are counted where one is told, and not at every tag."""
        self._at = max(i, j)
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), f"an attribute stands twice in {self.get_starttag_text()}"
        element = Element(tag, attributes, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag: str) -> None:
        assert self.open.tag == tag, f"</{tag}> closes <{self.open.tag}> in line {self._line()}"
        assert self.open.parent is not None
        self.open = self.open.parent

    def _line(self) -> int:
        return self.rawdata.count("\n", 0, self._at) + 1

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def read_page(html: str) -> Element:
    """The tree of a page; every element in it must be closed where it was opened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open is reader.top, f"<{reader.open.tag}> is not closed"
    return reader.top
