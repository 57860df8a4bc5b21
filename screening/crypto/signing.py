"""Signatures: a reviewer's own Ed25519 key in a PEM file, and what it signs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from screening.crypto.keys import KeyFileError, check_private


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One person's key."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """By which others check what it signed: 64 hexadecimal digits."""
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> str:
        """The signature of a text, in hexadecimal."""
        return self.private.sign(text.encode()).hex()


def new_signing_key(path: Path) -> SigningKey:
    """A new key, kept in a new file that only its owner may read; never in the place of another file."""
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError:
        raise KeyFileError(f"{path} exists already; a key is never written over another file") from None
    except OSError as error:
        raise KeyFileError(f"{path} cannot be written: {error.strerror}") from None
    return SigningKey(key)


def load_signing_key(path: Path) -> SigningKey:
    """The key in a file that only its owner may read."""
    try:
        check_private(path)
        key = load_pem_private_key(path.read_bytes(), password=None)
    except KeyFileError as error:
        raise KeyFileError(f"{path}: {error}") from None
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read: {error.strerror}") from None
    except TypeError:
        raise KeyFileError(f"{path}: this key is locked by a passphrase, which is not supported") from None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path} holds no Ed25519 key in PEM; make one with: screening sign --new-key FILE")
    return SigningKey(key)


def is_signed(text: str, signature: str, public: str) -> bool:
    """Whether the owner of this public key signed this text."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
