"""What a PDF says, read by the tools of poppler as any other program would read it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path


def tool(name: str) -> str:
    """The path of a command."""
    found = shutil.which(name)
    assert found, f"{name} is not installed"
    return found


def _run(name: str, content: bytes, *arguments: str) -> str:
    command = [tool(name), *arguments]
    return subprocess.run(command, input=content, capture_output=True, check=True, timeout=60).stdout.decode()


def pages_of(content: bytes, order: str = "-layout") -> list[str]:
    """The text of each page, as it is laid out, or in the order in which it is drawn ("-raw")."""
    pages = _run("pdftotext", content, order, "-", "-").split("\f")
    assert pages.pop() == ""
    return pages


def words_of(content: bytes) -> str:
    """All text in reading order with single spaces, and words put together that a line parts."""
    text = _run("pdftotext", content, "-raw", "-", "-")
    return " ".join(text.split())


def spoken(content: bytes, folder: Path) -> str:
    """The text in the order of the tags, as a screen reader says it, without spaces."""
    file = folder / "given.pdf"
    file.write_bytes(content)
    lines = _run("pdfinfo", b"", "-struct-text", str(file)).splitlines()
    return squeezed("".join(each.strip()[1:-1] for each in lines if each.strip().startswith('"')))


def squeezed(text: str) -> str:
    """A text without spaces and hyphens: where lines and cells break is no matter."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def info_of(content: bytes, folder: Path) -> dict[str, str]:
    """What pdfinfo says."""
    file = folder / "given.pdf"
    file.write_bytes(content)
    lines = _run("pdfinfo", b"", str(file)).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
