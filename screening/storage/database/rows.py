"""One frozen record for each table of `schema`, so that a column misspelt or taken for never NULL is a type error.

A record has a field for every column, of the column's type, optional where the column may be NULL. Here stands nothing
but what a row holds; what is opened of it, or follows from it, stands with who opens it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select

RecordType = TypeVar("RecordType")


def fetch_all(connection: Connection, record: type[RecordType], query: Select[Any]) -> list[RecordType]:
    """All rows that a query of whole rows yields."""
    return [record(**row._asdict()) for row in connection.execute(query)]


def fetch_one(connection: Connection, record: type[RecordType], query: Select[Any]) -> RecordType | None:
    """The only row that a query of whole rows yields; None where there is none."""
    row = connection.execute(query).one_or_none()
    return None if row is None else record(**row._asdict())


def fetch_only(connection: Connection, record: type[RecordType], query: Select[Any]) -> RecordType:
    """The row of a table that holds exactly one."""
    return record(**connection.execute(query).one()._asdict())


def stream(connection: Connection, record: type[RecordType], query: Select[Any]) -> Iterator[RecordType]:
    """The rows one after the other, a thousand fetched at a time: for tables that do not fit into memory."""
    with connection.execute(query.execution_options(yield_per=1000)) as result:
        for row in result:
            yield record(**row._asdict())


@dataclass(frozen=True, slots=True)
class KeyStateRow:
    """Which master key wraps what is written now, and the key of the keyed hashes."""

    id: int
    master_key_id: bytes
    lookup_key_wrapped: bytes
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who works at the desk."""

    id: str
    name: str
    role: str
    active: bool
    password_hash: str
    invited_until: datetime | None
    totp_sealed: bytes | None
    totp_confirmed: bool
    totp_last_step: int | None
    created_at: datetime
    version: int | None
    seal: bytes | None


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """A key of a program."""

    id: str
    name: str
    hash: bytes
    scopes: str
    role: str | None
    network: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_on: str | None
    version: int | None
    seal: bytes | None


@dataclass(frozen=True, slots=True)
class ProgramReadingRow:
    """How often a program read a submission."""

    submission_id: str
    actor: str
    first_at: datetime
    last_at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class StaffSessionRow:
    """One browser of somebody at the desk."""

    hash: bytes
    staff_id: str
    stage: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SavedFilterRow:
    """A filter of the list that somebody saved."""

    id: str
    staff_id: str
    saved_at: datetime
    content_sealed: bytes


@dataclass(frozen=True, slots=True)
class ThrottleRow:
    """Failed attempts of one name, address or code."""

    hash: bytes
    failures: int
    failed_at: datetime
    blocked_until: datetime | None


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One shared summary; of a tombstone nearly all is None."""

    id: str
    token_hash: bytes
    code_hash: bytes
    secret_hash: bytes | None
    contact_hash: bytes | None
    data_key_wrapped: bytes | None
    master_key_id: bytes | None
    revision: int
    state: str
    reason: str | None
    received_at: datetime
    changed_at: datetime
    promised_at: datetime
    opened_at: datetime | None
    contacted_at: datetime | None
    ended_at: datetime | None
    answered_on: str | None
    best_time: str | None
    assignee_id: str | None
    language: str | None
    category: str | None
    call_first: int | None
    conflicts: int | None
    unsure: int | None
    tries: int | None
    step: str | None
    due_at: datetime | None
    news_at: datetime | None
    for_other: bool | None
    row_sealed: bytes | None
    contact_sealed: bytes | None
    pair_sealed: bytes | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One assessment of a submission."""

    submission_id: str
    number: int
    made_at: datetime
    made_by: str | None
    rules_hash: str
    translation_hash: str | None
    input_sealed: bytes
    document_sealed: bytes


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened to a submission."""

    id: str
    submission_id: str
    at: datetime
    by: str | None
    kind: str
    detail_sealed: bytes


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the audit."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    chained: bytes


@dataclass(frozen=True, slots=True)
class AuditHeadRow:
    """The last entry of the audit."""

    id: int
    number: int
    chained: bytes
    sealed: bytes
    accounts: str | None


@dataclass(frozen=True, slots=True)
class DeletionRequestRow:
    """A deletion that a person asked for."""

    submission_id: str
    asked_at: datetime
    asked_by: str
    identity: str
    agree_by: datetime | None
    agreed_at: datetime | None
    agreed_by: str | None
    restricted_at: datetime | None
    state_before: str | None
    seconds_waited: int
    seen_at: datetime | None
    seen_boot: str | None
    seen_uptime: int | None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One notice still to be sent to one recipient."""

    id: str
    submission_id: str
    channel: str
    kind: str
    made_at: datetime
    due_at: datetime
    tries: int
    recipient: str
    outcome: str | None
    reply: int | None
    tried_at: datetime | None
    code_sealed: bytes | None


@dataclass(frozen=True, slots=True)
class DailyRunRow:
    """A daily run that counts as a day, and what every clock said."""

    number: int
    wall: datetime
    database_wall: datetime
    boot_id: str
    uptime: int


@dataclass(frozen=True, slots=True)
class ToldLimitRow:
    """A limit of keeping as people are told it, and since when."""

    number: int
    days: int
    since: datetime
    first_run: int | None


@dataclass(frozen=True, slots=True)
class PaceRow:
    """Turns at sending: of a network, of a form that waits, or of an hour."""

    hash: bytes
    at: datetime
    changed_at: datetime
    number: int
