"""Keyed hashes: to find a thing by a secret again without keeping the secret, and to derive secrets from others."""

from __future__ import annotations

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def keyed_hash(key: bytes, purpose: str, content: bytes) -> bytes:
    """32 bytes that nobody without the key can make of this content, other ones for each purpose."""
    return hmac.new(key, purpose.encode() + b"\0" + content, sha256).digest()


def derived_key(key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from which nobody learns the key that it is made of (HKDF, RFC 5869)."""
    return HKDF(SHA256(), length=32, salt=None, info=b"screening\0" + purpose.encode()).derive(key)
