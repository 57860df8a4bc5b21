"""What a report counts of a table, as data: rows, and what they weigh."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from screening.cohort.answer_sets import Unusable
from screening.cohort.reporting.cut_offs import CutOff

Categories = frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """So many rows, and the sum of their weights."""

    rows: int = 0
    weight: Decimal = Decimal(0)

    def __add__(self, other: Count) -> Count:
        return Count(self.rows + other.rows, self.weight + other.weight)


NONE = Count()


def counts() -> defaultdict[str, Count]:
    """Counts by name, none at first."""
    return defaultdict(Count)


def counts_of_sets() -> defaultdict[Categories, Count]:
    """Counts by the possible categories, none at first."""
    return defaultdict(Count)


@dataclass
class Curve:
    """Where people are put as one cut-off moves."""

    cut_off: CutOff
    places: tuple[Decimal, ...]
    """Where the cut-off is moved to, ascending; it stands among them."""
    counts: list[defaultdict[Categories, Count]] = field(init=False)
    """For each place, the rows by possible categories."""

    def __post_init__(self) -> None:
        self.counts = [counts_of_sets() for _ in self.places]

    @property
    def now(self) -> int:
        """Which of the places is the cut-off itself."""
        return self.places.index(self.cut_off.number)

    @property
    def moving(self) -> list[Categories]:
        """The possible sets of which not always as many rows are, those that move most first."""
        found = {names for counted in self.counts for names in counted}
        ranges = {names: self._range(names) for names in found}
        return sorted((names for names in found if ranges[names]), key=lambda names: (-ranges[names], sorted(names)))

    def _range(self, names: Categories) -> int:
        rows = [counted.get(names, NONE).rows for counted in self.counts]
        return max(rows) - min(rows)


@dataclass
class Tally:
    """All that is counted of one table."""

    curves: list[Curve]
    """Of the cut-offs that move somebody's possible categories in some table."""
    rows: int = 0
    counted: int = 0
    """Rows that the mapping asks for."""
    lacking: int = 0
    """Rows of these that lack an answer without which there is no outcome."""
    by_row: int = 0
    """Rows of these that were judged row by row."""
    without_weight: int = 0
    """Rows with an outcome of which the table tells no weight."""
    judged: Count = NONE
    """Rows with an outcome."""
    possible: defaultdict[Categories, Count] = field(default_factory=counts_of_sets)
    grounds: defaultdict[str, Count] = field(default_factory=counts)
    """By ground: rows in which it holds for certain."""
    open_grounds: defaultdict[str, Count] = field(default_factory=counts)
    """By ground of a possible category: rows in which it neither holds for certain nor is ruled out."""
    open: Count = NONE
    """Rows in which several categories are possible."""
    narrowing: defaultdict[str, Count] = field(default_factory=counts)
    """By question: rows in which its answer is not known, and some answer would rule a possible category out."""
    known: defaultdict[str, Count] = field(default_factory=counts)
    """By question and value: rows in which it is known."""
    unusable: Counter[tuple[str, Unusable]] = field(default_factory=Counter)
    """Cells that are no answers."""
    groups: Mapping[str, Mapping[str, defaultdict[Categories, Count]]] = field(default_factory=dict)
    """By the title of a subgroup and the name of a part of it, rows by possible categories."""

    def begin_groups(self, parts: Mapping[str, Iterable[str]]) -> None:
        """Name the subgroups and their parts, in the order in which they are told."""
        self.groups = {title: {label: counts_of_sets() for label in labels} for title, labels in parts.items()}

    def add_outcome(
        self, possible: Categories, grounds: Iterable[str], open_grounds: Iterable[str], count: Count
    ) -> None:
        """Count rows with one outcome."""
        self.judged += count
        self.possible[possible] += count
        if len(possible) > 1:
            self.open += count
        self.add_each("grounds", grounds, count)
        self.add_each("open_grounds", open_grounds, count)

    def add_each(self, thing: str, names: Iterable[str], count: Count) -> None:
        """Count rows for each of some names of one thing told: `grounds`, `open_grounds`, `narrowing` or `known`."""
        counted = {
            "grounds": self.grounds,
            "open_grounds": self.open_grounds,
            "narrowing": self.narrowing,
            "known": self.known,
        }[thing]
        for name in names:
            counted[name] += count
