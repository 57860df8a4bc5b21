"""An archive of PDFs: sent while it is made, whole whatever goes wrong, and its page tells how far it is."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update

from screening.desk.submissions.archive_stream import ArchiveContent, archive_pieces
from screening.documents.workers import BusyError, WorkError
from screening.storage.accounts.sessions import IDLE
from screening.storage.database.account_tables import staff_session
from screening.storage.database.clock import now
from screening.storage.submissions.handed_out.archives import Kind, Progress, Stage
from screening.storage.submissions.handed_out.exporting import ExportedSubmission
from screening.wording.desk.archive import archive_texts, progress_words
from screening.wording.language.languages import language
from tests.support.desk import Desk
from tests.support.desk_submissions import assess_case, clear, send

AT = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
TEXTS = archive_texts(3, AT, Kind.PDF, language("en"))


@pytest.fixture
def empty_desk(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator where nothing was sent yet."""
    clear(coordinator.store)
    yield coordinator
    clear(coordinator.store)


def submissions(number: int, read: list[int] | None = None) -> Iterator[ExportedSubmission]:
    """Some submissions of one version each; `read` is told which were asked for."""
    for index in range(number):
        if read is not None:
            read.append(index)
        version = SimpleNamespace(number=0, which=index)
        yield cast("ExportedSubmission", SimpleNamespace(code=f"CODE{index}", versions=(version,)))


def content_of(
    rows: Iterator[ExportedSubmission], make: Callable[[Any], bytes] = lambda _version: b"%PDF-", at_once: int = 1
) -> ArchiveContent:
    return ArchiveContent(rows, lambda _row, version: make(version), "pdf", at_once, TEXTS, AT)


def names_in(pieces: list[bytes]) -> list[str]:
    with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_the_first_bytes_are_there_before_anything_is_read_or_made() -> None:
    read: list[int] = []
    pieces = archive_pieces(content_of(submissions(3, read)), lambda _complete: None)
    assert b"00-about.txt" in next(pieces)
    assert read == []
    pieces.close()


@pytest.mark.parametrize("at_once", [1, 2, 4])
def test_no_more_is_made_ahead_than_workers_may_be_at_work(at_once: int) -> None:
    read: list[int] = []
    pieces = archive_pieces(content_of(submissions(20, read), at_once=at_once), lambda _complete: None)
    for taken, _piece in enumerate(pieces):
        assert len(read) <= taken + at_once
    assert len(read) == 20


def test_several_are_made_at_once_and_stand_in_their_order() -> None:
    both = threading.Barrier(2, timeout=600)

    def make(version: Any) -> bytes:
        both.wait()
        return str(version.which).encode()

    pieces = list(archive_pieces(content_of(submissions(4), make, at_once=2), lambda _complete: None))
    assert names_in(pieces) == ["00-about.txt", *(f"CODE{index}-0.pdf" for index in range(4))]
    with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert [archive.read(f"CODE{index}-0.pdf") for index in range(4)] == [b"0", b"1", b"2", b"3"]


@pytest.mark.parametrize("broken", range(3))
def test_a_pdf_that_cannot_be_made_is_a_text_in_an_archive_that_is_whole(broken: int) -> None:
    def make(version: Any) -> bytes:
        if version.which == broken:
            raise WorkError("it hung")
        return b"%PDF-"

    ended: list[bool] = []
    pieces = list(archive_pieces(content_of(submissions(3), make), ended.append))
    endings = ["txt" if index == broken else "pdf" for index in range(3)]
    assert names_in(pieces) == ["00-about.txt", *(f"CODE{number}-0.{ending}" for number, ending in enumerate(endings))]
    with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        text = archive.read(f"CODE{broken}-0.txt").decode()
    assert text.startswith("This file could not be made.")
    assert "hung" not in text
    assert ended == [True]


@pytest.mark.real_clock
def test_a_pdf_whose_workers_are_all_busy_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.desk.submissions.archive_stream._PAUSE", 0)
    tries: list[int] = []

    def make(version: Any) -> bytes:
        tries.append(version.which)
        if len(tries) < 4:
            raise BusyError
        return b"%PDF-"

    names = names_in(list(archive_pieces(content_of(submissions(2), make), lambda _complete: None)))
    assert names == ["00-about.txt", "CODE0-0.pdf", "CODE1-0.pdf"]
    assert tries == [0, 0, 0, 0, 1]


def test_where_submissions_cannot_be_read_to_the_end_the_archive_says_so_and_is_whole() -> None:
    def rows() -> Iterator[ExportedSubmission]:
        yield from submissions(2)
        raise OSError("the disk is gone")

    ended: list[bool] = []
    names = names_in(list(archive_pieces(content_of(rows()), ended.append)))
    assert names == ["00-about.txt", "CODE0-0.pdf", "CODE1-0.pdf", "00-not-complete.txt"]
    assert ended == [False]


