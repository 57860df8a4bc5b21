"""What a person changes of what they sent: the answers, how to be reached, or all of it taken back.

Every function takes a connection of `Database.write`.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection

from screening.storage.audit.log import PERSON, add_entry
from screening.storage.database.clock import now
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import Members
from screening.storage.submissions.assessments import AssessmentRecord, add_amendment, counts_of, versions
from screening.storage.submissions.erasing import erase
from screening.storage.submissions.events import add_event
from screening.storage.submissions.records import State, Submission, change, contact_hash, open_submission
from screening.storage.submissions.sharing import Draft, Receipt, submit

ANSWERS_CHANGED = "answers_changed"
REACH_CHANGED = "reach_changed"
NEWS = "news"
"""The member of a row that says what the person changed since staff last looked: kinds of events."""


def send(connection: Connection, vault: KeyStore, token: bytes, draft: Draft) -> Receipt:
    """Keep what a person sends with a form; sent again with other answers it becomes an amended version of the same."""
    receipt = submit(connection, vault, token, draft)
    if not receipt.is_new:
        send_again(connection, vault, receipt.id, draft)
    return receipt


def send_again(connection: Connection, vault: KeyStore, submission_id: str, draft: Draft) -> bool:
    """Keep changed answers beside the earlier ones and tell the clinic; False where nothing differs.

    A closed submission is new again, with a new promise. How to be reached stays; what was consented to is added.
    """
    kept = open_submission(connection, vault, submission_id)
    if _is_known(connection, kept, draft.judged):
        return False
    number = add_amendment(connection, kept, draft.judged, None)
    consents = [*kept.contact.get("consents", ()), *draft.contact.get("consents", ())]
    columns = {**counts_of(draft.judged), "answered_on": draft.answered_on}
    if kept.row.state == State.CLOSED:
        columns |= {"state": State.NEW, "reason": None, "ended_at": None, "promised_at": draft.promised_at}
    contact = {**kept.contact, "consents": consents}
    change(connection, kept, contact=contact, row=_with_news(kept, ANSWERS_CHANGED, draft.row), **columns)
    add_event(connection, kept, ANSWERS_CHANGED, {"version": number})
    add_entry(connection, vault, PERSON, ANSWERS_CHANGED, kept.id)
    return True


def change_reach(connection: Connection, vault: KeyStore, kept: Submission, contact: Members, best_time: str) -> None:
    """Change how the person is reached; `contact` holds only what changes, its `reach` the normalised address."""
    columns: dict[str, object] = {
        "best_time": best_time,
        "contact_hash": contact_hash(vault.current(connection), str(contact["reach"])),
        "language": contact["language"],
    }
    shown = {name: contact[name] for name in ("name", "channel", "reach") if name in contact}
    row = _with_news(kept, REACH_CHANGED, {**kept.row_members, **shown})
    change(connection, kept, contact={**kept.contact, **contact}, row=row, **columns)
    add_event(connection, kept, REACH_CHANGED, {})
    add_entry(connection, vault, PERSON, REACH_CHANGED, kept.id)


def withdraw(connection: Connection, vault: KeyStore, submission_id: str) -> bool:
    """Take all of it back; a tombstone stays. False where it was gone already."""
    return erase(connection, vault, submission_id, (State.WITHDRAWN, "asked"), PERSON)


def _is_known(connection: Connection, kept: Submission, judged: AssessmentRecord) -> bool:
    """Whether these very answers are the latest ones, or the latest that the person sent: the button pressed twice."""
    found = versions(connection, kept)
    own = [each for each in found if each.made_by is None]
    return any(_same(each.input, judged.input) for each in (found[-1], *own[-1:]))


def _same(one: Members, other: Members) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _with_news(kept: Submission, kind: str, row: Members) -> Members:
    news = dict.fromkeys([*kept.row_members.get(NEWS, ()), kind])
    return {**kept.row_members, **row, NEWS: list(news), "changed_at": now().isoformat()}


def is_sent(connection: Connection, vault: KeyStore, submission_id: str, judged: AssessmentRecord) -> bool:
    """Whether the clinic has these very answers already."""
    return _is_known(connection, open_submission(connection, vault, submission_id), judged)
