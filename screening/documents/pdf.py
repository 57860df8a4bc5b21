"""The PDF of a document: PDF/A-3a and PDF/UA-1, with the package's own fonts, and the same bytes for the same input.

WeasyPrint takes most of a second to import, so it is imported where the first PDF is made or a
worker starts. One font configuration serves a process for its whole life and is never shared by
threads: sharing it corrupts memory, and a new one for each PDF leaks.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.documents.conformance import VARIANT, also_accessible
from screening.documents.libraries import require_libraries
from screening.documents.signs import show_signs
from screening.documents.text_layer import tell_letters

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.document import Document

_HERE = Path(__file__).parent
_lock = threading.Lock()
_SECOND_PAGE = "further"
"""The id of what begins the second page."""
_WAYS_TO_FIT = ("tight", "flowing")
"""What is done in turn where the first page runs over: lines are set closer; what follows begins no new page."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A text that a PDF carries along as a file of its own."""

    name: str
    description: str
    content: str
    day: datetime


@dataclass(frozen=True, slots=True)
class Printing:
    """All that one PDF is made from; a process can hand it to another."""

    html: str
    identifier: bytes
    """Sixteen bytes that tell this file from every other."""
    style: str = "summary.css"
    attachment: AttachedFile | None = None
    day: datetime | None = None
    """The day that it speaks of, which a signature names too."""


def make_pdf(html: str, identity: str, style: str = "summary.css") -> bytes:
    """The PDF of this HTML by one of the stylesheets of this folder.

    `identity` names its input; the file's own identifier is made from it.
    """
    return render_pdf(Printing(html, hashlib.sha256(identity.encode()).digest()[:16], style))


def render_pdf(printing: Printing) -> bytes:
    """The PDF, made in this process."""
    with _lock:
        renderer = _renderer()
        gc_was_on = gc.isenabled()
        gc.disable()
        try:
            return renderer.render(printing)
        finally:
            if gc_was_on:
                gc.enable()
                gc.collect(1)


def warm_up() -> None:
    """Import and prepare what the first PDF needs, so that the first person does not wait for it."""
    with _lock:
        _renderer().style("summary.css")


def import_libraries() -> None:
    """Import what takes long, but make nothing yet that processes must not share."""
    require_libraries()
    os.environ["FONTCONFIG_FILE"] = str(_HERE / "fonts" / "fonts.conf")
    import weasyprint  # noqa: F401, PLC0415 - slow, and it must find the fonts set above


class _Renderer:
    """What is kept from one PDF to the next."""

    def __init__(self) -> None:
        import_libraries()
        from weasyprint import CSS, HTML, Attachment  # noqa: PLC0415 - after the fonts are set
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - the same
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 - the same

        self._html = HTML
        self._css = CSS
        self._attachment = Attachment
        self._fetcher = URLFetcher(allowed_protocols=())
        self._fonts = FontConfiguration()
        self._styles: dict[str, CSS] = {}
        tell_letters()

    def style(self, name: str) -> CSS:
        """A stylesheet of this folder, read once."""
        if name not in self._styles:
            text = (_HERE / name).read_text(encoding="utf-8")
            self._styles[name] = self._css(string=text, font_config=self._fonts, url_fetcher=self._fetcher)
        return self._styles[name]

    def render(self, printing: Printing) -> bytes:
        options: dict[str, Any] = {
            "pdf_variant": VARIANT,
            "pdf_identifier": printing.identifier,
            "attachments": [self._make_attachment(printing.attachment)] if printing.attachment else None,
        }
        html = self._html(string=printing.html, url_fetcher=self._fetcher)
        show_signs(html.etree_element)
        document = self._laid_out(html, printing, options)
        for way in _WAYS_TO_FIT:
            if not _runs_over(document):
                break
            body = html.etree_element.find("body")
            body.set("class", f"{body.get('class', '')} {way}")
            document = self._laid_out(html, printing, options)
        also_accessible(document.metadata)
        pdf: bytes = document.write_pdf(**options)
        return pdf

    def _laid_out(self, html: HTML, printing: Printing, options: dict[str, Any]) -> Document:
        return html.render(self._fonts, stylesheets=[self.style(printing.style)], **options)

    def _make_attachment(self, file: AttachedFile) -> Any:
        return self._attachment(
            string=file.content,
            url_fetcher=self._fetcher,
            name=file.name,
            description=file.description,
            created=file.day,
            modified=file.day,
            relationship="Data",
        )


def _runs_over(document: Document) -> bool:
    """Whether what should stand on the first page needs more than that."""
    begins = next((number for number, page in enumerate(document.pages) if _SECOND_PAGE in page.anchors), 0)
    return begins > 1


@cache
def _renderer() -> _Renderer:
    atexit.register(_renderer.cache_clear)  # the fonts are let go of while what they need for it is still there
    return _Renderer()
