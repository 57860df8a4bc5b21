"""What each operator means, from a table that needs no programming to read: `expressions.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.parsing import parse
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import ValueResult
from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.reading.typed_dates import parse_typed_date
from tests.support.every import for_every
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.interpreter import Given, Reading
from tests.support.rules.precise import alike
from tests.support.rules.small_rules import choice, engine, ground, number, rule, rule_file, several, unit, value
from tests.support.rules.small_rules import date as asked_date


class Row(NamedTuple):
    """One line of the table."""

    expression: str
    answers: str
    result: str


def rows() -> list[Row]:
    """The table without its remarks."""
    lines = (Path(__file__).parent / "expressions.csv").read_text(encoding="utf-8").splitlines()
    table = csv.reader((line for line in lines if not line.startswith("#")), delimiter=";", quoting=csv.QUOTE_NONE)
    assert next(table) == list(Row._fields)
    return [Row(*line) for line in table]


ROWS = rows()
QUESTIONS = (
    *(number(name, unit(decimals=2)) for name in "abc"),
    choice("colour", "red", "green", "blue"),
    choice(
        "grade", {"code": "low", "score": 1}, {"code": "mid", "score": 2}, {"code": "high", "score": Decimal("2.5")}
    ),
    several("signs", "fever", "rash", "cough"),
    choice("strict", "yes", "no", strict=True),
    asked_date("born", 120),
)
ON = DayRange.of_day(date(2026, 11, 30))
"""The day that is today in the table."""


@pytest.fixture(scope="module")
def table_engine() -> Engine:
    """A rule set with a value for each line, and for each condition a ground that holds where it is true, or false."""
    values = [value(f"line{index}", row.expression) for index, row in enumerate(ROWS)]
    conditions = [index for index, row in enumerate(ROWS) if is_condition(row)]
    grounds = [
        *(ground(f"true{index}", f"definitely(line{index})") for index in conditions),
        *(ground(f"false{index}", f"not possibly(line{index})") for index in conditions),
        ground("strict", 'strict == "yes"'),
    ]
    return engine(rule_file(QUESTIONS, [rule("found", *grounds)], values=values))


def is_condition(row: Row) -> bool:
    """Whether some line with the same expression is true or false, and not a number."""
    results = {other.result for other in ROWS if other.expression == row.expression}
    return bool(results & {"true", "false"})


def read_answers(text: str) -> Iterator[tuple[str, Given]]:
    """`a=2 signs=fever+?` as answers by question."""
    yield TODAY, ON
    for part in text.split():
        name, _, answer = part.partition("=")
        if name == "signs":
            ticked = () if answer == "none" else answer.split("+")
            yield name, frozenset(None if code == "?" else code for code in ticked)
        elif name == "born":
            yield name, parse_typed_date(answer).days
        else:
            yield name, answer if name in ("colour", "grade") else Decimal(answer)


def read_result(text: str) -> ValueResult:
    """`true`, `false`, `unknown` or a number."""
    words: dict[str, ValueResult] = {"true": True, "false": False, "unknown": None}
    return words[text] if text in words else Decimal(text)


def test_the_table_has_a_line_for_every_part_of_the_language() -> None:
    found = {type(part).__name__ for row in ROWS for part in parse(row.expression).walk()}
    of_outcomes = {"MayBe", "Holds"}
    assert found == {node.__name__ for node in get_args(ex.Node)} - of_outcomes


@pytest.mark.parametrize("strict", ["yes", None], ids=["settled", "open"])
@for_every("index", range(len(ROWS)), ids=lambda index: f"{ROWS[index].expression} [{ROWS[index].answers}]")
def test_an_expression_yields_what_the_table_says(table_engine: Engine, index: int, strict: str | None) -> None:
    row = ROWS[index]
    answers = {**dict(read_answers(row.answers)), "strict": strict}
    outcome = table_engine.evaluate(answers)
    wanted = read_result(row.result)
    found = outcome.values[f"line{index}"]
    assert alike(found, wanted)
    assert type(found) is type(wanted)
    assert (f"true{index}" in outcome.grounds) is (wanted is True and is_condition(row))
    assert (f"false{index}" in outcome.grounds) is (wanted is False and is_condition(row))


@for_every("row", ROWS, ids=lambda row: f"{row.expression} [{row.answers}]")
def test_the_interpreter_of_the_tests_yields_the_same(table_engine: Engine, row: Row) -> None:
    rule_set = table_engine.rule_set
    reading = Reading(rule_set, BruteForce(rule_set).state(dict(read_answers(row.answers))))
    assert alike(reading.read(parse(row.expression)), read_result(row.result))
