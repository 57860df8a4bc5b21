"""Keys: read from a setting or a file, several at once so that they can be changed while serving."""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

KEY_BYTES = 32
"""AES-256."""


class KeyFileError(Exception):
    """A key file or setting cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret key and the public name by which sealed texts refer to it."""

    secret: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys apart without telling anything of them."""
        return sha256(b"key id\0" + self.secret).digest()[:4]


def derive_key(ring: KeyRing, purpose: str) -> bytes:
    """A secret of its own for one purpose, made from the current key."""
    return hmac.digest(ring.current.secret, purpose.encode(), "sha256")


class KeyRing:
    """The key that seals, and the older ones that may still open."""

    def __init__(self, keys: Sequence[Key]) -> None:
        if not keys:
            raise KeyFileError("a key ring needs at least one key")
        self.keys = tuple(keys)
        self.current = keys[0]
        self._by_id = {key.id: key for key in keys}

    def find(self, key_id: bytes) -> Key | None:
        """The key of this id."""
        return self._by_id.get(key_id)


def parse_keys(text: str) -> KeyRing:
    """Keys from a text: 64 hexadecimal digits each, the current one first, apart by commas or spaces."""
    keys = []
    for word in text.replace(",", " ").split():
        try:
            secret = bytes.fromhex(word)
        except ValueError:
            secret = b""
        if len(secret) != KEY_BYTES:
            raise KeyFileError(f"a key is {2 * KEY_BYTES} hexadecimal digits; one of those given is not")
        keys.append(Key(secret))
    return KeyRing(keys)


def load_or_create(path: Path) -> KeyRing:
    """The keys in a file that only its owner may read; a new file with a new key where there is none."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _create(path)
        check_private(path)
        return parse_keys(path.read_text())
    except KeyFileError as error:
        raise KeyFileError(f"{path}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path} cannot be used for keys: {error}") from None


def new_key() -> Key:
    """A new random key."""
    return Key(secrets.token_bytes(KEY_BYTES))


def replace_keys(path: Path, keys: Sequence[Key]) -> None:
    """Put other keys into a key file, whole or not at all; what is no longer in it is overwritten on the disk."""
    try:
        with path.open("r+b") as old:
            _write_beside(path, keys)
            length = old.seek(0, os.SEEK_END)
            old.seek(0)
            old.write(bytes(length))
            old.flush()
            os.fsync(old.fileno())
    except OSError as error:
        raise KeyFileError(f"{path} cannot be changed: {error.strerror}") from None


def _write_beside(path: Path, keys: Sequence[Key]) -> None:
    """Write a new file and put it in the place of the old one; both are on the disk when this returns."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.writelines(f"{key.secret.hex()}\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        shutil.copystat(path, name)
        os.replace(name, path)  # noqa: PTH105 - beside the other calls of os
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def check_private(path: Path) -> None:
    """Raise `KeyFileError` where others than its owner may read a file."""
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"others can read it; run: chmod 600 {path}")


def _create(path: Path) -> None:
    """Put a new key there whole or not at all: of processes that start together, one makes the key that all use."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
