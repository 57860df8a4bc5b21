"""From data of the right shape to the model: every member of the file arrives in the model as what it is."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from typing import Any

import pytest

from screening.rulefiles.model.builder import BROKEN, build_rule_set
from screening.rulefiles.model.shape import Schema, rule_file_schema
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.notes import Audience, NoteKind
from screening.ruleset.model.phrases import Banned
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import Page, QuestionType, Slip
from screening.ruleset.model.rule_set import Kind, RuleSet, Tone
from screening.ruleset.model.texts import Expression
from tests.rulefiles.edited import SMALL_TEXT, edited, rule_set_of


@pytest.fixture(scope="module")
def small() -> RuleSet:
    return rule_set_of(SMALL_TEXT)


def test_texts_numbers_truth_values_and_choices_arrive_as_what_they_are(small: RuleSet) -> None:
    assert (small.id, small.version, small.language) == ("small", "1.0.0", "en")
    assert small.question["signs"].type is QuestionType.SEVERAL
    assert small.question["signs"].strict
    assert small.question["age"].required
    assert small.category["rescue"].tone is Tone.URGENT
    assert small.category["rescue"].severity == 2
    assert small.note["too_wet"].kind is NoteKind.CONFLICT
    assert small.note["too_wet"].audience is Audience.CLINIC
    assert set(small.undetermined.kinds) == set(Kind)
    assert small.banned.phrases == ("cure*", "you must", "safe")


def test_what_is_left_out_has_its_default(small: RuleSet) -> None:
    soil = small.question["soil"]
    assert (soil.strict, soil.required, soil.help, soil.ask_if, soil.if_not_asked) == (False, False, "", None, None)
    assert small.category["fine"].severity == 0
    assert small.category["unclear"].severity is None
    assert small.value["thirst"].decimals == 1
    assert small.value["dry"].decimals == 2
    assert not small.ground["dry_soil"].interrupt


def test_numbers_of_options_units_and_slips_are_exact_decimals(small: RuleSet) -> None:
    assert small.question["light"].option["sun"].score == Decimal("1.5")
    assert isinstance(small.question["soil"].option["dry"].score, Decimal)
    kilograms, grams = small.question["weight"].units
    assert (kilograms.minimum, kilograms.maximum, kilograms.factor) == (Decimal("0.1"), Decimal(50), Decimal(1))
    assert (grams.factor, grams.also) == (Decimal("0.001"), ("gr",))
    assert kilograms.slips == (Slip("grams", "This looks like grams: choose g.", above=Decimal(50)),)


def test_members_with_another_name_in_the_file_are_found(small: RuleSet) -> None:
    assert small.value["dry"].expression.text == 'definitely(soil == "dry") or definitely(thirst > 2.5)'
    text = edited(("    order: [wet, moist, dry]", "    from: [dry]\n    to: [moist, wet]"))
    guarantee = rule_set_of(text).guarantees[1]
    assert (guarantee.changed_from, guarantee.to) == (("dry",), ("moist", "wet"))


def test_expressions_keep_their_text_and_have_a_tree(small: RuleSet) -> None:
    ask_if = small.question["light"].ask_if
    assert ask_if is not None
    assert ask_if.text == "known(soil) and definitely(age >= 1)"
    assert ask_if.tree != BROKEN


def build(text: str) -> tuple[RuleSet, list[Problem]]:
    parsed = read_yaml(text.encode())
    assert parsed.data is not None
    return build_rule_set(parsed.data)


def test_every_expression_that_cannot_be_parsed_is_reported_with_its_path_and_stands_as_broken() -> None:
    text = edited(("ask_if: known(soil)", "ask_if: known(soil))"), ("when: dry\n", "when: dry = 1\n"))
    rule_set, problems = build(text)
    assert [(problem.code, problem.path, problem.column) for problem in problems] == [
        ("expression.bracket", ("pages", 2, "questions", 2, "ask_if"), 11),
        ("expression.instead", ("rules", 1, "grounds", 0, "when"), 4),
    ]
    assert rule_set.ground["dry_soil"].when == Expression("dry = 1", BROKEN)


def test_every_mistake_in_one_expression_is_reported() -> None:
    _, problems = build(edited(("when: dry\n", "when: dri() or 5 ** 2 > 3\n")))
    assert [problem.code for problem in problems] == ["expression.no_such_function", "expression.power"]


@pytest.mark.parametrize("expression", ["1if dry else 2", '"\\d" == "x"'])
def test_what_python_only_warns_of_is_no_expression(expression: str) -> None:
    _, problems = build(edited(("when: dry\n", f"when: '{expression}'\n")))
    assert [problem.code for problem in problems] == ["expression.syntax"]


# --- the model and the schema speak of the same members ------------------------------------------


def members_of_model(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.metadata.get("key", field.name): hints[field.name] for field in fields(kind)}


def class_inside(kind: Any) -> Any:
    """The model class that a type hint holds, however deep; None where there is none."""
    if is_dataclass(kind) and kind is not Expression:
        return kind
    return next((found for argument in typing.get_args(kind) if (found := class_inside(argument))), None)


def resolved(node: Any, schema: Schema) -> Any:
    while "$ref" in node or "items" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node["items"]
    return node


def classes_and_shapes() -> Iterator[tuple[Any, Any]]:
    """Every class of the model with the part of the schema that describes it."""
    schema = rule_file_schema()
    pending: list[tuple[Any, Any]] = [(RuleSet, schema)]
    seen = set()
    while pending:
        kind, node = pending.pop()
        yield kind, node
        for name, hint in members_of_model(kind).items():
            inner, below = class_inside(hint), resolved(node["properties"].get(name, {}), schema)
            if name == "scales" and kind is RuleSet:
                below = resolved(below["additionalProperties"], schema)
            if name == "kinds":
                below = resolved(below["properties"]["unless"], schema)
            if inner and inner not in seen:
                seen.add(inner)
                pending.append((inner, below))


def test_the_model_and_the_schema_have_the_same_members() -> None:
    found = [(kind, node["properties"]) for kind, node in classes_and_shapes()]
    assert len(found) > 25
    for kind, properties in found:
        assert set(properties) - EXPANDED.get(kind, set()) == set(members_of_model(kind)), kind


def test_what_the_schema_requires_is_what_has_no_default_in_the_model() -> None:
    for kind, node in classes_and_shapes():
        needed = {
            field.metadata.get("key", field.name)
            for field in fields(kind)
            if field.default is MISSING and field.default_factory is MISSING
        }
        assert set(node.get("required", ())) == needed | MAY_BE_LEFT_OUT_AS_A_WHOLE.get(kind, set()), kind


EXPANDED = {Page: {"repeats"}}
"""What stands in a file and not in its model, as it is expanded: `rulefiles/model/repeats`."""
MAY_BE_LEFT_OUT_AS_A_WHOLE = {Banned: {"phrases"}}
"""Classes that the model makes empty where the file has none; a file that has one says more."""
