"""An Outline as plain text for a terminal, or as Markdown for a page where a change is discussed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from screening.wording.authors.outline import Outline, OutlinePart

WIDTH = 118
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def outline_text(outline: Outline) -> str:
    """The report for a terminal; a loud part stands between lines of exclamation marks."""
    return "\n".join([outline.title, *(line for part in outline.parts for line in _part(part))])


def _part(part: OutlinePart) -> Iterator[str]:
    yield ""
    yield f"!!! {part.title} !!!" if part.loud else part.title
    for line in part.lines:
        indent = "  " * (line.level + 1)
        yield textwrap.fill(line.text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")


def outline_markdown(outline: Outline) -> str:
    """The report as Markdown."""
    lines = [f"# {_escape(outline.title)}"]
    for part in outline.parts:
        lines += ["", f"## {'⚠️ ' if part.loud else ''}{_escape(part.title)}", ""]
        lines += [f"{'  ' * line.level}- {_escape(line.text)}" for line in part.lines]
    return "\n".join(lines)


def _escape(text: str) -> str:
    """The text with what Markdown would read as marks kept as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
