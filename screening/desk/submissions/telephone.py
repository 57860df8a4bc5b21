"""Answers settled on the telephone: the question as the person was asked it, their words, and an amended outcome."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from screening.desk.access.current_request import spoken, staff
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.actions import MOST_TEXT, note_emergency
from screening.desk.submissions.changes import change_one, meanwhile, shown_revision
from screening.desk.submissions.opened import Opened, open_one
from screening.desk.submissions.page import note_opening
from screening.desk.submissions.reassessment import amended_input, keep_amended
from screening.forms.pages import FormError, PageForm
from screening.ruleset.engine.answer_reader import Answer
from screening.ruleset.model.questions import Page, Question
from screening.storage.accounts.staff import Role
from screening.storage.submissions.events import add_event
from screening.storage.submissions.records import ChangedMeanwhileError, Kept
from screening.wording.desk.feed import Feed
from screening.wording.desk.first_look import only_settles
from screening.wording.document.answers import in_words
from screening.wording.summary.context import SummaryInput, Telling

blueprint = Blueprint("phone", __name__, url_prefix="/submissions")
Shown = str | Response | tuple[str, int]


@blueprint.get("/<submission_id>/answers/<question_id>")
@for_roles(*READERS)
def ask(submission_id: str, question_id: str) -> Shown:
    """Show the question to be read aloud."""
    note_opening(submission_id)
    opened = open_one(submission_id)
    question = _question(opened, question_id)
    return _show(opened, question, _form(opened, question))


@blueprint.post("/<submission_id>/answers/<question_id>")
@for_roles(*READERS)
def answer(submission_id: str, question_id: str) -> Shown:
    """Keep the answer with an amended outcome beside the earlier ones, or say why not."""
    opened = open_one(submission_id)
    question = _question(opened, question_id)
    form = _form(opened, question)
    form.take(request.form, lambda _answers: frozenset({question_id}))
    if opened.kept.row.revision != shown_revision():
        return _show(opened, question, form, shown=shown_revision()), 409
    words = request.form.get("words", "").strip()[:MOST_TEXT]
    if not words:
        form.errors.append(FormError("words", spoken().gettext("Type what the person said, in their words.")))
    if form.errors:
        return _show(opened, question, form), 400
    after = form.answers[question_id]
    before = opened.telling.given.answers.get(question_id)
    if before == after:
        form.errors = [FormError(question_id, spoken().gettext("This is the answer that stands there already."))]
        return _show(opened, question, form), 400
    settles = only_settles(before, after)
    if not settles and staff().role is not Role.CLINICIAN:
        message = spoken().gettext(
            "The person answered this before. Only a clinician may change a given answer; you may write a note."
        )
        form.errors = [FormError(question_id, message)]
        return _show(opened, question, form), 403
    return _keep(opened, question, form, words)


def _keep(opened: Opened, question: Question, form: PageForm, words: str) -> Shown:
    after, who = form.answers[question.id], staff().id
    before = opened.telling.given.answers.get(question.id)
    given = amended_input(opened, question.id, after)
    kind = "settled" if only_settles(before, after) else "corrected"
    is_emergency = Telling(given).is_emergency

    def work(connection: Connection, kept: Kept) -> None:
        number = keep_amended(connection, kept, given, who)
        detail = _detail(question, before, after) | {"words": words, "version": number}
        add_event(connection, kept, kind, detail, who)

    try:
        change_one(opened.kept.id, kind, work)
    except ChangedMeanwhileError:
        return _show(open_one(opened.kept.id), question, form, shown=shown_revision()), 409
    if is_emergency:
        note_emergency(opened.kept.id)  # the answer itself calls for help
        return redirect(url_for("desk.doing.what_to_say", submission_id=opened.kept.id), 303)
    return redirect(url_for("desk.submission.page", submission_id=opened.kept.id, _anchor="look"), 303)


def _detail(question: Question, before: Answer | None, after: Answer) -> dict[str, str]:
    language = spoken()
    return {
        "question": question.id,
        "before": in_words(question, before, language),
        "after": in_words(question, after, language),
    }


def _question(opened: Opened, question_id: str) -> Question:
    """A question that was asked, or not found."""
    question = opened.rules.rule_set.question.get(question_id)
    if question is None or question_id not in opened.telling.outcome.asked:
        abort(404)
    return question


def _form(opened: Opened, question: Question) -> PageForm:
    page = Page(question.id, question.text, (question,))
    return PageForm(page, (question,), spoken(), opened.telling.given.answers)


def _show(opened: Opened, question: Question, form: PageForm, shown: int | None = None) -> str:
    feed = Feed(opened.rules.rule_set, spoken(), opened.names)
    given: SummaryInput = opened.telling.given
    since = meanwhile(opened.events, shown) if shown is not None else ()
    return render_template(
        "desk/answer.html",
        opened=opened,
        question=question,
        form=form,
        said=in_words(question, given.answers.get(question.id), spoken()),
        words=request.form.get("words", ""),
        meanwhile=feed.entries(since),
        shown=shown is not None,
    )
