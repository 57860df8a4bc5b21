"""The report on a table of people as one HTML file that asks for nothing from outside, and as the PDF of the same."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from screening.documents.html import table_report_html
from screening.documents.pdf import make_pdf
from screening.wording.authors.tables.blocks import TableReport
from screening.wording.language.languages import Language

STYLE = "table_report.css"


def report_page(report: TableReport, language: Language) -> str:
    """The HTML of a report for a screen, with its style inside."""
    return table_report_html(report, language, (Path(__file__).parent / STYLE).read_text(encoding="utf-8"))


def report_pdf(report: TableReport, language: Language) -> bytes:
    """The PDF of a report; the same report gives the same bytes."""
    return make_pdf(table_report_html(report, language), json.dumps(asdict(report)), STYLE)
