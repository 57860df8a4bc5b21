"""Rule sets and translations as they were when something was judged by them: each kept once, whole, by its hash."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256

from sqlalchemy import insert, select

from screening.storage.database.clock import now
from screening.storage.database.schema import rule_text
from screening.storage.store import StoreTransaction


class TextKind(StrEnum):
    """What a kept text is."""

    RULES = "rules"
    TRANSLATION = "translation"


def store_rule_text(transaction: StoreTransaction, kind: TextKind, content: str) -> str:
    """Keep a canonical JSON unless it is kept already; its hash."""
    identity = sha256(content.encode()).hexdigest()
    if transaction.connection.execute(select(rule_text.c.hash).where(rule_text.c.hash == identity)).first() is None:
        values = {"hash": identity, "kind": kind, "content": content, "kept_at": now()}
        if transaction.connection.dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert as insert_if_new  # noqa: PLC0415 - another writer may be first

            transaction.connection.execute(insert_if_new(rule_text).values(values).on_conflict_do_nothing())
        else:
            transaction.connection.execute(insert(rule_text).values(values))
    return identity


def stored_rule_text(transaction: StoreTransaction, identity: str) -> str:
    """The canonical JSON of this hash."""
    text: str = transaction.connection.execute(
        select(rule_text.c.content).where(rule_text.c.hash == identity)
    ).scalar_one()
    return text
