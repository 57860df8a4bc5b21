"""Answers settled on the telephone: the question as the person was asked it, their words, and an amended outcome."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.actions import MOST_TEXT, note_emergency
from screening.desk.submissions.caller import caller_at, may_tell, not_confirmed
from screening.desk.submissions.changes import change_one, change_readable, events_since, shown_revision
from screening.desk.submissions.opened import OpenedSubmission, open_submission_page
from screening.desk.submissions.page import note_opening
from screening.desk.submissions.reassessment import amended_input, store_reassessment
from screening.forms.pages import FormError, PageForm
from screening.ruleset.engine.answer_reader import Answer, Chosen, Ticked
from screening.ruleset.model.questions import Page, Question
from screening.storage.accounts.staff import Role
from screening.storage.store import NOT_USABLE, StoreTransaction
from screening.storage.submissions.callers import UNCONFIRMED
from screening.storage.submissions.cipher import GoneError
from screening.storage.submissions.events import add_event
from screening.storage.submissions.records import ChangedMeanwhileError, Submission, change
from screening.wording.desk.call_script import warning_signs
from screening.wording.desk.feed import Feed
from screening.wording.desk.first_look import only_settles
from screening.wording.document.answers import answer_in_words
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput

blueprint = Blueprint("telephone", __name__, url_prefix="/submissions")
Shown = str | Response | tuple[str, int]


@blueprint.get("/<submission_id>/answers/<question_id>")
@for_roles(*READERS)
def ask(submission_id: str, question_id: str) -> Shown:
    """Show the question to be read aloud."""
    note_opening(submission_id)
    opened = open_submission_page(submission_id)
    question = _question(opened, question_id)
    return _show(opened, question, _form(opened, question))


@blueprint.post("/<submission_id>/answers/<question_id>")
@for_roles(*READERS)
def answer(submission_id: str, question_id: str) -> Shown:
    """Keep the answer with an amended outcome beside the earlier ones, or say why not."""
    opened = open_submission_page(submission_id)
    question = _question(opened, question_id)
    form = _form(opened, question)
    form.take(request.form, lambda _answers: frozenset({question_id}))
    if opened.submission.row.revision != shown_revision():
        return _show(opened, question, form, revision=shown_revision()), 409
    if not may_tell(caller_at(opened)):
        return _refuse_unconfirmed(opened, question, form)
    words = request.form.get("words", "").strip()[:MOST_TEXT]
    if not words:
        form.errors.append(FormError("words", current_language().gettext("Type what the person said, in their words.")))
    if form.errors:
        return _show(opened, question, form), 400
    after = form.answers[question_id]
    before = opened.context.input.answers.get(question_id)
    if before == after:
        form.errors = [
            FormError(question_id, current_language().gettext("This is the answer that stands there already."))
        ]
        return _show(opened, question, form), 400
    settles = only_settles(question, before, after)
    if not settles and current_staff().role is not Role.CLINICIAN:
        message = current_language().gettext(
            "The person answered this before. Only a clinician may change a given answer; you may write a note."
        )
        form.errors = [FormError(question_id, message)]
        return _show(opened, question, form), 403
    return _store_answer(opened, question, form, words)


def _refuse_unconfirmed(opened: OpenedSubmission, question: Question, form: PageForm) -> Shown:
    """Settle nothing while it is not known who speaks; but what calls for help does so all the same, as a note."""
    after, submission_id = form.answers.get(question.id), opened.submission.id
    if form.errors or after is None or not _calls_for_help(opened, question, after):
        form.errors = [FormError(question.id, not_confirmed())]
        return _show(opened, question, form), 403
    said = _detail(question, None, after)["after"]
    text = "\n".join([f"{question.label}: {said}", request.form.get("words", "").strip()[:MOST_TEXT]]).strip()
    who = current_staff().id

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission)
        add_event(transaction, submission, "note", {"text": text}, who)

    with suppress(*NOT_USABLE, GoneError):  # what to say is shown all the same
        change_readable(submission_id, "noted", work, any_revision=True)
        note_emergency(submission_id, _signs(opened, question, after))
    return redirect(url_for("desk.actions.what_to_say", submission_id=submission_id), 303)


def _calls_for_help(opened: OpenedSubmission, question: Question, answer: Answer) -> bool:
    return Assessment(amended_input(opened, question.id, answer)).context.is_emergency


def _signs(opened: OpenedSubmission, question: Question, answer: Answer) -> tuple[str, ...]:
    """The warning signs in an answer, as they are kept of what was heard."""
    codes = answer.codes if isinstance(answer, Ticked) else (answer.code,) if isinstance(answer, Chosen) else ()
    known = {asked.id: asked.signs for asked in warning_signs(opened.rules.rule_set)}.get(question.id, {})
    return tuple(f"{question.id}/{code}" for code in codes if code in known)


def _store_answer(opened: OpenedSubmission, question: Question, form: PageForm, words: str) -> Shown:
    after, who = form.answers[question.id], current_staff().id
    before = opened.context.input.answers.get(question.id)
    assessment = Assessment(amended_input(opened, question.id, after))
    kind = "settled" if only_settles(question, before, after) else "corrected"
    is_emergency = assessment.context.is_emergency
    caller = caller_at(opened)
    mark = {} if caller.is_confirmed else {UNCONFIRMED: caller.reason}

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        number = store_reassessment(transaction, submission, assessment, who)
        detail = _detail(question, before, after) | {"words": words, "version": number} | mark
        add_event(transaction, submission, kind, detail, who)

    try:
        change_one(opened.submission.id, kind, work)
    except ChangedMeanwhileError:
        return _show(open_submission_page(opened.submission.id), question, form, revision=shown_revision()), 409
    if is_emergency:
        with suppress(GoneError):  # restricted this very moment: what to say is shown all the same
            note_emergency(opened.submission.id, _signs(opened, question, after))  # the answer itself calls for help
        return redirect(url_for("desk.actions.what_to_say", submission_id=opened.submission.id), 303)
    return redirect(url_for("desk.page.page", submission_id=opened.submission.id, _anchor="look"), 303)


def _detail(question: Question, before: Answer | None, after: Answer) -> dict[str, str]:
    language = current_language()
    return {
        "question": question.id,
        "before": answer_in_words(question, before, language),
        "after": answer_in_words(question, after, language),
    }


def _question(opened: OpenedSubmission, question_id: str) -> Question:
    """A question that was asked, or not found."""
    question = opened.rules.rule_set.question.get(question_id)
    if question is None or question_id not in opened.context.outcome.asked:
        abort(404)
    return question


def _form(opened: OpenedSubmission, question: Question) -> PageForm:
    page = Page(question.id, question.text, (question,))
    return PageForm(page, (question,), current_language(), opened.context.input.answers)


def _show(opened: OpenedSubmission, question: Question, form: PageForm, revision: int | None = None) -> str:
    feed = Feed(opened.rules.rule_set, current_language(), opened.names)
    summary_input: SummaryInput = opened.context.input
    since = events_since(opened.events, revision) if revision is not None else ()
    return render_template(
        "desk/answer.html",
        opened=opened,
        question=question,
        form=form,
        said=answer_in_words(question, summary_input.answers.get(question.id), current_language()),
        words=request.form.get("words", ""),
        meanwhile=feed.entries(since),
        may_tell=may_tell(caller_at(opened)),
        shown=revision is not None,
    )
