"""Schema errors become problems: one test a keyword, and a proof that no keyword is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from screening.rulefiles.model.shape import (
    cases_schema,
    check_shape,
    cohort_schema,
    glossary_schema,
    journeys_schema,
    pins_schema,
    review_form_schema,
    review_schema,
    rule_file_schema,
    saved_schema,
    summary_schema,
    translation_schema,
)
from screening.rulefiles.yaml.parsed import Data
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Path, Problem
from tests.conftest import ROOT
from tests.rulefiles.edited import SMALL_TEXT, edited
from tests.support.every import for_every

SCHEMAS = {
    "rule file": rule_file_schema(),
    "cases": cases_schema(),
    "cohort": cohort_schema(),
    "review": review_schema(),
    "review form": review_form_schema(),
    "translation": translation_schema(),
    "glossary": glossary_schema(),
    "pins": pins_schema(),
}
PLAIN = {"journeys": journeys_schema(), "summary": summary_schema(), "saved answers": saved_schema()}
"""Schemas that say nothing of how the place of a mistake is told."""
HANDLED = {
    "type",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "enum",
    "pattern",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "not",
    "allOf",
    "if",
    "then",
    "const",
    "$ref",
    "$defs",
}
"""Keywords that `shape` makes a problem of, or that only hold others; `const` stands inside `if` alone."""
ANNOTATIONS = {"$schema", "$id", "title", "description"}


def shape_problems(*changes: tuple[str, str]) -> list[Problem]:
    return check_shape(read_yaml(edited(*changes).encode()).data, rule_file_schema())


def test_the_small_rule_file_has_the_right_shape() -> None:
    assert check_shape(read_yaml(SMALL_TEXT.encode()).data, rule_file_schema()) == []


SOIL = ("pages", 2, "questions", 1)


LABEL = "        label: Soil\n"
AGE = ("pages", 2, "questions", 0)
VALUE = ("values", 0, "decimals")
UNITS = ("pages", 3, "questions", 0, "units")
THEN = ("guarantees", 0, "then")
TONES = ["urgent", "serious", "calm", "plain"]


@for_every(
    ("old", "new", "code", "path", "values"),
    [
        (LABEL, "", "shape.missing", SOIL, {"name": "label"}),
        (LABEL, "        label: 5\n", "shape.text", (*SOIL, "label"), {"found": 5}),
        (LABEL, '        label: ""\n', "shape.empty", (*SOIL, "label"), {"count": 0, "limit": 1}),
        ("overrides: true", "overrides: 1", "shape.truth_value", ("categories", 0, "overrides"), {"found": 1}),
        ("severity: 0", "severity: x", "shape.whole_number", ("categories", 2, "severity"), {"found": "x"}),
        ("then: [rescue]", "then: rescue", "shape.list", THEN, {"found": "rescue"}),
        ("then: [rescue]", "then: []", "shape.too_few", THEN, {"count": 0, "limit": 1}),
        ("tone: calm", "tone: quiet", "shape.choice", ("categories", 1, "tone"), {"name": "quiet", "known": TONES}),
        ("maximum: 50\n", "maximum: x\n", "shape.number", (*UNITS, 0, "maximum"), {"found": "x"}),
        ("factor: 0.001", "factor: 0", "shape.not_above", (*UNITS, 1, "factor"), {"number": 0, "limit": 0}),
        ("    decimals: 1\n  - id", "    decimals: 7\n  - id", "shape.too_large", VALUE, {"number": 7, "limit": 6}),
        ("    decimals: 1\n  - id", "    decimals: -1\n  - id", "shape.too_small", VALUE, {"number": -1, "limit": 0}),
        (LABEL, f"{LABEL}        units: []\n", "shape.not_here", (*SOIL, "units"), {"name": "units"}),
    ],
)
def test_a_schema_error_is_one_problem_with_its_path_and_values(
    old: str, new: str, code: str, path: Path, values: dict[str, object]
) -> None:
    problems = shape_problems((old, new))
    assert Problem(code, path, values=values) in problems
    assert {problem.path for problem in problems} == {path}


def test_members_that_are_not_known_are_told_one_by_one() -> None:
    problems = shape_problems(("        label: Soil\n", "        label: Soil\n        lable: x\n        hepl: x\n"))
    assert [(problem.code, problem.path) for problem in problems] == [
        ("shape.unexpected", (*SOIL, "hepl")),
        ("shape.unexpected", (*SOIL, "lable")),
    ]


def test_a_mistyped_member_is_not_taken_for_a_missing_one_where_its_name_is_nearly_that_of_another() -> None:
    problems = shape_problems(("        label: Soil\n", "        strcit: true\n"))
    assert {(problem.code, problem.values["name"]) for problem in problems} == {
        ("shape.missing", "label"),
        ("shape.unexpected", "strcit"),
    }


def test_every_member_that_is_missing_is_told() -> None:
    data: Data = {"rules": "x", "cases": [{"name": "A case without anything"}]}
    problems = check_shape(data, cases_schema())
    assert {(problem.path, problem.values["name"]) for problem in problems} == {
        (("cases", 0), "answers"),
        (("cases", 0), "category"),
    }


def test_a_pattern_says_what_belongs_there_in_the_words_of_the_schema() -> None:
    [problem] = shape_problems(("  - id: scale\n", "  - id: Scale\n"))
    assert problem.code == "shape.pattern"
    assert problem.values["wanted"] == rule_file_schema()["$defs"]["id"]["description"]


@pytest.mark.parametrize("data", [[], "text", 5, True, ["a"]])
def test_a_file_that_is_no_mapping_has_one_problem(data: Data) -> None:
    [problem] = check_shape(data, rule_file_schema())
    assert (problem.code, problem.path, problem.values) == ("shape.mapping", (), {"found": data})


# --- the schemas themselves ----------------------------------------------------------------------


def nodes(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every schema inside a schema, with the way to it."""
    yield path, schema
    for keyword in ("properties", "$defs"):
        for name, below in schema.get(keyword, {}).items():
            yield from nodes(below, (*path, keyword, name))
    for keyword in ("items", "additionalProperties", "if", "then", "not"):
        if isinstance(schema.get(keyword), dict):
            yield from nodes(schema[keyword], (*path, keyword))
    for index, below in enumerate(schema.get("allOf", ())):
        yield from nodes(below, (*path, "allOf", str(index)))


