"""How the columns of a table answer questions: read from YAML, and checked against a rule set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from screening.cohort.cells import Cell, cell
from screening.rulefiles.cases.case_file import read_answers
from screening.rulefiles.cases.judged_day import judged_day
from screening.rulefiles.checks.references import exists
from screening.rulefiles.loading.loader import raise_if_any, read_shaped
from screening.rulefiles.model.shape import cohort_schema
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import Answer


@dataclass(frozen=True, slots=True)
class Column:
    """One column that answers a number, a choice, a text or a date."""

    name: str
    unit: str = ""
    """The unit's code; empty for what is no number."""
    options: Mapping[Cell, str] | None = None
    """For a choice, the option that each cell means."""
    has_decimal_points: bool = False
    """Whether a point in a number is a decimal point always, so that 1.200 is never 1200."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One column that ticks an option of several choices."""

    column: str
    cells: frozenset[Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """One column by which a report tells rows apart."""

    column: str
    cells: Mapping[str, frozenset[Cell]]
    """For each part, by the name under which it is told, the cells that mean it; no cell means two."""


@dataclass(frozen=True)
class CohortMapping:
    """What a table answers, which of its rows count, and what is assumed in all of them."""

    about: str
    missing: frozenset[Cell]
    where: Mapping[str, frozenset[Cell]]
    filled: tuple[str, ...]
    columns: Mapping[str, Column]
    """The column of each number, choice, text and date, by question."""
    ticks: Mapping[str, Mapping[str, Tick]]
    """The ticks of several choices, by question and option."""
    assumed: Mapping[str, Answer]
    weight: str = ""
    """The column that says how many people a row stands for; empty: none does."""
    groups: Mapping[str, Group] = field(default_factory=dict)
    """What a report tells apart, by title."""
    today: date | None = None
    """The day by which dates are judged, in every row; None where none is asked."""

    @property
    def reported_names(self) -> tuple[str, ...]:
        """Every column that a report reads."""
        reported = [self.weight] if self.weight else []
        return tuple(dict.fromkeys([*self.column_names, *reported, *(group.column for group in self.groups.values())]))

    @property
    def column_names(self) -> tuple[str, ...]:
        """Every column that is read to judge a row."""
        answering = [column.name for column in self.columns.values()]
        ticking = [tick.column for ticks in self.ticks.values() for tick in ticks.values()]
        return tuple(dict.fromkeys([*self.where, *self.filled, *answering, *ticking]))


def load_mapping(path: FilePath, rule_set: RuleSet, beside: RuleSet | None = None) -> CohortMapping:
    """The mapping in a YAML file for the questions of a rule set, or `RuleFileError` with every mistake.

    `beside` is another version, which the same table answers; where either asks for a date, the day is needed.
    """
    parsed = read_shaped(path, cohort_schema())
    data: Any = parsed.data
    has_dates = rule_set.has_dates or bool(beside and beside.has_dates)
    today, wrong_day = judged_day(data, has_dates=has_dates)
    assumed, problems = read_answers(data.get("assume", {}), rule_set, ("assume",), today)
    problems = [*wrong_day, *_mistakes(data, rule_set), *problems]
    raise_if_any(problems, parsed, path)
    answered = data["columns"].items()
    return CohortMapping(
        about=data.get("about", ""),
        missing=_cells(data.get("missing", [])) | {""},
        where={name: _cells(cells) for name, cells in data.get("where", {}).items()},
        filled=tuple(data.get("filled", ())),
        columns={name: _column(members, rule_set.question[name]) for name, members in answered if "column" in members},
        ticks={name: _ticks(members["ticks"]) for name, members in answered if "ticks" in members},
        assumed=assumed,
        weight=data.get("weight", ""),
        groups={title: _group(members) for title, members in data.get("groups", {}).items()},
        today=today,
    )


def _cells(values: list[object]) -> frozenset[Cell]:
    return frozenset(map(cell, values))


def _column(raw: Any, question: Question) -> Column:
    if question.type is QuestionType.NUMBER:
        unit = raw.get("unit", question.stored_unit.code)
        return Column(raw["column"], unit=unit, has_decimal_points="decimal" in raw)
    if question.type in (QuestionType.TEXT, QuestionType.DATE):
        return Column(raw["column"])
    return Column(
        raw["column"], options={cell(value): code for code, cells in raw["options"].items() for value in cells}
    )


def _ticks(raw: Any) -> dict[str, Tick]:
    return {code: Tick(members["column"], _cells(members["cells"])) for code, members in raw.items()}


def _group(raw: Any) -> Group:
    return Group(raw["column"], {label: _cells(cells) for label, cells in raw["cells"].items()})


# --- mistakes ------------------------------------------------------------------------------------

_MEMBERS: Mapping[QuestionType, tuple[frozenset[str], frozenset[str]]] = {
    QuestionType.NUMBER: (frozenset({"column"}), frozenset({"column", "unit", "decimal"})),
    QuestionType.CHOICE: (frozenset({"column", "options"}), frozenset({"column", "options"})),
    QuestionType.SEVERAL: (frozenset({"ticks"}), frozenset({"ticks"})),
    QuestionType.TEXT: (frozenset({"column"}), frozenset({"column"})),
    QuestionType.DATE: (frozenset({"column"}), frozenset({"column"})),
}
"""For each type of question, the members that its answer must have, and those that it may have."""


def _mistakes(data: Any, rule_set: RuleSet) -> Iterator[Problem]:
    if data["rules"] != rule_set.id:
        yield Problem("cohort.other_rules", ("rules",), values={"name": data["rules"], "wanted": rule_set.id})
    for name, raw in data["columns"].items():
        path: Path = ("columns", name)
        yield from exists(name, rule_set.question, "question", path)
        if name in data.get("assume", {}):
            yield Problem("cohort.both", path, values={"name": name})
        if name in rule_set.question:
            yield from _question_mistakes(raw, rule_set.question[name], path)
    for title, raw in data.get("groups", {}).items():
        yield from _repeated(raw["cells"], ("groups", title, "cells"), title)


def _question_mistakes(raw: Any, question: Question, path: Path) -> Iterator[Problem]:
    must, may = _MEMBERS[question.type]
    if not must <= raw.keys() <= may:
        yield Problem("cohort.members", path, values={"name": question.id, "wanted": sorted(may)})
        return
    if "unit" in raw:
        yield from exists(raw["unit"], {unit.code: unit for unit in question.units}, "unit", (*path, "unit"))
    for member in ("options", "ticks"):
        for code in raw.get(member, {}):
            yield from exists(code, question.option, "option", (*path, member, code))
    yield from _repeated(raw.get("options", {}), (*path, "options"), question.id)


def _repeated(meanings: Any, path: Path, name: str) -> Iterator[Problem]:
    """Every cell that is to mean two things."""
    meant = [cell(value) for cells in meanings.values() for value in cells]
    for value in sorted({value for value in meant if meant.count(value) > 1}):
        yield Problem("cohort.repeated", path, values={"name": name, "cell": value})
