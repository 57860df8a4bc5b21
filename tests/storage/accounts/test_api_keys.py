"""Whoever can write the database makes no key, widens none, prolongs none and puts no revoked one back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from screening.storage.accounts.api_keys import (
    ApiKey,
    Grant,
    KeyNameTakenError,
    api_keys,
    find_key,
    issue_key,
    new_token,
    note_use,
    revoke_key,
)
from screening.storage.audit.log import SERVICE
from screening.storage.audit.verification import verify
from screening.storage.database.account_tables import api_key
from screening.storage.database.clock import now
from screening.storage.database.schema import audit_head
from screening.storage.store import Store, StoreTransaction
from tests.support.stores import Place, close

pytestmark = pytest.mark.clock
Columns = dict[str, Any]


@dataclass(frozen=True)
class Issued:
    """A store with one key in it."""

    store: Store
    token: str
    id: str

    def found(self, token: str = "") -> ApiKey | None:
        with self.store.reading() as transaction:
            return find_key(transaction, token or self.token)

    def row(self) -> Columns:
        with self.store.reading() as transaction:
            return dict(transaction.connection.execute(select(api_key)).mappings().one())

    def write(self, values: Columns) -> None:
        """What somebody writes who has the database alone."""
        self.store.write(lambda transaction: transaction.connection.execute(update(api_key).values(values)))


def grant(**more: Any) -> Grant:
    usual = {"name": "ward", "scopes": {"evaluate"}, "network": "10.0.0.0/8", "expires_at": now() + timedelta(days=3)}
    return Grant(**{**usual, **more})


@pytest.fixture
def issued(place: Place) -> Iterator[Issued]:
    store, token = place.open(), new_token()
    key_id = store.write(lambda transaction: issue_key(transaction, SERVICE, grant(), token))
    yield Issued(store, token, key_id)
    close(store)


def test_a_key_is_found_by_itself_alone_and_never_kept(issued: Issued) -> None:
    key = issued.found()
    assert key is not None
    assert (key.name, key.scopes, key.network) == ("ward", frozenset({"evaluate"}), "10.0.0.0/8")
    assert issued.token.startswith("screening_")
    near = (issued.token[:-1], issued.token + "a", issued.token.upper(), f" {issued.token}", "screening_" + "é" * 43)
    for other in (new_token(), *near):
        assert issued.found(other) is None
    assert issued.token.encode() not in b"".join(value for value in issued.row().values() if isinstance(value, bytes))
    with issued.store.reading() as transaction:
        assert verify(transaction).number > 0


CHANGES: dict[str, Callable[[Columns], Columns]] = {
    "another name": lambda _: {"name": "other"},
    "another hash": lambda _: {"hash": secrets.token_bytes(32)},
    "more scopes": lambda _: {"scopes": "evaluate rules verify"},
    "a role": lambda _: {"role": "clinician"},
    "a wider network": lambda _: {"network": "0.0.0.0/0"},
    "a later end": lambda row: {"expires_at": row["expires_at"] + timedelta(days=900)},
    "an earlier beginning": lambda row: {"created_at": row["created_at"] - timedelta(days=1)},
    "another version": lambda row: {"version": row["version"] + 1},
    "no version": lambda _: {"version": None},
    "another seal": lambda _: {"seal": secrets.token_bytes(32)},
    "no seal": lambda _: {"seal": None},
    "another id": lambda _: {"id": "0" * 16},
}


def test_a_key_whose_row_was_changed_lets_nobody_in(issued: Issued) -> None:
    before = issued.row()
    for name, change in CHANGES.items():
        issued.write(change(before))
        assert issued.found() is None, name
        with issued.store.reading() as transaction:
            assert api_keys(transaction)[0].locked, name
        issued.write(before)
        assert issued.found() is not None


def test_a_key_that_somebody_else_wrote_lets_nobody_in(issued: Issued) -> None:
    token = new_token()

    def mint(transaction: StoreTransaction) -> None:
        row = dict(transaction.connection.execute(select(api_key)).mappings().one())
        known = {**row, "id": "1" * 16, "hash": transaction.keyed_hash("api key", token.encode())}
        transaction.connection.execute(insert(api_key).values(known))

    issued.store.write(mint)
    assert issued.found(token) is None
    assert issued.found() is not None


def test_a_revoked_key_stays_revoked_whatever_is_put_back(issued: Issued) -> None:
    with issued.store.reading() as transaction:
        head = dict(transaction.connection.execute(select(audit_head)).mappings().one())
    before = issued.row()
    issued.store.write(lambda transaction: revoke_key(transaction, SERVICE, issued.id))
    assert issued.found() is None
    issued.write(before)
    assert issued.found() is None
    issued.store.write(lambda transaction: transaction.connection.execute(update(audit_head).values(head)))
    assert issued.found() is None


def test_a_key_ends_when_it_ends_and_its_name_is_free_then(issued: Issued) -> None:
    with pytest.raises(KeyNameTakenError):
        issued.store.write(lambda transaction: issue_key(transaction, SERVICE, grant(), new_token()))
    key = issued.found()
    assert key is not None
    assert key.counts(key.expires_at - timedelta(seconds=1))
    assert not key.counts(key.expires_at)
    over = new_token()
    ended = grant(name="old", expires_at=now() - timedelta(seconds=1))
    for token in (over, new_token()):
        issued.store.write(partial(issue_key, by=SERVICE, grant=ended, token=token))
    assert issued.found(over) is None


def test_a_key_is_for_its_network_alone(issued: Issued) -> None:
    key = issued.found()
    assert key is not None
    assert [key.is_for(address) for address in ("10.1.2.3", "::ffff:10.1.2.3", "11.0.0.1", "::1", "", "x")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_its_use_is_kept_by_the_day_and_changes_no_seal(issued: Issued) -> None:
    issued.store.write(lambda transaction: note_use(transaction, issued.id, now().date()))
    key = issued.found()
    assert key is not None
    assert key.used_on == now().date().isoformat()
