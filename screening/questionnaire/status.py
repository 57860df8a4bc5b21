"""Finding again what was sent: code and phrase, where it stands, and what it held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.forms.look_up import LookUpForm
from screening.forms.submitted_form import FormError
from screening.network import request_network
from screening.questionnaire.arrival import told_arrival
from screening.questionnaire.current_request import current_language, translated_rules
from screening.questionnaire.form_reply import refused, reply_here, with_status
from screening.questionnaire.guesses import attempt
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.questionnaire.results import WITHOUT_DATA, pdf_name
from screening.questionnaire.sharing_offer import sharing_or_404
from screening.questionnaire.status_access import (
    SentSubmission,
    begin_visit,
    current_clinic,
    current_visit,
    done_here,
    end_visit,
    keep_visit,
    sent_submission,
)
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.submissions.assessments.heard import all_heard
from screening.storage.submissions.assessments.versions import Version
from screening.storage.submissions.next_steps.standing import CALL_FROM, PAPERS
from screening.storage.submissions.person.word_pairs import pair_of
from screening.wording.document.blocks import Document
from screening.wording.document.emergency import phone_numbers
from screening.wording.document.heard_signs import signs_in_words
from screening.wording.sharing.contact import CHANNELS, TIMES, languages, options_in_words
from screening.wording.sharing.state import (
    ChangedAnswer,
    changed_answers,
    day_of,
    submission_state,
    with_idle_limit,
    with_request,
)
from screening.wording.summary.on_page import result_page
from screening.wording.summary.selection import Reader

blueprint = Blueprint("status", __name__, url_prefix="/status")
blueprint.after_request(keep_visit)

Shown = str | BaseResponse


@blueprint.get("")
def look_up() -> Shown:
    """Ask for code and phrase; who is on a visit already goes on."""
    sharing_or_404()
    if current_visit() is not None:
        return redirect(url_for("status.overview"), 303)
    form, reply = LookUpForm(current_language()), reply_here()
    if reply:
        form.typed["code"] = reply.fields.get("code", "")
        form.errors = list(reply.errors)
    return with_status(render_template("questionnaire/look_up.html", form=form, clinic=current_clinic()), reply)


@blueprint.post("")
@preserves_input
def enter() -> Shown:
    """Begin a visit where code and phrase belong together; who guesses waits longer and longer."""
    sharing = sharing_or_404()
    form = LookUpForm(current_language())
    form.take(request.form)
    if is_language_change():
        return redirect(url_for("status.look_up"), 303)
    if form.errors:
        return _refused(form.errors, form.code)
    network = request_network()
    result = sharing.store.write(lambda transaction: attempt(transaction, form, network))
    if result.wait:
        return _refused([FormError("code", _wait(result.wait))], form.code, status=429, wait=result.wait)
    if not result.id:
        return _refused([FormError("phrase", _not_found())], form.code)
    begin_visit(result.id)
    return redirect(url_for("status.overview"), 303)


def _refused(errors: Sequence[FormError], code: str, **more: int) -> BaseResponse:
    """Ask again. What can be a code waits in the browser that typed it, had by anybody or not; words wait nowhere."""
    return refused(url_for("status.look_up"), errors, typed={"code": [code]} if code else {}, **more)


def _wait(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    wait = current_language().ngettext("%(number)s minute", "%(number)s minutes", minutes)
    return current_language().gettext("That was tried too often. Please wait %(wait)s and try again.", wait=wait)


def _not_found() -> str:
    """The same whatever became of the code: who has it alone learns nothing."""
    say = current_language().gettext
    return current_language().sentences(
        [
            say("This code and these words do not belong together."),
            say("One wrong word is enough, or two in each other's place. Check the code, too."),
        ]
    )


def visited_submission() -> SentSubmission | BaseResponse:
    """What the present visit is about, or where to go instead."""
    sharing_or_404()
    return sent_submission() or end_visit()


def living_submission() -> SentSubmission | BaseResponse:
    """The same, only where there is still something to read."""
    sent = visited_submission()
    if isinstance(sent, SentSubmission) and sent.submission is None:
        return redirect(url_for("status.overview"), 303)
    return sent


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version as the status page lists it."""

    number: int
    day: str
    by_clinic: bool
    heading: str
    language: str
    """In which it was sent, and is told again."""
    changed: tuple[ChangedAnswer, ...]


