"""Keeping what a person sends: once, whatever happens to the connection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from screening.config.notifications import NoticeEvent
from screening.crypto.hashing import keyed_hash
from screening.storage.audit.log import PERSON, add_entry
from screening.storage.database.clock import now
from screening.storage.database.locking import take_turns
from screening.storage.database.rows import SubmissionRow, fetch_one
from screening.storage.database.schema import submission
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import Members, StoreTransaction, new_id
from screening.storage.submissions.assessments.versions import AssessmentRecord, counts_of, store_version
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.person.word_pairs import WordPair, seal_pair
from screening.storage.submissions.record.cipher import new_submission_cipher, submission_cipher
from screening.storage.submissions.record.records import State, Step, contact_hash
from screening.storage.submissions.record.reference_codes import code_from

SECRET_BYTES = 10
"""80 bits: the secret phrase, before it is put into words."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person sends."""

    assessment: AssessmentRecord
    row: Members
    """What the list shows beside the plain columns."""
    contact: Members
    """How to reach the person, and what they consented to, in the words that they read."""
    reach: str
    """The normalised address or number, by which two submissions of one person are noticed; a keyed hash of it is kept
    plain, and the text itself sealed, so that the hash can be made anew under another key."""
    language: str
    answered_on: str
    best_time: str
    promised_at: datetime
    pair: WordPair
    """By which clinic and person know each other on the telephone; of what was sent first it stays."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person keeps."""

    id: str
    code: str
    secret: bytes
    is_new: bool


def submit(transaction: StoreTransaction, token: bytes, draft: Draft) -> Receipt:
    """Keep what a person sends; the same token gives the same receipt, however often it is sent.

    `token`: at least 16 random bytes of the form that was sent. Code and secret are derived from it, so that a page
    that was lost can be shown again.
    """
    key = transaction.lookup_key()
    token_hash = keyed_hash(key, "form token", token)
    take_turns(transaction.connection, token_hash)  # pressing twice may reach two processes at the same moment
    secret = _secret(key, token)
    known = receipt_of(transaction, token)
    if known is not None:
        return known
    identity = new_id()
    code, code_hash = _free_code(transaction, key, token)
    master = transaction.keys.current(transaction.connection)
    cipher, key_columns = new_submission_cipher(transaction, identity, master)
    values = {
        "id": identity,
        "token_hash": token_hash,
        "code_hash": code_hash,
        "secret_hash": keyed_hash(key, "secret", secret),
        "contact_hash": contact_hash(master, draft.reach),
        **key_columns,
        **_plain_columns(draft, now()),
        "row_sealed": cipher.seal({**draft.row, "code": code, "reach": draft.reach}, "submission", identity, "row"),
        "contact_sealed": cipher.seal(draft.contact, "submission", identity, "contact"),
        "pair_sealed": seal_pair(cipher, identity, draft.pair),
    }
    transaction.connection.execute(insert(submission).values(values))
    store_version(transaction, cipher, (identity, 0), None, draft.assessment)
    queue(transaction, identity, NoticeEvent.SHARED)
    add_entry(transaction, PERSON, "shared", identity)
    return Receipt(identity, code, secret, is_new=True)


def _plain_columns(draft: Draft, moment: datetime) -> Members:
    """What the desk sorts and searches by; SECURITY.md lists it."""
    return {
        "revision": 0,
        "state": State.NEW,
        "step": Step.FIRST_CALL,
        "due_at": draft.promised_at,
        "received_at": moment,
        "changed_at": moment,
        "promised_at": draft.promised_at,
        "answered_on": draft.answered_on,
        "best_time": draft.best_time,
        "language": draft.language,
        **counts_of(draft.assessment),
        "tries": 0,
        "for_other": draft.row.get("for") == "helper",
    }


def secret_of(transaction: StoreTransaction, token: bytes) -> bytes:
    """The secret that sending with this token gives: to be looked at before the token is given to anybody."""
    return _secret(transaction.lookup_key(), token)


def receipt_of(transaction: StoreTransaction, token: bytes) -> Receipt | None:
    """What was given for this token before; `GoneError` where that was withdrawn or erased since."""
    key = transaction.lookup_key()
    token_hash = keyed_hash(key, "form token", token)
    query = select(submission).where(submission.c.token_hash == token_hash)
    known = fetch_one(transaction.connection, SubmissionRow, query)
    if known is None:
        return None
    return Receipt(known.id, _code(transaction.keys, known), _secret(key, token), is_new=False)


def _secret(key: bytes, token: bytes) -> bytes:
    return keyed_hash(key, "secret of", token)[:SECRET_BYTES]


def _code(keys: KeyStore, row: SubmissionRow) -> str:
    return str(submission_cipher(keys, row).open(row.row_sealed, "submission", row.id, "row")["code"])


def _free_code(transaction: StoreTransaction, key: bytes, token: bytes) -> tuple[str, bytes]:
    """A code that no other submission has, and its keyed hash."""
    for attempt in range(256):
        code = code_from(keyed_hash(key, f"code of {attempt}", token))
        code_hash = keyed_hash(key, "code", code.encode())
        if (
            transaction.connection.execute(select(submission.c.id).where(submission.c.code_hash == code_hash)).first()
            is None
        ):
            return code, code_hash
    raise AssertionError("256 codes in a row are taken")
