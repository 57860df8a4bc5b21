"""Whether the present person is offered to send their answers, and what would be sent."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Any

from flask import abort

from screening.config.clinic import Clinic
from screening.forms.contact import SendForm
from screening.questionnaire.current_request import ANSWERING, current_assessment, current_journey, current_language
from screening.questionnaire.journey import Journey
from screening.ruleset.engine.sharing_policy import may_be_shared
from screening.ruleset.model.outcome import Outcome
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.store import NOT_USABLE, Store, StoreTransaction
from screening.storage.submissions.assessments.versions import AssessmentRecord
from screening.storage.submissions.handed_out.program_reading import AGREED
from screening.storage.submissions.person.amendments import is_sent
from screening.storage.submissions.person.sharing import Draft, receipt_of, secret_of
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import open_submission
from screening.wording.language.secret_phrases import may_be_told
from screening.wording.sharing.clinic_terms import KeepDays, Terms, consents, terms
from screening.wording.sharing.contact import languages
from screening.wording.sharing.promise import promise_due_at
from screening.wording.sharing.word_pair import new_pair
from screening.wording.summary.assessment import Assessment

TOKEN_BYTES = 16
SENT = "sent"
CHANGED = "changed"
"""Something was sent, and other answers than now."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What is needed where sharing is on."""

    clinic: Clinic
    store: Store


def sharing_if_on() -> Sharing | None:
    """What is needed to share; None where this deployment offers no sharing."""
    service = current_service()
    if service.store is None or service.settings.clinic is None:
        return None
    return Sharing(service.settings.clinic, service.store)


def sharing_or_404() -> Sharing:
    """What is needed to share; not found where this deployment offers no sharing."""
    return sharing_if_on() or abort(404)


def is_offered(journey: Journey, outcome: Outcome) -> bool:
    """Whether a person may be offered to send this outcome of their journey."""
    if sharing_if_on() is None or journey.state.who not in ANSWERING:
        return False
    return may_be_shared(journey.rule_set, outcome)


def new_token(store: Store) -> bytes:
    """A token by chance for what is to be sent, with a secret whose words may be given to somebody."""
    with store.reading() as transaction:
        while not may_be_told(secret_of(transaction, token := secrets.token_bytes(TOKEN_BYTES))):
            pass
    return token


def sent_before(journey: Journey) -> str:
    """Whether this browser sent what would be sent now, as SENT or CHANGED says; empty where nothing was, or while the
    store cannot be asked: a result is read without it.
    """
    sharing = sharing_if_on()
    if sharing is None or not (journey.state.token or journey.state.amends):
        return ""
    try:
        before, is_same = earlier(sharing)
    except NOT_USABLE:
        return ""
    return "" if not before else SENT if is_same else CHANGED


def earlier(sharing: Sharing) -> tuple[str, bool]:
    """The id of what this browser sent before, empty where nothing was; and whether that is what would be sent now."""
    with sharing.store.reading() as transaction:
        before = earlier_id(transaction)
        return before, bool(before) and is_sent(transaction, before, assessment_record())


def form_token() -> bytes:
    """The token of the present form; empty where it was not opened."""
    try:
        return urlsafe_b64decode(current_journey().state.token)
    except (ValueError, Base64Error):
        return b""


def submission_id(transaction: StoreTransaction) -> str:
    """The id of what this browser sent before, empty where nothing was; `GoneError` where that is there no more."""
    state = current_journey().state
    if state.amends:
        return open_submission(transaction, state.amends).id
    receipt = receipt_of(transaction, form_token()) if state.token else None
    return receipt.id if receipt else ""


def earlier_id(transaction: StoreTransaction) -> str:
    """The same, but empty where it is there no more."""
    try:
        return submission_id(transaction)
    except GoneError:
        return ""


def terms_to_read(clinic: Clinic) -> Terms:
    """What a person is told before they send anything."""
    settings = current_service().settings
    keep_days = KeepDays(settings.keep_unopened_days, settings.keep_closed_days, settings.keep_idle_days)
    return terms(clinic, keep_days, current_language(), programs=settings.api_submissions)


def send_form(journey: Journey, clinic: Clinic, *, again: bool) -> SendForm:
    """An empty form for what is to be sent."""
    for_other, language = journey.state.who == "helper", current_language()
    programs = current_service().settings.api_submissions
    asked = consents(clinic, language, for_other=for_other, programs=programs)
    spoken = languages(journey.rule_set, language)
    return SendForm(language, clinic, spoken, asked, for_other=for_other, again=again)


def assessment_record() -> AssessmentRecord:
    """What would be kept of the present assessment, with the rules and the translation by which it is told."""
    translation = current_service().translations.get(current_language().tag)
    return current_assessment().record(
        current_service().rules.canonical, translation.canonical if translation else None
    )


def draft(journey: Journey, clinic: Clinic, form: SendForm) -> Draft:
    """What a person sends, with the words that they read and agreed to."""
    moment = now()
    return Draft(
        assessment=assessment_record(),
        row=_list_row(journey, form, current_assessment()),
        contact={**form.contact(), "helper": form.helper(), **_consent_record(clinic, form, moment.isoformat())},
        reach=form.reach,
        language=form.typed["speaks"],
        answered_on=journey.state.day,
        best_time=form.typed["best_time"],
        promised_at=promise_due_at(moment, clinic.answer_days, clinic.hours),
        pair=new_pair(current_language().tag),
    )


def _list_row(journey: Journey, form: SendForm, assessment: Assessment) -> dict[str, Any]:
    """What the list of the clinic shows; how to reach the person does not change with their answers."""
    reach = {} if form.again else {name: form.typed[name] for name in ("name", "channel")}
    danger = {"safety": list(assessment.safety_texts), "safety_notes": list(assessment.safety_notes)}
    return {**reach, "for": journey.state.who, **danger}


def _consent_record(clinic: Clinic, form: SendForm, at: str) -> dict[str, Any]:
    """What the person read, and each consent by itself."""
    shown_terms = terms_to_read(clinic)
    return {
        "terms": [*shown_terms.first, *shown_terms.sent, *shown_terms.retention],
        "consents": [
            {
                "id": consent.id,
                "text": consent.text,
                "language": current_language().tag,
                "at": at,
                **({AGREED: True} if consent.programs else {}),
            }
            for consent in form.consents
        ],
    }
