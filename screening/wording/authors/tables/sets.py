"""Sets of possible categories in words, each with a letter by which tables and drawings call it; and shares of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from screening.cohort.reporting.tally import NONE, Categories, Count, Tally
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.language.languages import Language

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Sets:
    """The possible sets that come up anywhere in one report."""

    def __init__(self, rule_set: RuleSet, tally: Tally, language: Language, *, weighted: bool) -> None:
        self.rule_set = rule_set
        self.tally = tally
        self.language = language
        self.weighted = weighted

    @cached_property
    def listed(self) -> tuple[Categories, ...]:
        """All of them: those with most rows first, then those that only a moved cut-off gives."""
        moved = {names for curve in self.tally.curves for names in curve.moving}
        known = {**dict.fromkeys(self.tally.possible), **dict.fromkeys(moved)}
        rows = {names: self.tally.possible.get(names, NONE).rows for names in known}
        return tuple(sorted(known, key=lambda names: (-rows[names], len(names), self._order(names))))

    def _order(self, names: Categories) -> list[int]:
        return [place for place, category in enumerate(self.rule_set.categories) if category.id in names]

    @cached_property
    def _letter(self) -> dict[Categories, str]:
        return {names: _numbered(place) for place, names in enumerate(self.listed)}

    def letter(self, names: Categories) -> str:
        """What the set is called."""
        return self._letter[names]

    def words(self, names: Categories) -> str:
        """Which categories are possible."""
        return " / ".join(self._names(names))

    def _names(self, names: Categories) -> Iterator[str]:
        yield from (category.name for category in self.rule_set.categories if category.id in names)

    def in_short(self, names: Categories) -> str:
        """The set where there is little room."""
        if len(names) == 1:
            return f"{self.letter(names)}: {self.words(names)}"
        return self.language.gettext(
            "%(letter)s: %(number)s still possible", letter=self.letter(names), number=len(names)
        )

    # --- numbers ---

    def cells(self, count: Count, whole: Count | None = None) -> tuple[str, ...]:
        """Rows, their share, and what share of all that rows weigh."""
        whole = whole or self.tally.judged
        shares = [str(count.rows), percent(count.rows, whole.rows)]
        return (*shares, percent(count.weight, whole.weight)) if self.weighted else tuple(shares)

    @property
    def columns(self) -> tuple[str, ...]:
        """What stands above these cells."""
        say = self.language.gettext
        columns = (say("Rows"), say("% of rows"))
        return (*columns, say("% weighted")) if self.weighted else columns


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """A share in per cent with one digit; a dash where there is nothing to have a share in."""
    return f"{100 * part / whole:.1f}" if whole else "–"


def _numbered(place: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    letters = ""
    while place >= 0:
        letters = _LETTERS[place % len(_LETTERS)] + letters
        place = place // len(_LETTERS) - 1
    return letters


def in_order(rule_set: RuleSet, names: Iterable[str]) -> list[str]:
    """Questions and values in the order of the file."""
    known = {name: place for place, name in enumerate((*rule_set.question, *rule_set.value))}
    return sorted(names, key=lambda name: known[name])
