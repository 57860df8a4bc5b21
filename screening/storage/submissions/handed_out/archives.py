"""How far an archive of files has come, as the audit tells: the one record that every process of the service shares.

Whoever takes an archive out asks for it (an entry whose number names it from then on), then it begins, each submission
in it is recorded, and it ends complete or cut. No file and no table of its own holds anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from screening.storage.audit.log import add_entry
from screening.storage.database.locking import take_turns
from screening.storage.database.schema import audit
from screening.storage.store import StoreTransaction

ASKED, BEGUN, COMPLETE, CUT = "export_begun", "archive_begun", "archive_complete", "archive_cut"
WAITS = timedelta(minutes=15)
"""For how long an archive that was asked for may begin; and after how long without a sign it counts as cut: a process
that was killed leaves no entry."""
_c = audit.c


class Kind(StrEnum):
    """What an archive holds; the subject of the entry of who asked for it."""

    PDF = "pdf"
    FHIR = "fhir"


def taken_as(kind: Kind) -> str:
    """The action of the entry of a submission in an archive."""
    return "exported_zip" if kind is Kind.PDF else "exported_fhir-zip"


class Stage(StrEnum):
    """How far an archive has come."""

    ASKED = "asked"
    UNDER_WAY = "under_way"
    COMPLETE = "complete"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an archive has come."""

    stage: Stage
    kind: Kind = Kind.PDF
    taken: int = 0
    """Submissions that are in it or being put in. Two archives that one person takes out at once are counted together:
    the audit does not say which of them an entry is about."""
    began_at: datetime | None = None
    """None where it has not begun."""


def ask_for_archive(transaction: StoreTransaction, by: str, kind: Kind) -> int:
    """Record that somebody wants one; the number by which it is known."""
    return add_entry(transaction, by, ASKED, kind)


def begin_archive(transaction: StoreTransaction, archive: int, by: str, at: datetime) -> bool:
    """Record that it is sent from now on; False where nobody asked for it lately, or it began before."""
    take_turns(transaction.connection, b"audit")  # so that of two who begin it at once one sees the other's entry
    progress = progress_of(transaction, archive, by, at)
    if progress is None or progress.stage is not Stage.ASKED:
        return False
    add_entry(transaction, by, BEGUN, str(archive))
    return True


def end_archive(transaction: StoreTransaction, archive: int, by: str, *, complete: bool) -> None:
    """Record that all of it was handed to the network, or that it was not."""
    add_entry(transaction, by, COMPLETE if complete else CUT, str(archive))


def progress_of(transaction: StoreTransaction, archive: int, by: str, at: datetime) -> Progress | None:
    """How far an archive of somebody has come; None where they asked for none by this number."""
    connection = transaction.connection
    asked = select(_c.at, _c.subject).where(
        _c.number == archive, _c.actor == by, _c.action == ASKED, _c.subject.in_([*Kind])
    )
    entry = connection.execute(asked).one_or_none()
    if entry is None:
        return None
    asked_at, kind = entry.at, Kind(entry.subject)
    later = (_c.number > archive, _c.actor == by)
    about = select(_c.action, _c.at).where(*later, _c.subject == str(archive)).order_by(_c.number)
    entries: dict[str, datetime] = {row.action: row.at for row in connection.execute(about)}
    if BEGUN not in entries:
        return Progress(Stage.ASKED if at - asked_at < WAITS else Stage.CUT, kind)
    begun = entries[BEGUN]
    ended = entries.get(COMPLETE) or entries.get(CUT)
    within = (_c.at <= ended,) if ended else ()
    counted = select(func.count(), func.max(_c.at)).where(*later, _c.action == taken_as(kind), *within)
    taken, latest = connection.execute(counted).one()
    if COMPLETE in entries:
        stage = Stage.COMPLETE
    else:
        stage = Stage.CUT if CUT in entries or at - (latest or begun) >= WAITS else Stage.UNDER_WAY
    return Progress(stage, kind, taken, begun)
