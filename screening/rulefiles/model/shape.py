"""Has a rule file the shape that its JSON Schema describes? Schema errors become `Problem`s."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from screening.resources import resource
from screening.rulefiles.model.validity import ValidityValidator, written_out
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.model.problem import Path, Problem

Schema = dict[str, Any]


@cache
def rule_file_schema() -> Schema:
    """The JSON Schema of rule files."""
    return _load("ruleset.schema.json")


@cache
def cases_schema() -> Schema:
    """The JSON Schema of case files."""
    return _load("cases.schema.json")


@cache
def journeys_schema() -> Schema:
    """The JSON Schema of files with assumed visitors."""
    return _load("journeys.schema.json")


@cache
def scale_schema() -> Schema:
    """The JSON Schema of tables of scored scales."""
    return _load("scale.schema.json")


@cache
def cohort_schema() -> Schema:
    """The JSON Schema of what a table answers."""
    return _load("cohort.schema.json")


@cache
def review_schema() -> Schema:
    """The JSON Schema of files with signatures."""
    return _load("review.schema.json")


@cache
def review_form_schema() -> Schema:
    """The JSON Schema of reviewers' forms."""
    return _load("review_form.schema.json")


@cache
def translation_schema() -> Schema:
    """The JSON Schema of translations."""
    return _load("translation.schema.json")


@cache
def glossary_schema() -> Schema:
    """The JSON Schema of glossaries."""
    return _load("glossary.schema.json")


@cache
def pins_schema() -> Schema:
    """The JSON Schema of files with what is pinned."""
    return _load("pins.schema.json")


@cache
def saved_schema() -> Schema:
    """The JSON Schema of what a file of saved answers holds."""
    return _load("saved.schema.json")


@cache
def summary_schema() -> Schema:
    """The JSON Schema of what is attached to a summary."""
    return _load("summary.schema.json")


def _load(name: str) -> Schema:
    loaded: Schema = json.loads((resource("rules") / name).read_text(encoding="utf-8"))
    return loaded


def published_schemas() -> dict[str, Schema]:
    """The schemas that others need to read what this service writes, by their names."""
    return {schema["$id"]: schema for schema in (summary_schema(), rule_file_schema())}


def check_shape(data: Data | None, schema: Schema) -> list[Problem]:
    """Every place where data differs from the shape described, in the order of the file."""
    validity, validator = _validators(schema["$id"])
    if validity.is_valid(data):
        return []
    errors = sorted(validator.iter_errors(data), key=lambda error: [str(key) for key in error.path])
    return _mistyped_once([problem for error in errors for problem in _problems(error)])


def _mistyped_once(problems: list[Problem]) -> list[Problem]:
    """A member under a wrong name is told once: it is not known, and the one that is missing is most likely meant."""
    told: list[Problem] = []
    meant: dict[Path, Problem] = {}
    for around in {problem.path for problem in problems if problem.code == "shape.missing"}:
        missing = [
            candidate for candidate in problems if candidate.code == "shape.missing" and candidate.path == around
        ]
        unknown = [
            candidate
            for candidate in problems
            if candidate.code == "shape.unexpected" and candidate.path[:-1] == around
        ]
        for unexpected in unknown:
            names = [str(absent.values["name"]) for absent in missing]
            written, known = str(unexpected.values["name"]).lower(), unexpected.values["known"]
            alone = names if len(names) == len(unknown) == 1 and not _is_like_one(written, known) else []
            if close := get_close_matches(written, names, 1) or alone:
                absent = next(absent for absent in missing if absent.values["name"] == close[0])
                meant[unexpected.path] = absent
                missing.remove(absent)
    for problem in problems:
        if problem.code == "shape.unexpected" and problem.path in meant:
            values = {**problem.values, "meant": meant[problem.path].values["name"]}
            told.append(Problem("shape.misnamed", problem.path, values=values))
        elif problem not in meant.values():
            told.append(problem)
    return told


def _is_like_one(written: str, known: object) -> bool:
    """Whether a member has nearly the name of one that may stand there: then that one is meant, and no missing one."""
    return isinstance(known, list) and bool(get_close_matches(written, map(str, known), 1))


@cache
def _validators(schema_id: str) -> tuple[Any, Draft202012Validator]:
    """Whether data is right, quickly, and what is wrong with it; that our own schemas are ones is seen by a test."""
    files = (rule_file_schema(), cases_schema(), journeys_schema(), cohort_schema(), scale_schema())
    beside = (review_schema(), review_form_schema(), translation_schema(), glossary_schema(), pins_schema())
    known = (*files, *beside, summary_schema(), saved_schema())
    schema = {own_schema["$id"]: own_schema for own_schema in known}[schema_id]
    whole = written_out(schema, schema.get("$defs", {}))
    return ValidityValidator(whole), Draft202012Validator(whole)


_TYPES = {
    "string": "shape.text",
    "number": "shape.number",
    "integer": "shape.whole_number",
    "boolean": "shape.truth_value",
    "array": "shape.list",
    "object": "shape.mapping",
}
_BOUNDS = {"minimum": "shape.too_small", "exclusiveMinimum": "shape.not_above", "maximum": "shape.too_large"}


def _problems(error: ValidationError) -> Iterator[Problem]:  # noqa: C901 - one case a keyword of the schema
    """One schema error as problems; several where one error speaks of several members."""
    path: Path = tuple(error.absolute_path)
    written: Any = error.instance
    wanted: Any = error.validator_value
    rule: Any = error.schema
    match str(error.validator):
        case "required":
            missing = next(name for name in wanted if repr(name) in error.message and name not in written)
            yield Problem("shape.missing", path, values={"name": missing})
        case "additionalProperties":
            allowed = list(rule["properties"])
            for name in sorted(written.keys() - allowed):
                yield Problem("shape.unexpected", (*path, name), values={"name": name, "known": allowed})
        case "not":
            yield Problem("shape.not_here", path, values={"name": path[-1]})
        case "type":
            kind = "array" if "array" in wanted else str(wanted)  # a list, or the name of one
            code = _TYPES.get(kind, "shape.single")
            if rule == rule_file_schema()["$defs"]["expression"]:
                code = "shape.always" if isinstance(written, bool) else "shape.expression"
            yield Problem(code, path, values={"found": written})
        case "enum":
            yield Problem("shape.choice", path, values={"name": written, "known": list(wanted)})
        case "pattern":
            yield Problem("shape.pattern", path, values={"name": written, "wanted": rule["description"]})
        case "minItems" | "maxItems" as keyword:
            code = {"minItems": "shape.too_few", "maxItems": "shape.too_many"}[keyword]
            yield Problem(code, path, values={"count": len(written), "limit": wanted})
        case "minLength" | "maxLength" as keyword:
            code = {"minLength": "shape.too_short", "maxLength": "shape.too_long"}[keyword]
            yield Problem(code if written else "shape.empty", path, values={"count": len(written), "limit": wanted})
        case "minimum" | "maximum" | "exclusiveMinimum" as keyword:
            yield Problem(_BOUNDS[keyword], path, values={"number": written, "limit": wanted})
        case _:
            yield Problem("shape.other", path, values={"reason": error.message})
