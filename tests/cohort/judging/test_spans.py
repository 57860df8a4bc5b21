"""What Parquet files tell of their columns is true of every row, and changes nothing that is told of any."""

from __future__ import annotations

from math import inf, isnan, nan
from pathlib import Path
from random import Random

import pyarrow as pa
from pyarrow import parquet

from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.source import EmbeddedSource
from screening.cohort.judging.spans import Span, spans_of
from screening.cohort.judging.summary import BY_ROW, DATABASE
from screening.cohort.mapping import load_mapping
from screening.rulefiles.loading.loader import load_rule_file
from tests.conftest import ROOT
from tests.rulefiles.edited import DATA

RULES = load_rule_file(ROOT / "rules" / "liver.yaml")
MAPPING = load_mapping(DATA / "cohort" / "nhanes_settled.assume.yaml", RULES.rule_set)
ENDS = {"age_y": (18, 120), "lsm_kpa": (1.5, 75), "alb_gdL": (0.5, 7), "bili_mgdL": (0.1, 40), "plt_1e9L": (1, 2000)}
"""Numbers about which questions accept them."""
ODD = (nan, inf, -inf, 0.0, -1.0, 1e6, -1e6, 999_999.5, 1e15, 1.2345675, 75.0000005, 75.0000004)


def people(random: Random, oddities: tuple[float, ...], count: int = 150) -> pa.Table:
    """Rows with numbers at the ends of what is accepted, and here and there something else."""

    def drawn(name: str) -> float | None:
        low, high = ENDS.get(name, (1, 3))
        usual: list[float | None] = [low, high, random.uniform(low, high), round(random.uniform(low, high), 1)]
        usual += [] if name in MAPPING.filled else [None]
        return random.choice(oddities) if oddities and random.random() < 0.04 else random.choice(usual)

    columns = {name: [drawn(name) for _ in range(count)] for name in MAPPING.column_names}
    always = dict.fromkeys(MAPPING.where, 1.0)
    return pa.table(
        {name: pa.array([always.get(name, cell) for cell in cells], pa.float64()) for name, cells in columns.items()}
    )


def told(path: Path) -> list[dict[str, object]]:
    """Everything told of each row."""
    table = JudgedTable(path, MAPPING, RULES.engine)
    rows: list[dict[str, object]] = pa.concat_tables(list(table.parts(0, table.source.count(), 1_000))).to_pylist()
    return [{name: None if cell != cell else cell for name, cell in row.items()} for row in rows]  # noqa: PLR0124 - what is no number equals nothing


def test_rows_are_told_the_same_with_and_without_what_a_file_tells_of_its_columns(tmp_path: Path) -> None:
    judges = set()
    for seed, oddities in enumerate([(), (nan, 2500.0), (nan, -1.0, 75.0000004), ODD]):
        table = people(Random(seed), oddities)
        with_spans, without = tmp_path / f"with{seed}.parquet", tmp_path / f"without{seed}.parquet"
        parquet.write_table(table, with_spans, row_group_size=50)
        parquet.write_table(table, without, write_statistics=False)
        assert EmbeddedSource(with_spans, MAPPING.column_names).spans
        assert not EmbeddedSource(without, MAPPING.column_names).spans
        assert told(with_spans) == told(without)
        judges |= {row["judged"] for row in told(with_spans)}
    assert judges >= {DATABASE, BY_ROW}


def test_a_query_asks_less_of_columns_whose_numbers_are_all_accepted(tmp_path: Path) -> None:
    table = people(Random(1), ())
    with_spans, without = tmp_path / "with.parquet", tmp_path / "without.parquet"
    parquet.write_table(table, with_spans)
    parquet.write_table(table, without, write_statistics=False)
    asked = {}
    for path in (with_spans, without):
        judged = JudgedTable(path, MAPPING, RULES.engine)
        asked[path] = judged.source.sql(judged.asked)
    assert len(asked[with_spans]) < len(asked[without])


def test_a_span_holds_every_number_of_every_file_and_row_group(tmp_path: Path) -> None:
    parts = {
        "a": pa.table({"x": [1.5, None, 3.0, nan], "full": [1.0, 2.0, nan, 4.0], "none": pa.nulls(4, pa.float64())}),
        "b": pa.table({"x": [-2.0, 2.0], "full": [9.0, 9.0], "none": pa.nulls(2, pa.float64())}),
    }
    for name, part in parts.items():
        parquet.write_table(part, tmp_path / f"{name}.parquet", row_group_size=2)
    spans = spans_of(sorted(tmp_path.glob("*.parquet")), ["x", "full", "none", "absent"])
    assert spans["x"] == Span(-2.0, 3.0)
    assert spans["full"] == Span(1.0, 9.0)
    assert "absent" not in spans
    for name in ("x", "full"):
        numbers = [cell for part in parts.values() for cell in part[name].to_pylist() if cell is not None]
        assert all(spans[name].least <= number <= spans[name].most for number in numbers if not isnan(number))


def test_nothing_is_known_of_columns_of_other_types_or_whose_statistics_say_too_little(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    columns = {
        "single": pa.array([0.1, 0.2], pa.float32()),
        "whole": pa.array([1, 2]),
        "text": pa.array(["1", "2"]),
        "nothing_but_nan": pa.array([nan, nan]),
        "nested": pa.array([{"x": 1.0}, {"x": 2.0}]),
    }
    parquet.write_table(pa.table(columns), path)
    assert spans_of([path], [*columns, "x"]) == {}
    (tmp_path / "torn.parquet").write_bytes(b"PAR1")
    assert spans_of([tmp_path / "torn.parquet"], ["x"]) == {}
