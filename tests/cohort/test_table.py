"""Tables: every row with the columns wanted, or why the file cannot be read."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from screening.cohort.table import TableError, rows
from screening.wording.authors.tables.cohort import table_error
from tests.rulefiles.edited import DATA, ENGLISH

PLANTS = DATA / "cohort" / "plants.csv"


def refused(path: Path, *columns: str) -> str:
    """Why a table cannot be read."""
    with pytest.raises(TableError) as caught:
        list(rows(path, columns))
    return table_error(caught.value, ENGLISH)


def test_rows_have_the_columns_wanted_and_no_other() -> None:
    listed = list(rows(PLANTS, ["years", "ground"]))
    assert len(listed) == 9
    assert listed[1] == {"years": "3", "ground": "m"}
    assert listed[4] == {"years": "", "ground": "m"}


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n\r\n3,4\r\n")
    assert list(rows(path, ["a"])) == [{"a": "1"}, {"a": "3"}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2,3\n", "Line 2 has 3 cells, the header 2."),
        (b"b,c\n1,2\n", "It has no column a. It has: b, c."),
        (b"", "It has no column a."),
        (b"a,a\n1,2\n", "It has two columns a."),
        (b'a,b\n"1"x,2\n', "Line 2 is no CSV: "),
        (b"a\n\xff\n", "It is not UTF-8 text."),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    assert said in refused(path, "a")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv", "a") == "There is no such file."
    assert refused(tmp_path, "a").startswith("It cannot be read: ")


WITH_PARQUET = importlib.util.find_spec("pyarrow") is not None


@pytest.mark.skipif(WITH_PARQUET, reason="the extra `cohort` is installed")
def test_without_its_extra_parquet_says_what_to_install(tmp_path: Path) -> None:
    assert "pip install 'screening[cohort]'" in refused(tmp_path / "table.parquet", "a")


@pytest.mark.skipif(not WITH_PARQUET, reason="the extra `cohort` is not installed")
def test_parquet_is_read_as_csv_is(tmp_path: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    path = tmp_path / "table.parquet"
    parquet.write_table(pa.table({"a": [1.0, None, 0.1 + 0.2], "b": ["x", "y", None]}), path)
    assert list(rows(path, ["b", "a"])) == [{"b": "x", "a": "1"}, {"b": "y", "a": ""}, {"b": "", "a": "0.3"}]
    assert refused(path, "c") == "It has no column c. It has: a, b."
    path.write_bytes(b"no parquet")
    assert refused(path, "a").startswith("It cannot be read: ")
    assert refused(tmp_path / "none.parquet", "a") == "There is no such file."
