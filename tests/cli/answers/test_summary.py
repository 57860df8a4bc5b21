"""`screening summary`: the PDF of one answer set."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from screening.documents.summary import summary_pdf
from screening.ruleset.reading.answer_reader import raw_answer
from tests.cli.conftest import Call, Process
from tests.support.cases import ONE_OF_EACH, given
from tests.support.pdf import words_of

CASE = ONE_OF_EACH["fibrosis"]
ANSWERS = json.dumps({name: raw_answer(answer) for name, answer in CASE.answers.items()})
DAY = ["--date", "2026-11-22"]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a PDF is written."""
    return tmp_path / "out.pdf"


@pytest.mark.slow
def test_the_pdf_is_written_and_its_name_is_told(call: Call, out: Path) -> None:
    result = call("summary", "-", "-o", out, *DAY, text=ANSWERS)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{out} is written.\n"
    text = words_of(out.read_bytes())
    assert "Your answers are like what the guide calls scarring (fibrosis)" in text
    assert "22 November 2026" in text
    assert "Answers typed by the person." in text
    assert "Test version, not health advice" in text


@pytest.mark.slow
def test_the_same_answers_and_date_make_the_same_bytes(call: Call, process: Process, tmp_path: Path) -> None:
    files = [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    call("summary", "-", "-o", files[0], *DAY, text=ANSWERS)
    assert process("summary", "-", "--output", files[1], *DAY, text=ANSWERS).returncode == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes() == summary_pdf(replace(given(CASE), demonstration=True))


@pytest.mark.slow
def test_without_a_date_it_is_today(call: Call, out: Path) -> None:
    before = date.today()
    call("summary", "-", "-o", out, text=ANSWERS)
    after = date.today()
    text = words_of(out.read_bytes())
    assert any(f"{day.day} {day:%B} {day.year}" in text for day in (before, after))


@pytest.mark.slow
def test_answers_that_a_helper_typed_are_told_as_such(call: Call, out: Path) -> None:
    call("summary", "-", "-o", out, *DAY, "--helper", text=ANSWERS)
    assert "typed by somebody who helps the person" in words_of(out.read_bytes())


@pytest.mark.slow
def test_the_pdf_is_in_the_language_asked_for(call: Call, out: Path) -> None:
    result = call("summary", "-", "-o", out, *DAY, "--language", "ms", text=ANSWERS)
    assert result.exit_code == 0, result.stderr
    text = words_of(out.read_bytes())
    assert "Jawapan anda serupa dengan yang disebut parut (fibrosis) dalam panduan" in text
    assert "Belum ada penterjemah yang mengulas terjemahan ini." in text
    assert "terjemahan belum diulas" in text
    assert "Your answers" not in text


def test_there_is_no_pdf_in_a_language_without_a_whole_translation(call: Call, out: Path) -> None:
    result = call("summary", "-", "-o", out, *DAY, "--language", "de", text=ANSWERS)
    assert result.exit_code == 1
    assert "There is no whole translation into de. Use one of these: en, id, ms, zh-Hans." in result.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this file holds 0"),
        (f"{ANSWERS}\n{ANSWERS}", "this file holds 2"),
        ('{"age": 500}', "<stdin>:1: age: Type a number from 0 to 120 years."),
        ('{"told": "none"}', "There is no outcome without an answer to: age"),
        ("{", "<stdin>:1: line 1 is not JSON"),
        ('{"age": 5, "age": 6}', "age stands twice"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(call: Call, out: Path, text: str, said: str) -> None:
    result = call("summary", "-", "-o", out, text=text)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
    assert not out.exists()


def test_a_folder_that_is_not_there_is_told(call: Call, tmp_path: Path) -> None:
    result = call("summary", "-", "-o", tmp_path / "no" / "out.pdf", *DAY, text=ANSWERS)
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.stderr


def test_a_folder_in_place_of_the_file_is_a_wrong_call(call: Call, tmp_path: Path) -> None:
    assert call("summary", "-", "-o", tmp_path, *DAY, text=ANSWERS).exit_code == 2


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(call: Call) -> None:
    result = call("summary", "-", "-o", "/dev/full", *DAY, text=ANSWERS)
    assert result.exit_code == 1
    assert "/dev/full cannot be written: No space left on device" in result.stderr


@pytest.mark.parametrize("day", ["22.11.2026", "2026-13-01", "tomorrow", "2026-02-30"])
def test_a_date_that_is_none_is_a_wrong_call(call: Call, out: Path, day: str) -> None:
    result = call("summary", "-", "-o", out, "--date", day, text=ANSWERS)
    assert result.exit_code == 2
    assert not out.exists()
