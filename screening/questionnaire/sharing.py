"""Sending the answers to the clinic: what is said before, the form, and the code and phrase that come back."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.forms.contact import SendForm
from screening.forms.submitted_form import FormError
from screening.logs.request_id import request_id
from screening.network import request_network
from screening.questionnaire.current_request import (
    ANSWERING,
    answers_gone,
    current_assessment,
    current_journey,
    current_language,
    redirect_to_next_page,
    save_state,
    translated_rules,
)
from screening.questionnaire.form_reply import FormReply, refused, reply_here, shown_in_other_language, with_status
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.questionnaire.sharing_offer import (
    Sharing,
    draft,
    earlier,
    earlier_id,
    form_token,
    is_offered,
    new_token,
    send_form,
    sharing_if_on,
    sharing_or_404,
    submission_id,
    terms_to_read,
)
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.store import NOT_USABLE, StoreTransaction
from screening.storage.submissions.person.amendments import send, send_again
from screening.storage.submissions.person.pace import NOW, Turn, end_turn, take_turn
from screening.storage.submissions.person.sharing import Draft, Receipt, receipt_of
from screening.storage.submissions.person.word_pairs import pair_of
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import ChangedMeanwhileError, open_submission
from screening.wording.document.emergency import phone_numbers
from screening.wording.language.secret_phrases import list_language, phrase_words
from screening.wording.sharing.pace import wait_text

log = logging.getLogger(__name__)
blueprint = Blueprint("sharing", __name__)

_TRIES = 5
"""How often a change is tried again where the clinic changed the same submission meanwhile."""
Shown = str | Response


@blueprint.get("/share")
def offer() -> Shown:
    """Say what the clinic is, what is sent and how long it is kept, before anything is asked."""
    sharing = sharing_or_404()
    if elsewhere := _redirect_unless_offered():
        return elsewhere
    before, sent = earlier(sharing)
    if sent:
        return redirect(url_for("sharing.show_receipt"), 303)
    return render_template(
        "questionnaire/offer.html", clinic=sharing.clinic, terms=terms_to_read(sharing.clinic), again=bool(before)
    )


def _redirect_unless_offered() -> Response | None:
    """Where to go instead, while there is nothing that may be sent."""
    journey = current_journey()
    if journey.state.who not in ANSWERING:
        return answers_gone()
    if journey.next_page is not None:
        return redirect_to_next_page(journey)
    return None if is_offered(journey, current_assessment().outcome) else redirect(url_for("results.result"), 303)


@blueprint.post("/share")
def begin() -> Shown:
    """Open the form: its token makes that it is sent once, however often the button is pressed."""
    sharing = sharing_or_404()
    if elsewhere := _redirect_unless_offered():
        return elsewhere
    state = current_journey().state
    if not (state.token or state.amends) or _is_gone(sharing):
        state = replace(state, token=urlsafe_b64encode(new_token(sharing.store)).decode(), amends="")
    return save_state(state, redirect(url_for("sharing.form"), 303))


def _is_gone(sharing: Sharing) -> bool:
    """Whether what was sent with this token is withdrawn or deleted: then the next form is a new one."""
    try:
        with sharing.store.reading() as transaction:
            submission_id(transaction)
    except GoneError:
        return True
    return False


def _redirect_unless_opened() -> Response | None:
    """Where to go instead, where nothing may be sent or the form was not opened."""
    state = current_journey().state
    if elsewhere := _redirect_unless_offered():
        return elsewhere
    return None if state.token or state.amends else redirect(url_for("sharing.offer"), 303)


def _form(sharing: Sharing) -> SendForm:
    with sharing.store.reading() as transaction:
        before = earlier_id(transaction)
    return send_form(current_journey(), sharing.clinic, again=bool(before))


@blueprint.get("/share/form")
def form() -> Shown:
    """Ask how the person is reached and what they agree to."""
    sharing = sharing_or_404()
    if elsewhere := _redirect_unless_opened():
        return elsewhere
    reply = reply_here()
    if not reply and earlier(sharing)[1]:
        # Back, or an old page: nobody shall wonder whether it was sent
        return redirect(url_for("sharing.show_receipt"), 303)
    form = _form_again(sharing, reply) if reply else _form(sharing)
    page = render_template("questionnaire/share_form.html", clinic=sharing.clinic, form=form)
    return with_status(page, reply if form.errors else None)


def _form_again(sharing: Sharing, reply: FormReply) -> SendForm:
    """The form with what was typed and what is wrong with it. Where it was not sent, the store need not be asked."""
    form = (
        _form(sharing)
        if reply.is_read
        else send_form(current_journey(), sharing.clinic, again="address" not in reply.typed)
    )
    form.take(reply.fields)
    if reply.is_read:
        form.check()
    form.errors = [*reply.errors, *form.errors]
    return form


@blueprint.post("/share/form")
@preserves_input
def submit() -> Shown:
    """Send it; whatever goes wrong, what was typed is shown again."""
    sharing = sharing_or_404()
    if elsewhere := _redirect_unless_opened():
        return elsewhere
    try:
        form = _form(sharing)
        if is_language_change():
            return shown_in_other_language(url_for("sharing.form"))
        form.take(request.form)
        if not form.check():
            return refused(url_for("sharing.form"))
        turn = _send(sharing, draft(current_journey(), sharing.clinic, form))
    except GoneError:
        return redirect(url_for("sharing.offer"), 303)
    except (*NOT_USABLE, ChangedMeanwhileError) as error:
        log.error("not sent: %s", str(error) or type(error).__name__)  # noqa: TRY400 - no trace: it may name values
        return _not_sent()
    _report_wait(turn)
    return _wait(turn) if turn.wait else redirect(url_for("sharing.show_receipt"), 303)


def _send(sharing: Sharing, draft_to_send: Draft) -> Turn:
    """Keep it once, or a turn for it. Somebody at the clinic may change the same submission at this moment: then it is
    tried again.
    """
    state, token = current_journey().state, form_token()
    pace, network = current_service().settings.pace, request_network()
    turn = NOW
    if not state.amends:
        turn = sharing.store.write(lambda transaction: take_turn(transaction, pace, network, token, now()))
    if turn.wait:
        return turn

    def work(transaction: StoreTransaction) -> None:
        if state.amends:
            send_again(transaction, state.amends, draft_to_send)
        else:
            end_turn(transaction, token)
            send(transaction, token, draft_to_send)

    for left in reversed(range(_TRIES)):
        try:
            sharing.store.write(work)
            break
        except ChangedMeanwhileError:
            if not left:
                raise
    return turn


def _report_wait(turn: Turn) -> None:
    """Tell whoever watches that somebody waits, and sound the alarm where nobody else may send in some hour."""
    service = current_service()
    if turn.by:
        service.meters.slowed(turn.by)
    if turn.fills_hour:
        log.error("all turns at sending of an hour are taken (SCREENING_PACE_HOURLY): others wait")


def _wait(turn: Turn) -> Response:
    """To the form again with all that was typed, and when to press the button once more."""
    return _refused_unread(wait_text(current_language(), turn.wait), 429, turn.wait)


def _not_sent() -> Response:
    language = current_language()
    message = language.gettext(
        "It could not be sent just now. This is our mistake, not yours. What you typed is still here. "
        "Press the button once more in a while."
    )
    label = language.gettext("If you tell us about this, please give this reference")
    return _refused_unread(language.sentences([message, language.with_label(label, request_id())]), 503)


def not_accepted(message: str) -> Response | None:
    """To the form again with all that was typed, and why it was not accepted; None where none may be shown."""
    return None if sharing_if_on() is None or _redirect_unless_opened() else _refused_unread(message, 400)


def _refused_unread(message: str, status: int, wait: int = 0) -> Response:
    return refused(url_for("sharing.form"), [FormError("send", message)], is_read=False, status=status, wait=wait)


@blueprint.get("/shared")
def show_receipt() -> Shown:
    """Show the code and the phrase, as often as the page is opened while the browser holds the form's token."""
    sharing = sharing_or_404()
    state = current_journey().state
    receipt: Receipt | None = None
    with sharing.store.reading() as transaction:
        try:
            if not state.amends:
                receipt = receipt_of(transaction, form_token()) if state.token else None
                if receipt is None:
                    return redirect(url_for("sharing.offer"), 303)
            submission = open_submission(transaction, receipt.id if receipt else state.amends)
        except GoneError:
            return redirect(url_for("status.look_up"), 303)
    tag = current_language().tag
    return render_template(
        "questionnaire/sent.html",
        clinic=sharing.clinic,
        code=receipt.code if receipt else "",
        words=phrase_words(receipt.secret, tag) if receipt else (),
        words_in=list_language(tag),
        pair=pair_of(submission),
        channel=submission.contact["channel"],
        file_name=current_language().gettext("my-code-and-words") + ".txt",
        until=current_language().date(submission.row.promised_at.astimezone().date()),
        phones=phone_numbers(translated_rules().rule_set),
    )
