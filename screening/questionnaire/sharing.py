"""Sending the answers to the clinic: what is said before, the form, and the code and phrase that come back."""

from __future__ import annotations

import logging
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.forms.contact import SendForm
from screening.forms.pages import FormError
from screening.logs.request_id import request_id
from screening.questionnaire.current_request import (
    ANSWERING,
    assessment,
    current_language,
    journey,
    redirect_to_next_page,
    save_state,
    translated_rules,
)
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.questionnaire.sharing_offer import (
    SharingParts,
    assessment_record,
    draft,
    is_offered,
    send_form,
    sharing_parts,
    terms_to_read,
)
from screening.runtime import current_service
from screening.storage.store import NOT_USABLE, StoreTransaction
from screening.storage.submissions.amendments import is_sent, send, send_again
from screening.storage.submissions.outbox import SHARED, queue
from screening.storage.submissions.records import ChangedMeanwhileError, GoneError, open_submission
from screening.storage.submissions.sharing import Draft, Receipt, receipt_of
from screening.wording.document.emergency import phone_numbers
from screening.wording.language.phrases import phrase_words

log = logging.getLogger(__name__)
blueprint = Blueprint("sharing", __name__)

TOKEN_BYTES = 16
_TRIES = 5
"""How often a change is tried again where the clinic changed the same submission meanwhile."""
Shown = str | Response | tuple[str, int]


def _sharing() -> SharingParts:
    """What is needed to share, or not found."""
    parts = sharing_parts()
    if parts is None:
        abort(404)
    return parts


def _elsewhere() -> Response | None:
    """Where to go instead, while there is nothing that may be sent."""
    present = journey()
    if present.kept.who not in ANSWERING:
        return redirect(url_for("start.start"), 303)
    if present.next_page is not None:
        return redirect_to_next_page(present)
    return None if is_offered(present, assessment().outcome) else redirect(url_for("results.result"), 303)


def _token() -> bytes:
    """The token of the present form; empty where it was not opened."""
    try:
        return urlsafe_b64decode(journey().kept.token)
    except (ValueError, Base64Error):
        return b""


def _find(transaction: StoreTransaction) -> str:
    """The id of what this browser sent before, empty where nothing was; `GoneError` where that is there no more."""
    kept = journey().kept
    if kept.amends:
        return open_submission(transaction, kept.amends).id
    receipt = receipt_of(transaction, _token()) if kept.token else None
    return receipt.id if receipt else ""


def _sent_before(transaction: StoreTransaction) -> str:
    """The same, but empty where it is there no more."""
    try:
        return _find(transaction)
    except GoneError:
        return ""


@blueprint.get("/share")
def offer() -> Shown:
    """Say what the clinic is, what is sent and how long it is kept, before anything is asked."""
    parts = _sharing()
    if elsewhere := _elsewhere():
        return elsewhere
    with parts.store.reading() as transaction:
        before = _sent_before(transaction)
        if before and is_sent(transaction, before, assessment_record()):
            return redirect(url_for("sharing.sent"), 303)
    return render_template(
        "questionnaire/offer.html", clinic=parts.clinic, terms=terms_to_read(parts.clinic), again=bool(before)
    )


@blueprint.post("/share")
def begin() -> Shown:
    """Open the form: its token makes that it is sent once, however often the button is pressed."""
    parts = _sharing()
    if elsewhere := _elsewhere():
        return elsewhere
    kept = journey().kept
    if not (kept.token or kept.amends) or _is_gone(parts):
        kept = replace(kept, token=urlsafe_b64encode(secrets.token_bytes(TOKEN_BYTES)).decode(), amends="")
    return save_state(kept, redirect(url_for("sharing.form"), 303))


def _is_gone(parts: SharingParts) -> bool:
    """Whether what was sent with this token is withdrawn or deleted: then the next form is a new one."""
    try:
        with parts.store.reading() as transaction:
            _find(transaction)
    except GoneError:
        return True
    return False


