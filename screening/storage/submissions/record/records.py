"""Submissions: found again by code and secret, opened, and changed by one at a time.

Every function that writes takes a transaction of `Store.write`, so that what belongs together is written together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import select, update

from screening.crypto.hashing import keyed_hash
from screening.crypto.keys import Key
from screening.storage.database.clock import now
from screening.storage.database.rows import SubmissionRow, fetch_one
from screening.storage.database.schema import submission
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import Members, StoreTransaction
from screening.storage.submissions.record.cipher import RESTRICTED, GoneError, SubmissionCipher, submission_cipher


class State(StrEnum):
    """Where a submission stands."""

    NEW = "new"
    TRIED = "tried"
    IN_CONTACT = "in_contact"
    AWAITING_DOCUMENTS = "awaiting_documents"
    WITH_CLINICIAN = "with_clinician"
    CLOSED = "closed"
    RESTRICTED = RESTRICTED
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Step(StrEnum):
    """What is done next with an open submission."""

    FIRST_CALL = "first_call"
    CALL_BACK = "call_back"
    WAIT = "wait"
    """For the person to write, after the last try."""
    OTHER_WAY = "other_way"
    """The number was wrong: ask by another way."""
    PAPERS = "papers"
    """The person brings papers."""
    ANSWER = "answer"
    """The person answers a question."""
    CLINICIAN = "clinician"
    """A clinician looks at it."""
    DECISION = "decision"
    """The last try did not reach somebody with a warning: a clinician decides what is done."""
    HELP = "help"
    """After an emergency on a call: ask whether help came."""


OPEN = (State.NEW, State.TRIED, State.IN_CONTACT, State.AWAITING_DOCUMENTS, State.WITH_CLINICIAN)
"""States in which somebody at the clinic still has something to do: one step, due at one time."""
USUAL_STEPS: Mapping[State, Step] = MappingProxyType(
    {
        State.NEW: Step.FIRST_CALL,
        State.TRIED: Step.CALL_BACK,
        State.IN_CONTACT: Step.CALL_BACK,
        State.AWAITING_DOCUMENTS: Step.PAPERS,
        State.WITH_CLINICIAN: Step.CLINICIAN,
    }
)
"""What is next where a state is written and nothing is said of the step."""
NEWS = "news"
"""The member of a row that says what the person changed since staff last looked: kinds of events."""
WORSE = "worse"
"""The member of a row beside it: what they changed made it more dangerous."""
LIVING = frozenset(State) - {State.WITHDRAWN, State.ERASED}
"""States in which there is still something stored of the person."""

UNCONFIRMED_CALLER = "unconfirmed_caller"
"""The member of a row that says so where the check of the latest call did not confirm the person."""


class ChangedMeanwhileError(Exception):
    """Somebody else changed the submission since it was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission opened."""

    row: SubmissionRow
    """The plain columns."""
    code: str
    row_members: Members
    contact: Members
    cipher: SubmissionCipher = field(repr=False)

    @property
    def id(self) -> str:
        """Its id."""
        return self.row.id


def find(transaction: StoreTransaction, code: str, secret: bytes) -> str | None:
    """The id of the submission with this code and secret, of a tombstone too while the secret's hash stays on it."""
    key = transaction.lookup_key()
    query = select(submission.c.id).where(
        submission.c.code_hash == keyed_hash(key, "code", code.encode()),
        submission.c.secret_hash == keyed_hash(key, "secret", secret),
    )
    return transaction.connection.execute(query).scalar_one_or_none()


def find_by_code(transaction: StoreTransaction, code: str) -> SubmissionRow | None:
    """The plain row of this code, tombstones too."""
    code_hash = keyed_hash(transaction.lookup_key(), "code", code.encode())
    return fetch_one(
        transaction.connection, SubmissionRow, select(submission).where(submission.c.code_hash == code_hash)
    )


def row_of(transaction: StoreTransaction, submission_id: str) -> SubmissionRow | None:
    """The plain row of a submission, tombstones too."""
    return fetch_one(transaction.connection, SubmissionRow, select(submission).where(submission.c.id == submission_id))


def any_sent(transaction: StoreTransaction) -> bool:
    """Whether anybody ever sent anything."""
    return transaction.connection.execute(select(submission.c.id).limit(1)).first() is not None


def open_submission(transaction: StoreTransaction, submission_id: str) -> Submission:
    """A submission with what is sealed in its own row; `GoneError` where it is no more."""
    row = row_of(transaction, submission_id)
    if row is None:
        raise GoneError
    return unseal(transaction.keys, row)


def unseal(keys: KeyStore, row: SubmissionRow, *, for_upkeep: bool = False) -> Submission:
    """A row of `submission` with what is sealed in it; `GoneError` where it is a tombstone or restricted.

    `for_upkeep`: see `submission_cipher`.
    """
    cipher = submission_cipher(keys, row, for_upkeep=for_upkeep)
    members = cipher.open(row.row_sealed, "submission", row.id, "row")
    contact = cipher.open(row.contact_sealed, "submission", row.id, "contact")
    return Submission(row, str(members["code"]), members, contact, cipher)


def has_number(contact: Members) -> bool:
    """Whether there is a number to call."""
    return bool(contact.get("reach")) and contact.get("channel") != "email"


def contact_hash(master: Key, reach: str) -> bytes | None:
    """By which two submissions of one person are noticed; of the master key, so that a rotation ends it in backups."""
    return keyed_hash(master.secret, "contact", reach.encode()) if reach else None


def with_news(submission: Submission, kind: str, row: Members) -> Members:
    """Members of the row that say, besides `row`, what the person did since staff last looked."""
    news = dict.fromkeys([*submission.row_members.get(NEWS, ()), kind])
    return {**submission.row_members, **row, NEWS: list(news), "changed_at": now().isoformat()}


def change(
    transaction: StoreTransaction,
    opened: Submission,
    *,
    contact: Members | None = None,
    row: Members | None = None,
    **columns: object,
) -> None:
    """Write plain columns, and sealed members where given; `ChangedMeanwhileError` where somebody else was first.

    Who changes how a person is reached gives `row` with the new `reach`, and its `contact_hash` as a column. What is
    next follows from `steps`; where only a state is given its usual step is due when the answer was promised.
    """
    values = _with_step(opened.row, columns) | {"revision": opened.row.revision + 1, "changed_at": now()}
    if contact is not None:
        values["contact_sealed"] = opened.cipher.seal(contact, "submission", opened.id, "contact")
    if row is not None:
        members = {"reach": opened.row_members.get("reach", ""), **row, "code": opened.code}
        values["news_at"] = (opened.row.news_at or now()) if row.get(NEWS) else None
        values["row_sealed"] = opened.cipher.seal(members, "submission", opened.id, "row")
    statement = (
        update(submission)
        .where(submission.c.id == opened.id, submission.c.revision == opened.row.revision)
        .where(submission.c.data_key_wrapped.is_not(None))
    )
    if transaction.connection.execute(statement.values(values)).rowcount != 1:
        raise ChangedMeanwhileError


def _with_step(row: SubmissionRow, columns: Mapping[str, object]) -> dict[str, object]:
    """The columns with what is next, so that no open submission is ever without, and no other one has any."""
    state = State(str(columns.get("state", row.state)))
    if state not in OPEN:
        return {**columns, "step": None, "due_at": None}
    if "step" in columns:
        return dict(columns)
    promised = columns.get("promised_at", row.promised_at)
    if row.step is None or state != row.state:
        return {**columns, "step": USUAL_STEPS[state], "due_at": promised}
    return {**columns, "due_at": promised} if row.step == Step.FIRST_CALL else dict(columns)
