"""What a process tells of what it does, in numbers alone; here nobody listens.

A meter is given names from closed lists of the code and numbers: never a path, an id, an address, a text that came in.
"""

from __future__ import annotations

from enum import StrEnum

from screening.documents.workers import Became
from screening.storage.submissions.person.pace import Slowed


class Pool(StrEnum):
    """Which worker processes."""

    PDFS = "pdfs"
    FILES = "files"


class Meters:
    """Where nobody watches."""

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request was answered; `route`: the name of a view, or empty."""

    def worked(self, pool: Pool, became: Became) -> None:
        """A piece of work of a pool ended."""

    def waits(self, pool: Pool, callers: int) -> None:
        """So many more callers wait for a worker of a pool than before; -1: one less."""

    def slowed(self, by: Slowed) -> None:
        """Somebody who pressed the button to send was told to wait."""
