"""Whether the present person is offered to send their answers, and what would be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screening.config.clinic import Clinic
from screening.forms.contact import SendForm
from screening.questionnaire.current_request import ANSWERING, assessment, current_language
from screening.questionnaire.journey import Journey
from screening.ruleset.engine.sharing_policy import may_be_shared
from screening.ruleset.model.outcome import Outcome
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.store import Store
from screening.storage.submissions.assessments import AssessmentRecord
from screening.storage.submissions.sharing import Draft
from screening.wording.sharing.clinic_terms import Terms, consents, terms
from screening.wording.sharing.promise import promise_due_at


@dataclass(frozen=True, slots=True)
class SharingParts:
    """What is needed where sharing is on."""

    clinic: Clinic
    store: Store


def sharing_parts() -> SharingParts | None:
    """What is needed to share; None where this deployment offers no sharing."""
    service = current_service()
    if service.store is None or service.settings.clinic is None:
        return None
    return SharingParts(service.settings.clinic, service.store)


def is_offered(present: Journey, outcome: Outcome) -> bool:
    """Whether a person may be offered to send this outcome of their journey."""
    if sharing_parts() is None or present.kept.who not in ANSWERING:
        return False
    return may_be_shared(present.rule_set, outcome)


def terms_to_read(clinic: Clinic) -> Terms:
    """What a person is told before they send anything."""
    settings = current_service().settings
    return terms(clinic, (settings.keep_unopened_days, settings.keep_closed_days), current_language())


def send_form(present: Journey, clinic: Clinic, *, again: bool) -> SendForm:
    """An empty form for what is to be sent."""
    for_other = present.kept.who == "helper"
    return SendForm(
        current_language(), consents(clinic, current_language(), for_other=for_other), for_other=for_other, again=again
    )


def assessment_record() -> AssessmentRecord:
    """What would be kept of the present assessment, with the rules and the translation by which it is told."""
    translation = current_service().translations.get(current_language().tag)
    return assessment().record(current_service().rules.canonical, translation.canonical if translation else None)


def draft(present: Journey, clinic: Clinic, form: SendForm) -> Draft:
    """What a person sends, with the words that they read and agreed to."""
    moment = now()
    return Draft(
        judged=assessment_record(),
        row=_row(present, form, assessment().safety_texts),
        contact={**form.contact(), "helper": form.helper(), **_told(clinic, form, moment.isoformat())},
        reach=form.reach,
        language=form.typed["speaks"],
        answered_on=present.kept.day,
        best_time=form.typed["best_time"],
        promised_at=promise_due_at(moment, clinic.answer_days),
    )


def _row(present: Journey, form: SendForm, safety: tuple[str, ...]) -> dict[str, Any]:
    """What the list of the clinic shows; how to reach the person does not change with their answers."""
    shown = {} if form.again else {name: form.typed[name] for name in ("name", "channel")}
    return {**shown, "for": present.kept.who, "safety": list(safety)}


def _told(clinic: Clinic, form: SendForm, at: str) -> dict[str, Any]:
    """What the person read, and each consent by itself."""
    told = terms_to_read(clinic)
    return {
        "terms": [*told.first, *told.sent, *told.retention],
        "consents": [
            {"id": consent.id, "text": consent.text, "language": current_language().tag, "at": at}
            for consent in form.consents
        ],
    }
