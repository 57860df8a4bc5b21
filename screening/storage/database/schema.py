"""The tables as they are today; `migrations` says how they came to be.

Only what must be searched or sorted is plain: ids, keyed hashes, states, times, who works on it, language, category and
counts. Everything else is sealed, and says so in its name.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from screening.storage.database.account_tables import staff
from screening.storage.database.columns import ID, Moment
from screening.storage.database.submission_constraints import constraints

metadata = staff.metadata
"""Of every table, those of accounts among them."""

key_state = Table(
    "key_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("master_key_id", LargeBinary(4), nullable=False),
    Column("lookup_key_wrapped", LargeBinary, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
"""One row: which master key wraps what is written now, and the key of the keyed hashes."""

rule_text = Table(
    "rule_text",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),  # rules or translation
    Column("content", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
)
"""Rule sets and translations, each once and whole: nothing in them is about a person."""

submission = Table(
    "submission",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("code_hash", LargeBinary(32), nullable=False, unique=True),
    Column("secret_hash", LargeBinary(32)),
    Column("contact_hash", LargeBinary(32)),
    Column("data_key_wrapped", LargeBinary),
    Column("master_key_id", LargeBinary(4), index=True),
    Column("revision", Integer, nullable=False),
    Column("state", String(24), nullable=False),
    Column("reason", String(32)),  # why it was closed, or erased
    Column("received_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("promised_at", Moment, nullable=False),  # until when the clinic says it will answer
    Column("opened_at", Moment),  # first read by staff
    Column("contacted_at", Moment),  # first reached
    Column("ended_at", Moment),  # closed, withdrawn or erased
    Column("answered_on", String(10)),
    Column("best_time", String(16)),
    Column("assignee_id", ID, ForeignKey("staff.id")),
    Column("language", String(16)),
    Column("category", String(64)),
    Column("call_first", Integer),  # how many reasons there are to call first
    Column("conflicts", Integer),
    Column("unsure", Integer),
    Column("tries", Integer),  # since the person was reached last
    Column("step", String(16)),  # what is done next
    Column("due_at", Moment),  # until when
    Column("news_at", Moment),  # since when there is something of the person that nobody looked at
    Column("for_other", Boolean),  # sent by somebody who helps the person
    Column("row_sealed", LargeBinary),  # what the list shows
    Column("contact_sealed", LargeBinary),  # how to reach the person, and what they consented to
    Column("pair_sealed", LargeBinary),  # the two words for the telephone; NULL too where it was sent before there were
    *constraints(),
)
"""One shared summary. When it is erased the wrapped key and all that is about the person become NULL: a tombstone."""

version = Table(
    "version",
    metadata,
    Column("submission_id", ID, ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", ID),  # staff; NULL: the person
    Column("rules_hash", String(64), ForeignKey("rule_text.hash"), nullable=False),
    Column("translation_hash", String(64), ForeignKey("rule_text.hash")),
    Column("input_sealed", LargeBinary, nullable=False),
    Column("document_sealed", LargeBinary, nullable=False),
)
"""What was judged and what was shown: number 0 as it was shared, then each amendment."""

event = Table(
    "event",
    metadata,
    Column("id", ID, primary_key=True),
    Column("submission_id", ID, ForeignKey("submission.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", ID),  # staff; NULL: the person or the service
    Column("kind", String(32), nullable=False),
    Column("detail_sealed", LargeBinary, nullable=False),
    Index("ix_event_submission_id_at", "submission_id", "at", "id"),
)
"""What happened to a submission: notes, states, calls, what was seen."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(32), nullable=False),  # staff id, "person" or "service"
    Column("action", String(48), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("chained", LargeBinary(32), nullable=False),
)
"""Who did what to which id, never what was in it: each entry's keyed hash covers the one before."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("chained", LargeBinary(32), nullable=False),
    Column("sealed", LargeBinary(32), nullable=False),
    Column("accounts", Text),  # JSON: the version of each account; NULL: from before accounts were sealed
)
"""One row: the last entry, so that cutting the end off shows; and the versions of accounts, sealed with it."""

deletion_request = Table(
    "deletion_request",
    metadata,
    Column("submission_id", ID, ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", ID, nullable=False),  # staff, who took the request down
    Column("identity", String(16), nullable=False),  # how the person was identified: words, call_back or email
    Column("agree_by", Moment),  # until when a second colleague should agree; NULL: none is needed
    Column("agreed_at", Moment),
    Column("agreed_by", ID),  # staff, another than who asked
    Column("restricted_at", Moment),  # since when nobody reads it; NULL: it waits for the second colleague
    Column("state_before", String(24)),  # the state to which it returns where the request is lifted
    Column("seconds_waited", Integer, nullable=False),  # of the wait before erasing, what has passed by any clock
    Column("seen_at", Moment),  # when `seconds_waited` was counted last: by the wall,
    Column("seen_boot", String(36)),  # in which start of which machine,
    Column("seen_uptime", Integer),  # and how many seconds after it
)
"""Deletions that people asked for, while they can still be lifted: gone with what they are about."""

tally = Table(
    "tally",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("name", String(48), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""Counts a day, without answers and without who: pages left, causes of an open result, misread questions."""

