"""What a PDF says, read by the tools of poppler as any other program would read it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tests.support.patience import PATIENCE
from tests.support.system import program


def _run(name: str, content: bytes, *arguments: str) -> str:
    command = [program(name), *arguments]
    return subprocess.run(command, input=content, capture_output=True, check=True, timeout=PATIENCE).stdout.decode()


def pages_of(content: bytes, order: str = "-layout") -> list[str]:
    """The text of each page, as it is laid out, or in the order in which it is drawn ("-raw")."""
    pages = _run("pdftotext", content, order, "-", "-").split("\f")
    assert pages.pop() == ""
    return pages


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text at its place on a page, in points from the upper left; a line of two columns is two lines."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str
    """Squeezed."""

    def is_over(self, other: PlacedLine) -> bool:
        """Whether another line stands below on the same page in the same column."""
        return self.page == other.page and other.top > self.top + 2 and self._shares(other)

    def _shares(self, other: PlacedLine) -> bool:
        return other.left < self.right - 1 and self.left < other.right - 1


_PLACED = re.compile(
    r'<page |<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL
)


def placed_lines(content: bytes) -> list[PlacedLine]:
    """Every line of text where it stands."""
    found, page = [], 0
    for match in _PLACED.finditer(_run("pdftotext", content, "-bbox-layout", "-", "-")):
        if match[1] is None:
            page += 1
            continue
        text = unescape("".join(re.findall(r">([^<>]*)</word>", match[5])))
        left, top, right, bottom = map(float, match.group(1, 2, 3, 4))
        found.append(PlacedLine(page, left, top, right, bottom, squeezed(text)))
    return found


def words_of(content: bytes) -> str:
    """All text in reading order with single spaces, and words put together that a line parts."""
    text = _run("pdftotext", content, "-raw", "-", "-")
    return " ".join(text.split())


def tagged_text(content: bytes, folder: Path) -> str:
    """The text in the order of the tags, without spaces."""
    file = folder / "given.pdf"
    file.write_bytes(content)
    lines = _run("pdfinfo", b"", "-struct-text", str(file)).splitlines()
    return squeezed("".join(line.strip()[1:-1] for line in lines if line.strip().startswith('"')))


def squeezed(text: str) -> str:
    """A text without spaces and hyphens: where lines and cells break is no matter."""
    return re.sub(r"[\s\u00ad\u2010\u2060-]+", "", text)


def info_of(content: bytes, folder: Path) -> dict[str, str]:
    """What pdfinfo says."""
    file = folder / "given.pdf"
    file.write_bytes(content)
    lines = _run("pdfinfo", b"", str(file)).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
