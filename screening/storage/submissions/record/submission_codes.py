"""The code of a submission for those who read nothing else of it, such as managers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from screening.storage.database.rows import SubmissionRow, fetch_all
from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.cipher import GoneError, RestrictedError, submission_cipher
from screening.storage.submissions.record.records import State


def codes_or_states(transaction: StoreTransaction, identities: frozenset[str]) -> Mapping[str, str | State]:
    """What may be said of submissions to who reads nothing of them: the code, or that there is none to tell any more.

    Ids that are of no submission are left out.
    """
    query = select(submission).where(submission.c.id.in_(sorted(identities)))
    return {row.id: _code_or_state(transaction, row) for row in fetch_all(transaction.connection, SubmissionRow, query)}


def _code_or_state(transaction: StoreTransaction, row: SubmissionRow) -> str | State:
    try:
        return code_of(transaction, row)
    except RestrictedError:
        return State.RESTRICTED
    except GoneError:
        return State.ERASED


def code_of(transaction: StoreTransaction, row: SubmissionRow) -> str:
    """The code alone: how the person is reached stays sealed."""
    cipher = submission_cipher(transaction.keys, row)
    return str(cipher.open(row.row_sealed, "submission", row.id, "row")["code"])
