"""The list of what was deleted: a file beside the database that only grows, so that no backup brings anything back.

A line holds an id, the state and the reason of its tombstone, and when; nothing of a person. A tombstone in the
database says the same; whatever is missing in the file is added from there, since a process may end between the two.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, select

from screening.storage.database.rows import SubmissionRow, fetch_all
from screening.storage.database.schema import submission

TOMBSTONES = ("withdrawn", "erased")
"""The states of what was deleted."""
_ID = re.compile(r"[0-9a-f]{16}(?= |$)")
_REASON = re.compile(r"[a-z_]{1,32}|-")
"""As it fits into the column of the tombstone."""
BY_AGE = ("unopened", "closed", "idle")
"""The reasons of what was deleted for its age alone."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """One submission that was deleted."""

    id: str
    state: str
    reason: str
    at: str
    """When, as ISO 8601."""

    @property
    def is_by_age(self) -> bool:
        """Whether only its age was the reason, not the wish of anybody."""
        return self.state == "erased" and self.reason in BY_AGE

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.id} {self.state} {self.reason or '-'} {self.at}\n"


class DeletionsError(Exception):
    """The list of deletions cannot be read or written; the message says why."""


@dataclass(frozen=True, slots=True)
class DeletionList:
    """What a list says, line by line."""

    deletions: dict[str, Deletion]
    """By id."""
    odd: dict[int, str]
    """Ids by the number of a line that names one and does not say what became of it: it was deleted all the same."""
    unreadable: tuple[int, ...]
    """The numbers of lines that name no id, so that nobody knows what was deleted."""


def read_list(path: Path) -> DeletionList:
    """Every line of a list; the beginning of an id at the very end, which a crash left, counts for nothing."""
    try:
        text = path.read_bytes().decode("ascii", errors="replace")
    except FileNotFoundError:
        return DeletionList({}, {}, ())
    except OSError as error:
        raise DeletionsError(f"{path} cannot be read: {error.strerror}") from None
    *lines, unfinished = text.split("\n")
    if _ID.match(unfinished):
        lines.append(unfinished)
    deletions, odd, unreadable = dict[str, Deletion](), dict[int, str](), list[int]()
    for number, line in enumerate(lines, 1):
        match = _ID.match(line)
        words = line.split(" ")
        if match is None:
            unreadable += [number] if line.strip() else []
        elif len(words) == 4 and words[1] in TOMBSTONES and _REASON.fullmatch(words[2]):
            deletions[words[0]] = Deletion(words[0], words[1], "" if words[2] == "-" else words[2], words[3])
        else:
            odd[number] = match[0]
    return DeletionList(deletions, odd, tuple(unreadable))


def read_deletions(path: Path) -> dict[str, Deletion]:
    """What was deleted, by id, as far as the list says all of it; what it does not is written again."""
    return read_list(path).deletions


def append_deletions(path: Path, deletions: Iterable[Deletion]) -> None:
    """Add to the list what is not in it yet, and see that it is on the disk."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = read_deletions(path)
            lines = "".join(deletion.line for deletion in deletions if _is_news(deletion, known.get(deletion.id)))
            if lines:
                _end_last_line(file)
                file.write(lines.encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise DeletionsError(f"{path} cannot be written: {error.strerror}") from None


def _is_news(deletion: Deletion, known: Deletion | None) -> bool:
    """Whether the list does not say it yet; what was deleted by age, restored and then withdrawn is said twice."""
    return known is None or (known.is_by_age and not deletion.is_by_age)


def tombstones(connection: Connection) -> list[Deletion]:
    """What was deleted, as the database says."""
    query = select(submission).where(submission.c.data_key_wrapped.is_(None)).order_by(submission.c.ended_at)
    return [
        Deletion(row.id, row.state, row.reason or "", (row.ended_at or row.changed_at).isoformat())
        for row in fetch_all(connection, SubmissionRow, query)
    ]


def _end_last_line(file: BinaryIO) -> None:
    """End the last line where a crash cut it off; what is less than an id names nothing, and goes."""
    file.seek(0)
    last = file.read().rpartition(b"\n")[2]
    if not last:
        return
    if _ID.match(last.decode("ascii", errors="replace")):
        file.write(b"\n")
    else:
        file.truncate(file.seek(-len(last), os.SEEK_END))
