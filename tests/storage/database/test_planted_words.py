"""What a person wrote lies readable nowhere: not in the database, its log, a dump, a backup or a log of the service."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from screening.storage.accounts.saved_filters import save_filter
from screening.storage.accounts.staff import Role, add_staff
from screening.storage.audit.log import SERVICE
from screening.storage.database.connections import DatabaseUnavailableError
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.versions import AssessmentRecord
from screening.storage.submissions.person.word_pairs import WordPair
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import Submission, change, open_submission
from screening.storage.upkeep.backup import back_up
from tests.support.postgres import Cluster
from tests.support.stores import RULES, Place, draft, share

WORD = "plantedxyzzyword"
PLANTED_PAIR = ("clinicsplantedword", "personsplantedword")
"""For the telephone."""
PLAIN = "plainlyvisibleword"
"""Stands in a column that is not sealed: where it is not found, nobody has looked."""


def fill(store: Store) -> None:
    """The word in everything that a person or staff may write."""
    record = AssessmentRecord(RULES, {"answers": {"note": WORD}}, {"title": WORD}, PLAIN, 0, 0, 0)
    sent = draft(assessment=record, row={"name": WORD}, contact={"address": WORD, "note": WORD}, reach=WORD)
    sent = replace(sent, pair=WordPair("en", *PLANTED_PAIR))
    for _ in range(3):
        identity = share(store, sent).id
        with store.reading() as transaction:
            kept = open_submission(transaction, identity)

        def work(transaction: StoreTransaction, kept: Submission = kept) -> None:
            add_event(transaction, kept, "note", {"text": WORD})
            change(transaction, kept, contact={"address": WORD, "more": WORD})

        store.write(work)

    def save(transaction: StoreTransaction) -> None:
        who = add_staff(transaction, SERVICE, ("Ann", Role.COORDINATOR), "no password", invited=False)
        save_filter(transaction, who, WORD, {"step": (WORD,)})

    store.write(save)


def written(place: Place, store: Store, request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that lies on a disk."""
    for file in place.folder.rglob("*"):
        if file.is_file():
            yield file.name, file.read_bytes()
    yield "backup", gzip.decompress(back_up(store, folder).read_bytes())
    if not store.database.is_sqlite:
        cluster: Cluster = request.getfixturevalue("cluster")
        yield "dump", cluster.dump(str(store.database.url.database))
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql("CHECKPOINT")
        for file in (cluster.folder / "data").rglob("*"):
            if file.is_file():
                yield f"data/{file.name}", file.read_bytes()


def test_planted_words_are_found_nowhere(
    place: Place, store: Store, request: pytest.FixtureRequest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        fill(store)
        seen = set()
        for name, content in written(place, store, request, tmp_path):
            for word in (WORD, *PLANTED_PAIR):
                assert word.encode() not in content, f"{word} in {name}"
            if PLAIN.encode() in content:
                seen.add(name.split("/")[0])
    assert not [word for word in (WORD, *PLANTED_PAIR) if word in caplog.text]
    assert seen >= ({"screening.db-wal", "backup"} if store.database.is_sqlite else {"backup", "dump", "data"})


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_no_error_of_the_database_names_what_was_written(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.database.write(lambda connection: connection.exec_driver_sql("DROP TABLE version"))
    record = AssessmentRecord(RULES, {"answers": WORD}, {"title": WORD}, PLAIN, 0, 0, 0)
    with pytest.raises(DatabaseUnavailableError) as caught:
        share(store, draft(assessment=record, reach=WORD))
    assert str(caught.value) == "no such table: version"
    assert WORD not in caplog.text
