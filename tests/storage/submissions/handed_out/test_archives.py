"""How far an archive has come, as the audit tells: begun once, whoever asks for it at once, and ended once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from screening.storage.audit.log import add_entry
from screening.storage.database.clock import now
from screening.storage.store import Store
from screening.storage.submissions.handed_out.archives import (
    WAITS,
    Kind,
    Progress,
    Stage,
    ask_for_archive,
    begin_archive,
    end_archive,
    progress_of,
    taken_as,
)


def progress(store: Store, archive: int, by: str = "siti", later: timedelta = timedelta(0)) -> Progress | None:
    with store.reading() as transaction:
        return progress_of(transaction, archive, by, now() + later)


def test_an_archive_begins_once_however_many_ask_for_it_at_once(store: Store) -> None:
    archive = store.write(lambda transaction: ask_for_archive(transaction, "siti", Kind.PDF))
    with ThreadPoolExecutor(4) as pool:
        begun = pool.map(
            lambda _: store.write(lambda transaction: begin_archive(transaction, archive, "siti", now())), range(4)
        )
        assert sorted(begun) == [False, False, False, True]


def test_it_goes_from_asked_over_under_way_to_its_end_and_counts_its_own_person_alone(store: Store) -> None:
    archive = store.write(lambda transaction: ask_for_archive(transaction, "siti", Kind.PDF))
    asked = progress(store, archive)
    assert asked == Progress(Stage.ASKED)
    assert progress(store, archive, "mei") is None
    assert progress(store, archive + 1) is None
    assert store.write(lambda transaction: begin_archive(transaction, archive, "siti", now()))
    for by, subject in (("siti", "one"), ("mei", "two"), ("siti", "three")):
        store.write(partial(add_entry, actor=by, action=taken_as(Kind.PDF), subject=subject))
    under_way = progress(store, archive)
    assert under_way
    assert (under_way.stage, under_way.taken) == (Stage.UNDER_WAY, 2)
    silent = progress(store, archive, later=WAITS + timedelta(minutes=1))
    assert silent
    assert silent.stage is Stage.CUT
    store.write(lambda transaction: end_archive(transaction, archive, "siti", complete=True))
    for later in (timedelta(0), WAITS * 2):
        ended = progress(store, archive, later=later)
        assert ended
        assert (ended.stage, ended.taken) == (Stage.COMPLETE, 2)


def test_one_that_nobody_fetched_in_time_does_not_begin(store: Store) -> None:
    archive = store.write(lambda transaction: ask_for_archive(transaction, "siti", Kind.PDF))
    late = now() + WAITS + timedelta(minutes=1)
    assert not store.write(lambda transaction: begin_archive(transaction, archive, "siti", late))
