"""A backup as a file: lines of JSON, packed, the same for every kind of database; its end says whether it is whole.

The first line says what it is, each table's line names its columns, each row is a line; the last line holds the number
of rows, the SHA-256 of all before it, and a keyed hash of that, which nobody makes without the master key.
"""

from __future__ import annotations

import gzip
import hmac
import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from screening.crypto.hashing import keyed_hash

FORMAT = "screening backup 1"


class BackupError(Exception):
    """A backup cannot be written, read or trusted; the message says why."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says."""

    revision: str
    """Of the tables."""
    made_at: str
    master_key_id: str
    """Hexadecimal: the key without which nothing in it can be read."""
    lookup_key_wrapped: str
    """Hexadecimal."""


@dataclass(frozen=True, slots=True)
class End:
    """What the last line says."""

    rows: int
    sha256: str
    keyed: str


@contextmanager
def backup_writer(path: Path) -> Iterator[Writer]:
    """A new file that only its owner may read; it is there whole or not at all."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1, mtime=0) as packed:
                yield Writer(packed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)


class Writer:
    """Writes lines, and remembers what was written."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self.rows = 0
        self._file = file
        self._hash = sha256()

    def header(self, header: Header) -> None:
        """The first line."""
        self._line({"format": FORMAT, **{name: getattr(header, name) for name in Header.__slots__}})

    def table(self, name: str, columns: Sequence[str]) -> None:
        """The line before the rows of a table."""
        self._line({"table": name, "columns": list(columns)})

    def row(self, values: Sequence[object]) -> None:
        """A row of the table that was named last."""
        self.rows += 1
        self._line([_to_json(value) for value in values])

    def end(self, key: bytes) -> None:
        """The last line."""
        digest = self._hash.hexdigest()
        self._line({"rows": self.rows, "sha256": digest, "keyed": keyed_digest(key, digest)})

    def _line(self, content: object) -> None:
        line = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._hash.update(line)
        self._file.write(line)


def keyed_digest(key: bytes, digest: str) -> str:
    """What shows that a file was written by who has the key."""
    return keyed_hash(key, "backup", bytes.fromhex(digest)).hex()


def read_whole(path: Path) -> tuple[Header, End]:
    """The first and the last line of a file that is whole, or `BackupError`."""
    digest, rows, last = sha256(), 0, b""
    header = None
    for line in _lines(path):
        if header is None:
            header = _header(path, line)
        digest.update(last)
        rows += last.startswith(b"[")
        last = line
    end = _end(path, last)
    if header is None or not hmac.compare_digest(digest.hexdigest(), end.sha256) or rows != end.rows:
        raise BackupError(f"{path} is not as it was written: it was altered or damaged")
    return header, end


def rows_of(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each row with the name of its table; of a file that `read_whole` has read."""
    table: str = ""
    columns: list[str] = []
    for number, line in enumerate(_lines(path)):
        content = json.loads(line)
        if isinstance(content, list):
            yield table, dict(zip(columns, map(_from_json, content), strict=True))
        elif number and "table" in content:
            table, columns = content["table"], content["columns"]


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            yield from file
    except EOFError:
        raise BackupError(f"{path} was cut off: its end is missing") from None
    except (gzip.BadGzipFile, zlib.error):
        raise BackupError(f"{path} is no backup, or it was altered or damaged") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}") from None


def _header(path: Path, line: bytes) -> Header:
    content = _members(line, dict.fromkeys(("format", *Header.__slots__), str))
    if content.pop("format", None) != FORMAT:
        raise BackupError(f"{path} is no backup of this service, or of a newer version of it")
    return Header(**content)


def _end(path: Path, line: bytes) -> End:
    content = _members(line, {"rows": int, "sha256": str, "keyed": str})
    if not content:
        raise BackupError(f"{path} was cut off: its end is missing")
    return End(**content)


def _members(line: bytes, kinds: Mapping[str, type]) -> dict[str, Any]:
    """What a line says that anybody may have written, if it has just these members, each of its kind; else nothing."""
    try:
        content = json.loads(line.decode("ascii"))
    except (ValueError, RecursionError):
        return {}
    fits = isinstance(content, dict) and {name: type(value) for name, value in content.items()} == kinds
    return content if fits and all(str(value).isascii() for value in content.values()) else {}


def _to_json(value: object) -> object:
    if isinstance(value, bytes):
        return {"b": b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"t": value.astimezone(UTC).isoformat()}
    return value


def _from_json(value: Any) -> object:
    if isinstance(value, dict):
        return b64decode(value["b"]) if "b" in value else datetime.fromisoformat(value["t"])
    return value
