"""Adds an entry to the file of pins beside a rule file; what stands there already is not touched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.loading.loader import LoadedRules, raise_if_any
from screening.rulefiles.pinning.comparison import Unpinned
from screening.rulefiles.pinning.pin_file import pins_path
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Problem


def pin(rules: LoadedRules, differing: Iterable[Unpinned], reason: str, day: date) -> FilePath:
    """Pin what differs as it stands now, an entry a language, and say in which file.

    Raises `RuleFileError` where no entry can follow what stands in that file.
    """
    path = pins_path(rules.path)
    before = path.read_text(encoding="utf-8") if path.exists() else _beginning(rules.rule_set.id)
    before = before if before.endswith("\n") else f"{before}\n"
    entries = [
        {
            "version": rules.rule_set.version,
            "language": unpinned.language,
            "day": day.isoformat(),
            "reason": " ".join(reason.split()),
            "texts": unpinned.hashes,
        }
        for unpinned in differing
    ]
    after = before + "".join(map(_written, entries))
    parsed = read_yaml(before.encode())
    held: Any = parsed.data
    earlier = (held or {}).get("changes", [])
    written = read_yaml(after.encode())
    if written.problems or written.data != {"rules": rules.rule_set.id, "changes": [*earlier, *entries]}:
        raise_if_any([Problem("pins.changes_last", ("changes",))], parsed, path)
    path.write_text(after, encoding="utf-8")
    return path


def _beginning(rule_set_id: str) -> str:
    return (
        "# yaml-language-server: $schema=pins.schema.json\n"
        "#\n"
        "# What of the rule file beside this one may not change by accident. `screening pin` adds an entry for\n"
        "# what is changed on purpose, with the reason. How and why: README.md.\n"
        f"\nrules: {rule_set_id}\nchanges:\n"
    )


def _written(entry: dict[str, Any]) -> str:
    """An entry as an item of a list; every text in quotation marks, so that it is read as it is."""
    lines = [f"{name}: {_quoted(value)}" for name, value in entry.items() if name != "texts"]
    lines += ["texts:", *(f"  {_quoted(name)}: {_quoted(pin)}" for name, pin in entry["texts"].items())]
    return "  - " + "\n    ".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text in double quotation marks: the escapes of JSON are those of YAML too."""
    return json.dumps(text)
