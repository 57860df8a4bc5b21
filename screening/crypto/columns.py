"""Stored columns: sealed with AES-256-GCM under a data key, each bound to the place where it stands.

A sealed column is: version (1 byte), nonce (12), and the ciphertext with its tag. The place ("table/row/column") is
authenticated, so that no sealed column can be moved to another row.
"""

from __future__ import annotations

import os
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from screening.crypto.box import SealError

_VERSION = b"\x01"
_NONCE = 12
DATA_KEY_BYTES = 32
"""AES-256."""


def new_data_key() -> bytes:
    """A new random key for the columns of one thing."""
    return os.urandom(DATA_KEY_BYTES)


def seal_column(content: bytes, key: bytes, place: str) -> bytes:
    """Seal what stands in one place."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, zlib.compress(content, 6), _VERSION + place.encode())


def open_column(sealed: bytes, key: bytes, place: str) -> bytes:
    """What was sealed with this key for this place, or `SealError`."""
    if sealed[:1] != _VERSION or len(sealed) <= 1 + _NONCE:
        raise SealError
    try:
        packed = AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _VERSION + place.encode())
    except InvalidTag:
        raise SealError from None
    return zlib.decompress(packed)
