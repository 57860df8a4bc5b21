"""Parts of a Document as the XHTML that FHIR takes in a narrative: paragraphs and lists alone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from screening.documents.text import PLAIN, Line, block_lines
from screening.fhir.names import Resource
from screening.wording.document.blocks import Part


def narrative(paragraphs: Iterable[Line], language: str, status: str = "additional") -> Resource:
    """Lines as a narrative; `additional`: it says more than the structured members beside it."""
    tag = escape(language, quote=True)
    written = "".join(_element(line) for line in paragraphs)
    return {"status": status, "div": f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{tag}">{written}</div>'}


def section(part: Part, language: str) -> Resource:
    """A part as a section of a Composition."""
    lines = [line for block in part.blocks for line in block_lines(block)]
    title = {"title": part.title} if part.title else {}
    return {**title, "text": narrative(lines, language)}


def paragraph_section(text: str, language: str) -> Resource:
    """One paragraph as a section."""
    return {"text": narrative([Line(PLAIN, text)], language)}


def _element(line: Line) -> str:
    mark = line.lead.strip()
    text = escape(line.text, quote=False).replace("\n", "<br/>")
    return f"<p>{mark} {text}</p>" if mark else f"<p>{text}</p>"
