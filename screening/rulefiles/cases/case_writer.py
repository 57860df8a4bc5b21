"""Adds cases to a case file, as its author would have written them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from screening.rulefiles.cases.case_file import UNSURE
from screening.rulefiles.yaml.reader import read_yaml

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/ %-]*")
_TAKEN = re.compile(r"(?i)yes|no|on|off|y|n|null|true|false")


def cases_path(rule_file: Path) -> Path:
    """Where the cases of a rule file stand."""
    return rule_file.with_name(f"{rule_file.stem}.cases.yaml")


def append_cases(rule_file: Path, rule_set_id: str, cases: Iterable[Mapping[str, object]]) -> int:
    """Append the cases whose names are not there yet to the case file beside a rule file; how many these are."""
    path = cases_path(rule_file)
    if not path.exists():
        path.write_text(f"rules: {rule_set_id}\ncases:\n", encoding="utf-8")
    data = read_yaml(path.read_bytes()).data
    members = data if isinstance(data, dict) else {}
    listed = members.get("cases") or []
    names = {case["name"] for case in listed if isinstance(case, dict)} if isinstance(listed, list) else set()
    shared = members.get("unless_said") or {}
    new = [case for case in cases if case["name"] not in names]
    with path.open("a", encoding="utf-8") as file:
        for case in new:
            file.write(_case(case, shared if isinstance(shared, dict) else {}))
    return len(new)


def _case(case: Mapping[str, object], shared: Mapping[str, object]) -> str:
    """One case; an answer that all cases share is taken back where this one leaves it unknown."""
    answers = case["answers"]
    own = dict(answers) if isinstance(answers, Mapping) else {}
    merged = {**dict.fromkeys(shared), **own}
    lines = [f"  - name: {_scalar(case['name'])}", f"    answers: {_flow(merged)}"]
    lines += [f"    {key}: {_flow(value)}" for key, value in case.items() if key not in ("name", "answers")]
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case _:
            return _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case None:
            return UNSURE
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"{Decimal(value).normalize():f}"
        case _:
            text = str(value)
            return (
                text if _PLAIN.fullmatch(text) and not _TAKEN.fullmatch(text) else '"' + text.replace('"', '\\"') + '"'
            )