def test_who_hangs_up_ends_the_work() -> None:
    read: list[int] = []
    made: list[int] = []
    ended: list[bool] = []

    def make(version: Any) -> bytes:
        made.append(version.which)
        return b"%PDF-"

    pieces = archive_pieces(content_of(submissions(100, read), make), ended.append)
    for _ in range(3):
        next(pieces)
    pieces.close()
    assert read == made == [0, 1]
    assert ended == [False]


# --- its page ---


def archive_page(desk: Desk) -> str:
    """The address of the page of a new archive of all that is listed."""
    desk.get("/desk/export")
    desk.submit({"format": "pdf"})
    return desk.path


def progress_text(desk: Desk, path: str) -> tuple[str, bool]:
    """What the frame of the page says, and whether it asks again."""
    response = desk.raw(path.replace("?", "/progress?"))
    assert response.status_code == 200
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    return " ".join(response.text.split("<main")[1].split(">", 1)[1].split()), "Refresh" in response.headers


@pytest.mark.slow
def test_the_page_begins_the_archive_once_and_its_frame_tells_how_far_it_is(empty_desk: Desk) -> None:
    for age in (3, 2):
        send(empty_desk.store, age, assess_case(empty_desk.service.rules, 7))
    path = archive_page(empty_desk)
    assert "2 submissions." in empty_desk.page.text
    assert empty_desk.page.one("iframe")["src"].startswith(path.split("?")[0] + "/progress")
    policy = empty_desk.raw(path).headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "has not begun yet" in progress_text(empty_desk, path)[0]
    file = empty_desk.raw(path).headers["Refresh"].removeprefix("0; url=")
    response = empty_desk.client.get(file, buffered=False)
    pieces = response.iter_encoded()
    next(pieces)
    next(pieces)
    said, asks_again = progress_text(empty_desk, path)
    assert "is being sent" in said
    assert "Submission 1 of 2." in said
    assert asks_again
    assert "Refresh" not in empty_desk.raw(path).headers
    list(pieces)
    response.close()
    said, asks_again = progress_text(empty_desk, path)
    assert "is complete" in said
    assert "Submission 2 of 2." in said
    assert not asks_again
    assert "This archive was sent before" in empty_desk.get(file, status=409).text


def test_an_archive_that_the_browser_stops_taking_is_told_as_cut(empty_desk: Desk) -> None:
    send(empty_desk.store, 2, assess_case(empty_desk.service.rules, 7))
    path = archive_page(empty_desk)
    response = empty_desk.client.get(empty_desk.raw(path).headers["Refresh"].removeprefix("0; url="), buffered=False)
    next(response.iter_encoded())
    response.close()
    said, asks_again = progress_text(empty_desk, path)
    assert "was cut off" in said
    assert not asks_again


def test_it_goes_by_all_values_of_a_filter(empty_desk: Desk) -> None:
    empty_desk.get("/desk/export?language=ms&language=ta")
    empty_desk.submit({"format": "pdf"})
    file = empty_desk.raw(empty_desk.path).headers["Refresh"].removeprefix("0; url=")
    for address in (empty_desk.path, file):
        assert parse_qs(urlsplit(address).query)["language"] == ["ms", "ta"]


def test_nobody_else_sees_or_takes_an_archive(empty_desk: Desk, clinician: Desk) -> None:
    path = archive_page(empty_desk)
    for address in (path, path.replace("?", "/progress?"), path.replace("?", "/submissions.zip?")):
        assert clinician.raw(address).status_code == 404
    assert empty_desk.raw("/desk/export/archives/1?of=2").status_code == 404


def test_a_frame_that_asks_by_itself_lengthens_no_session(empty_desk: Desk) -> None:
    path = archive_page(empty_desk)
    earlier = now() - IDLE / 2
    empty_desk.store.write(
        lambda transaction: transaction.connection.execute(update(staff_session).values(seen_at=earlier))
    )

    def seen() -> set[datetime]:
        with empty_desk.store.reading() as transaction:
            return set(transaction.connection.execute(select(staff_session.c.seen_at)).scalars())

    before = seen()
    progress_text(empty_desk, path)
    assert seen() == before
    empty_desk.get(path)
    assert seen() != before


@pytest.mark.parametrize(
    ("taken", "seconds", "said"),
    [
        (1, 60, ""),
        (4, 30, "About 1 minute more."),
        (11, 100, "About 8 minutes more."),
        (57, 400, "About 1 minute more."),
        (60, 400, "About 1 minute more."),
    ],
)
def test_about_how_long_it_takes_is_told_once_some_are_through(taken: int, seconds: int, said: str) -> None:
    progress = Progress(Stage.UNDER_WAY, taken=taken, began_at=AT)
    words = progress_words(progress, 57 if taken != 4 else 6, AT + timedelta(seconds=seconds), language("en"))
    assert words.left == said


def test_a_number_of_submissions_that_is_none_does_no_harm(empty_desk: Desk) -> None:
    path = archive_page(empty_desk).split("?")[0]
    for of in ("-1", "x", "99999999", "%00", "", "²"):
        assert empty_desk.raw(f"{path}?of={of}").status_code == 200
        assert empty_desk.raw(f"{path}/progress?of={of}").status_code == 200
