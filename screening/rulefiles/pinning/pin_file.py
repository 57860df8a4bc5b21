"""The file of pins beside a rule file, NAME.pins.yaml: every change with its reason, and what is pinned after all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.loading.loader import raise_if_any, read_shaped
from screening.rulefiles.model.shape import pins_schema
from screening.ruleset.model.dates import day_named
from screening.ruleset.model.problem import Problem

REMOVED = "removed"
"""What stands instead of a hash where a pinned text was taken out."""


@dataclass(frozen=True, slots=True)
class PinnedChange:
    """What was changed at one time in one language, and why."""

    version: str
    """Version of the rule file."""
    language: str
    day: date
    reason: str
    hashes: Mapping[str, str]
    """The new hash, or `REMOVED`, by the id of what was changed."""


@dataclass(frozen=True, slots=True)
class PinFile:
    """All changes, the oldest first."""

    changes: tuple[PinnedChange, ...] = ()

    def hashes(self, language: str) -> dict[str, str]:
        """What is pinned in one language, by id: of what several changes name, the last counts."""
        last: dict[str, str] = {}
        for change in self.changes:
            if change.language == language:
                last.update(change.hashes)
        return {name: pin for name, pin in last.items() if pin != REMOVED}

    def later_changes(self, language: str) -> tuple[PinnedChange, ...]:
        """The changes in one language but for the first, which pins what was there."""
        return tuple(change for change in self.changes if change.language == language)[1:]


def pins_path(rule_file: FilePath) -> FilePath:
    """Where the pins of a rule file stand."""
    return rule_file.with_name(f"{rule_file.stem}.pins.yaml")


def load_pins(rule_file: FilePath, rule_set_id: str) -> PinFile | None:
    """The pins beside a rule file, None where there are none, or `RuleFileError` with every mistake in them."""
    path = pins_path(rule_file)
    if not path.exists():
        return None
    parsed = read_shaped(path, pins_schema())
    data: Any = parsed.data
    raise_if_any([*_mistakes(data, rule_set_id)], parsed, path)
    return PinFile(tuple(_change(entry) for entry in data["changes"]))


def _mistakes(data: Any, rule_set_id: str) -> Iterator[Problem]:
    if data["rules"] != rule_set_id:
        yield Problem("pins.other_rules", ("rules",), values={"name": data["rules"], "wanted": rule_set_id})
    for index, entry in enumerate(data["changes"]):
        if day_named(entry["day"]) is None:
            yield Problem("pins.no_day", ("changes", index, "day"), values={"name": entry["day"]})


def _change(entry: Any) -> PinnedChange:
    day = date.fromisoformat(entry["day"])
    return PinnedChange(entry["version"], entry["language"], day, entry["reason"], entry["texts"])
