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
        differing = [(*pair, count) for pair, count in self.outcomes.most_common() if pair[0] != pair[1]]
        return sorted(differing, key=lambda move: (-move[2], sorted(move[0]), sorted(move[1])))

    @property
    def moved(self) -> int:
        """How many rows move."""
        return sum(count for _, _, count in self.moves)


def reclassify(rows: Iterable[Row], mapping: CohortMapping, old: Engine, new: Engine) -> Reclassification:
    """Judge every row that counts by both engines."""
    result = Reclassification()
    readers = Reader(mapping, old.rule_set), Reader(mapping, new.rule_set)
    for row in rows:
        result.rows += 1
        if not readers[0].counts(row):
            continue
        result.counted += 1
        before, after = (reader.read(row) for reader in readers)
        result.unusable.update({**before.unusable, **after.unusable}.items())
        try:
            pair = old.possible(before.answers), new.possible(after.answers)
        except RequiredAnswerMissingError:
            continue
        result.judged += 1
        result.outcomes[pair] += 1
    return result
