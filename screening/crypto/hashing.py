"""Keyed hashes: to find a thing by a secret again without keeping the secret, and to derive secrets from others."""

from __future__ import annotations

import hmac
from hashlib import sha256


def keyed_hash(key: bytes, purpose: str, content: bytes) -> bytes:
    """32 bytes that nobody without the key can make of this content, other ones for each purpose."""
    return hmac.new(key, purpose.encode() + b"\0" + content, sha256).digest()
