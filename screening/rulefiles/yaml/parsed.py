"""What a YAML file says, with the place of every key and value: a form that tells exact numbers from texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from screening.rulefiles.yaml.source_columns import Position, Source, position_in
from screening.ruleset.model.problem import Path, Problem

Data = dict[str, "Data"] | list["Data"] | str | Decimal | int | bool


@dataclass
class Parsed:
    """What a file says, where each part of it stands, and what is wrong with it."""

    data: Data | None = None
    positions: dict[Path, Position] = field(default_factory=dict)
    """Where each value begins."""
    keys: dict[Path, Position] = field(default_factory=dict)
    """Where the key of each value in a mapping begins."""
    sources: dict[Path, Source] = field(default_factory=dict)
    """Where the source of each text stands."""
    problems: list[tuple[Problem, Position]] = field(default_factory=list)
    text: str = ""

    def position(self, path: Path, column: int = 0) -> Position:
        """Where the part at `path` stands, or the nearest part around it; `column` characters into a text."""
        if path in self.sources:
            return position_in(self.text, self.sources[path], str(_at(self.data, path)), column)
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, Position(1, 1))


def _at(data: Data | None, path: Path) -> Data | None:
    for key in path:
        data = data[key]  # type: ignore[index]
    return data
