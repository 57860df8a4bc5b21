"""Every reader says what the engine says, of every rule file; and a reader that does not is noticed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, reject, settings

from screening.fhir.variables import NotExactError
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.expression import Power
from screening.ruleset.model.parts import places
from screening.ruleset.model.rule_set import Rule, RuleSet
from tests.agreement.answer_sets import TEXTS, TODAY, AnswerSets
from tests.agreement.database import Database, by_database
from tests.agreement.foreign_forms import ForeignForm
from tests.agreement.lines import differences, lines, parsed
from tests.agreement.readers import CommandLine, Pages, Program, Reader, Solver, Subject, as_sent, strict_numbers
from tests.rulefiles.edited import SMALL_TEXT, edited, load_text
from tests.support.rules.own_words import with_words
from tests.support.rules.random_rules import rule_files
from tests.support.rules.repeated import with_sprays
from tests.support.rules.small_rules import Members, built

FILES = [path for path in sorted(Path("rules").glob("*.yaml")) if path.name.count(".") == 1]
"""Every rule file that ships."""
DATED = Path("tests/data/rules/dated.yaml")
SMALL = Path("tests/data/rules/small.yaml")
FAULTS = {
    "more than for at least": ("definitely(age >= 1)", "definitely(age > 1)"),
    "a dropped guard": ("definitely(soil in {", "possibly(soil in {"),
    "an option forgotten": ("leaves_open: [hanging, upright]", "leaves_open: [upright, upright]"),
    "another number": ("definitely(weight < 0.5)", "definitely(weight < 5)"),
}
"""Faults of a reader, as what it reads instead of the small rule file."""


def told_otherwise(reader: Reader, subject: Subject, written: list[str]) -> list[str]:
    """What a reader says otherwise than the lines do."""
    wanted = [parsed(line) for line in written]
    found = list(reader.outcomes(subject, [as_sent(line) for line in written]))
    read = [(one, other) for one, other in zip(wanted, found, strict=True) if other is not None]
    if not (strict_numbers(subject.rule_set) or has_powers(subject.rule_set)):
        assert len(read) + sum(map(_has_bound, wanted)) >= len(wanted)
    assert all(other.keys() == reader.agrees_on for _, other in read)
    return [
        f"{one['answers']}: {difference}"
        for one, other in read
        for difference in differences(one["outcome"], other, reader.near)
    ]


def _has_bound(said: Mapping[str, Any]) -> bool:
    """Whether a number of an answer set is typed as a bound, or a date is one that is no day."""
    typed = (answer["value"] for answer in said["answers"].values() if isinstance(answer, dict))
    dates = (answer for answer in said["answers"].values() if isinstance(answer, str))
    is_bound = any(isinstance(typed_text, str) and typed_text[0] in "<>" for typed_text in typed)
    return is_bound or any(re.fullmatch(r"\d{4}(-\d{2})?", day) for day in dates)


def has_powers(rule_set: RuleSet) -> bool:
    """Whether rules compute with powers, which the solver encloses."""
    return any(isinstance(part, Power) for place in places(rule_set) for part in place.expression.tree.walk())


def lines_of(rules: LoadedRules, count: int, seed: int = 1, today: date = TODAY) -> list[str]:
    """Answer sets to a rule file with their outcomes."""
    return lines(rules.engine, AnswerSets(rules.engine, seed, rules.cases, today).draw(count))


def readers(folder: Path) -> list[tuple[Reader, int]]:
    """The readers of files, and how many answer sets each is given."""
    return [
        (CommandLine(), 600),
        (Program(folder / "api"), 200),
        (Pages(folder), 4),
        (Solver(), 8),
        (Database(folder), 600),
        (ForeignForm(), 200),
    ]


def assert_agreement(path: Path, folder: Path, part: int = 1, share: float = 0.75) -> None:
    """All readers of a file agree; given one answer set in `part` of what they can read.

    `share`: how many of its rows the database judges by itself, at least.
    """
    rules = load_rule_file(path)
    written = lines_of(rules, 600 // part, today=date.today())
    for reader, count in readers(folder):
        sets = written[: count // part]
        assert told_otherwise(reader, Subject(rules.rule_set, path), sets) == [], reader
        if isinstance(reader, Database) and not strict_numbers(rules.rule_set):
            exact = sum(not _has_bound(parsed(line)) for line in sets)
            assert by_database(reader, exact) > share


@pytest.mark.slow
def test_all_readers_agree_on_the_small_rules(tmp_path: Path) -> None:
    assert_agreement(SMALL, tmp_path, part=2)


@pytest.mark.slow
def test_all_readers_agree_on_dates(tmp_path: Path) -> None:
    lenient = tmp_path / "lenient.yaml"
    text = DATED.read_text(encoding="utf-8").replace("strict: true, ", "")
    lenient.write_text(text.replace("months_since(treated) < 6", "definitely(months_since(treated) < 6)"))
    assert_agreement(lenient, tmp_path, part=4, share=0.9)


@pytest.mark.slow
@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2025, 3, 31)], ids=date.isoformat)
def test_readers_that_are_told_the_day_agree_on_dates_on_any(today: date, tmp_path: Path) -> None:
    rules = load_rule_file(DATED)
    loud = Subject(interrupting(rules.rule_set), DATED)
    written = lines(Engine(loud.rule_set), AnswerSets(Engine(loud.rule_set), 1, today=today).draw(100))
    for reader in (CommandLine(), Solver(), Database(tmp_path), ForeignForm()):
        assert told_otherwise(reader, loud, written[: 8 if isinstance(reader, Solver) else 100]) == [], reader


@pytest.mark.slow
def test_all_readers_agree_where_somebody_writes_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(with_words(), encoding="utf-8")
    written = lines_of(load_rule_file(path), 200)
    assert {parsed(line)["answers"].get("words") for line in written} > {None, *TEXTS[:2]}
    assert_agreement(path, tmp_path, part=3, share=0.4)  # what is no ASCII at its ends may be white


@pytest.mark.slow
def test_all_readers_agree_on_a_page_that_repeats(tmp_path: Path) -> None:
    path = tmp_path / "sprays.yaml"
    path.write_text(with_sprays(), encoding="utf-8")
    written = [parsed(line)["outcome"] for line in lines_of(load_rule_file(path), 200)]
    assert {"poisoned", "sprayed_twice"} <= {ground for line in written for ground in line["grounds"]}
    assert_agreement(path, tmp_path, part=3)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_readers_agree_on_every_rule_file(path: Path, tmp_path: Path) -> None:
    assert_agreement(path, tmp_path, part=3 if path.stem == "trial" else 1)  # it has the most questions


def test_answer_sets_reach_every_kind_of_open_and_hidden_answer(liver: LoadedRules) -> None:
    written = [parsed(line) for line in lines_of(liver, 200)]
    outcomes = [line["outcome"] for line in written]
    assert {outcome["kind"] for outcome in outcomes} >= {None, "unless", "several", "nothing_known", "disagree"}
    assert any(outcome["ignored"] for outcome in outcomes)
    assert any(map(_has_bound, written))
    assert any(None in ticks for line in written for ticks in line["answers"].values() if isinstance(ticks, list))
    assert any(outcome["values"]["fib4"] is not None for outcome in outcomes)
    units = {raw["unit"] for line in written for raw in line["answers"].values() if isinstance(raw, dict)}
    assert None in units
    assert len(units) > len({question.stored_unit.code for question in liver.rule_set.questions if question.units})


@pytest.mark.slow
@given(rule_files(most_questions=4))
@settings(max_examples=6)
def test_solver_and_database_agree_on_random_rule_files(data: Members) -> None:
    engine = Engine(built(data))
    written = lines(engine, AnswerSets(engine, seed=1).draw(100))
    subject = Subject(engine.rule_set)
    with TemporaryDirectory() as folder:
        assert told_otherwise(Database(Path(folder)), subject, written) == []
    assert told_otherwise(Solver(), subject, written[:2]) == []


def interrupting(rule_set: RuleSet) -> RuleSet:
    """The same rules, of which every ground is shown at once."""
    speed = rule_set.emergency.fastest.id

    def shown(rule: Rule) -> Rule:
        return replace(rule, grounds=tuple(replace(ground, interrupt=True, speed=speed) for ground in rule.grounds))

    return replace(rule_set, rules=tuple(map(shown, rule_set.rules)))


@pytest.mark.slow
@given(rule_files(most_questions=4, arithmetic=False))
@settings(max_examples=6)
def test_foreign_forms_agree_on_every_ground_of_random_rule_files(data: Members) -> None:
    engine = Engine(interrupting(built(data)))
    written = lines(engine, AnswerSets(engine, seed=1).draw(60))
    try:
        differing = told_otherwise(ForeignForm(), Subject(engine.rule_set), written)
    except NotExactError:
        reject()
    assert differing == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_reader_is_noticed(fault: str, tmp_path: Path) -> None:
    assert_noticed([(CommandLine(), 100), (Solver(), 100), (Database(tmp_path), 100)], fault, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_pages_and_of_programs_is_noticed(fault: str, tmp_path: Path) -> None:
    assert_noticed([(Pages(tmp_path), 40), (Program(tmp_path / "api"), 100)], fault, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_foreign_forms_is_noticed_on_every_ground(fault: str, tmp_path: Path) -> None:
    broken = load_text(tmp_path, edited(FAULTS[fault], text=SMALL_TEXT))
    small = load_rule_file(SMALL)
    engine = Engine(interrupting(small.rule_set))
    written = lines(engine, AnswerSets(engine, 1, small.cases).draw(100))
    assert told_otherwise(ForeignForm(), Subject(engine.rule_set), written) == []
    assert told_otherwise(ForeignForm(), Subject(interrupting(broken.rule_set)), written)


def assert_noticed(readers: list[tuple[Reader, int]], fault: str, folder: Path) -> None:
    """Each of the readers disagrees where it reads a rule file with a fault."""
    broken = load_text(folder, edited(FAULTS[fault], text=SMALL_TEXT))
    subject = Subject(broken.rule_set, folder / "edited.yaml")
    written = lines_of(load_rule_file(SMALL), 100)
    for reader, count in readers:
        assert told_otherwise(reader, subject, written[:count]), reader
