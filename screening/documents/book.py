"""The rule book as one HTML file that asks for nothing from outside, and as the PDF of the same HTML."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from screening.documents.html import book_html
from screening.documents.pdf import make_pdf
from screening.wording.book.whole import Book
from screening.wording.language.languages import Language

STYLE = "book.css"


def book_page(book: Book, language: Language) -> str:
    """The HTML of a book for a screen, with its style inside."""
    return book_html(book, language, (Path(__file__).parent / STYLE).read_text(encoding="utf-8"))


def book_pdf(book: Book, language: Language) -> bytes:
    """The PDF of a book; the same book gives the same bytes."""
    return make_pdf(book_html(book, language), json.dumps(asdict(book)), STYLE)