def _versions(submission: SentSubmission) -> list[ShownVersion]:
    documents = submission.documents
    before = (*documents[:1], *documents)
    return [
        ShownVersion(
            version.number,
            current_language().date(day_of(version.made_at)),
            version.made_by is not None,
            document.heading,
            document.language,
            changed_answers(earlier, document),
        )
        for version, document, earlier in zip(submission.versions, documents, before, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class ShownConsent:
    """One consent, and when it was given."""

    text: str
    day: str
    language: str
    """In which it was read and agreed to."""


def _consents(submission: SentSubmission) -> list[ShownConsent]:
    consents = submission.submission.contact["consents"] if submission.submission else ()
    return [
        ShownConsent(
            consent["text"],
            current_language().date(day_of(datetime.fromisoformat(consent["at"]))),
            consent["language"],
        )
        for consent in consents
    ]


@blueprint.get("/standing")
def overview() -> Shown:
    """Say where it stands, and list what was sent."""
    sent = visited_submission()
    if not isinstance(sent, SentSubmission):
        return sent
    language = current_language()
    members = sent.submission.row_members if sent.submission else {}
    call_from = members.get(CALL_FROM)
    state = submission_state(
        sent.row,
        current_clinic(),
        current_service().settings.keep_closed_days,
        now(),
        language,
        call_from=datetime.fromisoformat(call_from) if call_from else None,
        papers=_paper_labels(members.get(PAPERS, ())),
    )
    if sent.deleted_at:
        state = with_idle_limit(state, sent.deleted_at, sent.postponed_at, language)
    return render_template(
        "questionnaire/status.html",
        clinic=current_clinic(),
        state=with_request(state, sent.row, sent.request, language) if sent.request else state,
        submission=sent.submission,
        done=done_here(sent.row.id),
        pair=pair_of(sent.submission) if sent.submission else None,
        heard=signs_in_words(translated_rules().rule_set, all_heard(members)),
        versions=_versions(sent),
        consents=_consents(sent),
        channels=options_in_words(CHANNELS, language),
        times=options_in_words(TIMES, language),
        language_names=languages(translated_rules().rule_set, language),
        phones=phone_numbers(translated_rules().rule_set),
    )


def _paper_labels(questions: Sequence[str]) -> tuple[str, ...]:
    """What the person is asked to bring, as today's rules call it; what they no longer ask for is left out."""
    known = translated_rules().rule_set.question
    return tuple(known[question].label for question in questions if question in known)


def _version(submission: SentSubmission, number: int) -> tuple[Version, Document]:
    pairs = zip(submission.versions, submission.documents, strict=True)
    pair = next((pair for pair in pairs if pair[0].number == number), None)
    return pair or abort(404)


@blueprint.get("/result/<int:number>")
def version(number: int) -> Shown:
    """Show one result as it was seen."""
    sent = living_submission()
    if not isinstance(sent, SentSubmission):
        return sent
    chosen, document = _version(sent, number)
    day = current_language().date(day_of(chosen.made_at))
    return render_template(
        "questionnaire/version.html",
        document=document,
        page=result_page(document),
        number=number,
        day=day,
        by_clinic=chosen.made_by is not None,
    )


@blueprint.get("/result/<int:number>/summary.pdf")
def download(number: int) -> BaseResponse:
    """The PDF of one result as it was, with the answers as data unless the address says otherwise."""
    sent = living_submission()
    if not isinstance(sent, SentSubmission):
        return sent
    chosen, _ = _version(sent, number)
    with_record = request.args.get("copy") != WITHOUT_DATA
    content = current_service().stored_pdf(sharing_or_404().store, chosen, with_record=with_record)
    response = Response(content, mimetype="application/pdf")
    name = pdf_name(Reader.PERSON, with_record=with_record)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return told_arrival(response)


@blueprint.post("/leave")
@preserves_input
def leave() -> BaseResponse:
    """End the visit."""
    sharing_or_404()
    if is_language_change():
        return redirect(url_for("status.overview"), 303)
    return end_visit()
