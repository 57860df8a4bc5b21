"""Answers settled on the telephone: the question as the person was asked it, their words, and an amended outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language
from screening.desk.access.guard import READERS, for_roles
from screening.desk.access.typed_fields import typed_fields
from screening.desk.submissions.actions import after_emergency_noted
from screening.desk.submissions.call_context import unsure_form, words_name
from screening.desk.submissions.caller import caller_at, may_tell, not_confirmed
from screening.desk.submissions.changes import events_since, shown_revision
from screening.desk.submissions.opened import OpenedSubmission, open_submission_page
from screening.desk.submissions.page import note_opening
from screening.desk.submissions.rendering import (
    RedisplayedForm,
    after_keeping,
    conflict_page,
    rejected_form,
    render_submission,
)
from screening.desk.submissions.set_aside import told_fields
from screening.desk.submissions.settling import (
    ToldAnswer,
    calls_for_help,
    hear,
    is_for_clinicians,
    keep,
    refusal_of,
    typed_words,
)
from screening.forms.page_form import PageForm
from screening.forms.submitted_form import FormError
from screening.ruleset.model.questions import Page, Question
from screening.ruleset.reading.answer_types import Unsure
from screening.storage.submissions.record.records import ChangedMeanwhileError
from screening.wording.desk.feed import Feed
from screening.wording.document.answers import answer_in_words
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
    before, after = opened.context.input.answers.get(question_id), form.answers.get(question_id)
    told = ToldAnswer(question, before, after, typed_words("words"), "words", question_id) if after else None
    if not may_tell(caller_at(opened)):
        return _refuse_unconfirmed(opened, question, form, told)
    refusal = refusal_of(told) if told else None
    form.errors += [refusal] if refusal else []
    if told is None or form.errors:
        return _show(opened, question, form), 403 if told and told.is_said and is_for_clinicians(told) else 400
    try:
        is_emergency = keep(opened, [told])
    except ChangedMeanwhileError:
        return _show(open_submission_page(submission_id), question, form, revision=shown_revision()), 409
    return _after(submission_id, is_emergency=is_emergency)


def _refuse_unconfirmed(opened: OpenedSubmission, question: Question, form: PageForm, told: ToldAnswer | None) -> Shown:
    """Settle nothing while it is not known who speaks; warning signs are heard from anybody."""
    if told and not form.errors and calls_for_help(opened, [told]):
        hear(opened, [told])
        return _after(opened.submission.id, is_emergency=True)
    form.errors = [FormError(question.id, not_confirmed())]
    return _show(opened, question, form), 403


def _after(submission_id: str, *, is_emergency: bool) -> Response:
    """Where it goes on."""
    if is_emergency:
        return redirect(url_for("desk.actions.what_to_say", submission_id=submission_id), 303)
    return redirect(url_for("desk.page.page", submission_id=submission_id, _anchor="look"), 303)


@blueprint.post("/<submission_id>/answers")
@for_roles(*READERS)
def answers(submission_id: str) -> Shown:
    """Keep all answers of the call's own form that say something new, with one amended outcome."""
    opened = open_submission_page(submission_id)
    form = unsure_form(opened)
    form.take(request.form, lambda _answers: frozenset())
    if opened.submission.row.revision != shown_revision():
        return conflict_page(submission_id)
    told = _told(opened, form)
    if not may_tell(caller_at(opened)):
        if told and calls_for_help(opened, told):
            hear(opened, told)
            return _after_all(submission_id, told, is_emergency=True)
        return rejected_form(submission_id, "call-who", not_confirmed())
    errors = [*form.errors, *filter(None, map(refusal_of, told))]
    if not told and not errors:
        errors = [FormError("settling", current_language().gettext("Choose what they answered."))]
    if errors:
        return render_submission(submission_id, RedisplayedForm(errors, typed_fields())), 400
    try:
        is_emergency = keep(opened, told)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    return _after_all(submission_id, told, is_emergency=is_emergency)


def _after_all(submission_id: str, told: Sequence[ToldAnswer], *, is_emergency: bool) -> Shown:
    """Where it goes on once these were kept; what was typed beside them stays on the page."""
    kept = told_fields([answer.question.id for answer in told])
    if is_emergency:
        return after_emergency_noted(submission_id, {*kept, "note"})
    return after_keeping(submission_id, kept, "look")


def _told(opened: OpenedSubmission, form: PageForm) -> list[ToldAnswer]:
    """The answers of the form that differ from what stands; one that is still not sure says nothing."""
    before = opened.context.input.answers
    return [
        ToldAnswer(
            question=field.question,
            before=before.get(name),
            after=form.answers[name],
            words=typed_words(words_name(name)),
            words_anchor=words_name(name),
            anchor=field.anchor,
        )
        for name, field in form.fields.items()
        if name in form.answers and form.answers[name] not in (before.get(name), Unsure())
    ]


def _question(opened: OpenedSubmission, question_id: str) -> Question:
    """A question that was asked, or not found."""
    question = opened.rules.rule_set.question.get(question_id)
    if question is None or question_id not in opened.context.outcome.asked:
        abort(404)
    return question


def _form(opened: OpenedSubmission, question: Question) -> PageForm:
    page = Page(question.id, question.text, (question,))
    return PageForm(page, (question,), current_language(), opened.context.input.answers, today=date.today())


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
