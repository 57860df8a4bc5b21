"""Powers and rounded numbers are the engine's, or in doubt; and so are rows with a strict number that is given."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from pyarrow import parquet

from screening.cohort.answer_sets import Reader
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.summary import BY_ROW, DATABASE
from screening.cohort.mapping import CohortMapping, Column
from screening.cohort.table import rows
from screening.ruleset.engine.engine import Engine
from tests.cohort.judging.test_rows import assert_row
from tests.support.rules.small_rules import Members, built, ground, number, rule, rule_file, unit, value

NUMBERS = [Decimal(text) for text in ("0.01", "0.5", "0.7", "1", "1.5", "2.25", "2.5", "4", "6.25", "9")]
POWERS: Members = rule_file(
    [
        number("a", unit(minimum="0.01", maximum=9, decimals=2), strict=True),
        number("b", unit(maximum=9, decimals=2), required=True),
    ],
    [
        rule("more", ground("power", "raised > 3")),
        rule("same", ground("half", "definitely(whole == 3) and a >= 1"), ground("grown", "power(1.02, b) > 1.1")),
    ],
    values=[
        value("raised", "power(a, -0.4) * b if a <= 0.7 else power(a / 0.7, -1.2) * b"),
        value("whole", "round(b * 2.5 / 2, 0)"),
        value("told", "round(b / 3, 2)"),
        value("root", "round(power(b, 0.5), 1)"),
    ],
)


def mapped(names: str) -> CohortMapping:
    """A column for each number, in which a point is a decimal point."""
    columns = {name: Column(name, unit="1", has_decimal_points=True) for name in names}
    return CohortMapping("", frozenset({""}), {}, (), columns, {}, {})


def judged(path: Path, engine: Engine, names: str = "ab") -> list[dict[str, object]]:
    """Every row of a table, which is what it is by itself."""
    mapping = mapped(names)
    table = JudgedTable(path, mapping, engine)
    found: list[dict[str, object]] = next(table.parts(0, table.source.count(), 10_000)).to_pylist()
    reader = Reader(mapping, engine.rule_set)
    for row, told in zip(rows(path, names), found, strict=True):
        assert_row(told, reader, row, engine)
    return found


def test_powers_and_rounded_numbers_are_those_of_the_engine(tmp_path: Path) -> None:
    chance = Random(1)
    engine = Engine(built(POWERS))
    path = tmp_path / "powers.csv"
    some = [str(chance.randrange(900) / 100) for _ in range(300)]
    pairs = [(str(a), str(b)) for a in NUMBERS for b in NUMBERS] + [(chance.choice(some), number) for number in some]
    path.write_text("\n".join(["a,b", *(f"{a},{b}" for a, b in [*pairs, ("", "2"), ("", "9"), ("0", "1")])]))
    found = judged(path, engine)
    by = [row["judged"] for row in found]
    assert by[-3:] == [BY_ROW] * 3  # an open strict number, and one that is none
    assert by.count(DATABASE) > 0.8 * len(found)
    middles = [place for place, (_, b) in enumerate(pairs) if Decimal(b) * 10 % 8 == 4]
    assert middles
    assert all(by[place] == BY_ROW for place in middles)


def test_a_strict_number_that_no_column_tells_leaves_every_row_to_the_engine(tmp_path: Path) -> None:
    path = tmp_path / "without.csv"
    path.write_text("b\n1\n9\n")
    assert [row["judged"] for row in judged(path, Engine(built(POWERS)), "b")] == [BY_ROW] * 2


@pytest.mark.parametrize(
    ("rule_of", "who"), [("round(a - 2, 0)", BY_ROW), ("power(a - 5, 2)", BY_ROW), ("a", DATABASE)]
)
def test_a_value_that_nothing_compares_is_told_as_the_engine_tells_it(tmp_path: Path, rule_of: str, who: str) -> None:
    rules = rule_file(
        [number("a", unit(maximum=9, decimals=2), required=True)],
        [rule("more", ground("great", "a > 3"))],
        values=[value("told", rule_of)],
    )
    path = tmp_path / "told.csv"
    path.write_text("a\n1.25\n2.6\n7.4\n")
    assert [row["judged"] for row in judged(path, Engine(built(rules)), "a")] == [who] * 3


def test_what_is_divided_by_a_worked_out_zero_is_unknown_to_the_database_too(tmp_path: Path) -> None:
    rules = rule_file(
        [number(name, unit(maximum=9, decimals=2), required=True) for name in "ab"],
        [rule("more", ground("great", "definitely(ratio > 2)")), rule("same", ground("none", "not known(ratio)"))],
        values=[value("ratio", "a / (b / 3)")],
    )
    path = tmp_path / "zero.csv"
    path.write_text("a,b\n1,0\n0,0\n0,1\n6,7\n5,7.5\n5,7.51\n")
    found = judged(path, Engine(built(rules)))
    assert [row["category"] for row in found] == ["same", "same", "other", "more", "other", "other"]
    assert [row["judged"] for row in found] == [*[DATABASE] * 4, BY_ROW, DATABASE]


def test_binary_numbers_in_the_middle_of_two_millionths_are_read_by_the_engine(tmp_path: Path) -> None:
    rules = rule_file(
        [number("a", unit(maximum=9, decimals=2))], [rule("more", ground("great", "definitely(a > 0.5)"))]
    )
    path = tmp_path / "binary.parquet"
    binary = [0.5, 0.5000004, 0.5000006, 0.5000005, None, float("nan"), float("inf"), 1e300, -0.0]
    parquet.write_table(pa.table({"a": pa.array(binary, pa.float64())}), path)
    found = judged(path, Engine(built(rules)), "a")
    assert [row["category"] for row in found[:4]] == ["other", "other", "more", "other"]
    assert [row["judged"] for row in found] == [*[DATABASE] * 3, BY_ROW, *[DATABASE] * 2, *[BY_ROW] * 2, DATABASE]


def test_as_many_facts_as_rules_speak_of_are_told_apart(tmp_path: Path) -> None:
    limits = range(1, 121)
    rules = rule_file(
        [number("a", unit(maximum=200), required=True)],
        [rule("more", ground("great", "a > 60"))],
        values=[value(f"above_{limit}", f"a > {limit}") for limit in limits],
    )
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["a", *map(str, range(125)), "201"]))
    found = judged(path, Engine(built(rules)), "a")
    assert len({tuple(row[f"value_above_{limit}"] for limit in limits) for row in found[:-1]}) == len(limits) + 1
