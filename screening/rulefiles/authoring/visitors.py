"""Assumed visitors: a file of how often each answer is given, read and checked against a rule set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.cases.judged_day import judged_day
from screening.rulefiles.checks.references import exists
from screening.rulefiles.loading.loader import raise_if_any, read_shaped
from screening.rulefiles.model.shape import journeys_schema
from screening.ruleset.compiler.classes.date_cells import days_of
from screening.ruleset.model.dates import DayRange, day_named
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet

UNSURE = "unsure"
RANGES, DAYS = "ranges", "days"
ENDS = ("from", "to")
_OTHERS: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.TEXT: (WRITTEN,),
    QuestionType.NUMBER: (RANGES,),
    QuestionType.DATE: (DAYS,),
}
"""What frequencies may be of beside options, and not being sure."""


@dataclass(frozen=True, slots=True)
class Range:
    """Where a number lies, evenly."""

    low: Decimal
    high: Decimal
    weight: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a date lies, evenly among days, and how exactly it is told."""

    first: date
    last: date
    weight: float
    told: str = "day"
    """Whether people tell the "day", the "month" or the "year"."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often each answer to one question is given."""

    weights: Mapping[str, float]
    """By option's code, and `unsure`."""
    ranges: tuple[Range, ...] = ()
    days: tuple[Stretch, ...] = ()


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
    today: date | None = None
    """The day of every visit; None where no date is asked."""


def load_visitors(path: FilePath, rule_set: RuleSet) -> Visitors:
    """The visitors that a file describes, or `RuleFileError` with every mistake in it."""
    parsed = read_shaped(path, journeys_schema())
    data: Any = parsed.data
    raise_if_any([*_mistakes(data, rule_set)], parsed, path)
    shared = _answers(data.get("answers", {}))
    groups = (
        Group(group["name"], float(group["weight"]), shared | _answers(group["answers"])) for group in data["groups"]
    )
    today, _ = judged_day(data, has_dates=rule_set.has_dates)
    return Visitors(data["assumed"], data["visitors"], data["seed"], tuple(groups), today)


def _answers(data: Mapping[str, Any]) -> dict[str, Frequencies]:
    return {name: _frequencies(weights) for name, weights in data.items()}


def _frequencies(data: Mapping[str, Any]) -> Frequencies:
    ranges = (Range(Decimal(item["from"]), Decimal(item["to"]), float(item["weight"])) for item in data.get(RANGES, ()))
    days = (
        Stretch(
            date.fromisoformat(item["from"]),
            date.fromisoformat(item["to"]),
            float(item["weight"]),
            item.get("told", "day"),
        )
        for item in data.get(DAYS, ())
    )
    weights = {name: float(weight) for name, weight in data.items() if name not in (RANGES, DAYS)}
    return Frequencies(weights, tuple(ranges), tuple(days))


def _mistakes(data: Any, rule_set: RuleSet) -> Iterator[Problem]:
    if data["rules"] != rule_set.id:
        yield Problem("journeys.other_rules", ("rules",), values={"name": data["rules"], "wanted": rule_set.id})
    today, wrong = judged_day(data, has_dates=rule_set.has_dates)
    yield from wrong
    yield from _unknown(data.get("answers", {}), rule_set, ("answers",), today)
    for index, group in enumerate(data["groups"]):
        yield from _unknown(group["answers"], rule_set, ("groups", index, "answers"), today)


def _unknown(answers: Mapping[str, Any], rule_set: RuleSet, path: Path, today: date | None) -> Iterator[Problem]:
    """Questions and options that the rule set does not have, and ranges out of a question's own."""
    for name, frequencies in answers.items():
        yield from exists(name, rule_set.question, "question", (*path, name))
        question = rule_set.question.get(name)
        if question is None:
            continue
        is_number = question.type is QuestionType.NUMBER
        known = [*question.option, UNSURE, *_OTHERS.get(question.type, ())]
        for code in frequencies:
            yield from exists(code, known, "option", (*path, name, code))
        for index, item in enumerate(frequencies.get(RANGES, ()) if is_number else ()):
            unit = question.stored_unit
            for end in ENDS:
                if not unit.minimum <= item[end] <= unit.maximum:
                    values = {"name": name, "low": unit.minimum, "high": unit.maximum}
                    yield Problem("journeys.range", (*path, name, RANGES, index, end), values=values)
        if question.type is QuestionType.DATE:
            for index, item in enumerate(frequencies.get(DAYS, ())):
                yield from _wrong_days(item, question, (*path, name, DAYS, index), today)


def _wrong_days(item: Mapping[str, Any], question: Question, path: Path, today: date | None) -> Iterator[Problem]:
    """Ends that are no days, days that nobody may answer on the day of the visits, and a last one before the first."""
    days = [day_named(item[end]) for end in ENDS]
    yield from (
        Problem("journeys.day", (*path, end), values={"text": item[end]})
        for end, day in zip(ENDS, days, strict=True)
        if day is None
    )
    first, last = days
    if first is None or last is None or today is None:
        return
    accepted = days_of(question, None, DayRange.of_day(today))
    if not accepted.first <= first.toordinal() <= last.toordinal() <= accepted.last:
        low, high = (date.fromordinal(day).isoformat() for day in (accepted.first, accepted.last))
        values = {"name": question.id, "low": low, "high": high}
        yield Problem("journeys.days", path, values=values)
