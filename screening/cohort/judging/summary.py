"""What came of a whole table, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

DATABASE, BY_ROW = "database", "row by row"
"""Who judged a row; nobody where an answer is missing without which there is no outcome."""


@dataclass
class Summary:
    """The rows of a table by who judged them, and by category."""

    rows: int = 0
    judged: Counter[str | None] = field(default_factory=Counter)
    categories: Counter[str | None] = field(default_factory=Counter)

    @property
    def counted(self) -> int:
        """Rows that the mapping asks for."""
        return self.judged.total()
