"""Keys: read from a setting or a file that nobody else may read, and made once where there is none."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from screening.crypto.keys import Key, KeyFileError, KeyRing, load_or_create, parse_keys
from tests.support.patience import PATIENCE

ONE, TWO = "ab" * 32, "CD" * 32


@pytest.mark.parametrize("text", [f"{ONE},{TWO}", f" {ONE}\n{TWO}\n", f"{ONE} , {TWO}", f"{ONE}\t{TWO},"])
def test_keys_stand_apart_by_commas_or_spaces_the_newest_first(text: str) -> None:
    ring = parse_keys(text)
    assert ring.current == Key(bytes.fromhex(ONE))
    assert ring.find(Key(bytes.fromhex(TWO)).id) == Key(bytes.fromhex(TWO))


@pytest.mark.parametrize("text", ["", " ", ",", "ab", ONE[:-1], ONE[:-2], ONE + "ab", "x" * 64, f"{ONE},{TWO[:-1]}"])
def test_what_is_no_key_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(KeyFileError) as caught:
        parse_keys(text)
    assert ONE not in str(caught.value)
    assert "key" in str(caught.value)


def test_a_key_that_is_not_there_is_not_found() -> None:
    assert parse_keys(ONE).find(b"\0\0\0\0") is None


def test_a_ring_needs_a_key() -> None:
    with pytest.raises(KeyFileError):
        KeyRing([])


def test_a_new_key_is_made_in_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "cookie.keys"
    ring = load_or_create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert parse_keys(path.read_text()).current == ring.current
    assert len(ring.current.secret) == 32


def test_a_wide_umask_makes_no_wider_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create(tmp_path / "cookie.keys")
    finally:
        os.umask(before)
    assert (tmp_path / "cookie.keys").stat().st_mode & 0o777 == 0o600


def test_the_key_made_is_found_again(tmp_path: Path) -> None:
    first, second = (load_or_create(tmp_path / "cookie.keys") for _ in range(2))
    assert first.current == second.current


def test_two_files_hold_two_keys(tmp_path: Path) -> None:
    assert load_or_create(tmp_path / "one").current != load_or_create(tmp_path / "two").current


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o602, 0o610])
def test_a_file_that_others_may_read_or_write_is_refused_with_what_to_run(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "cookie.keys"
    load_or_create(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=f"chmod 600 {path}"):
        load_or_create(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"not a key", b"\xff\xfe\x00"])
def test_a_file_without_keys_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cookie.keys"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError):
        load_or_create(path)


@pytest.mark.parametrize("content", [b"", b"not a key", b"\xff\xfe\x00"])
def test_what_is_said_of_a_bad_key_file_names_the_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cookie.keys"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match=r"cookie\.keys"):
        load_or_create(path)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cookie.keys"
    path.mkdir(mode=0o700)
    with pytest.raises(KeyFileError):
        load_or_create(path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("")
    with pytest.raises(KeyFileError):
        load_or_create(tmp_path / "instance" / "cookie.keys")


def make_keys(folders: list[Path], start: Barrier, found: Queue[list[str]]) -> None:
    """Load or make a key in each folder at the same time as another process; what came of it."""
    outcomes = []
    for folder in folders:
        start.wait(timeout=PATIENCE)
        try:
            outcomes.append(load_or_create(folder / "cookie.keys").current.secret.hex())
        except Exception as error:
            outcomes.append(repr(error))
    found.put(outcomes)


@pytest.mark.parametrize("is_there", [True, False])
def test_processes_that_start_together_share_one_key(tmp_path: Path, *, is_there: bool) -> None:
    folders = [tmp_path / str(number) for number in range(100)]
    for path in folders if is_there else ():
        path.mkdir()
    context = multiprocessing.get_context("spawn")
    start, found = context.Barrier(2), context.Queue()
    workers = [context.Process(target=make_keys, args=(folders, start, found)) for _ in range(2)]
    for worker in workers:
        worker.start()
    first, second = (found.get(timeout=PATIENCE) for _ in workers)
    for worker in workers:
        worker.join(timeout=PATIENCE)
    assert first == second
    assert first == [(folder / "cookie.keys").read_text().strip() for folder in folders]
