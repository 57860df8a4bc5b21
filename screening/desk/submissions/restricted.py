"""A submission whose deletion was asked for: who asked and when, and nothing of what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template

from screening.desk.access.current_request import current_language, current_staff, current_store
from screening.forms.submitted_form import FormError
from screening.storage.accounts.staff import accounts
from screening.storage.submissions.deletion.deletion_requests import request_of
from screening.storage.submissions.record.records import State, row_of
from screening.wording.desk.deletion import DeletionInWords, deletion_in_words


@dataclass(frozen=True, slots=True)
class AskedDeletion:
    """A request as a page tells it."""

    words: DeletionInWords
    is_mine: bool
    """Whether who looks at it took it down, so that another one must agree."""


def asked_deletion(submission_id: str, names: Mapping[str, str]) -> AskedDeletion | None:
    """The request of a submission; None where there is none."""
    with current_store().reading() as transaction:
        request = request_of(transaction, submission_id)
    if request is None:
        return None
    return AskedDeletion(
        deletion_in_words(request, names, current_language()), is_mine=request.asked_by == current_staff().id
    )


def restricted_page(submission_id: str, errors: tuple[FormError, ...] = (), note: str = "") -> str | None:
    """The page of a submission that nobody reads; None where it is none of these."""
    with current_store().reading() as transaction:
        row = row_of(transaction, submission_id)
        if row is None or row.state != State.RESTRICTED:
            return None
        names = {account.id: account.name for account in accounts(transaction)}
    deletion = asked_deletion(submission_id, names)
    if deletion is None:
        return None
    return render_template(
        "desk/restricted.html", row=row, submission_id=submission_id, deletion=deletion, errors=errors, note=note
    )
