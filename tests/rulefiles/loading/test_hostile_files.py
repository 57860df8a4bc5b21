"""Files that no author writes: each is refused with one clear sentence, soon, and without eating memory."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import RuleFileError, load_rule_file
from screening.rulefiles.yaml.event_builder import MAX_DEPTH
from screening.rulefiles.yaml.reader import MAX_BYTES
from screening.wording.authors.mistakes.problems import located_problem
from tests.rulefiles.edited import ENGLISH, SMALL_CASES_TEXT, SMALL_TEXT, edited, mistakes
from tests.support.every import for_every

SECONDS = 5
"""Of this process: far more than any of these needs, and far less than the slow way of each."""


@contextmanager
def soon() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS


@contextmanager
def little_memory(megabytes: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < megabytes * 1_000_000


def only(said: list[str]) -> str:
    [sentence] = said
    return sentence


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "edited.yaml").open("wb") as file:
        file.truncate(50_000_000)
    large = (tmp_path / "edited.yaml").read_bytes()
    with soon():
        said = only(mistakes(tmp_path, large))
    assert said == "edited.yaml:1:1: The file is larger than 2 MB and was not read. A rule file is much smaller."


def test_of_a_file_that_is_too_large_no_more_is_kept_than_shows_that(tmp_path: Path) -> None:
    path = tmp_path / "edited.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with little_memory(10), pytest.raises(RuleFileError):
        load_rule_file(path)


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_a_file_may_be_as_large_as_is_allowed(tmp_path: Path, more: int, refused: bool) -> None:
    comment = "#" + "x" * (MAX_BYTES - len(SMALL_TEXT.encode()) - 1 + more)
    said = mistakes(tmp_path, SMALL_TEXT + comment)
    assert [sentence for sentence in said if "larger than" in sentence] == said
    assert bool(said) == refused


def test_a_bomb_of_aliases_goes_not_off(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 60)]
    with soon(), little_memory(20):
        said = mistakes(tmp_path, "\n".join(lines))
    assert len(said) == 60 + 59 * 10
    assert "An alias (*a0) is not allowed." in said[2]


def test_a_bomb_of_values_goes_not_off(tmp_path: Path) -> None:
    values = "".join(f"  - {{id: b{n}, is: b{n - 1} * b{n - 1} * b{n - 1}}}\n" for n in range(1, 250))
    text = edited(
        ("  - {id: light_pot", f"  - {{id: b0, is: age}}\n{values}  - {{id: light_pot"),
        ("when: dry\n", "when: dry or definitely(b249 > 5)\n"),
    )
    with soon():
        said = only(mistakes(tmp_path, text))
    assert "With its values written out, the expression has more than 5000 parts or 120 levels." in said


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_levels_exhaust_no_stack(tmp_path: Path, opening: str) -> None:
    with soon(), little_memory(50):
        said = mistakes(tmp_path, opening * 100_000)
    assert len(said) <= MAX_DEPTH + 1
    assert f"Parts are nested more than {MAX_DEPTH} deep here." in said[-1]


@pytest.mark.parametrize("text", ["(" * 100_000, "not " * 30_000, "-" * 100_000, "a and " * 20_000 + "a"])
def test_a_hundred_thousand_characters_of_an_expression_exhaust_no_stack(tmp_path: Path, text: str) -> None:
    with soon():
        said = only(mistakes(tmp_path, edited(("when: dry\n", f"when: '{text}'\n"))))
    assert "The expression is longer than 2000 characters." in said


@pytest.mark.parametrize("text", ["(" * 1_000 + "dry" + ")" * 900, "not " * 400 + "dry", "-" * 1_900 + "age"])
def test_an_expression_of_allowed_length_exhausts_no_stack(tmp_path: Path, text: str) -> None:
    with soon():
        said = only(mistakes(tmp_path, edited(("when: dry\n", f"when: '{text}'\n"))))
    assert said.startswith("edited.yaml:")


@for_every("seed", range(20))
def test_what_is_no_text_at_all_has_one_clear_sentence(tmp_path: Path, seed: int) -> None:
    junk = random.Random(seed).randbytes(100_000)
    with soon():
        said = only(mistakes(tmp_path, junk))
    assert "The file is not UTF-8 from this line on." in said or "cannot stand in a text file" in said


def test_a_picture_a_program_and_an_archive_are_no_rule_files(tmp_path: Path) -> None:
    for beginning in (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x7fELF\x02\x01\x01\x00", b"PK\x03\x04\x14\x00"):
        assert "text file" in (said := only(mistakes(tmp_path, beginning * 50))) or "UTF-8" in said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_file_in_a_wide_encoding_is_told_to_be_saved_as_utf_8(tmp_path: Path, encoding: str) -> None:
    said = only(mistakes(tmp_path, SMALL_TEXT.encode(encoding)))
    assert said == "edited.yaml:1:1: The file is not UTF-8 from this line on. Save it as UTF-8."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty, or holds comments alone."),
        ("\n\n  \n", "The file is empty, or holds comments alone."),
        ("# nothing yet\n", "The file is empty, or holds comments alone."),
        ("---\n", "Nothing stands here. Write a value, or remove the line."),
        ("- one\n- two\n", 'Members such as "id: ..." are wanted here, one a line, but this is a list.'),
        ("one text\n", 'Members such as "id: ..." are wanted here, one a line, but this is the text "one text".'),
        ("5\n", 'Members such as "id: ..." are wanted here, one a line, but this is the number 5.'),
    ],
)
def test_a_file_that_holds_something_else_is_told_what_belongs_there(tmp_path: Path, text: str, sentence: str) -> None:
    assert only(mistakes(tmp_path, text)).endswith(f": {sentence}")


def test_many_mistakes_are_all_told(tmp_path: Path) -> None:
    placeholders = " ".join(f"{{no_{number}}}" for number in range(400))
    with soon():
        said = mistakes(tmp_path, edited(('because: "You said of the soil: {soil}."', f'because: "{placeholders}"')))
    assert len(said) == 400


# --- where no file is ----------------------------------------------------------------------------


def said_of(path: Path) -> str:
    with pytest.raises(RuleFileError) as raised:
        load_rule_file(path)
    [problem] = raised.value.problems
    return located_problem(problem, ENGLISH)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert said_of(tmp_path / "no.yaml") == f"{tmp_path}/no.yaml:1:1: There is no such file."


def test_a_folder_is_told_to_be_none(tmp_path: Path) -> None:
    assert said_of(tmp_path) == f"{tmp_path}:1:1: This is a folder, not a file."


@pytest.mark.parametrize("kind", ["cases", "pins", "ms"])
def test_what_stands_beside_a_rule_file_is_told_to_be_none_and_the_rule_file_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / "own.yaml").write_text(SMALL_TEXT, encoding="utf-8")
    file = tmp_path / f"own.{kind}.yaml"
    file.write_text("pins: []\n", encoding="utf-8")
    told = "This is no rule file: it belongs to own.yaml and is read with it. Name that one."
    assert said_of(file) == f"{file}:1:1: {told}"


def test_a_file_that_the_system_does_not_give_is_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert said_of(tmp_path / "file" / "rules.yaml").endswith("The file cannot be read: Not a directory.")
    assert said_of(tmp_path / ("x" * 300)).endswith("The file cannot be read: File name too long.")


def test_a_folder_in_place_of_cases_is_told(tmp_path: Path) -> None:
    (tmp_path / "edited.cases.yaml").mkdir()
    assert only(mistakes(tmp_path, SMALL_TEXT)) == "edited.cases.yaml:1:1: This is a folder, not a file."


def test_hostile_cases_are_refused_as_hostile_rules_are(tmp_path: Path) -> None:
    assert "nested more than" in only(mistakes(tmp_path, SMALL_TEXT, "[" * 100_000))
    assert "larger than" in only(mistakes(tmp_path, SMALL_TEXT, SMALL_CASES_TEXT + "#" * MAX_BYTES))
    assert "The file is empty" in only(mistakes(tmp_path, SMALL_TEXT, "# none yet"))
