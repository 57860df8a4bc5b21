"""The canonical JSON of a rule file, and the hash by which a rule set is known.

Keys are sorted, lists keep their order, nothing is escaped that need not be, and a number is written
as the shortest decimal. Comments, quoting and the order of keys in the YAML do not change it.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from screening.rulefiles.yaml.parsed import Data

_text = json.JSONEncoder(ensure_ascii=False).encode
"""Writes a text; made once, as there are thousands of texts in a rule file."""


def canonical_json(data: Data) -> str:
    """The one way to write this data."""
    match data:
        case bool():
            return "true" if data else "false"
        case int():
            return str(data)
        case Decimal():
            return _shortest(data)
        case str():
            return _text(data)
        case list():
            return f"[{','.join(map(canonical_json, data))}]"
        case dict():
            members = (f"{_text(key)}:{canonical_json(data[key])}" for key in sorted(data))
            return f"{{{','.join(members)}}}"


def _shortest(number: Decimal) -> str:
    """The number without zeros that say nothing; `Decimal.normalize` would round it to 28 digits."""
    written = f"{number:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def parse_canonical(text: str) -> Data:
    """The data that this JSON was made from."""
    data: Data = json.loads(text, parse_float=Decimal)
    return data


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