@pytest.mark.parametrize("schema", [*SCHEMAS.values(), *PLAIN.values()], ids=[*SCHEMAS, *PLAIN])
def test_a_schema_is_a_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_every_property_has_a_description_that_is_a_sentence(schema: dict[str, Any]) -> None:
    described = [(path, node) for path, node in nodes(schema) if "properties" in path[-2:-1] and "if" not in path]
    assert len(described) >= 7
    for path, node in described:
        target = node
        if "description" not in node and "$ref" in node:
            target = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        assert len(target.get("description", "")) >= 4, path
        assert target["description"].endswith((".", '"')), path


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_every_definition_item_and_pattern_has_a_description(schema: dict[str, Any]) -> None:
    for path, node in nodes(schema):
        if "$defs" in path[-2:-1] or "pattern" in node:
            assert node.get("description"), path


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_every_keyword_of_a_schema_is_made_a_problem_of(schema: dict[str, Any]) -> None:
    for path, node in nodes(schema):
        assert set(node) <= HANDLED | ANNOTATIONS, path
        assert "const" not in node or "if" in path, path
        assert "not" not in node or node["not"] == {}, path


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_every_mapping_says_what_else_may_stand_in_it(schema: dict[str, Any]) -> None:
    for path, node in nodes(schema):
        if node.get("type") == "object":
            assert "additionalProperties" in node, path


@pytest.mark.parametrize("name", ["ruleset", "cases"])
def test_a_rule_file_names_the_schema_that_editors_check_it_with(name: str) -> None:
    schema = json.loads((ROOT / "rules" / f"{name}.schema.json").read_text(encoding="utf-8"))
    file = {"ruleset": "liver.yaml", "cases": "liver.cases.yaml"}[name]
    first_line = (ROOT / "rules" / file).read_text(encoding="utf-8").splitlines()[0]
    assert first_line == f"# yaml-language-server: $schema={schema['$id']}"
