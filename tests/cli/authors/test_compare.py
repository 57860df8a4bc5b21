"""`screening compare`: what moves between two rule files, for people and programs, with weakened guarantees first."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.rulefiles.edited import SMALL, edited

Changes = tuple[tuple[str, str], ...]


def other(folder: Path, changes: Changes) -> Path:
    """A rule file with these changes, without cases."""
    path = folder / "other.yaml"
    path.write_text(edited(*changes), encoding="utf-8")
    return path


def members(call: Call, folder: Path, changes: Changes) -> dict[str, Any]:
    """What is said to programs of these changes."""
    result = call("compare", SMALL, other(folder, changes), "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_file_and_itself_do_not_differ(call: Call) -> None:
    result = call("compare", SMALL, SMALL)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[2:] == [
        "What moves",
        "  Nothing moves: the questions and conditions that decide are the same, word for word.",
    ]


def test_another_text_moves_nothing_and_is_told(call: Call, tmp_path: Path) -> None:
    file = other(tmp_path, (("text: How does the soil feel?", "text: How is the soil?"),))
    shown = call("compare", SMALL, file).stdout
    assert "word for word" in shown
    assert "  questions.soil.text\n    - How does the soil feel?\n    + How is the soil?" in shown


def test_a_condition_written_otherwise_moves_nothing_by_proof(call: Call, tmp_path: Path) -> None:
    file = other(tmp_path, (("thirst > 2.5", "not thirst <= 2.5"),))
    shown = call("compare", SMALL, file).stdout
    assert "Nothing moves: proved for every answer set of exact numbers that both forms accept." in shown
    assert "Changed: dry" in shown
    assert "drawn evenly" not in shown


def test_what_moves_is_told_with_its_boundary(call: Call, tmp_path: Path) -> None:
    file = other(tmp_path, (('definitely(soil == "dry") or', "definitely(weight > 20) or"),))
    shown = call("compare", SMALL, file).stdout
    assert "thirst [thirsty] -> not matched [unclear]" in shown
    assert "nothing to do [fine] -> thirst [thirsty]" in shown
    said = " ".join(shown.split())
    assert re.search(r"Shown by: [^.]*Weight: [0-9.]+ kg", said)
    assert re.search(r"The same, each alone and all else as shown: [^.]*Weight: from 20.001 kg", said)
    assert "a share of regions, not of people." in " ".join(shown.split())


def test_programs_get_answers_that_evaluate_reads(call: Call, tmp_path: Path) -> None:
    changes = (('definitely(soil == "dry") or', "definitely(weight > 20) or"),)
    found = members(call, tmp_path, changes)
    assert found["moves"]
    assert not found["nothing_moves"]
    for move in found["moves"]:
        for side, file in (("before", SMALL), ("after", tmp_path / "other.yaml")):
            result = call("evaluate", "-", "--json", "--rules", file, text=json.dumps(move["answers"]))
            assert json.loads(result.stdout)["possible"] == move[side]


def test_weakened_guarantees_come_first_and_are_loud(call: Call, tmp_path: Path) -> None:
    changes = (
        ("    then: [rescue]", "    then: [rescue, thirsty]"),
        ("  - id: drier_is_never_milder\n", "  - id: new\n"),
    )
    file = other(tmp_path, changes)
    lines = call("compare", SMALL, file).stdout.splitlines()
    assert lines[2] == "!!! Guarantees weakened !!!"
    assert lines[3].startswith("  REMOVED: drier_is_never_milder. It said: Drier soil never gives a milder category.")
    assert lines[4].startswith("  WEAKENED: lice_need_rescue promises less in: then.")
    assert "  Added: new. Drier soil never gives a milder category." in lines


def test_markdown_has_headings_lists_and_no_stray_marks(call: Call, tmp_path: Path) -> None:
    file = other(
        tmp_path, (("    then: [rescue]", "    then: [rescue, thirsty]"), ("How does the soil", "How *does* it"))
    )
    lines = call("compare", SMALL, file, "--markdown").stdout.splitlines()
    assert lines[0].startswith("# small 1.0.0")
    assert "## ⚠️ Guarantees weakened" in lines
    assert "  - + How \\*does\\* it feel?" in lines
    assert all(line.lstrip().startswith(("#", "- ")) for line in lines if line)


@pytest.mark.parametrize("broken", ["old", "new"])
def test_a_file_with_mistakes_is_refused_with_them(call: Call, tmp_path: Path, broken: str) -> None:
    wrong = other(tmp_path, (("definitely(weight < 0.5)", "definitely(weigh < 0.5)"),))
    result = call("compare", *((wrong, SMALL) if broken == "old" else (SMALL, wrong)))
    assert result.exit_code == 1
    assert "other.yaml:" in result.stderr
    assert "weigh" in result.stderr


def test_files_about_different_subjects_are_not_compared(call: Call, tmp_path: Path) -> None:
    result = call("compare", SMALL, other(tmp_path, (("id: small\n", "id: large\n"),)))
    assert result.exit_code == 1
    assert result.stderr == 'The files are about different subjects: "small" and "large" (`id`).\n'


@pytest.mark.slow
def test_liver_rules_are_compared_whole(call: Call, tmp_path: Path) -> None:
    liver = Path("rules/liver.yaml")
    text = liver.read_text(encoding="utf-8")
    changed = tmp_path / "liver.yaml"
    changed.write_text(edited(("lsm >= 8.0)\n", "lsm >= 10.0)\n"), text=text), encoding="utf-8")
    result = call("compare", liver, changed, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    settled = {(*move["before"], *move["after"]) for move in found["moves"] if len(move["before"] + move["after"]) == 2}
    assert settled == {("fibrosis", "no_sign"), ("fibrosis", "unclear"), ("unclear", "no_sign")}
    assert all(move["each_alone"]["lsm"] == [8, 9.9] for move in found["moves"])
    assert not found["capped"]
    assert not found["undecided"]
    assert found["share_of_regions"]["moved"] > 0


# --- a table of people ---------------------------------------------------------------------------

COHORT = SMALL.parent.parent / "cohort"
PLANTS = ("--cohort", str(COHORT / "plants.csv"), "--assume", str(COHORT / "plants.assume.yaml"))
BY_WEIGHT = (('definitely(soil == "dry") or', "definitely(weight > 1) or"),)


def test_rows_that_move_are_told_with_all_that_was_assumed(call: Call, tmp_path: Path) -> None:
    result = call("compare", SMALL, other(tmp_path, BY_WEIGHT), *PLANTS)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    start = lines.index("Rows of plants.csv")
    assert lines[start + 1 : start + 6] == [
        "  Nine plants in a shop.",
        "  9 rows; 8 of them count (done = 1; pot is filled).",
        "  1 of these lack an answer without which there is no outcome.",
        "  2 of 7 rows move (28.57 %; rows, not weighted).",
        "    1: {rescue | fine} -> {rescue | thirsty}",
    ]
    told = result.stdout
    assert "    Weight: 1 cells are above what the form takes" in told
    assert "    Weight: grams (g)" in told
    assert "  ASSUMED in every row:\n    Leaves: They stand up" in told
    assert "  Not known, which never means no: Light." in told


def test_rows_that_move_are_data_for_programs(call: Call, tmp_path: Path) -> None:
    result = call("compare", SMALL, other(tmp_path, BY_WEIGHT), *PLANTS, "--json")
    found = json.loads(result.stdout)["cohort"]
    assert (found["rows"], found["counted"], found["judged"], found["moved"]) == (9, 8, 7, 2)
    assert found["assumed"] == {"leaves": "upright"}
    assert found["columns"]["weight"] == {"column": "grams", "unit": "g"}


def test_a_table_needs_its_assumptions(call: Call) -> None:
    result = call("compare", SMALL, SMALL, *PLANTS[:2])
    assert result.exit_code == 2
    assert "--cohort and --assume belong together." in result.stderr


def test_a_table_that_cannot_be_read_ends_the_command(call: Call, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("pot,done\n", encoding="utf-8")
    result = call("compare", SMALL, SMALL, "--cohort", table, *PLANTS[2:])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [f"{table}: It has no column years. It has: pot, done."]


def test_a_mapping_with_mistakes_ends_the_command(call: Call, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("rules: small\ncolumns: {years: {column: years}}\n", encoding="utf-8")
    result = call("compare", SMALL, SMALL, *PLANTS[:3], mapping)
    assert result.exit_code == 1
    assert 'mapping.yaml:2:18: There is no question "years".' in result.stderr
