"""A reviewer's key: made once, private, and the only one that signs as it does."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from screening.crypto.keys import KeyFileError
from screening.crypto.signing import is_signed, load_signing_key, new_signing_key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a key is kept."""
    return tmp_path / "reviewer.pem"


def test_a_new_key_is_for_its_owner_alone_and_read_back_as_it_is(file: Path) -> None:
    key = new_signing_key(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().startswith("-----BEGIN PRIVATE KEY-----\n")
    assert load_signing_key(file).public == key.public
    assert len(key.public) == 64


def test_a_key_is_never_written_over_another_file(file: Path) -> None:
    first = new_signing_key(file)
    with pytest.raises(KeyFileError, match="exists already"):
        new_signing_key(file)
    assert load_signing_key(file).public == first.public


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be written: No such file or directory"):
        new_signing_key(tmp_path / "no" / "reviewer.pem")


def test_a_signature_counts_for_its_text_and_its_key_alone(tmp_path: Path) -> None:
    mine, other = new_signing_key(tmp_path / "1.pem"), new_signing_key(tmp_path / "2.pem")
    signature = mine.sign("agreed ✓")
    assert is_signed("agreed ✓", signature, mine.public)
    assert not is_signed("agreed", signature, mine.public)
    assert not is_signed("agreed ✓", signature, other.public)
    assert not is_signed("agreed ✓", other.sign("agreed ✓"), mine.public)


@pytest.mark.parametrize(("signature", "public"), [("", ""), ("xy", "ab"), ("ab" * 64, "00" * 31), ("ab", "ab" * 32)])
def test_what_is_no_signature_or_key_does_not_count(signature: str, public: str) -> None:
    assert not is_signed("agreed", signature, public)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(file: Path, mode: int) -> None:
    new_signing_key(file)
    file.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_signing_key(file)


def test_a_key_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be read: No such file"):
        load_signing_key(file)


PEM = (Encoding.PEM, PrivateFormat.PKCS8)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no Ed25519 key"),
        (b"\xff\x00", "holds no Ed25519 key"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds no Ed25519 key"),
        (x25519.X25519PrivateKey.generate().private_bytes(*PEM, NoEncryption()), "holds no Ed25519 key"),
        (Ed25519PrivateKey.generate().private_bytes(*PEM, BestAvailableEncryption(b"x")), "passphrase"),
    ],
    ids=["empty", "binary", "damaged", "another kind", "locked"],
)
def test_what_is_no_usable_key_is_told(file: Path, content: bytes, said: str) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)
    with pytest.raises(KeyFileError, match=said):
        load_signing_key(file)
