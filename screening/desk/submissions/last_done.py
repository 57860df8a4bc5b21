"""What was done last at the call, said once on the page that opens then, be it the next submission or the list."""

from __future__ import annotations

from dataclasses import dataclass

from flask import session as form_session

from screening.desk.access.current_request import current_language, current_store
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import open_submission
from screening.wording.desk.next_step import ENDINGS

_DONE = "done"


@dataclass(frozen=True, slots=True)
class Done:
    """What the page says."""

    text: str
    undo_id: str
    """The submission of which it can be taken back here; empty: none."""


def keep_done(submission_id: str, name: str, said: str = "") -> None:
    """Let the next page say what was pressed (a name of `next_step.ENDINGS`), or `said` in its place."""
    form_session[_DONE] = [submission_id, name, *([said] if said else [])]


def last_done() -> Done | None:
    """What the session says was done last, once."""
    kept = form_session.pop(_DONE, None)
    if not isinstance(kept, list) or len(kept) < 2:
        return None
    submission_id, name, *said = kept
    if said:
        return Done(str(said[0]), "")
    try:
        with current_store().reading() as transaction:
            submission = open_submission(transaction, submission_id)
    except GoneError:
        return None
    language = current_language()
    what = language.gettext(ENDINGS[name]) if name in ENDINGS else language.gettext("Done")
    named = " · ".join(filter(None, (str(submission.contact.get("name", "")), submission.code)))
    return Done(language.gettext("%(code)s: %(what)s. It is kept.", code=named, what=what), submission_id)
