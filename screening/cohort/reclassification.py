"""How many rows of a table move between two rule sets, from which possible categories to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from screening.cohort.answer_sets import Reader, Unusable
from screening.cohort.mapping import CohortMapping
from screening.cohort.table import Row
from screening.ruleset.engine.engine import Engine, RequiredAnswerMissingError

Categories = frozenset[str]


@dataclass
class Reclassification:
    """What came of the rows of a table."""

    rows: int = 0
    counted: int = 0
    """Rows that the mapping asks for."""
    judged: int = 0
    """Rows of these with all required answers."""
    outcomes: Counter[tuple[Categories, Categories]] = field(default_factory=Counter)
    """Possible categories before and after, of every row judged."""
    unusable: Counter[tuple[str, Unusable]] = field(default_factory=Counter)
    """Cells that are no answers, by question; in one of the two forms at least."""

    @property
    def moves(self) -> list[tuple[Categories, Categories, int]]:
        """The pairs that differ with their number of rows, the largest first."""
        found = [(*pair, count) for pair, count in self.outcomes.most_common() if pair[0] != pair[1]]
        return sorted(found, key=lambda each: (-each[2], sorted(each[0]), sorted(each[1])))

    @property
    def moved(self) -> int:
        """How many rows move."""
        return sum(count for _, _, count in self.moves)


def reclassify(rows: Iterable[Row], mapping: CohortMapping, old: Engine, new: Engine) -> Reclassification:
    """Judge every row that counts by both engines."""
    found = Reclassification()
    readers = Reader(mapping, old.rule_set), Reader(mapping, new.rule_set)
    for row in rows:
        found.rows += 1
        if not readers[0].counts(row):
            continue
        found.counted += 1
        before, after = (reader.read(row) for reader in readers)
        found.unusable.update({**before.unusable, **after.unusable}.items())
        try:
            pair = old.possible(before.answers), new.possible(after.answers)
        except RequiredAnswerMissingError:
            continue
        found.judged += 1
        found.outcomes[pair] += 1
    return found