def _not_opened() -> Response | None:
    """Where to go instead, where nothing may be sent or the form was not opened."""
    kept = journey().kept
    if elsewhere := _elsewhere():
        return elsewhere
    return None if kept.token or kept.amends else redirect(url_for("sharing.offer"), 303)


def _form(parts: SharingParts) -> SendForm:
    with parts.store.reading() as transaction:
        before = _sent_before(transaction)
    return send_form(journey(), parts.clinic, again=bool(before))


@blueprint.get("/share/form")
def form() -> Shown:
    """Ask how the person is reached and what they agree to."""
    parts = _sharing()
    return _not_opened() or _show(parts, _form(parts))


def _show(parts: SharingParts, form: SendForm) -> str:
    return render_template("questionnaire/share_form.html", clinic=parts.clinic, form=form)


@blueprint.post("/share/form")
@preserves_input
def submit() -> Shown:
    """Send it; whatever goes wrong, what was typed is shown again."""
    parts = _sharing()
    if elsewhere := _not_opened():
        return elsewhere
    try:
        form = _form(parts)
        form.take(request.form)
        if is_language_change():
            return _show(parts, form)
        if not form.check():
            return _show(parts, form), 400
        _send(parts, draft(journey(), parts.clinic, form))
    except GoneError:
        return redirect(url_for("sharing.offer"), 303)
    except (*NOT_USABLE, ChangedMeanwhileError) as error:
        log.error("not sent: %s", str(error) or type(error).__name__)  # noqa: TRY400 - no trace: it may name values
        return _not_sent(parts)
    return redirect(url_for("sharing.sent"), 303)


def _send(parts: SharingParts, given: Draft) -> None:
    """Keep it once. Somebody at the clinic may change the same submission at this moment: then it is tried again."""
    kept, token = journey().kept, _token()

    def work(transaction: StoreTransaction) -> None:
        if kept.amends:
            send_again(transaction, kept.amends, given)
        else:
            receipt = send(transaction, token, given)
            if receipt.is_new:
                queue(transaction, receipt.id, SHARED, current_service().settings.notifications.channels)

    for left in reversed(range(_TRIES)):
        try:
            return parts.store.write(work)
        except ChangedMeanwhileError:
            if not left:
                raise
    return None


def _not_sent(parts: SharingParts) -> tuple[str, int]:
    language = current_language()
    message = language.gettext(
        "It could not be sent just now. This is our mistake, not yours. What you typed is still here. "
        "Press the button once more in a while."
    )
    label = language.gettext("If you tell us about this, please give this reference")
    return _shown_again(parts, language.sentences([message, language.with_label(label, request_id())])), 503


def not_accepted(message: str) -> tuple[str, int] | None:
    """The form again with all that was typed, and why it was not accepted; None where none may be shown."""
    parts = sharing_parts()
    if parts is None or _not_opened():
        return None
    return _shown_again(parts, message), 400


def _shown_again(parts: SharingParts, message: str) -> str:
    again = send_form(journey(), parts.clinic, again="address" not in request.form)
    again.take(request.form)
    again.errors = [FormError("send", message)]
    return _show(parts, again)


@blueprint.get("/shared")
def sent() -> Shown:
    """Show the code and the phrase, as often as the page is opened while the browser holds the form's token."""
    parts = _sharing()
    kept = journey().kept
    receipt: Receipt | None = None
    with parts.store.reading() as transaction:
        try:
            if kept.amends:
                until = open_submission(transaction, kept.amends).row.promised_at
            else:
                receipt = receipt_of(transaction, _token()) if kept.token else None
                if receipt is None:
                    return redirect(url_for("sharing.offer"), 303)
                until = open_submission(transaction, receipt.id).row.promised_at
        except GoneError:
            return redirect(url_for("status.look_up"), 303)
    return render_template(
        "questionnaire/sent.html",
        clinic=parts.clinic,
        code=receipt.code if receipt else "",
        words=phrase_words(receipt.secret, current_language().tag) if receipt else (),
        until=current_language().date(until.astimezone().date()),
        phones=phone_numbers(translated_rules().rule_set),
    )
