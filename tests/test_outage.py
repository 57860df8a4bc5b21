"""What fails while people use it: a page that says so, nothing lost, and all is well again without anybody's hands."""

from __future__ import annotations

import logging
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from screening.app import create_app
from screening.config.reading import read_settings
from screening.health import NoRoomError, check_room
from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.schema import key_state, submission
from screening.storage.upkeep.key_rotation import rotate_keys
from tests.storage.conftest import cluster, kind, place
from tests.support.desk import signed_in
from tests.support.outage import count, pressing_says_so_and_works_afterwards, said_and_kept, store_of, without_memory
from tests.support.postgres import Cluster
from tests.support.sharing import CONTACT, open_form
from tests.support.stores import Place, close
from tests.support.web import Web, form_values
from tests.support.web_fixtures import settings_of

__all__ = ["cluster", "kind", "place"]


@pytest.fixture
def app(place: Place) -> Iterator[Flask]:
    """An application over a database of each kind."""
    made = create_app(read_settings({**settings_of(place.folder), "DATABASE_URL": place.url}))
    yield made
    close(store_of(made))


def test_a_database_that_is_gone(app: Flask, place: Place, request: pytest.FixtureRequest) -> None:
    def gone() -> Iterator[None]:
        if store_of(app).database.is_sqlite:
            file = store_of(app).database.file
            moved = [(path, path.with_name(f"moved-{path.name}")) for path in file.parent.glob("screening.db*")]
            for there, away in moved:
                there.rename(away)
            yield
            for there, away in moved:
                away.rename(there)
        else:
            server: Cluster = request.getfixturevalue("cluster")
            server.stop("immediate")
            try:
                yield
            finally:
                server.start()

    pressing_says_so_and_works_afterwards(app, gone)


@pytest.mark.real_clock
def test_it_is_not_ready_while_another_holds_the_lock(app: Flask) -> None:
    store, web = store_of(app), Web(app)
    assert web.raw("/readyz").status_code == 200
    with store.database.engine.connect() as other, other.begin() as transaction:
        sqlite = store.database.is_sqlite
        for statement in ("ROLLBACK", "BEGIN IMMEDIATE") if sqlite else ("LOCK TABLE heartbeat",):
            other.exec_driver_sql(statement)
        without_memory(app)
        assert web.raw("/readyz").status_code == 503
        transaction.rollback()
    assert web.raw("/readyz").status_code == 200


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_is_not_ready_where_a_write_passes_and_its_commit_is_refused(app: Flask) -> None:
    """No byte beyond the first 4096 of a file can be written: less than the log of SQLite takes for one page."""
    web = Web(app)
    assert web.raw("/readyz").status_code == 200
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    without_memory(app)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        full = web.raw("/readyz").status_code
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert full == 503
    assert web.raw("/readyz").status_code == 200


def test_a_disk_with_too_little_room_is_told_with_its_place(tmp_path: Path) -> None:
    check_room(tmp_path, wanted=0)
    with pytest.raises(NoRoomError, match=str(tmp_path)):
        check_room(tmp_path, wanted=2**62)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_disk_that_is_full(app: Flask) -> None:
    store = store_of(app)

    def full() -> Iterator[None]:
        with store.reading() as transaction:
            pages = transaction.connection.exec_driver_sql("PRAGMA page_count").scalar_one()

        def limit(connection: object, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

        event.listen(store.database.engine, "connect", limit)
        store.database.engine.dispose()
        yield
        event.remove(store.database.engine, "connect", limit)
        store.database.engine.dispose()

    web = Web(app)
    open_form(web)
    form = web.page
    with contextmanager(full)():
        said_and_kept(web)
    web.page = form
    web.submit(CONTACT)
    assert count(store) == 1


@contextmanager
def key_changed_elsewhere(place: Place, elsewhere: Path) -> Iterator[None]:
    """Another host changed the key, and its file has not been copied here yet."""
    elsewhere.mkdir(mode=0o700)
    other = Place(place.url, elsewhere)
    other.keys.write_bytes(place.keys.read_bytes())
    other.keys.chmod(0o600)
    changing = other.open()
    list(rotate_keys(changing))
    close(changing)
    yield
    place.keys.write_bytes(other.keys.read_bytes())


@pytest.mark.slow
def test_a_key_that_is_missing(app: Flask, place: Place, tmp_path: Path) -> None:
    def missing() -> Iterator[None]:
        with key_changed_elsewhere(place, tmp_path / "elsewhere"):
            yield

    pressing_says_so_and_works_afterwards(app, missing, status=400)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_desk_says_that_it_is_not_available_while_its_key_is_missing(
    app: Flask, place: Place, tmp_path: Path
) -> None:
    web = Web(app)
    open_form(web)
    web.submit(CONTACT)
    desk = signed_in(app, Role.COORDINATOR)
    with store_of(app).reading() as transaction:
        (sent,) = transaction.connection.execute(select(submission.c.id)).scalars()
    with key_changed_elsewhere(place, tmp_path / "elsewhere"):
        token = form_values(desk.page.one("header").one("form"))["csrf_token"]
        told = desk.raw(f"/desk/submissions/{sent}/emergency", "POST", {"csrf_token": token, "revision": "0"})
        assert (told.status_code, "This could not be noted now." in told.text) == (200, True)
        assert "Not available now" in desk.get("/desk/", status=503).text
        assert desk.raw("/desk/").headers["Retry-After"] == "30"
    desk.get("/desk/")


@pytest.mark.slow
def test_a_clock_that_was_set_back(app: Flask) -> None:
    def set_back() -> Iterator[None]:
        set_clock(timedelta(days=2))
        yield
        set_clock(timedelta())

    def set_clock(behind: timedelta) -> None:
        changed = update(key_state).values(changed_at=now() + behind)
        store_of(app).write(lambda transaction: transaction.connection.execute(changed))

    pressing_says_so_and_works_afterwards(app, set_back, status=400)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_logged_says_what_is_wrong_and_nothing_of_anybody(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    store = store_of(app)
    web = Web(app)
    open_form(web)
    file = store.database.file
    file.rename(file.with_name("away"))
    web.submit(CONTACT, status=503)
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "was moved or deleted while it was in use" in record.getMessage()
    for typed in (CONTACT["name"], CONTACT["note"], "6789"):
        assert typed not in caplog.text
