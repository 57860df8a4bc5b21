"""Every node of the expression language goes through every reader, and the recipe for a new one names them all."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date as day
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.strength.tree_mutation import TreeMutator
from screening.fhir.exactness import Exactness
from screening.fhir.expressions import FhirPath, NotExportedError
from screening.fhir.names import VariableNames
from screening.ruleset.compiler.classes.option_classes import merge_tests, thresholds
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.ground_status import GroundStatus, GroundStatuses, without_settling
from screening.ruleset.formulas.algebra import Formula
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.language.parsing import parse
from screening.ruleset.language.rendering import render
from screening.ruleset.language.symbol_table import Setting
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, DayRange, Elapsed, time_name
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.document.expressions import expression_sentence
from screening.wording.language.languages import language
from tests.conftest import ROOT
from tests.support.every import for_every
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.interpreter import Reading
from tests.support.rules.precise import alike
from tests.support.rules.small_rules import (
    Members,
    built,
    choice,
    date,
    ground,
    note,
    number,
    rule,
    rule_file,
    several,
    value,
)

SAMPLES = {
    ex.Name: "a",
    ex.Number: "7.5",
    ex.Unknown: "unknown",
    ex.Not: "not (a > 1)",
    ex.And: "(a > 1) and (b > 1)",
    ex.Or: "(a > 1) or (b > 1)",
    ex.Comparison: "a > 1",
    ex.Membership: 'colour == "red"',
    ex.AnyOf: 'any_of(signs, "rash")',
    ex.Arithmetic: "a * b",
    ex.Conditional: "a if (b > 1) else 3",
    ex.Definitely: "definitely(a > 1)",
    ex.Possibly: "possibly(a > 1)",
    ex.Known: "known(a)",
    ex.SquareRoot: "sqrt(a)",
    ex.Score: "score(colour)",
    ex.Since: "months_since(born)",
    ex.Sum: "sum(a, b)",
    ex.Extreme: "min(a, b)",
    ex.Round: "round(a, 1)",
    ex.Power: "power(a, 0.5)",
    ex.MayBe: 'may_be("found")',
    ex.Holds: 'holds("always")',
}
"""One expression for every node."""
NODES = get_args(ex.Node)
OF_OUTCOMES = (ex.MayBe, ex.Holds)
ON = DayRange.of_day(day(2026, 11, 30))
ANSWERS: tuple[dict[str, Plain], ...] = (
    {TODAY: ON},
    {
        TODAY: ON,
        "born": DayRange.of_day(day(2026, 5, 17)),
        "a": Decimal(4),
        "b": Decimal(9),
        "colour": "red",
        "signs": frozenset({"rash"}),
    },
    {TODAY: ON, "born": DayRange.of_day(day(2020, 2, 29)), "b": Decimal(1)},
)


def rules_with(kind: type[ex.Node]) -> RuleSet:
    """A rule set that holds the sample of a node wherever such a node may stand."""
    text = SAMPLES[kind]
    colours = [{"code": "red", "score": 1}, {"code": "blue", "score": 2}]
    questions: list[Members] = [
        number("a"),
        number("b"),
        choice("colour", *colours),
        several("signs", "fever", "rash"),
        choice("strict", "yes", "no", strict=True),
        date("born", 120),
    ]
    settled = f"definitely({condition_of(kind)})"
    grounds = [] if kind in OF_OUTCOMES else [ground("sample", settled)]
    values = [] if kind in OF_OUTCOMES else [value("sampled", text)]
    return built(
        rule_file(
            questions,
            [rule("found", *grounds, ground("always", 'strict == "yes"'))],
            values=values,
            notes=[note("noted", settled)],
        )
    )


def condition_of(kind: type[ex.Node]) -> str:
    """The sample of a node, compared where it is a number."""
    return SAMPLES[kind] if kind in get_args(ex.OnlyCondition) else f"({SAMPLES[kind]}) > 1"


def test_there_is_a_sample_of_every_node_and_it_is_one() -> None:
    assert set(SAMPLES) == set(NODES)
    assert {kind: type(parse(text)) for kind, text in SAMPLES.items()} == {kind: kind for kind in SAMPLES}


@for_every("kind", NODES)
def test_a_node_is_written_as_it_is_read(kind: type[ex.Node]) -> None:
    assert render(parse(SAMPLES[kind])) == SAMPLES[kind]
    inside = parse(f"definitely(({condition_of(kind)}) and (a > 2)) if a > b else b > 1")
    assert parse(render(inside)) == inside


@for_every("kind", NODES)
def test_walk_and_map_reach_every_operand_of_a_node(kind: type[ex.Node]) -> None:
    node = parse(SAMPLES[kind])
    visited: list[ex.Node] = []

    def remember(operand: ex.Node) -> ex.Node:
        visited.append(operand)
        return ex.Unknown()

    changed = node.map(remember)
    about = [node.subject] if isinstance(node, ex.Membership | ex.AnyOf | ex.Known | ex.Score | ex.Since) else []
    assert list(node.children()) == visited + about
    assert list(changed.children()) == [ex.Unknown()] * len(visited) + about
    assert len(list(node.walk())) >= 1 + len(visited) + len(about)


def test_a_walk_takes_every_part_in_reading_order() -> None:
    tree = parse('(a + b > 1 and not known(c)) or any_of(signs, "rash") or (a if (b > 1) else 3) == 2')

    def parts(node: ex.Node) -> list[ex.Node]:
        return [node, *(part for child in node.children() for part in parts(child))]

    assert [id(part) for part in tree.walk()] == [id(part) for part in parts(tree)]
    assert [part.name for part in tree.walk() if isinstance(part, ex.Name)] == ["a", "b", "c", "signs", "a", "b"]


@for_every("kind", NODES)
def test_every_reader_of_the_core_takes_every_node(kind: type[ex.Node]) -> None:
    rule_set = rules_with(kind)
    engine = Engine(rule_set)
    condition, names = parse(condition_of(kind)), engine.names
    for answers in ANSWERS:
        outcome = engine.evaluate(answers)
        if kind not in OF_OUTCOMES:
            reading = Reading(rule_set, BruteForce(rule_set).state(answers))
            assert alike(outcome.values["sampled"], reading.read(parse(SAMPLES[kind])))
            assert ("sample" in outcome.grounds) is (reading.truth(condition) is True)
        assert set(GroundStatuses(engine).of(answers, outcome).values()) <= set(GroundStatus)
    assert merge_tests(condition) == condition
    assert names.inline(condition) == condition
    assert isinstance(without_settling(condition), NODES)
    times = {time_name(question.id, unit) for question in rule_set.questions for unit in Elapsed}
    assert set(thresholds([condition], names)) <= {*rule_set.question, *times}
    assert is_number(parse(SAMPLES[kind]), names) is (kind not in (ex.Unknown, *get_args(ex.OnlyCondition)))
    assert is_nothing(parse(SAMPLES[kind]), names) is (kind is ex.Unknown)
    assert all(isinstance(names.may_be_unknown(condition, setting), bool) for setting in Setting)


@pytest.mark.parametrize("mode", EvaluationMode)
@for_every("kind", NODES)
def test_the_prover_takes_every_node(kind: type[ex.Node], mode: EvaluationMode) -> None:
    condition = parse(condition_of(kind))
    for bounded in (False, True):
        model = RuleModel(rules_with(kind), bounded=bounded)
        for side in range(2):

            def completed(of: RuleFormulas, side: int = side) -> Formula:
                return of.truth(condition, mode)[side]

            some = model.formulas.in_some_completion(completed, condition)
            assert str(model.printed(some))


@pytest.mark.parametrize("mode", [EvaluationMode.GIVEN, EvaluationMode.OPEN])
@for_every("kind", NODES)
def test_every_node_is_written_as_fhirpath_unless_it_speaks_of_the_outcome(
    kind: type[ex.Node], mode: EvaluationMode
) -> None:
    rule_set = rules_with(kind)
    names = Engine(rule_set).names
    writer = FhirPath(names, VariableNames([*rule_set.question, *rule_set.value]), mode)
    if kind in OF_OUTCOMES:
        with pytest.raises(NotExportedError):
            writer.condition(parse(condition_of(kind)))
    else:
        assert writer.condition(parse(condition_of(kind)))
        rounded = list(Exactness(names).rounded_parts(parse(condition_of(kind))))
        assert (rounded == []) is (kind not in (ex.SquareRoot, ex.Power))


@for_every("kind", NODES)
def test_every_node_has_words_and_so_has_its_contrary(kind: type[ex.Node]) -> None:
    rule_set = rules_with(kind)
    said = expression_sentence(parse(SAMPLES[kind]), rule_set, language("en"))
    denied = expression_sentence(ex.Not(parse(condition_of(kind))), rule_set, language("en"))
    assert said
    assert said != denied


@for_every("kind", NODES)
def test_small_mistakes_in_any_node_are_other_expressions_of_the_language(kind: type[ex.Node]) -> None:
    node = parse(condition_of(kind))
    for change in TreeMutator(rules_with(kind)).changes(node, settled=False):
        assert change.tree != node
        assert parse(render(change.tree)) == change.tree


NEW_NODES = '''
@final
@dataclass(frozen=True, slots=True)
class Magnitude(NodeBase):
    """A number of which readers know nothing."""

    operand: Node


@final
@dataclass(frozen=True, slots=True)
class Never(NodeBase):
    """A condition of which readers know nothing."""

    operand: Node


OnlyCondition: TypeAlias'''


def recipe() -> set[str]:
    """The files in which the recipe has a new operator read."""
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [places] = re.findall(r"^\| add an operator to the expression language \| (.*) \|$", table, re.MULTILINE)
    named = re.findall(r"`([a-z_/]+)(?:\.py)?`", places.split("mypy then names")[1].split("; then rows")[0])
    return {f"{name if name.startswith('tests/') else f'screening/{name}'}.py" for name in named}


@pytest.mark.slow
def test_the_type_checker_names_every_place_that_the_recipe_for_an_operator_names_and_no_other(tmp_path: Path) -> None:
    for folder in ("screening", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert ex.__file__
    nodes = tmp_path / Path(ex.__file__).relative_to(ROOT)
    text = nodes.read_text(encoding="utf-8").replace("\nOnlyCondition: TypeAlias", NEW_NODES)
    text, conditions = re.subn(r"(OnlyCondition: TypeAlias = \(\s*)", r"\1Never | ", text)
    text, numbers = re.subn(r"(OnlyNumber: TypeAlias = )", r"\1Magnitude | ", text)
    assert (conditions, numbers) == (1, 1)
    nodes.write_text(text, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    reported = {line.split(":")[0] for line in checked.stdout.splitlines() if ": error: " in line}
    assert checked.stderr == ""
    assert reported == recipe()
