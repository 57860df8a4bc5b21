"""What a person changes of what they sent: the answers, how they are reached, or all of it taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.forms.contact import NUMBER_IS, ReachForm
from screening.forms.submitted_form import FormError
from screening.questionnaire.answers_state import AnswersState as KeptAnswers
from screening.questionnaire.current_request import current_language, save_state, translated_rules
from screening.questionnaire.form_reply import (
    forget_reply,
    refused,
    reply_here,
    shown_in_other_language,
    with_status,
)
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.questionnaire.sharing_offer import sharing_or_404
from screening.questionnaire.status import living_submission, visited_submission
from screening.questionnaire.status_access import SentSubmission, current_clinic, done_at_overview, keep_visit
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.deletion_requests import lift_by_person
from screening.storage.submissions.next_steps.working_time import closing_time
from screening.storage.submissions.person.amendments import change_reach, withdraw
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import ChangedMeanwhileError, Submission, open_submission
from screening.wording.sharing.contact import languages
from screening.wording.summary.context import TypedBy

blueprint = Blueprint("amending", __name__, url_prefix="/status")
blueprint.after_request(keep_visit)

Shown = str | BaseResponse


@blueprint.get("/answers")
def ask_to_correct() -> Shown:
    """Say what changing the answers means before it is begun."""
    sent = living_submission()
    return (
        sent
        if not isinstance(sent, SentSubmission)
        else render_template("questionnaire/correct.html", clinic=current_clinic())
    )


@blueprint.post("/answers")
def correct() -> Shown:
    """Put what was sent back into the questionnaire, in place of what this browser holds."""
    sent = living_submission()
    if not isinstance(sent, SentSubmission):
        return sent
    latest = sent.versions[-1].input
    rule_set = current_service().rules.rule_set
    answers = dict(latest["answers"])
    read_back = [page.id for page in rule_set.pages if any(question.units for question in page.questions)]
    who = "helper" if latest["typed_by"] == TypedBy.HELPER else "me"
    days, claimed = _older_days(latest.get("older") or {}, answers)
    state = KeptAnswers(
        answers, read_back, [], who, latest["answered_on"], amends=sent.row.id, days=days, claimed=claimed
    )
    return save_state(state, redirect(url_for("questions.check_answers"), 303))


def _older_days(older: Mapping[str, Any], answers: Iterable[str]) -> tuple[dict[str, str], str]:
    """Dates of the answers that were not of the day of the last one. Of which they were is not kept, so of all."""
    if older.get("is_undated"):
        return dict.fromkeys(answers, ""), older["claimed"] or ""
    return (dict.fromkeys(answers, older["earliest"]), "") if older.get("earliest") else ({}, "")


def _reach_form(submission: Submission) -> ReachForm:
    typed = {name: str(value) for name, value in submission.contact.items() if isinstance(value, str)}
    known = {**typed, "speaks": typed["language"], NUMBER_IS: typed["reach"]}
    return ReachForm(current_language(), sharing_or_404().clinic, _spoken(), known)


def _spoken() -> Mapping[str, str]:
    """The languages to be called in."""
    return languages(translated_rules().rule_set, current_language())


@blueprint.get("/reach")
def reach() -> Shown:
    """Ask anew how the person is reached, with what was typed before."""
    sent = living_submission()
    if not isinstance(sent, SentSubmission) or sent.submission is None:
        return sent if not isinstance(sent, SentSubmission) else redirect(url_for("status.overview"), 303)
    form, reply, kept = _reach_form(sent.submission), reply_here(), sent.submission.contact["address"]
    if reply:
        form.take(reply.fields)
        if reply.is_read:
            form.check()
        form.errors = [*reply.errors, *form.errors]
    page = render_template("questionnaire/reach.html", form=form, clinic=current_clinic(), address_kept=kept)
    return with_status(page, reply if form.errors else None)


@blueprint.post("/reach")
@preserves_input
def change() -> Shown:
    """Change how the person is reached."""
    sent = living_submission()
    if not isinstance(sent, SentSubmission):
        return sent
    address = url_for("amending.reach")
    if is_language_change():
        return shown_in_other_language(address)
    form = ReachForm(current_language(), sharing_or_404().clinic, _spoken())
    form.take(request.form)
    if not form.check():
        return refused(address)
    identity = sent.row.id

    def work(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, identity)
        call_by = closing_time(now(), sharing_or_404().clinic.hours)
        change_reach(transaction, submission, form.contact(), form.typed["best_time"], call_by)

    try:
        sharing_or_404().store.write(work)
    except ChangedMeanwhileError:
        message = current_language().gettext(
            "The clinic changed something at this very moment. Press the button once more."
        )
        return refused(address, [FormError("reach", message)], is_read=False, status=409)
    except GoneError:
        return redirect(url_for("status.overview"), 303)
    return done_at_overview("reach", identity)


@blueprint.get("/withdraw")
def ask_to_withdraw() -> Shown:
    """Ask whether all of it shall be taken back."""
    sent = living_submission()
    return (
        sent
        if not isinstance(sent, SentSubmission)
        else render_template("questionnaire/withdraw.html", clinic=current_clinic())
    )


@blueprint.post("/not-asked")
def deny_deletion() -> BaseResponse:
    """Undo a deletion that somebody else asked the clinic for; whoever knows the words is the person."""
    sent = visited_submission()
    if not isinstance(sent, SentSubmission):
        return sent
    identity = sent.row.id
    try:
        sharing_or_404().store.write(lambda transaction: lift_by_person(transaction, identity))
    except (GoneError, ChangedMeanwhileError):  # undone or erased meanwhile: the page says which
        return redirect(url_for("status.overview"), 303)
    return done_at_overview("kept", identity)


@blueprint.post("/withdraw")
def take_back() -> BaseResponse:
    """Delete what was sent; only that it was there is kept."""
    sent = living_submission()
    if not isinstance(sent, SentSubmission):
        return sent
    identity = sent.row.id
    sharing_or_404().store.write(lambda transaction: withdraw(transaction, identity))
    response = redirect(url_for("status.overview"), 303)
    if isinstance(response, Response):
        response.headers["Clear-Site-Data"] = '"cache"'
    return forget_reply(response)
