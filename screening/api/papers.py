"""The papers (PDF) of an answer set, and what can be found out about one that is sent. Nothing of either is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from screening.api.outcomes import sent_answers
from screening.api.problems import ProblemError
from screening.documents.font_checks import is_on_paper
from screening.documents.summary import Copy, summary_printing
from screening.documents.workers import TooCostlyError
from screening.rulefiles.cases.case_file import plain_answers
from screening.ruleset.reading.answer_types import Answer
from screening.runtime import Service
from screening.wording.document.busy import too_costly_text
from screening.wording.language.languages import SOURCE_LANGUAGE, language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput, TypedBy
from screening.wording.summary.selection import Reader
from screening.wording.summary.verification import verdict_members


def paper_options(service: Service) -> dict[str, tuple[object, ...]]:
    """What a body may say beside its answers; of each the first is what counts where nothing is said."""
    return {
        "for": tuple(map(str, Reader)),
        "language": paper_languages(service),
        "typed_by": tuple(map(str, TypedBy)),
        "data": (True, False),
    }


def paper_languages(service: Service) -> tuple[str, ...]:
    """The languages offered today in which every text is there and a PDF may be; the rule file's own first."""
    gaps = {tag for tag, translation in service.translations.items() if translation.gaps}
    return tuple(tag for tag in service.languages if tag not in gaps and is_on_paper(tag))


def summary_pdf(data: Any, service: Service) -> bytes:
    """The paper of the answers in a body: the same as from the pages, of the same answers and day."""
    options = paper_options(service)
    answers, sent = sent_answers(data, service.rules.rule_set, service.parts_off, options, whole=True)
    chosen: Mapping[str, Any] = {name: sent.get(name, allowed[0]) for name, allowed in options.items()}
    assessment = Assessment(
        SummaryInput(
            rules=service.rules_in(chosen["language"]),
            answers=_asked(answers, service),
            language=language(chosen["language"]),
            answered_on=date.today(),
            review=service.review,
            typed_by=TypedBy(chosen["typed_by"]),
            parts_off=service.parts_off,
            demonstration=service.is_test,
        )
    )
    copy = Copy(Reader(chosen["for"]), with_record=chosen["data"], key=service.naming_key)
    return service.pdf(summary_printing(assessment, copy))


def _asked(answers: Mapping[str, Answer], service: Service) -> dict[str, Answer]:
    """The answers whose questions are asked after all others: as from the pages, no other stands on a paper."""
    asked = service.engine.asked_questions(plain_answers(service.rules.rule_set, answers, date.today()))
    return {name: answer for name, answer in answers.items() if name in asked}


def verified(content: bytes, service: Service) -> dict[str, object]:
    """What can be found out about a file: who signed it, and whether the rules give the result that it names."""
    try:
        return verdict_members(service.verifier.verdict(content))
    except TooCostlyError:
        text = too_costly_text(language(SOURCE_LANGUAGE))
        raise ProblemError(422, "too_costly", "This file cannot be read in time", detail=text) from None