told_promise = Table(
    "told_promise",
    metadata,
    Column("submission_id", ID, ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
    Column("promised_at", Moment, nullable=False),
)
"""Which promise of a submission passed and was queued as a notice, so that each is once."""

program_reading = Table(
    "program_reading",
    metadata,
    Column("submission_id", ID, ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
    Column("actor", String(32), primary_key=True),  # as in the audit
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("times", Integer, nullable=False),
)
"""Which programs read a submission: beside it, so that reading changes nothing of it. Gone with what it is about."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    Column("submission_id", ID, ForeignKey("submission.id", ondelete="CASCADE"), nullable=False),
    Column("channel", String(16), nullable=False),  # email or webhook
    Column("kind", String(32), nullable=False),  # which event
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),  # of one that is being sent: when it may be taken again
    Column("tries", Integer, nullable=False),
    Column("recipient", String(320), nullable=False, server_default=""),  # an e-mail address of the clinic's own
    Column("outcome", String(32)),  # of the last try; NULL: none ended yet
    Column("reply", Integer),  # the code of the last reply
    Column("tried_at", Moment),
    Column("code_sealed", LargeBinary),  # where the submission itself gives it no more
)
"""Notices still to be sent, one row a recipient: a code and a link, never what a person answered."""

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("beats", Integer, nullable=False),
)
"""One row: when readiness last committed something, and how often it did."""

daily_run = Table(
    "daily_run",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("wall", Moment, nullable=False),
    Column("database_wall", Moment, nullable=False),
    Column("boot_id", String(36), nullable=False),
    Column("uptime", Integer, nullable=False),  # seconds since the machine started
)
"""The daily runs that count as a day, with what every clock said."""

retention = Table(
    "retention",
    metadata,
    Column("submission_id", ID, ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", String(32), nullable=False),  # unopened, closed or idle
    Column("began_at", Moment, nullable=False),  # when it arrived, was closed, or something happened to it last
    Column("first_run", Integer, nullable=False),  # the counted run that met it first
    Column("announced_run", Integer),  # the counted run since which it is listed as soon to be deleted
)
"""Since which counted run each submission waits to be deleted by its age."""

told_limit = Table(
    "told_limit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("days", Integer, nullable=False),
    Column("since", Moment, nullable=False),  # since when people can read of it
    Column("first_run", Integer),  # the counted run that met it first; NULL: none yet
)
"""After how many days without anything happening something is deleted, as people are told: each change is a row."""

pace = Table(
    "pace",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("at", Moment, nullable=False, index=True),  # until when a network's turns are taken; a turn; an hour's begin
    Column("changed_at", Moment, nullable=False),
    Column("number", Integer, nullable=False),  # of an hour: how many turns are taken in it
)
"""Turns by keyed hash: at sending, of a network, of a form that waits, of an hour of the deployment; of a program that
asks."""

last_backup = Table(
    "last_backup",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)
"""One row: when a backup was written last, by whichever host."""
