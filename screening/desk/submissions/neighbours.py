"""What stands beside a submission in the list as it was looked at last, so that a morning needs no way back."""

from __future__ import annotations

from screening.desk.access.current_request import current_store
from screening.desk.narrowing.filters import kept_list_request
from screening.storage.submissions.desk_list.listing import Neighbours, neighbours
from screening.storage.submissions.record.records import row_of


def neighbours_of(submission_id: str) -> Neighbours | None:
    """What stands before and after a submission in the order of that list; None where it stands in none."""
    filters = kept_list_request().filters
    with current_store().reading() as transaction:
        row = row_of(transaction, submission_id)
        return neighbours(transaction, row, filters) if row else None


def next_of(submission_id: str) -> str | None:
    """The next one of the list; None where it is the last."""
    beside = neighbours_of(submission_id)
    return beside.after if beside else None
