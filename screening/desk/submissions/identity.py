"""Knowing who is on the telephone: the number is called, the clinic says its word, the person answers with theirs.

The secret words that open the person's own page are never asked here, typed or checked.
"""

from __future__ import annotations

from collections.abc import Collection
from math import ceil

from flask import Blueprint, request
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff
from screening.desk.access.guard import READERS, for_roles
from screening.desk.access.typed_fields import typed_fields
from screening.desk.submissions.caller import caller_at
from screening.desk.submissions.changes import Work, change_one
from screening.desk.submissions.clinic_calendar import calendar_of
from screening.desk.submissions.opened import open_submission_page
from screening.desk.submissions.rendering import (
    RedisplayedForm,
    after_keeping,
    conflict_page,
    rejected_form,
    render_submission,
)
from screening.storage.accounts.staff import Role
from screening.storage.accounts.throttling import Patience, count_attempt, record_success
from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.next_steps.standing import place, standing_of
from screening.storage.submissions.next_steps.steps import after_hearing
from screening.storage.submissions.person.callers import (
    CHECKED,
    DIALLED,
    RESULT,
    CheckResult,
    caller_of,
    check_detail,
    with_caller,
)
from screening.storage.submissions.person.word_pairs import WordPair, pair_of
from screening.storage.submissions.record.events import add_event, events
from screening.storage.submissions.record.records import ChangedMeanwhileError, Submission, change, has_number
from screening.wording.language.single_words import MOST_LETTERS, read_word

blueprint = Blueprint("identity", __name__, url_prefix="/submissions")

GUESSING = "word on the telephone"
PATIENCE = Patience(free=3, first=15 * 60, most=24 * 3600, memory=30 * 24 * 3600)
"""Three wrong words end a call; who calls again and again to guess waits between the words, over days."""
MOST_TEXT = 4_000
"""Characters in a reason."""
ANCHOR = "call-who"
WORD = frozenset({"word", "nearest"})
"""The fields of a word that was heard."""
Shown = str | Response | tuple[str, int]


class _TooOftenError(Exception):
    """So many wrong words were tried that the next one must wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("tried too often")
        self.seconds = seconds


@blueprint.post("/<submission_id>/dialled")
@for_roles(*READERS)
def dial(submission_id: str) -> Shown:
    """Begin a call: from now on the page shows the word that the clinic says. Nothing of an earlier call counts."""
    if not has_number(open_submission_page(submission_id).submission.contact):
        return rejected_form(submission_id, ANCHOR, current_language().gettext("No number is stored."))

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        _add(transaction, submission, DIALLED, {})

    return _perform(submission_id, DIALLED, work, ())


@blueprint.post("/<submission_id>/identity")
@for_roles(*READERS)
def check(submission_id: str) -> Shown:
    """Check the word that the person said; it is kept nowhere."""
    say, typed = current_language().gettext, _heard()
    opened = open_submission_page(submission_id)
    caller, pair = caller_at(opened), pair_of(opened.submission)
    if pair is None or not caller.may_try:
        message = say("A word is checked once the stored number was called, until it was right or wrong three times.")
        return rejected_form(submission_id, ANCHOR, message)
    if not typed:
        return rejected_form(submission_id, "word", say("Type the word that they say."))
    result = _result(typed, pair)

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        _count(transaction, submission.id, result)
        _add(transaction, submission, CHECKED, check_detail(result))

    try:
        change_one(submission_id, "checked_identity", work)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    except _TooOftenError as error:
        shown, _ = rejected_form(submission_id, "word", _wait(error.seconds))
        return shown, 429
    if result is CheckResult.RIGHT:
        return after_keeping(submission_id, WORD, ANCHOR)
    return render_submission(submission_id, RedisplayedForm(typed=typed_fields(WORD), heard=typed))


def _heard() -> str:
    """What was typed of the word, or the nearest one of the list where its button was pressed."""
    return (request.form.get("nearest") or request.form.get("word", "")).strip()[:MOST_LETTERS]


def _result(typed: str, pair: WordPair) -> CheckResult:
    word = read_word(typed, pair.language)
    if word is None:
        return CheckResult.UNREADABLE
    return CheckResult.RIGHT if word == pair.person else CheckResult.OTHER


def _count(transaction: StoreTransaction, submission_id: str, result: CheckResult) -> None:
    """Let a word wait where too many were wrong; one that is in no list tells nobody anything, and is no try."""
    if result is CheckResult.UNREADABLE:
        return
    if seconds := count_attempt(transaction, GUESSING, submission_id, PATIENCE):
        raise _TooOftenError(seconds)
    if result is CheckResult.RIGHT:
        record_success(transaction, GUESSING, submission_id)


def _wait(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    wait = current_language().ngettext("%(number)s minute", "%(number)s minutes", minutes)
    return current_language().gettext(
        "Too many wrong words were tried. Take the word for lost; another one can be checked in %(wait)s.", wait=wait
    )


@blueprint.post("/<submission_id>/identity/lost")
@for_roles(*READERS)
def lose(submission_id: str) -> Shown:
    """Note that the person has no word."""
    if not caller_at(open_submission_page(submission_id)).may_try:
        return after_keeping(submission_id, (), ANCHOR)

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        _add(transaction, submission, CHECKED, check_detail(CheckResult.LOST))

    return _perform(submission_id, "word_lost", work, WORD)


@blueprint.post("/<submission_id>/identity/vouch")
@for_roles(Role.CLINICIAN)
def vouch(submission_id: str) -> Shown:
    """Go on without knowing who it is, with the reason: what a clinician then settles is marked with it."""
    text = request.form.get("vouch_reason", "").strip()[:MOST_TEXT]
    if not text:
        message = current_language().gettext("Type why you go on.")
        return rejected_form(submission_id, "vouch_reason", message)
    opened = open_submission_page(submission_id)
    if has_number(opened.submission.contact) and not caller_at(opened).was_dialled:
        message = current_language().gettext("Call the stored number first.")
        return rejected_form(submission_id, ANCHOR, message)

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        _add(transaction, submission, CHECKED, check_detail(CheckResult.VOUCHED, text=text))

    return _perform(submission_id, "vouched", work, {"vouch_reason"})


def _add(transaction: StoreTransaction, submission: Submission, kind: str, detail: dict[str, str]) -> None:
    """Note it, and where the latest call stands since. Whom the right word confirms was reached: tries are over, and
    what was due stays due.
    """
    add_event(transaction, submission, kind, detail, current_staff().id)
    caller = caller_of(events(transaction, submission), has_pair=submission.row.pair_sealed is not None)
    row, at = with_caller(submission.row_members, caller), now()
    if detail.get(RESULT) != CheckResult.RIGHT:
        change(transaction, submission, row=row)
        return
    standing = after_hearing(standing_of(submission), calendar_of(submission, at))
    place(transaction, submission, standing, row=row, contacted_at=submission.row.contacted_at or at)


def _perform(submission_id: str, action: str, work: Work, kept: Collection[str]) -> Shown:
    try:
        change_one(submission_id, action, work)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    return after_keeping(submission_id, kept, ANCHOR)
