"""The pair of words by which clinic and person know each other on the telephone: sealed in a column of its own.

Apart from the contact record, so that neither a list, an export nor a change of address ever opens it.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.storage.submissions.record.cipher import SubmissionCipher
from screening.storage.submissions.record.records import Submission


@dataclass(frozen=True, slots=True)
class WordPair:
    """Two words of one list."""

    language: str
    """Whose list it is."""
    clinic: str
    """The clinic says it first, once it has called the number that is stored."""
    person: str
    """The person answers with it."""


def seal_pair(cipher: SubmissionCipher, submission_id: str, pair: WordPair) -> bytes:
    """The pair sealed for its place."""
    members = {"language": pair.language, "clinic": pair.clinic, "person": pair.person}
    return cipher.seal(members, "submission", submission_id, "pair")


def pair_of(submission: Submission) -> WordPair | None:
    """The pair of a submission; None where it was sent before there were pairs."""
    sealed = submission.row.pair_sealed
    return WordPair(**submission.cipher.open(sealed, "submission", submission.id, "pair")) if sealed else None
