"""What the documents say is true: their examples run; the settings, rooms, files and links that they name exist."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from screening.cli import main
from screening.config.meanings import SETTINGS
from screening.rulefiles.cases.case_file import plain_answers, read_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.model.answers import Bound
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import plain_answer
from screening.wording.document.told_values import value_in_words
from screening.wording.language.languages import language
from tests.conftest import ROOT
from tests.support.every import for_every
from tests.support.rules.small_rules import choice, engine, ground, number, rule, rule_file, unit, value

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
MEANING = (ROOT / "docs" / "meaning.md").read_text(encoding="utf-8")
DOCUMENTS = [
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"),
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
]


def blocks(language: str, text: str = COMMANDS) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (example,) = blocks("json")
    file = tmp_path / "answers.json"
    file.write_text(example)
    return file


@pytest.fixture
def stiffer(answers: Path) -> Path:
    """Two versions of the liver rules, one with a higher threshold for the scan."""
    old = (ROOT / "rules" / "liver.yaml").read_text(encoding="utf-8")
    new = re.sub(r"lsm >= 8\.0\)$", "lsm >= 10.0)", old, flags=re.MULTILINE)
    assert new != old
    for name, text in {"old": old, "new": new, "stiffer": new}.items():
        answers.with_name(f"{name}.yaml").write_text(text, encoding="utf-8")
    return answers.with_name("stiffer.yaml")


def run(command: str, folder: Path) -> str:
    """What a command prints; files that are not there already stand in the folder."""
    arguments = command.removeprefix("$ ").removeprefix(".venv/bin/screening ").split()
    placed = [str(ROOT / argument) if argument.startswith("rules/") else argument for argument in arguments]
    placed = [
        str(folder / argument) if argument.endswith((".json", ".jsonl", ".pdf", ".yaml")) else argument
        for argument in placed
    ]
    result = CliRunner().invoke(main, placed)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("example", blocks("console"))
def test_what_is_shown_of_a_command_is_what_it_prints(example: str, answers: Path, stiffer: Path) -> None:
    command, *shown = example.strip().splitlines()
    printed = run(command, answers.parent)
    for part in (piece for line in shown for piece in line.split("...")):
        assert part.strip() in printed


def commands() -> list[str]:
    """Each command that the page on commands shows."""
    lines = re.findall(r"^\.venv/bin/screening (.*?)(?:\s{2,}#.*)?$", COMMANDS, re.MULTILINE)
    assert len(lines) >= 7
    return lines


LONG = (
    "--strength",
    "book.pdf",
    "prove rules/liver.yaml",
    "liver.journeys.yaml",
    "old.yaml new.yaml",
    "--date 2026-11-22",
)
"""How the commands end that take more than two seconds."""
SHOWN = [
    pytest.param(command, marks=[pytest.mark.slow] if command.endswith(LONG) else [])
    for command in commands()
    if command != "serve"
]


@pytest.mark.slow
@pytest.mark.parametrize("command", SHOWN)
def test_every_command_shown_runs(command: str, answers: Path, stiffer: Path) -> None:
    answers.with_name("answers.jsonl").write_text(json.dumps(json.loads(answers.read_text())) + "\n")
    for path in (ROOT / "rules").glob("liver*.yaml"):  # some commands write beside the rule file: a copy of it
        (answers.parent / path.name).write_text(path.read_text())
    quick = re.sub("(prove|translate) rules/", r"\1 ", command).replace("book.pdf", "book.pdf --quick")
    assert run(quick, answers.parent) or "-o" in command


@for_every("name", DOCUMENTS)
def test_the_settings_shown_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"SCREENING_[A-Z_]*[A-Z]", text)) <= SETTINGS.keys()


def test_every_folder_of_the_map_exists_and_none_is_missing() -> None:
    plan = README.split("## A map", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"^  ([a-z]+)/ ", plan, re.MULTILINE))
    files = [path for path in (ROOT / "screening").rglob("*.*") if path.suffix != ".pyc"]
    there = {path.relative_to(ROOT / "screening").parts[0] for path in files if path.parent.name != "screening"}
    assert named == there
    for folder in re.findall(r"^([a-z]+)/ ", plan, re.MULTILINE):
        assert (ROOT / folder).is_dir()


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.split("## The rooms", 1)[1].split("\n## ", 1)[0]
    named: set[str] = set()
    for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE):
        package = ""
        for path in re.findall(r"`([a-z_]+(?:/[a-z_]*)*)`", cell):
            package = path.rpartition("/")[0] if "/" in path else package
            named.add(path.rstrip("/") if "/" in path else f"{package}/{path}")
    folders = [path.parent for path in (ROOT / "screening").rglob("__init__.py")]
    there = {folder.relative_to(ROOT / "screening").as_posix() for folder in folders} - {
        ".",
        "storage/migrations/versions",
    }
    grouped = {room.rpartition("/")[0] for room in there if "/" in room}
    named -= {"static", "translations", "templates", "tests"}
    assert there - grouped <= named <= there


@for_every("name", DOCUMENTS)
def test_every_link_and_file_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
    for link in links:
        assert ((ROOT / name).parent / link).exists(), link
    for file in re.findall(r"`((?:tests|rules|screening|templates|docs)/[\w./-]+)`", text):
        assert (ROOT / file).exists(), file


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_module_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = "|".join(folder.name for folder in (ROOT / "screening").iterdir() if (folder / "__init__.py").exists())
    paths = re.findall(rf"`((?:{packages})(?:/[a-z_]+)+)(?:\.py)?(?:\.[A-Za-z_]+)?/?`", text)
    assert len(paths) > 20
    for path in paths:
        place = ROOT / "screening" / path
        assert place.is_dir() or place.with_suffix(".py").is_file(), path


# --- docs/meaning.md ---

EXAMPLES = re.findall(r"^\| `([^`]+)` \| (?:`([^`]*)`)? ?\| `([^`]+)` \|$", MEANING, re.MULTILINE)


@for_every(("expression", "given", "result"), EXAMPLES)
def test_an_expression_means_what_the_page_says(expression: str, given: str, result: str) -> None:
    questions = [number(name, unit(decimals=2)) for name in "abc"]
    rules = rule_file(
        [*questions, choice("strict", "yes", "no", strict=True)],
        [rule("found", ground("strict", 'strict == "yes"'))],
        values=[value("example", expression)],
    )
    judge = engine(rules)
    typed = ((judge.rule_set.question[name], text) for name, _, text in (pair.partition("=") for pair in given.split()))
    answers = {asked.id: plain_answer(asked, read_answer(asked, text)) for asked, text in typed}
    outcome = judge.evaluate({**dict.fromkeys("abc"), "strict": "yes", **answers})
    told = {True: "true", False: "false", None: "unknown"}
    shown = outcome.values["example"]
    assert not isinstance(shown, Bound)
    assert (told[shown] if shown is None or isinstance(shown, bool) else f"{shown.normalize():f}") == result


def test_the_possible_categories_are_those_that_the_page_says(liver: LoadedRules) -> None:
    examples = re.findall(r"```json\n(.*?)```\n\npossible: (.*?)\n", MEANING, re.DOTALL)
    assert len(examples) == len(blocks("json", MEANING))
    for raw, possible in examples:
        answers, problems = read_answers(json.loads(raw), liver.rule_set, ())
        assert not problems
        outcome = liver.engine.evaluate(plain_answers(liver.rule_set, answers))
        assert outcome.possible == set(re.findall(r"`(\w+)`", possible))


NINE_ANSWERS = re.findall(r"^\| `((?:[0-3?] ){8}[0-3?])` \| (.*) \|$", MEANING, re.MULTILINE)


def test_nine_items_leave_possible_and_tell_what_the_page_says() -> None:
    rules = load_rule_file(ROOT / "tests" / "data" / "rules" / "nine_items.yaml")
    total = rules.rule_set.value["total"]
    seen: Counter[bool] = Counter()
    for given, says in NINE_ANSWERS:
        answers = {
            question.id: None if code == "?" else question.options[int(code)].code
            for question, code in zip(rules.rule_set.questions, given.split(), strict=True)
        }
        possible = set(re.findall(r"`(\w+)`", says))
        seen[bool(possible)] += 1
        if possible:
            assert rules.engine.possible(answers) == possible
        else:
            found = rules.engine.value_range("total", answers)
            assert value_in_words(total, found, rules.engine, language("en")) == says
    assert (seen[True], seen[False]) == (7, 3)


def test_every_test_that_a_threat_names_exists() -> None:
    text = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!Threat)(.+) \|$", text[text.index("| Threat |") :], re.MULTILINE)
    assert [row for row in rows if not re.search(r"`tests/[\w/]+\.py(::\w+)?`", row)] == []
    named = re.findall(r"`(tests/[^:`]+)::(\w+)`", text)
    assert len(named) > 30
    for file, name in named:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), name
