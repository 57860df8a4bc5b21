"""The high-water mark of the audit: its last entry, noted in the folder of the keys, out of reach of the database.

Written after each commit, so it may be behind what is stored (a crash between the two, another host) and is never
ahead: the entry that it names must still stand in the audit as it was. Otherwise the audit was emptied or cut off, or
this is another or an older database. The first line is the mark; it has one length, so that a later mark is written
over it in one piece. Below it stand the marks that a restore set aside.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from screening.storage.database.clock import now

BEGINNING = bytes(32)
"""What the first entry is chained to."""
_LINE = 20 + 1 + 64 + 1


class MarkError(Exception):
    """The file of the mark cannot be read or written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class HighestEntry:
    """The last entry of an audit that is whole: to be noted where nobody who can change the audit can change it."""

    number: int
    chained: bytes

    @property
    def text(self) -> str:
        """As it is printed and given again."""
        return f"{self.number}:{self.chained.hex()}"


def parse_highest_entry(text: str) -> HighestEntry:
    """The last entry that was noted; `ValueError` where the text is none."""
    number, _, chained = text.strip().partition(":")
    noted = HighestEntry(int(number), bytes.fromhex(chained))
    if len(noted.chained) != len(BEGINNING) or noted.number < 0:
        raise ValueError(text)
    return noted


def read_mark(path: Path | None) -> HighestEntry | None:
    """The mark; None where nothing was noted yet, or where marks count for nothing (`path` is None)."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return _parse(path, file.read(_LINE))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MarkError(f"{path} cannot be read: {error.strerror}") from None


def raise_mark(path: Path | None, entry: HighestEntry) -> None:
    """Note a later entry; an earlier one than is noted changes nothing."""
    if path is None:
        return
    with _locked(path) as descriptor:
        present = _parse(path, os.pread(descriptor, _LINE, 0))
        if present is None or present.number < entry.number:
            os.pwrite(descriptor, _line(entry), 0)


def replace_mark(path: Path, entry: HighestEntry | None) -> None:
    """Note the last entry of another state of the database, and keep the mark of before in a line of its own."""
    with _locked(path) as descriptor:
        present, _, rest = os.pread(descriptor, os.fstat(descriptor).st_size, 0).partition(b"\n")
        kept = b"was " + present.strip() + b" until " + now().isoformat().encode() + b"\n" if present else b""
        content = (_line(entry or HighestEntry(0, BEGINNING))) + rest + kept
        os.pwrite(descriptor, content, 0)
        os.ftruncate(descriptor, len(content))
        os.fsync(descriptor)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, made where there is none, while nobody else writes it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)
    except OSError as error:
        raise MarkError(f"{path} cannot be written: {error.strerror}") from None


def _line(entry: HighestEntry) -> bytes:
    return f"{entry.text:>{_LINE - 1}}\n".encode()


def _parse(path: Path, line: bytes) -> HighestEntry | None:
    """The mark in a first line; an empty file, which a crash may leave, holds none."""
    if not line:
        return None
    try:
        return parse_highest_entry(line.decode("ascii"))
    except ValueError:
        raise MarkError(
            f"{path} does not begin with a number, a colon and 64 hexadecimal digits. Put it back from a copy. Only "
            "where `screening audit verify --expect` with what you noted elsewhere finds the audit whole, move it away."
        ) from None
