"""Dates in cells: judged at once as row by row, and counted by the calendar, in texts and in columns of days."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from pyarrow import parquet

from screening.cohort.answer_sets import Reader, Unusable
from screening.cohort.judging.foreign import Target, foreign_query
from screening.cohort.judging.moving import reclassify_table
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.source import EmbeddedSource
from screening.cohort.judging.summary import BY_ROW, DATABASE
from screening.cohort.mapping import CohortMapping, Column
from screening.cohort.reclassification import reclassify
from screening.cohort.reporting.whole import count_table
from screening.cohort.table import rows
from screening.ruleset.engine.engine import Engine, RequiredAnswerMissingError
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.reading.answer_reader import read_answer
from tests.cohort.reporting.test_whole import assert_same, counted_by_row
from tests.support.rules.interpreter import passed
from tests.support.rules.small_rules import Members, built, ground, number, rule, rule_file, unit, value
from tests.support.rules.small_rules import date as dated

TODAYS = [date(2026, 11, 30), date(2024, 2, 29), date(2025, 3, 31)]
ODD = (
    *("", " ", "2026", "2026-05", "1980", "2026-13", "2026-02-29", "2024-02-29", "2024-2-9", "17/5/2024", "unknown"),
    *("2026-05-30 00:00:00", "2026-05-30T00:00", "2026-05-30 12:30:00", " 2026-05-30", "9999-12-31", "0000-01-01"),
    *("20260530", "2026-11-31", "1850-01-01", "2090-01-01", "2026-12-01", "\u0662026-05-30"),
)
"""What may stand in a cell beside plain days."""


def rules(months: int = 6) -> Members:
    """Rules that read three dates in all units, one of them required, and one that may lie ahead."""
    return rule_file(
        [
            dated("born", 110, required=True),
            dated("seen", 40, future=True),
            dated("told", 2),
            number("age", unit(maximum=99)),
        ],
        [
            rule("young", ground("under_18", "years < 18"), ground("told_age", "definitely(age < 18)")),
            rule("soon", ground("ahead", "definitely(days_since(seen) < 0)")),
            rule("late", ground("long_ago", f"definitely(months_since(seen) >= {months})")),
            rule("other_late", ground("told_long_ago", "definitely(months_since(told) > 3) and possibly(days > 30)")),
        ],
        values=[
            value("years", "years_since(born)"),
            value("months", "months_since(born)"),
            value("days", "days_since(seen)"),
        ],
    )


ENGINE = Engine(built(rules()))


def mapping(today: date, missing: Sequence[str] = ("9999-12-31",)) -> CohortMapping:
    columns = {"born": Column("born"), "seen": Column("seen"), "told": Column("told"), "age": Column("age", unit="1")}
    return CohortMapping("", frozenset({"", *missing}), {}, ("id",), columns, {}, {}, today=today)


def some_day(chance: Random, today: date) -> str:
    """A day: often one that is just so many months before today, or beside it."""
    if chance.random() < 0.4:
        return (today - timedelta(days=chance.randrange(-400, 45_000))).isoformat()
    months = today.year * 12 + today.month - 1 - chance.choice([6, 12 * 18, 3, 4, 0, -1, 12])
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    return (first + timedelta(days=today.day - 1 + chance.randrange(-3, 4))).isoformat()


def written(path: Path, today: date, oddity: float, count: int = 400) -> Path:
    chance = Random(today.toordinal())
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "born", "seen", "told", "age"])
        for number in range(count):
            days = [chance.choice(ODD) if chance.random() < oddity else some_day(chance, today) for _ in range(3)]
            writer.writerow([number, *days, chance.choice(["", "17", "40"])])
    return path


def told(path: Path, by: CohortMapping, engine: Engine = ENGINE) -> list[dict[str, object]]:
    table = JudgedTable(path, by, engine)
    found: list[dict[str, object]] = pa.concat_tables(list(table.parts(0, table.source.count(), 1_000))).to_pylist()
    return found


def wanted(path: Path, by: CohortMapping) -> list[dict[str, object]]:
    """What the engine says of each row."""
    reader = Reader(by, ENGINE.rule_set)
    listed: list[dict[str, object]] = []
    for row in rows(path, by.column_names):
        read = reader.read(row)
        unusable = [f"{name}: {reason}" for name, reason in read.unusable.items()]
        try:
            outcome = ENGINE.evaluate(read.answers)
        except RequiredAnswerMissingError:
            listed.append({"category": None, "unusable": unusable})
            continue
        values = {
            f"value_{name}": None if isinstance(value, Bound) else value and float(str(value))
            for name, value in outcome.values.items()
        }
        listed.append(
            {
                "category": outcome.category,
                "possible": sorted(outcome.possible),
                "grounds": list(outcome.grounds),
                "unusable": unusable,
                **values,
            }
        )
    return listed


def assert_all_the_same(path: Path, by: CohortMapping) -> list[object]:
    found = told(path, by)
    for one, other in zip(found, wanted(path, by), strict=True):
        seen = {name: sorted(one[name]) if name == "possible" else one[name] for name in other}  # type: ignore[call-overload]
        assert seen == other
    return [row["judged"] for row in found]


@pytest.mark.parametrize("today", TODAYS[:2], ids=date.isoformat)
def test_rows_with_any_dates_are_judged_as_one_by_one(tmp_path: Path, today: date) -> None:
    by = assert_all_the_same(written(tmp_path / "odd.csv", today, 0.1), mapping(today))
    assert by.count(DATABASE) > 200
    assert by.count(BY_ROW) > 20


@pytest.mark.slow
def test_days_to_the_day_are_all_judged_by_the_database(tmp_path: Path) -> None:
    assert BY_ROW not in assert_all_the_same(written(tmp_path / "plain.csv", TODAYS[1], 0), mapping(TODAYS[1]))


def test_columns_of_days_and_of_moments_mean_what_texts_mean(tmp_path: Path) -> None:
    today = TODAYS[0]
    days = [None if not row["born"] else date.fromisoformat(row["born"]) for row in _plain(tmp_path, today)]
    days += [date(9999, 12, 31), date(1, 1, 1), date(2026, 11, 30), date(2026, 12, 1)]
    texts = pa.array([str(place) for place in range(len(days))])
    moments = pa.array([day and datetime(day.year, day.month, day.day) for day in days[:-4]] + [None] * 4)
    for kind, by in ((pa.array(days, pa.date32()), {DATABASE, None}), (moments, {BY_ROW, None})):
        table = {"id": texts, "born": kind, "seen": kind, "told": kind, "age": pa.array(["20"] * len(days))}
        parquet.write_table(pa.table(table), tmp_path / "days.parquet")
        assert set(assert_all_the_same(tmp_path / "days.parquet", mapping(today))) == by


def _plain(folder: Path, today: date) -> list[dict[str, str]]:
    path = written(folder / "some.csv", today, 0, 150)
    return [dict(row) for row in rows(path, mapping(today).column_names)]


@pytest.mark.parametrize("today", TODAYS[2:], ids=date.isoformat)
def test_the_database_counts_days_months_and_years_by_the_calendar(tmp_path: Path, today: date) -> None:
    chance = Random(1)
    days = [today - timedelta(days=chance.randrange(40_000)) for _ in range(300)]
    days += [date(year, 2, 28) + timedelta(days=step) for year in (1920, 1999, 2000, 2024) for step in range(3)]
    days += [today - timedelta(days=step) for step in range(370)]
    days = [day for day in days if day <= today]
    path = tmp_path / "days.csv"
    path.write_text("id,born,seen,told,age\n" + "".join(f"1,{day},{day},,\n" for day in days))
    for day, row in zip(days, told(path, replace(mapping(today))), strict=True):
        assert row["judged"] == DATABASE
        assert row["value_years"] == passed(Elapsed.YEARS, day, today)
        assert row["value_months"] == passed(Elapsed.MONTHS, day, today)
        assert row["value_days"] in ((today - day).days, None)


def test_why_a_cell_is_no_date_is_told_of_each() -> None:
    reader = Reader(mapping(TODAYS[0]), ENGINE.rule_set)
    cells = {"1850-01-01": "below", "2027-01-01": "above", "2026-02-30": "not_a_date", "1/2/2003": "not_a_date"}
    for cell, reason in cells.items():
        read = reader.read({"id": "1", "born": cell, "seen": "", "told": "", "age": ""})
        assert read.unusable == {"born": Unusable(reason)}


@pytest.mark.slow
def test_as_many_rows_move_as_one_by_one(tmp_path: Path) -> None:
    path, by, other = written(tmp_path / "odd.csv", TODAYS[0], 0.1), mapping(TODAYS[0]), Engine(built(rules(7)))
    found = reclassify_table(path, by, ENGINE, other)
    assert found.moved
    assert found == reclassify(rows(path, by.column_names), by, ENGINE, other)


@pytest.mark.slow
def test_a_report_counts_rows_with_dates_and_moves_times_as_one_by_one(tmp_path: Path) -> None:
    path, by = written(tmp_path / "odd.csv", TODAYS[0], 0.05, 60), mapping(TODAYS[0])
    found = count_table(path, by, ENGINE)
    drawn = [curve.cut_off.name for curve in found.curves]
    assert {"seen months", "told months", "years"} <= set(drawn)
    assert found.by_row
    assert_same(found, counted_by_row(path, by, ENGINE, found.curves))


@pytest.mark.slow
def test_an_assumed_date_counts_in_every_row(tmp_path: Path) -> None:
    path = written(tmp_path / "plain.csv", TODAYS[0], 0, 60)
    for text, by_database in (("2020-05-30", True), ("2020-05", False)):
        answer = read_answer(ENGINE.rule_set.question["seen"], text)
        by = replace(mapping(TODAYS[0]), assumed={"seen": answer})
        by = replace(by, columns={name: column for name, column in by.columns.items() if name != "seen"})
        found = assert_all_the_same(path, by)
        assert (DATABASE in found) is by_database


@pytest.mark.slow
def test_the_query_for_a_database_elsewhere_finds_the_same(tmp_path: Path) -> None:
    path, by = written(tmp_path / "odd.csv", TODAYS[0], 0.1), mapping(TODAYS[0])
    query = foreign_query(path, by, ENGINE, Target("duckdb", "people", "id"))
    source = EmbeddedSource(path, ["id"])
    source.connection.execute(f"CREATE TABLE people AS SELECT * FROM read_csv('{path}', all_varchar = true)")
    names = query.stands_for.names["possible"]
    found = {row[0]: row for row in source.connection.execute(query.sql).fetchall()}
    order = [column[0] for column in source.connection.description or ()]
    certain = 0
    for place, row in enumerate(told(path, by)):
        there = dict(zip(order, found[str(place)], strict=True))
        if row["judged"] == DATABASE and not there["doubt"]:
            certain += 1
            possible = {name for bit, name in enumerate(names) if there["possible_0"] >> bit & 1}
            assert possible == set(row["possible"])  # type: ignore[call-overload]
            assert there["value_years"] == row["value_years"]
    assert certain > 200
    for dialect in ("trino", "bigquery"):
        assert "doubt" in foreign_query(path, by, ENGINE, Target(dialect, "people", "id")).sql
