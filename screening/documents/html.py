"""The HTML of summaries, rule books and reports, from their own Jinja environment: it needs no web request."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from screening.documents.charts import bar_drawing, panel_drawings
from screening.documents.decision_drawing import decision_drawings
from screening.documents.number_drawing import number_drawing, word_fits
from screening.documents.scale_drawing import scale_drawing
from screening.resources import resource
from screening.wording.authors.tables.blocks import TableReport
from screening.wording.book.whole import Book
from screening.wording.document.blocks import Document, Part
from screening.wording.document.paper_blocks import NumberTable
from screening.wording.language.languages import Language
from screening.wording.summary.selection import Reader, first_page, for_checking, further_pages, summary_of


def summary_html(document: Document, language: Language, reader: Reader = Reader.PERSON, *, attached: str = "") -> str:
    """The HTML that becomes the PDF of a summary; `attached` is the name of the file that it carries along."""
    template = _template(reader)
    document = summary_of(document, reader)
    return template.render(
        first_page=_parts(document, first_page(document, reader)),
        further_pages=_parts(document, further_pages(document, reader)),
        for_checking=_parts(document, for_checking(reader)),
        document=document,
        reader=reader,
        is_dense=_is_dense(document),
        attached=attached,
        article_url=None,
        language=language,
        sentence=language.sentence,
        labelled=language.with_label,
        _=language.gettext,
        gettext=language.gettext,
        ngettext=language.ngettext,
    )


_MANY_NUMBERS = 7


def _is_dense(document: Document) -> bool:
    """Whether so many numbers stand on the doctor's first page that what is around them must be smaller."""
    part = document.part("doctor_numbers")
    return any(
        len(block.rows) > _MANY_NUMBERS for block in (part.blocks if part else ()) if isinstance(block, NumberTable)
    )


def _template(reader: Reader) -> Template:
    match reader:
        case Reader.PERSON:
            return _environment().get_template("documents/person_paper.html")
        case Reader.DOCTOR:
            return _environment().get_template("documents/doctor_paper.html")


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
    environment.globals.update(
        bar_drawing=bar_drawing,
        decision_drawings=decision_drawings,
        number_drawing=number_drawing,
        panel_drawings=panel_drawings,
        scale_drawing=scale_drawing,
        word_fits=word_fits,
        on_paper=True,
    )
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


def table_report_html(report: TableReport, language: Language, style: str = "") -> str:
    """The HTML of a report on a table of people, with a style inside where it is to stand alone."""
    template = _environment().get_template("documents/table_report.html")
    return template.render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own stylesheet
        language=language,
        _=language.gettext,
        gettext=language.gettext,
        ngettext=language.ngettext,
    )
