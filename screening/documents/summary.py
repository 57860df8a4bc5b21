"""The summary that a person or their doctor takes along: answers or a Document in, PDF out.

What a process needs to make it is a `Printing`, so that another process can (`workers`); the functions
that give bytes make it in this one.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time

from screening.documents.html import summary_html
from screening.documents.pdf import AttachedFile, Printing, render_pdf
from screening.documents.record import FILE_NAME, record_json
from screening.wording.document.blocks import Document
from screening.wording.language.languages import Language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.selection import Reader


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy of a summary is made."""

    reader: Reader = Reader.PERSON
    with_record: bool = True
    """Whether the answers are attached as data."""
    key: bytes = b""
    """The deployment's secret by which the file is named; without one its name tells of no answers either."""


PLAIN = Copy()


def summary_printing(assessment: Assessment, copy: Copy = PLAIN) -> Printing:
    """What the PDF of a summary is made from; the same input gives the same."""
    return document_printing(assessment.document, assessment.input.language, copy, record_json(assessment))


def document_printing(document: Document, language: Language, copy: Copy = PLAIN, record: str = "") -> Printing:
    """The same for a Document that was kept, with the record that was kept beside it."""
    attached = FILE_NAME if record and copy.with_record else ""
    day = datetime.combine(document.answered_on, time(), UTC)
    description = language.gettext("The answers and what the rules made of them")
    return Printing(
        html=summary_html(document, language, copy.reader, attached=attached),
        identifier=_identifier(document, copy, record),
        attachment=AttachedFile(attached, description, record, day) if attached else None,
        day=day,
    )


def summary_pdf(summary_input: SummaryInput, copy: Copy = PLAIN) -> bytes:
    """The PDF of a summary, made in this process."""
    return render_pdf(summary_printing(Assessment(summary_input), copy))


def document_pdf(document: Document, language: Language, copy: Copy = PLAIN, record: str = "") -> bytes:
    """The PDF of a Document that was kept, made in this process."""
    return render_pdf(document_printing(document, language, copy, record))


def _identifier(document: Document, copy: Copy, record: str) -> bytes:
    """Sixteen bytes by which programs tell files apart.

    They are seen where the file itself is not, in logs and lists of files. From a plain hash the answers could be
    guessed by trying; so it is made with a key, or of nothing that was answered.
    """
    identity: list[object] = [copy.reader, copy.with_record, document.language]
    identity += [asdict(document), record] if copy.key else [document.stamp, document.answered_on]
    text = json.dumps(identity, default=str, sort_keys=True)
    return hmac.digest(copy.key, b"identifier of a PDF\0" + text.encode(), "sha256")[:16]
