"""Sources as they are cited: numbered in the order in which a text first names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from screening.ruleset.model.rule_set import RuleSet
from screening.wording.document.blocks import SourceEntry
from screening.wording.language.languages import Language


@dataclass
class Citations:
    """The sources cited so far; each gets its number where it is cited first."""

    rule_set: RuleSet
    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these sources, each once and in order."""
        return tuple(sorted({self.numbers.setdefault(source, len(self.numbers) + 1) for source in sources}))

    def entries(self, language: Language) -> tuple[SourceEntry, ...]:
        """The list of sources."""
        unconfirmed = language.gettext("not confirmed in a primary source")
        entries = []
        for name, number in self.numbers.items():
            source = self.rule_set.source[name]
            parts = (source.title, source.publisher, source.year, source.reference)
            text = ". ".join(part for part in parts if part)
            entries.append(SourceEntry(number, text, source.address, "" if source.confirmed else unconfirmed))
        return tuple(entries)
