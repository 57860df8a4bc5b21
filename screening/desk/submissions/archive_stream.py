"""An archive of files, sent while it is made: nothing of it lies on a disk, and in memory only what is being made.

What goes wrong with one file stands in the archive as a text; the archive itself is whole in every case.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from screening.documents.workers import BusyError
from screening.logs.failure import failure_of
from screening.storage.submissions.assessments.versions import Version
from screening.storage.submissions.handed_out.exporting import ExportedSubmission
from screening.wording.desk.archive import ArchiveTexts

log = logging.getLogger(__name__)
MOST_AT_ONCE = 4
"""Files of an archive that are made at once at most, however many workers there are."""
_TRIES = 10
"""How often a file is tried where all workers are at work for others, who come first."""
_PAUSE = 2.0
"""Seconds between two tries."""
ABOUT, NOT_COMPLETE = "00-about.txt", "00-not-complete.txt"


@dataclass(frozen=True, slots=True)
class ArchiveContent:
    """What an archive is made of."""

    rows: Iterator[ExportedSubmission]
    make: Callable[[ExportedSubmission, Version], bytes]
    """Makes one file; called in several threads, outside of the request."""
    ending: str
    """Of the names of these files."""
    at_once: int
    texts: ArchiveTexts
    at: datetime
    """The time that its files bear."""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes


def archive_pieces(content: ArchiveContent, end: Callable[[bool], None]) -> Generator[bytes]:
    """The archive piece by piece, the first at once.

    `end` is called once with whether all of it was taken: not where somebody hung up, whose generator is closed, nor
    where the submissions could not be read to the end; then the archive says that it is not complete.
    """
    out, complete, last = _Chunks(), False, ""
    try:
        with closing(_files(content)) as files, ZipFile(out, "w", ZIP_STORED) as archive:
            for file in files:
                archive.writestr(ZipInfo(file.name, content.at.timetuple()[:6]), file.content)
                last = file.name
                yield out.take()
        yield out.take()
        complete = last != NOT_COMPLETE
    finally:
        end(complete)


def _files(content: ArchiveContent) -> Generator[_File]:
    """The files of the archive in their order; what cannot be read any more ends them with a file that says so."""
    yield _File(ABOUT, content.texts.about.encode())
    try:
        yield from _made_files(content)
    except Exception as error:
        log.error("an archive is not complete: %s", failure_of(error))  # noqa: TRY400 - no words of it
        yield _File(NOT_COMPLETE, content.texts.not_complete.encode())


def _made_files(content: ArchiveContent) -> Iterator[_File]:
    """Every version of each submission in turn, a few of them made ahead, as many as are made at once."""
    at_once = max(1, min(content.at_once, MOST_AT_ONCE))
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="archive")
    ahead: deque[tuple[str, Future[bytes]]] = deque()
    try:
        for row in content.rows:
            for version in row.versions:
                ahead.append((f"{row.code}-{version.number}", pool.submit(_make_patiently, content.make, row, version)))
                if len(ahead) >= at_once:
                    yield _file(*ahead.popleft(), content)
        while ahead:
            yield _file(*ahead.popleft(), content)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _make_patiently(
    make: Callable[[ExportedSubmission, Version], bytes], row: ExportedSubmission, version: Version
) -> bytes:
    """A file; who only looks at one comes first, so this waits for its turn longer."""
    for _ in range(_TRIES - 1):
        with suppress(BusyError):
            return make(row, version)
        time.sleep(_PAUSE)
    return make(row, version)


def _file(name: str, future: Future[bytes], content: ArchiveContent) -> _File:
    """A file, or the text that says that there is none."""
    try:
        return _File(f"{name}.{content.ending}", future.result())
    except Exception as error:
        log.error("a file is not in its archive: %s", failure_of(error))  # noqa: TRY400 - no words of it
        return _File(f"{name}.txt", content.texts.no_file.encode())


class _Chunks(RawIOBase):
    """A file that is only written: what was written is taken away in pieces."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: object) -> int:
        """Hold what is written until it is taken."""
        piece = bytes(content)  # type: ignore[call-overload]
        self._held += piece
        return len(piece)

    def take(self) -> bytes:
        """What was written since."""
        piece = bytes(self._held)
        self._held.clear()
        return piece
