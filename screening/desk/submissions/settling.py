"""What becomes of answers given on the telephone: kept with one amended outcome, or heard as a call for help."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from flask import request

from screening.desk.access.current_request import current_language, current_staff
from screening.desk.submissions.actions import MOST_TEXT, note_emergency
from screening.desk.submissions.caller import caller_at
from screening.desk.submissions.changes import change_one, change_readable
from screening.desk.submissions.opened import OpenedSubmission
from screening.desk.submissions.reassessment import amended_input, store_reassessment
from screening.forms.submitted_form import FormError
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_types import Answer, Chosen, Ticked
from screening.storage.accounts.staff import Role
from screening.storage.audit.log import add_entry
from screening.storage.store import NOT_USABLE, StoreTransaction
from screening.storage.submissions.person.callers import UNCONFIRMED
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import Submission, change
from screening.wording.desk.call_script import warning_signs
from screening.wording.desk.first_look import only_settles
from screening.wording.document.answers import answer_in_words
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput

SETTLED, CORRECTED = "settled", "corrected"


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer that somebody gave on the telephone."""

    question: Question
    before: Answer | None
    after: Answer
    words: str
    """What they said, in their own words."""
    words_anchor: str
    """The id of the input of these words."""
    anchor: str
    """The id of the first input of the answer."""

    @property
    def is_said(self) -> bool:
        """Whether their own words stand beside it; a text is these words itself."""
        return bool(self.words) or self.question.type is QuestionType.TEXT

    @property
    def detail(self) -> dict[str, str]:
        """The answer in words, before and after."""
        language = current_language()
        return {
            "question": self.question.id,
            "before": answer_in_words(self.question, self.before, language),
            "after": answer_in_words(self.question, self.after, language),
        }


def typed_words(name: str) -> str:
    """What was typed into the input of what somebody said."""
    return request.form.get(name, "").strip()[:MOST_TEXT]


def kind_of(told: ToldAnswer) -> str:
    """The kind of event, and what the audit calls it."""
    return SETTLED if only_settles(told.question, told.before, told.after) else CORRECTED


def refusal_of(told: ToldAnswer) -> FormError | None:
    """Why an answer is not kept as it stands; None where it is."""
    say = current_language().gettext
    if not told.is_said:
        return FormError(told.words_anchor, say("Type what the person said, in their words."))
    if told.before == told.after:
        return FormError(told.anchor, say("This is the answer that stands there already."))
    if is_for_clinicians(told):
        message = say(
            "The person answered this before. Only a clinician may change a given answer; you may write a note."
        )
        return FormError(told.anchor, message)
    return None


def is_for_clinicians(told: ToldAnswer) -> bool:
    """Whether the present member of staff may not keep it: it takes back what the person said."""
    return kind_of(told) == CORRECTED and current_staff().role is not Role.CLINICIAN


def calls_for_help(opened: OpenedSubmission, told: Sequence[ToldAnswer]) -> bool:
    """Whether the outcome with these answers is an emergency."""
    return Assessment(_amended(opened, told)).context.is_emergency


def hear(opened: OpenedSubmission, told: Sequence[ToldAnswer]) -> None:
    """Settle nothing, since it is not known who speaks; but what calls for help does so all the same, as a note."""
    text = "\n".join(
        line for answer in told for line in (f"{answer.question.label}: {answer.detail['after']}", answer.words)
    )
    who, submission_id = current_staff().id, opened.submission.id

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission)
        add_event(transaction, submission, "note", {"text": text.strip()}, who)

    with suppress(*NOT_USABLE, GoneError):  # what to say is shown all the same
        change_readable(submission_id, "noted", work, any_revision=True)
        note_emergency(submission_id, _signs(opened, told))


def keep(opened: OpenedSubmission, told: Sequence[ToldAnswer]) -> bool:
    """Keep the answers with one amended outcome beside the earlier ones; whether it calls for help.

    `ChangedMeanwhileError` where somebody else was first: then nothing was written.
    """
    who, caller = current_staff().id, caller_at(opened)
    assessment = Assessment(_amended(opened, told))
    mark = {} if caller.is_confirmed else {UNCONFIRMED: caller.reason}
    first, *others = told

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        number = store_reassessment(transaction, submission, assessment, who)
        for answer in told:
            detail = answer.detail | {"words": answer.words, "version": number} | mark
            add_event(transaction, submission, kind_of(answer), detail, who)
        for other in others:  # the first one is said by `change_one`
            add_entry(transaction, who, kind_of(other), submission.id)

    change_one(opened.submission.id, kind_of(first), work)
    if assessment.context.is_emergency:
        with suppress(GoneError):  # restricted this very moment: what to say is shown all the same
            note_emergency(opened.submission.id, _signs(opened, told))  # the answers themselves call for help
    return assessment.context.is_emergency


def _amended(opened: OpenedSubmission, told: Sequence[ToldAnswer]) -> SummaryInput:
    return amended_input(opened, {answer.question.id: answer.after for answer in told})


def _signs(opened: OpenedSubmission, told: Sequence[ToldAnswer]) -> tuple[str, ...]:
    """The warning signs in answers, as they are kept of what was heard."""
    asked = {question.id: question.signs for question in warning_signs(opened.rules.rule_set)}
    return tuple(
        f"{answer.question.id}/{code}"
        for answer in told
        for code in _codes(answer.after)
        if code in asked.get(answer.question.id, {})
    )


def _codes(answer: Answer) -> tuple[str, ...]:
    return answer.codes if isinstance(answer, Ticked) else (answer.code,) if isinstance(answer, Chosen) else ()
