"""Sealed texts: encrypted, authenticated, bound to a purpose and to the time they were sealed.

A sealed text is base64url of: version (1 byte), key id (4), seconds since 1970 (8), nonce (12), and
the AES-256-GCM ciphertext with its tag. All before the ciphertext, and the purpose, is authenticated.
"""

from __future__ import annotations

import os
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from screening.crypto.keys import KeyRing

_VERSION = b"\x01"
_HEADER = 1 + 4 + 8
_NONCE = 12
_MAX_PLAIN = 65_536
"""Bytes that a sealed text may unpack to: far above any answer set."""


class SealError(Exception):
    """The text was not sealed by one of the keys for this purpose, or it was altered."""


class ExpiredError(SealError):
    """The text was sealed too long ago."""


def seal(content: bytes, ring: KeyRing, purpose: str, now: int) -> str:
    """Seal some content at a time in seconds since 1970."""
    header = _VERSION + ring.current.id + now.to_bytes(8, "big")
    nonce = os.urandom(_NONCE)
    cipher = AESGCM(ring.current.secret)
    sealed = cipher.encrypt(nonce, zlib.compress(content, 9), header + purpose.encode())
    return _encode(header + nonce + sealed)


def open_sealed(text: str, ring: KeyRing, purpose: str, now: int, max_age: int) -> bytes:
    """The content of a text that was sealed at most `max_age` seconds ago, or `SealError`.

    One that is farther ahead than that was sealed by a clock that had leapt, and would open for as long.
    """
    raw = _decode(text)
    header, nonce, sealed = raw[:_HEADER], raw[_HEADER : _HEADER + _NONCE], raw[_HEADER + _NONCE :]
    key = ring.find(header[1:5])
    if len(raw) <= _HEADER + _NONCE or header[:1] != _VERSION or key is None:
        raise SealError
    try:
        packed = AESGCM(key.secret).decrypt(nonce, sealed, header + purpose.encode())
    except InvalidTag:
        raise SealError from None
    age = now - int.from_bytes(header[5:], "big")
    if abs(age) > max_age:
        raise ExpiredError
    return _unpack(packed)


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """The bytes of a text, if it is the one that `_encode` makes of them: base64 leaves a few bits of its end open."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, Base64Error):
        raise SealError from None
    if _encode(raw) != text:
        raise SealError
    return raw


def _unpack(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(packed, _MAX_PLAIN)
    if unpacker.unconsumed_tail:
        raise SealError
    return content
