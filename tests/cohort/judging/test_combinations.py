"""What follows from facts follows in every row, however the facts are packed; and rows are named by it as texts."""

from __future__ import annotations

from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pytest

from screening.cohort.judging.columns import FACTS, fact_columns
from screening.cohort.judging.combinations import Combinations, Steps, coded
from screening.cohort.judging.naming import Named
from screening.cohort.judging.parts import Parts
from screening.cohort.judging.rows import JudgedTable
from screening.ruleset.formulas.algebra import Sort
from tests.cohort.judging.test_rows import COHORT, MAPPING, PLANTS

ROWS = 400


def worked_out(steps: Steps, facts: list[bool]) -> list[bool]:
    """The same of one row, step by step."""
    found: list[bool] = []
    for step in steps.listed:
        read = [found[place] for place in step.operands] if step.sort not in (Sort.ATOM, Sort.CONSTANT) else []
        match step.sort:
            case Sort.ATOM:
                found.append(facts[step.operands[0]])
            case Sort.CONSTANT:
                found.append(bool(step.operands[0]))
            case Sort.NOT:
                found.append(not read[0])
            case Sort.ALL:
                found.append(all(read))
            case Sort.ANY:
                found.append(any(read))
    return found


@pytest.mark.parametrize("count", [1, FACTS, FACTS + 1, 3 * FACTS])
def test_what_follows_from_facts_follows_in_every_row(count: int) -> None:
    chance = Random(count)
    steps = Steps()
    places = [steps.made(Sort.ATOM, fact) for fact in range(count)] + [steps.made(Sort.CONSTANT, 1)]
    for _ in range(60):
        sort = chance.choice([Sort.NOT, Sort.ALL, Sort.ANY])
        places.append(steps.made(sort, *chance.choices(places, k=1 if sort is Sort.NOT else chance.randrange(1, 4))))
    rows = [[chance.random() < 0.5 for _ in range(count)] for _ in range(ROWS // 4)] * 4
    packed = [sum(held << place for place, held in enumerate(row)) for row in rows]
    masks = [pa.array([float(row >> at & (1 << FACTS) - 1) for row in packed]) for at in range(0, count, FACTS)]
    codes, found = coded(masks)
    combinations = Combinations.of(steps.listed, found, FACTS)
    assert combinations.count == len(set(packed))
    told = combinations.rows(combinations.truths, codes)
    wanted = [worked_out(steps, row) for row in rows]
    for place, truth in enumerate(combinations.truths):
        assert told[truth].to_pylist() == [row[place] for row in wanted]
    several = combinations.several_of(places[-3:])
    more = [sum(row[place] for place in places[-3:]) > 1 for row in wanted]
    assert combinations.rows([several], codes)[several].to_pylist() == more


def test_a_fact_that_is_neither_true_nor_false_is_an_error() -> None:
    table = JudgedTable(COHORT / "plants.csv", MAPPING, PLANTS.engine)
    found = pa.Table.from_batches(list(table.source.batches(table.asked)))
    assert table.query
    assert Named(found, table.query.decision).table(table.schema, "").num_rows
    (name,) = fact_columns(1)
    broken = found.set_column(found.schema.get_field_index(name), name, pa.nulls(found.num_rows, pa.float64()))
    with pytest.raises(ValueError, match="neither"):
        Named(broken, table.query.decision)


def test_texts_of_a_part_are_texts_to_whoever_reads_them(tmp_path: Path) -> None:
    parts = Parts(tmp_path, JudgedTable(COHORT / "plants.csv", MAPPING, PLANTS.engine), {}, size=100)
    list(parts.make())
    described = duckdb.execute(f"DESCRIBE SELECT * FROM '{parts.path(0)}'").fetchall()
    kinds = {name: kind for name, kind, *_ in described}
    assert [kinds[name] for name in ("judged", "category", "kind", "underlying")] == ["VARCHAR"] * 4
    assert kinds["grounds"] == kinds["possible"] == "VARCHAR[]"
    assert pa.parquet.read_schema(parts.path(0)).field("category").type == pa.string()


@pytest.mark.parametrize("kept", ["", "z"])
def test_a_table_of_which_no_row_counts_has_no_rows(tmp_path: Path, kept: str) -> None:
    lines = (COHORT / "plants.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "none.csv"
    path.write_text("\n".join([lines[0], *([",".join("" for _ in lines[0].split(","))] if kept else [])]) + "\n")
    table = JudgedTable(path, MAPPING, PLANTS.engine)
    assert [part.num_rows for part in table.parts(0, max(1, len(kept)), 10)] == [0]
