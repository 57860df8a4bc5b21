"""Outcomes as JSON: one line, numbers exact, sets in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from screening.rulefiles.canonical import canonical_json


def outcome_json(members: Mapping[str, object]) -> str:
    """The members as one line of JSON, in their order."""
    return "{" + ",".join(f"{json.dumps(name)}:{_json(value)}" for name, value in members.items()) + "}"


def _json(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool() | int() | str() | Decimal():
            return canonical_json(value)
        case frozenset():
            codes = sorted(each for each in value if each is not None)
            return _json([*codes, None] if None in value else codes)
        case list() | tuple():
            return f"[{','.join(map(_json, value))}]"
        case Mapping():
            return outcome_json(value)
        case _:
            raise TypeError(type(value))
