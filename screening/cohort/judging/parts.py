"""A folder of parts, each with what was made of some rows: made once, and only where they are missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.summary import Summary

PART_ROWS = 1_000_000
"""Rows of the table that a part tells of."""
ABOUT = "about.json"
FORM = 1
"""Which columns parts have, and what they mean: another number where that changes."""


class OtherRunError(Exception):
    """The folder holds parts of other rules, another mapping or another table."""


class Parts:
    """The parts of one table judged by one rule set and one mapping."""

    def __init__(self, folder: Path, table: JudgedTable, about: Mapping[str, str], size: int = PART_ROWS) -> None:
        """`about` says whose parts these are; raises `OtherRunError` where the folder holds others."""
        self.folder = folder
        self.table = table
        self.size = size
        self.rows = table.source.count()
        self.count = max(1, -(-self.rows // size))
        folder.mkdir(parents=True, exist_ok=True)
        told = json.dumps({"form": FORM, "rows_of_a_part": size, **about}, indent=2, sort_keys=True)
        kept = folder / ABOUT
        if kept.exists():
            if kept.read_text(encoding="utf-8") != told:
                raise OtherRunError
        elif any(folder.iterdir()):
            raise OtherRunError
        else:
            _write(kept, told.encode())

    def path(self, number: int) -> Path:
        """Where a part stands."""
        return self.folder / f"part-{number:05}.parquet"

    def make(self) -> Iterator[int]:
        """Make what is missing; each part's number once it is there."""
        missing = [number for number in range(self.count) if not self.path(number).exists()]
        while missing:
            first = missing[0]
            run = next((at for at, number in enumerate(missing) if number != first + at), len(missing))
            end = min(self.rows, (first + run) * self.size)
            start = first * self.size
            parts = self.table.parts(start, end, self.size) if self.rows else [self.table.schema.empty_table()]
            for number, part in enumerate(parts, start=first):
                self._keep(number, part)
                yield number
            missing = missing[run:]

    def _keep(self, number: int, part: pa.Table) -> None:
        """Under its name only once it is whole."""
        unfinished = self.folder / f"unfinished-{number:05}"
        # Without what Arrow keeps of its own types, texts are read as texts by whoever reads them.
        parquet.write_table(part, unfinished, store_schema=False)
        unfinished.replace(self.path(number))

    def summary(self) -> Summary:
        """What all parts together say."""
        found = Summary(self.rows)
        for number in range(self.count):
            part = parquet.read_table(self.path(number), columns=["judged", "category"])
            for name, counter in (("judged", found.judged), ("category", found.categories)):
                counter.update({count["values"]: count["counts"] for count in part[name].value_counts().to_pylist()})
        return found


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
