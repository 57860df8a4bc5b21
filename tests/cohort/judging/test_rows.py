"""The database says of every row what is said row by row, whatever stands in the cells; what it cannot is counted."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from screening.cohort.answer_sets import Reader
from screening.cohort.cells import cell
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.moving import reclassify_table
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.summary import BY_ROW, DATABASE
from screening.cohort.mapping import CohortMapping, Column, load_mapping
from screening.cohort.reclassification import reclassify
from screening.cohort.table import TableError, rows
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.atoms import Atom
from tests.rulefiles.edited import DATA, SMALL, edited, load_text
from tests.support.rules.small_rules import Members, built, choice, ground, note, number, rule, rule_file, unit, value

COHORT = DATA / "cohort"
PLANTS = load_rule_file(SMALL)
MAPPING = load_mapping(COHORT / "plants.assume.yaml", PLANTS.rule_set)
ODD = (
    *("", " ", "NA", "nan", "inf", "-0", "+2", "2.0", " 2", "2 ", "02", "2e0", "1_0", "2.", ".5", "1.200", "0.200"),
    *("12.3456789", "1234567890123", "\u22122", "\u0662", "dry", "Dry", "\u00a0dry", "dry,wet", 'a"b', "na\u00efve"),
    *("0.9", "100", "0.1"),
)
"""What may stand in a cell."""


def judged(path: Path, mapping: CohortMapping, rules: LoadedRules, size: int = 1_000) -> list[dict[str, object]]:
    """Every row that counts, as the database tells it."""
    table = JudgedTable(path, mapping, rules.engine)
    told: list[dict[str, object]] = pa.concat_tables(list(table.parts(0, table.source.count(), size))).to_pylist()
    return told


def assert_same(path: Path, mapping: CohortMapping, rules: LoadedRules) -> list[object]:
    """Judged at once, every row is what it is by itself; who judged each."""
    reader = Reader(mapping, rules.rule_set)
    found = {row["row"]: row for row in judged(path, mapping, rules)}
    for place, row in enumerate(rows(path, mapping.column_names)):
        assert (place in found) == reader.counts(row), row
        if place in found:
            assert_row(found[place], reader, row, rules.engine)
    return [row["judged"] for row in found.values()]


def assert_row(found: Mapping[str, object], reader: Reader, row: Mapping[str, str], engine: Engine) -> None:
    read = reader.read(row)
    assert found["unusable"] == [f"{name}: {reason}" for name, reason in read.unusable.items()], row
    lacking = [
        name for name, question in reader.questions.items() if question.required and read.answers.get(name) is None
    ]
    assert found["lacking"] == lacking
    if lacking:
        assert {name for name, told in found.items() if told is not None} == {"row", "lacking", "unusable"}, row
        return
    outcome = engine.evaluate(read.answers)
    assert found["category"] == outcome.category, row
    assert set(found["possible"]) == outcome.possible, row  # type: ignore[call-overload]
    assert found["grounds"] == list(outcome.grounds), row
    assert found["notes"] == list(outcome.notes), row
    for name, result in outcome.values.items():
        told = found[f"value_{name}"]
        assert told == pytest.approx(float(result)) if isinstance(result, Decimal) else told is result, row


def test_rows_in_which_anything_stands(tmp_path: Path) -> None:
    chance = Random(3)
    path = tmp_path / "odd.csv"
    names = MAPPING.column_names
    plain = list(rows(COHORT / "plants.csv", names))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for _ in range(1_500):
            usual = chance.choice(plain)
            writer.writerow([chance.choice(ODD) if chance.random() < 0.2 else usual[name] for name in names])
    by = assert_same(path, MAPPING, PLANTS)
    assert by.count(DATABASE) > 300
    assert by.count(BY_ROW) > 200


def test_binary_numbers_mean_what_they_are_written_as(tmp_path: Path) -> None:
    chance = Random(5)
    names = MAPPING.column_names
    plain = list(rows(COHORT / "plants.csv", names))
    numbers = [0.1, 0.5, 0.30000000000000004, 0.9999995, 0.49999949999, 2.0, 1e300, float("nan"), float("inf"), -0.0]
    whole = MAPPING.columns["age"].name, MAPPING.columns["weight"].name
    for kind in (pa.float64(), pa.float32()):
        table = {name: pa.array([chance.choice(plain)[name] for _ in range(500)]) for name in names}
        table |= {name: pa.array([chance.choice(numbers) for _ in range(500)]).cast(kind) for name in whole}
        parquet.write_table(pa.table(table), tmp_path / "binary.parquet")
        assert assert_same(tmp_path / "binary.parquet", MAPPING, PLANTS).count(DATABASE) > 20


@pytest.mark.slow
def test_the_people_of_the_survey(liver: LoadedRules) -> None:
    for name in ("nhanes", "nhanes_settled"):
        mapping = load_mapping(COHORT / f"{name}.assume.yaml", liver.rule_set)
        assert set(assert_same(COHORT / "nhanes_like.csv", mapping, liver)) <= {DATABASE, BY_ROW, None}


CLOSE: Members = rule_file(
    [number("a", unit(maximum=9, decimals=2), required=True), number("b", unit(maximum=9, decimals=2), required=True)],
    [
        rule("more", ground("ratio", "definitely(ratio > 0.3)")),
        rule("same", ground("equal", "definitely(ratio == 0.3)")),
    ],
    values=[value("ratio", "a / b")],
)


def test_what_binary_numbers_cannot_tell_is_judged_row_by_row(tmp_path: Path) -> None:
    engine = Engine(built(CLOSE))
    path = tmp_path / "close.csv"
    path.write_text("a,b\n0.9,3\n0.91,3\n0.89,3\n0.3,1\n1,0\n")
    columns = {name: Column(name, unit="1") for name in "ab"}
    mapping = CohortMapping("", frozenset({""}), {}, (), columns, {}, {})
    table = JudgedTable(path, mapping, engine)
    found = next(table.parts(0, 5, 5)).to_pylist()
    assert [row["category"] for row in found] == ["same", "more", "other", "same", "other"]
    assert [row["judged"] for row in found] == [BY_ROW, DATABASE, DATABASE, BY_ROW, DATABASE]


class Speechless(Facts):
    """Knows nothing of what formulas speak of."""

    def of(self, atom: Atom) -> None:
        return None


class RowByRow(JudgedTable):
    """A table that the database cannot judge."""

    speaks = Speechless


def test_what_the_database_cannot_print_is_judged_row_by_row() -> None:
    table = RowByRow(COHORT / "plants.csv", MAPPING, PLANTS.engine)
    assert table.query is None
    found = next(table.parts(0, 100, 100)).to_pylist()
    wanted = judged(COHORT / "plants.csv", MAPPING, PLANTS)
    assert {row["judged"] for row in found} <= {BY_ROW, None}
    assert [row | {"judged": ""} for row in found] == [row | {"judged": ""} for row in wanted]


def test_a_choice_that_means_not_sure_is_read_so(tmp_path: Path) -> None:
    options: list[Members] = [
        {"code": "yes"},
        {"code": "no"},
        {"code": "maybe", "means_unsure": True, "leaves_open": ["yes", "no"]},
    ]
    asked = choice("q", *options, strict=True)
    told = rule_file([asked], [rule("told", ground("said", 'q == "yes"'))], notes=[note("known", "known(q)")])
    engine = Engine(built(told))
    path = tmp_path / "unsure.csv"
    path.write_text("q\nyes\nmaybe\n")
    column = Column("q", options={code: code for code in ("yes", "no", "maybe")})
    mapping = CohortMapping("", frozenset({""}), {}, (), {"q": column}, {}, {})
    found = next(JudgedTable(path, mapping, engine).parts(0, 2, 2)).to_pylist()
    reader = Reader(mapping, engine.rule_set)
    for row, told in zip(rows(path, ("q",)), found, strict=True):
        assert_row(told, reader, row, engine)
    assert reader.read({"q": cell("maybe")}).answers["q"] is None


def test_a_table_in_a_database_and_a_folder_of_files_are_read(tmp_path: Path) -> None:
    wanted = judged(COHORT / "plants.csv", MAPPING, PLANTS)
    source = f"read_csv('{COHORT / 'plants.csv'}', all_varchar = true)"
    connection = duckdb.connect(tmp_path / "plants.duckdb")
    connection.execute(f"CREATE TABLE pots AS SELECT * FROM {source}")
    (tmp_path / "folder").mkdir()
    for name, half in (("1", "<= 'e'"), ("2", "> 'e'")):
        target = tmp_path / "folder" / f"{name}.parquet"
        connection.execute(f"COPY (SELECT * FROM {source} WHERE pot {half}) TO '{target}'")
    connection.close()
    table = JudgedTable(tmp_path / "plants.duckdb", MAPPING, PLANTS.engine, "pots")
    assert pa.concat_tables(list(table.parts(0, 100, 100))).to_pylist() == wanted
    assert judged(tmp_path / "folder", MAPPING, PLANTS, size=4) == wanted


@pytest.mark.parametrize(("name", "text", "code"), [("none.csv", "", "missing"), ("few.csv", "pot\na\n", "no_column")])
def test_a_table_that_cannot_be_read_is_said_to_be_so(tmp_path: Path, name: str, text: str, code: str) -> None:
    if text:
        (tmp_path / name).write_text(text)
    with pytest.raises(TableError) as error:
        JudgedTable(tmp_path / name, MAPPING, PLANTS.engine)
    assert error.value.code == code


def test_as_many_rows_move_as_row_by_row(tmp_path: Path) -> None:
    other = load_text(
        tmp_path,
        edited(
            ("definitely(weight < 0.5)", "definitely(weight < 1)"),
            ('any_of(signs, "mould") and leaves', 'any_of(signs, "lice") and leaves'),
        ),
    )
    path = COHORT / "plants.csv"
    wanted = reclassify(rows(path, MAPPING.column_names), MAPPING, PLANTS.engine, other.engine)
    assert reclassify_table(path, MAPPING, PLANTS.engine, other.engine) == wanted
    assert wanted.judged
