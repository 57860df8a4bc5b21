"""Writes the draft of a rule file, and its cases, as YAML that an author goes on with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from screening.rulefiles.authoring.scale_cases import cases_of
from screening.rulefiles.authoring.scale_rules import rule_file_of
from screening.rulefiles.authoring.scale_table import ScaleTable
from screening.rulefiles.cases.case_writer import cases_path

WIDTH = 116


def write_scale(table: ScaleTable, path: Path) -> tuple[Path, Path]:
    """Write the rule file and its cases where neither stands yet, or raise `FileExistsError`."""
    cases = cases_path(path)
    for target in (path, cases):
        if target.exists():
            raise FileExistsError(str(target))
    _write(
        path, "ruleset.schema.json", f"{table.name}, a draft made from a table of items and bands.", rule_file_of(table)
    )
    about = f"What {path.name} must give, added up from the same table."
    _write(cases, "cases.schema.json", about, {"rules": table.id, "cases": cases_of(table)})
    return path, cases


def _write(path: Path, schema: str, about: str, data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=None)
    path.write_text(f"# yaml-language-server: $schema={schema}\n#\n# {about}\n\n{text}", encoding="utf-8")
