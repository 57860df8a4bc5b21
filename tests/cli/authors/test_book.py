"""`screening book`: the book is written, the same each time, and what is wrong is told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.conftest import ROOT
from tests.rulefiles.edited import SMALL, edited
from tests.support.cases import LIVER
from tests.support.patience import PATIENCE
from tests.support.pdf import pages_of, words_of

LIGHT_POT = "light_pot, is: definitely(weight < 0.5)"
JUDGED = edited((LIGHT_POT, f"{LIGHT_POT}, review: needed, judgement: Is it light?"))


@pytest.mark.parametrize("name", ["book.html", "book.pdf"])
def test_the_book_is_written_by_the_suffix_and_its_name_is_told(call: Call, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    result = call("book", SMALL, "-o", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{out} is written.\n"
    content = out.read_bytes()
    text = words_of(content) if name.endswith("pdf") else content.decode()
    assert "Rule book: What does my plant need?" in text
    assert "Every rule as a sentence" in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["book.html", "book.pdf"])
def test_the_same_file_makes_the_same_bytes_in_every_process(tmp_path: Path, name: str) -> None:
    (tmp_path / "rules.yaml").write_text(JUDGED)
    for seed, zone in (("1", "Asia/Kuala_Lumpur"), ("2", "America/Los_Angeles")):
        command = [
            sys.executable,
            "-c",
            "from screening.cli import main; main()",
            "book",
            "rules.yaml",
            "-o",
            seed + name,
        ]
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LANG": "C"}
        subprocess.run(command, check=True, env=environment, cwd=tmp_path, timeout=PATIENCE, capture_output=True)
    assert (tmp_path / f"1{name}").read_bytes() == (tmp_path / f"2{name}").read_bytes()


@pytest.mark.parametrize("name", ["book", "book.docx", "book.PDFx", ".pdf.txt"])
def test_another_suffix_is_refused(call: Call, tmp_path: Path, name: str) -> None:
    result = call("book", SMALL, "-o", tmp_path / name)
    assert result.exit_code == 1
    assert result.stderr == f"{tmp_path / name}: the name of a book ends in .html or .pdf.\n"
    assert not (tmp_path / name).exists()


def test_a_folder_that_is_not_there_is_told(call: Call, tmp_path: Path) -> None:
    result = call("book", SMALL, "-o", tmp_path / "no" / "book.html", "--quick")
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.stderr


def test_a_rule_file_with_mistakes_makes_no_book(call: Call, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: broken\n")
    result = call("book", tmp_path / "broken.yaml", "-o", tmp_path / "book.pdf")
    assert result.exit_code == 1
    assert "broken.yaml:1:1" in result.stderr
    assert not (tmp_path / "book.pdf").exists()


@pytest.mark.slow
def test_without_the_solver_the_book_says_what_is_not_known(tmp_path: Path) -> None:
    without = "import sys; sys.modules['z3'] = None; from screening.cli import main; main()"
    out = tmp_path / "book.html"
    command = [sys.executable, "-c", without, "book", str(LIVER), "-o", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=PATIENCE)
    assert (result.returncode, result.stderr) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert "Not known: the solver (the extra “proof”) is not installed." in text
    assert "Who moves, in full" not in text
    assert "No change of category was found; it changes notes." in text


@pytest.mark.slow
def test_the_book_of_the_liver_rules_says_who_moves(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "book.pdf"
    result = call("book", LIVER, "-o", out)
    assert result.exit_code == 0, result.output
    told = re.findall(r"^(\d+) of (\d+): ", result.stderr, re.MULTILINE)
    assert told == [(f"{number}", f"{len(told)}") for number in range(1, len(told) + 1)]
    assert len(told) > 20
    first = " ".join(pages_of(out.read_bytes(), "-raw")[0].split())
    assert "Left out: from “cirrhosis with complications” to “early cirrhosis” or “not matched with one part”." in first
    assert "Who moves, in full" in words_of(out.read_bytes())
