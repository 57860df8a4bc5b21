"""A row as bytes that no other row gives: what a keyed hash covers that says whether the row is as it was written.

Every part is told with its length, so that no part can grow at another's cost; a value is told with its type, so that
NULL is not empty and 1 is not "1". The format's number is first: bytes of another format are never the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

FORMAT = 1
Value = str | bytes | bool | int | datetime | None
"""What a column may hold."""


def canonical_bytes(table: str, identity: str, columns: Mapping[str, Value]) -> bytes:
    """The bytes of a row: the format, its table and id, then name and value of each column in the order of names."""
    parts = [table.encode(), identity.encode()]
    for name in sorted(columns):
        parts += [name.encode(), *_typed(columns[name])]
    return FORMAT.to_bytes(2, "big") + b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _typed(value: Value) -> tuple[bytes, bytes]:
    """The name of a value's type, and the value; `TypeError` where no column holds such a thing."""
    match value:
        case None:
            return b"null", b""
        case bool():
            return b"boolean", bytes([value])
        case int():
            return b"integer", str(value).encode()
        case str():
            return b"text", value.encode()
        case bytes():
            return b"bytes", value
        case datetime():
            return b"moment", value.astimezone(UTC).isoformat(timespec="microseconds").encode()
    raise TypeError(type(value).__name__)
