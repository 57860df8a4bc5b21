"""A folder of parts is made once, goes on where it was ended, and never mixes two runs."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from screening.cohort.judging.parts import OtherRunError, Parts
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.source import fingerprint
from screening.cohort.judging.summary import BY_ROW, DATABASE
from tests.cohort.judging.test_rows import COHORT, MAPPING, PLANTS, judged

TABLE = COHORT / "plants.csv"
ABOUT = {"rules": "one", "table": fingerprint(TABLE)}


def parts_in(folder: Path, about: dict[str, str] = ABOUT) -> Parts:
    return Parts(folder, JudgedTable(TABLE, MAPPING, PLANTS.engine), about, size=3)


def test_parts_hold_all_rows_in_their_order(tmp_path: Path) -> None:
    parts = parts_in(tmp_path)
    assert list(parts.make()) == list(range(parts.count))
    whole = pa.concat_tables([parquet.read_table(parts.path(number)) for number in range(parts.count)])
    assert whole.to_pylist() == judged(TABLE, MAPPING, PLANTS)
    summary = parts.summary()
    assert summary.counted == whole.num_rows
    assert summary.judged[DATABASE] + summary.judged[BY_ROW] + summary.judged[None] == whole.num_rows


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    list(islice(parts_in(tmp_path).make(), 2))
    kept = parts_in(tmp_path).path(1)
    parquet.write_table(parquet.read_table(kept).slice(0, 0), kept)
    parts = parts_in(tmp_path)
    parts.path(0).unlink()
    assert list(parts.make()) == [0, *range(2, parts.count)]
    assert parquet.read_table(kept).num_rows == 0
    assert list(parts_in(tmp_path).make()) == []
    assert not [path for path in tmp_path.iterdir() if "unfinished" in path.name]


def test_a_folder_of_another_run_is_refused(tmp_path: Path) -> None:
    list(parts_in(tmp_path).make())
    with pytest.raises(OtherRunError):
        parts_in(tmp_path, ABOUT | {"rules": "two"})


def test_a_folder_that_holds_anything_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear Ann")
    with pytest.raises(OtherRunError):
        parts_in(tmp_path)
