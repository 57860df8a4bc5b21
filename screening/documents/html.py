"""The HTML of summaries and of rule books, from their own Jinja environment: no web request is needed to make one."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from screening.documents.drawing import decision_drawings
from screening.resources import resource
from screening.wording.book.whole import Book
from screening.wording.document import Document
from screening.wording.language import Language
from screening.wording.summary import FIRST_PAGE, further_pages, summary_of


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals["decision_drawings"] = decision_drawings
    return environment


def summary_html(document: Document, language: Language) -> str:
    """The HTML that becomes the PDF of a summary."""
    template = _environment().get_template("documents/summary.html")
    document = summary_of(document)
    first_page = [document.parts[name] for name in FIRST_PAGE if name in document.parts]
    further = [document.parts[name] for name in further_pages(document) if name in document.parts]
    return template.render(
        first_page=first_page,
        further_pages=further,
        document=document,
        article_url=None,
        _=language.gettext,
        gettext=language.gettext,
        ngettext=language.ngettext,
    )


def book_html(book: Book, language: Language, style: str = "") -> str:
    """The HTML of a rule book, with a style inside where it is to stand alone."""
    template = _environment().get_template("documents/book.html")
    return template.render(
        book=book,
        style=Markup(style),  # noqa: S704 - our own stylesheet
        article_url=None,
        _=language.gettext,
        gettext=language.gettext,
        ngettext=language.ngettext,
    )
