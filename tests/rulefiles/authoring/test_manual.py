"""The author's manual, rules/README.md: each recipe is applied to a copy of the rules and its commands are run."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.language.signatures import SIGNATURES
from screening.ruleset.language.type_checks import check
from tests.cli.conftest import Process, process
from tests.conftest import ROOT
from tests.rulefiles.edited import edited, rule_set_of
from tests.support.every import for_every

__all__ = ["process"]

MANUAL = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
EDITED = ROOT / "rules" / "audit-c.yaml"
FENCE = re.compile(r"^```(?P<form>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FORMS = re.compile(r"yaml|yaml old rules/\S+|yaml new|console|console elsewhere")


@dataclass(frozen=True)
class Fenced:
    """One fenced block: its form, such as "yaml old rules/audit-c.yaml", and what stands in it."""

    form: str
    text: str


def recipes() -> dict[str, list[Fenced]]:
    """The fenced blocks of every recipe, by its heading."""
    _, *parts = re.split(r"^### ", MANUAL.partition("\n## Recipes\n")[2], flags=re.MULTILINE)
    hour = MANUAL.partition("\n## The first hour\n")[2].partition("\n## ")[0]
    return {"The first hour": fenced(hour), **{part.partition("\n")[0]: fenced(part) for part in parts}}


def fenced(text: str) -> list[Fenced]:
    return [Fenced(match["form"], match["text"]) for match in FENCE.finditer(text)]


RECIPES = recipes()


def test_the_manual_has_a_recipe_for_each_thing_that_an_author_does() -> None:
    assert list(RECIPES) == [
        "The first hour",
        "Check",
        "Prove",
        "Start from a scored scale",
        "Change a threshold",
        "Let a number be left open",
        "Add a question",
        "Ask for a number in two parts",
        "Ask for each of several",
        "Let people write",
        "Ask for a date",
        "Offer a long list",
        "Tell a value",
        "Add a category",
        "Change a text that carries safety",
        "Guard what must never change",
        "Compare",
        "Try how strong the cases are",
        "Write the rule book",
        "Sign",
        "Translate it",
        "Release",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_works_as_it_is_written(
    name: str, process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules", ignore=shutil.ignore_patterns("*.proof.json"))
    monkeypatch.chdir(tmp_path)
    old, target = "", Path()
    for block in RECIPES[name]:
        match block.form.split():
            case ["yaml", "old", path]:
                old, target = block.text, Path(path)
            case ["yaml", "new"]:
                target.write_text(edited((old.rstrip("\n"), block.text.rstrip("\n")), text=target.read_text("utf-8")))
            case ["console"]:
                run(block.text, process)


def run(text: str, process: Process) -> None:
    """Each command of a console block: what stands below it is said in that order, and it fails where that says so."""
    for part in text.removeprefix("$ ").split("\n$ "):
        command, *expected = part.splitlines()
        program, *arguments = shlex.split(command)
        if program == "cp":
            shutil.copy(*arguments)
            continue
        if program == "echo":
            said, _, file = arguments
            Path(file).write_text(said, encoding="utf-8")
            continue
        assert program == "screening", command
        result = process(*arguments)
        output = said = result.stdout + result.stderr
        for line in expected:
            assert line == "..." or line in said, f"{command}: {line!r} is not said (any more) in:\n{output}"
            said = said if line == "..." else said.partition(line)[2]
        fails = any(re.match(r"FAILS|\d+ mistakes? found", line) for line in expected)
        assert result.returncode == fails, output


def test_every_fenced_block_is_of_a_form_that_is_run_or_read() -> None:
    assert [fence.form for fence in fenced(MANUAL) if not FORMS.fullmatch(fence.form)] == []
    assert MANUAL.count("```") == 2 * len(fenced(MANUAL))
    elsewhere = [fence.text.split()[1:3] for fence in fenced(MANUAL) if fence.form == "console elsewhere"]
    assert elsewhere == [["screening", "preview"], ["git", "add"]]


@for_every("block", [fence for fence in fenced(MANUAL) if fence.form == "yaml"], ids=lambda fenced: fenced.text[:20])
def test_every_example_of_yaml_can_be_read(block: Fenced) -> None:
    parsed = read_yaml(block.text.encode())
    assert parsed.data
    assert not parsed.problems


# --- the table of the language -------------------------------------------------------------------


def language_rows() -> list[tuple[str, str]]:
    """What is written and the example of each row of the table."""
    table = MANUAL.partition("| Write | It means | Example |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return [(row[0], row[2].strip("`")) for row in rows]


def test_the_table_has_every_function_and_operator() -> None:
    written = " ".join(write for write, _ in language_rows())
    parts = {
        *SIGNATURES.values(),
        *[
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "in",
            "and",
            "or",
            "not",
            "unknown",
            "category",
            "underlying",
        ],
    }
    assert {part for part in parts if part not in written} == set()


@for_every("example", [example for _, example in language_rows()])
def test_every_example_of_the_language_is_right_in_a_rule_or_in_a_note(example: str) -> None:
    text = edited(
        ("  - id: situation\n    title", f"{TREATED}  - id: situation\n    title"), text=EDITED.read_text("utf-8")
    )
    in_rule = edited(("        when: age < 18", f"        when: {quoted(example)}"), text=text)
    in_note = edited(('    when: definitely(any_of(situation, "medicine"))', f"    when: {quoted(example)}"), text=text)
    assert [] in [check(rule_set_of(text)) for text in (in_rule, in_note)]


TREATED = """  - id: treated
    title: A date
    questions: [{id: treated, type: date, within_years: 50, text: When were you treated?, label: Treated}]
"""
"""A page with a date, which audit-c.yaml does not ask for."""


def quoted(text: str) -> str:
    """A text in quotation marks, as YAML wants it."""
    return "'" + text.replace("'", "''") + "'"
