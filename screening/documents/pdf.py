"""The PDF of a document: tagged, with the package's own fonts, and the same bytes for the same input.

WeasyPrint takes most of a second to import, so it is imported where the first PDF is made or a
server warms up. One font configuration serves a process for its whole life and is never shared by
threads: sharing it corrupts memory, and a new one for each PDF leaks.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import os
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint import CSS

_HERE = Path(__file__).parent
_lock = threading.Lock()


def make_pdf(html: str, identity: str, style: str = "summary.css") -> bytes:
    """The PDF of this HTML by one of the stylesheets of this folder.

    `identity` names its input; the file's own identifier is made from it.
    """
    with _lock:
        renderer = _renderer()
        gc_was_on = gc.isenabled()
        gc.disable()
        try:
            return renderer.render(html, hashlib.sha256(identity.encode()).digest()[:16], style)
        finally:
            if gc_was_on:
                gc.enable()
                gc.collect(1)


def warm_up() -> None:
    """Import and prepare what the first PDF needs, so that the first person does not wait for it."""
    with _lock:
        _renderer().style("summary.css")


class _Renderer:
    """What is kept from one PDF to the next."""

    def __init__(self) -> None:
        os.environ["FONTCONFIG_FILE"] = str(_HERE / "fonts" / "fonts.conf")
        from weasyprint import CSS, HTML  # noqa: PLC0415 - slow, and it must find the fonts set above
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - the same
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 - the same

        self._html = HTML
        self._css = CSS
        self._fetcher = URLFetcher(allowed_protocols=())
        self._fonts = FontConfiguration()
        self._styles: dict[str, CSS] = {}

    def style(self, name: str) -> CSS:
        """A stylesheet of this folder, read once."""
        if name not in self._styles:
            text = (_HERE / name).read_text(encoding="utf-8")
            self._styles[name] = self._css(string=text, font_config=self._fonts, url_fetcher=self._fetcher)
        return self._styles[name]

    def render(self, html: str, identifier: bytes, style: str) -> bytes:
        document = self._html(string=html, url_fetcher=self._fetcher)
        pdf: bytes = document.write_pdf(
            stylesheets=[self.style(style)],
            font_config=self._fonts,
            pdf_identifier=identifier,
            pdf_variant="pdf/ua-1",
        )
        return pdf


@cache
def _renderer() -> _Renderer:
    atexit.register(_renderer.cache_clear)  # the fonts are let go of while what they need for it is still there
    return _Renderer()
