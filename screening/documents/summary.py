"""The summary that a person takes along: answers in, PDF out."""

from __future__ import annotations

import json

from screening.documents.html import summary_html
from screening.documents.pdf import make_pdf
from screening.ruleset.reading import raw_answer
from screening.wording.document import Document
from screening.wording.language import Language
from screening.wording.result import result_document
from screening.wording.telling import SummaryInput


def summary_pdf(given: SummaryInput) -> bytes:
    """The PDF of a summary; the same input gives the same bytes."""
    document = result_document(given)
    return make_pdf(summary_html(document, given.language), _identity(given))


def document_pdf(document: Document, language: Language, identity: str) -> bytes:
    """The PDF of a summary that was kept, as it was; `identity` names it."""
    return make_pdf(summary_html(document, language), identity)


def _identity(given: SummaryInput) -> str:
    """The whole input as one text."""
    answers = {name: raw_answer(each) for name, each in given.answers.items()}
    parts = (
        given.rules.hash,
        given.rules.translation,
        json.dumps(answers, sort_keys=True),
        given.language.tag,
        given.answered_on.isoformat(),
        given.typed_by,
        sorted(given.parts_off),
        given.review,
        given.demonstration,
    )
    return "\n".join(map(str, parts))
