"""Files sealed with a phrase, to be opened again anywhere: scrypt makes the key, AES-256-GCM seals.

A file is base64, in lines, below one readable line that says what it is. scrypt (RFC 7914) with N = 2^16, r = 8, p = 1
takes 64 MiB and a fifth of a second, so that guessing a phrase of a few words takes years.
"""

from __future__ import annotations

import os
import zlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_SALT = 16
_NONCE = 12
_COST = 2**16
_BLOCK = 8
_LINE = 76
_MAX_PLAIN = 65_536
"""Bytes that a file may unpack to: far above any answer set."""


class NotSealedFileError(ValueError):
    """It is not a file of this kind, or was altered in a way that shows without the phrase."""


class WrongPhraseError(ValueError):
    """The file does not open with this phrase; or it was altered."""


def seal_with_phrase(content: bytes, phrase: str, first_line: str) -> str:
    """A text file that opens with this phrase alone; `first_line` says what it is, and is authenticated."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_key(phrase, salt)).encrypt(nonce, zlib.compress(content, 9), first_line.encode())
    body = b64encode(salt + nonce + sealed).decode()
    lines = (body[start : start + _LINE] for start in range(0, len(body), _LINE))
    return "\n".join((first_line, *lines, ""))


def open_with_phrase(text: str, phrase: str, first_line: str) -> bytes:
    """What was sealed, or `NotSealedFileError` or `WrongPhraseError`."""
    head, _, body = text.replace("\r", "").lstrip("\ufeff").strip().partition("\n")
    try:
        raw = b64decode("".join(body.split()), validate=True)
    except (Base64Error, ValueError):
        raise NotSealedFileError from None
    if head.strip() != first_line or len(raw) <= _SALT + _NONCE:
        raise NotSealedFileError
    salt, nonce, sealed = raw[:_SALT], raw[_SALT : _SALT + _NONCE], raw[_SALT + _NONCE :]
    try:
        packed = AESGCM(_key(phrase, salt)).decrypt(nonce, sealed, first_line.encode())
    except InvalidTag:
        raise WrongPhraseError from None
    return _unpack(packed)


def _unpack(packed: bytes) -> bytes:
    """What was packed, where it is not more than anybody seals here: who knows the words may have sealed anything."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, _MAX_PLAIN)
    except zlib.error:
        raise NotSealedFileError from None
    if not unpacker.eof or unpacker.unused_data:
        raise NotSealedFileError
    return content


def open_with_any(text: str, phrases: Sequence[str], first_line: str) -> bytes | NotSealedFileError | WrongPhraseError:
    """What the first phrase that fits opens, or why none does: given, not raised, so that a process can hand it on."""
    error: NotSealedFileError | WrongPhraseError = WrongPhraseError()
    for phrase in phrases:
        try:
            return open_with_phrase(text, phrase, first_line)
        except (NotSealedFileError, WrongPhraseError) as why:
            error = why
    return error


def _key(phrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=1).derive(phrase.encode())
