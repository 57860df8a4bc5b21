"""Assumed visitors: a file of how often each answer is given, read and checked against a rule set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.checks.references import exists
from screening.rulefiles.loading.loader import raise_if_any, read_shaped
from screening.rulefiles.model.shape import journeys_schema
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import WRITTEN, QuestionType
from screening.ruleset.model.rule_set import RuleSet

UNSURE = "unsure"
RANGES = "ranges"


@dataclass(frozen=True, slots=True)
class Range:
    """Where a number lies, evenly."""

    low: Decimal
    high: Decimal
    weight: float


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often each answer to one question is given."""

    weights: Mapping[str, float]
    """By option's code, and `unsure`."""
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Visitors who answer alike."""

    name: str
    weight: float
    answers: Mapping[str, Frequencies]


@dataclass(frozen=True, slots=True)
class Visitors:
    """All that is assumed of visitors."""

    assumed: str
    """Where the frequencies come from."""
    count: int
    seed: int
    groups: tuple[Group, ...]


def load_visitors(path: FilePath, rule_set: RuleSet) -> Visitors:
    """The visitors that a file describes, or `RuleFileError` with every mistake in it."""
    parsed = read_shaped(path, journeys_schema())
    data: Any = parsed.data
    raise_if_any([*_mistakes(data, rule_set)], parsed, path)
    shared = _answers(data.get("answers", {}))
    groups = (
        Group(group["name"], float(group["weight"]), shared | _answers(group["answers"])) for group in data["groups"]
    )
    return Visitors(data["assumed"], data["visitors"], data["seed"], tuple(groups))


def _answers(data: Mapping[str, Any]) -> dict[str, Frequencies]:
    return {name: _frequencies(weights) for name, weights in data.items()}


def _frequencies(data: Mapping[str, Any]) -> Frequencies:
    ranges = (Range(Decimal(item["from"]), Decimal(item["to"]), float(item["weight"])) for item in data.get(RANGES, ()))
    return Frequencies({name: float(weight) for name, weight in data.items() if name != RANGES}, tuple(ranges))


def _mistakes(data: Any, rule_set: RuleSet) -> Iterator[Problem]:
    if data["rules"] != rule_set.id:
        yield Problem("journeys.other_rules", ("rules",), values={"name": data["rules"], "wanted": rule_set.id})
    yield from _unknown(data.get("answers", {}), rule_set, ("answers",))
    for index, group in enumerate(data["groups"]):
        yield from _unknown(group["answers"], rule_set, ("groups", index, "answers"))


def _unknown(answers: Mapping[str, Any], rule_set: RuleSet, path: Path) -> Iterator[Problem]:
    """Questions and options that the rule set does not have, and ranges out of a question's own."""
    for name, frequencies in answers.items():
        yield from exists(name, rule_set.question, "question", (*path, name))
        question = rule_set.question.get(name)
        if question is None:
            continue
        is_number = question.type is QuestionType.NUMBER
        is_text = question.type is QuestionType.TEXT
        known = [*question.option, UNSURE, *([WRITTEN] if is_text else []), *([RANGES] if is_number else [])]
        for code in frequencies:
            yield from exists(code, known, "option", (*path, name, code))
        for index, item in enumerate(frequencies.get(RANGES, ()) if is_number else ()):
            unit = question.stored_unit
            for end in ("from", "to"):
                if not unit.minimum <= item[end] <= unit.maximum:
                    values = {"name": name, "low": unit.minimum, "high": unit.maximum}
                    yield Problem("journeys.range", (*path, name, RANGES, index, end), values=values)
