"""The HTML of summaries and of rule books, from their own Jinja environment: no web request is needed to make one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from screening.documents.decision_drawing import decision_drawings
from screening.documents.scale_drawing import scale_drawing
from screening.resources import resource
from screening.wording.book.whole import Book
from screening.wording.document.blocks import Document, Part
from screening.wording.language.languages import Language
from screening.wording.summary.selection import Reader, below_notice, first_page, further_pages, summary_of


def summary_html(document: Document, language: Language, reader: Reader = Reader.PERSON, *, attached: str = "") -> str:
    """The HTML that becomes the PDF of a summary; `attached` is the name of the file that it carries along."""
    template = _environment().get_template("documents/summary.html")
    document = summary_of(document, reader)
    return template.render(
        first_page=_parts(document, first_page(document, reader)),
        below_notice=_parts(document, below_notice(document, reader)),
        further_pages=_parts(document, further_pages(document, reader)),
        document=document,
        reader=reader,
        attached=attached,
        article_url=None,
        language=language,
        sentence=language.sentence,
        labelled=language.with_label,
        _=language.gettext,
        gettext=language.gettext,
        ngettext=language.ngettext,
    )


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
    environment.globals.update(decision_drawings=decision_drawings, scale_drawing=scale_drawing, on_paper=True)
    return environment


def _parts(document: Document, names: Iterable[str]) -> list[Part]:
    return [document.parts[name] for name in names if name in document.parts]


def book_html(book: Book, language: Language, style: str = "") -> str:
    """The HTML of a rule book, with a style inside where it is to stand alone."""
    template = _environment().get_template("documents/book.html")
    return template.render(
        book=book,
        style=Markup(style),  # noqa: S704 - our own stylesheet
        article_url=None,
        language=language,
        sentence=language.sentence,
        labelled=language.with_label,
        _=language.gettext,
        gettext=language.gettext,
        ngettext=language.ngettext,
    )
