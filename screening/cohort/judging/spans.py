"""Between which numbers the columns of Parquet files lie, as such files tell of themselves: no row is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isnan
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

_BINARY = "DOUBLE"
"""The only type of which this is read: statistics hold its numbers as the rows do."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is known of a column before it is read."""

    least: float = -inf
    most: float = inf
    """No number in it is less or greater; what is no number (NaN) may be there nevertheless."""


ANYTHING = Span()


def spans_of(files: Iterable[Path], columns: Sequence[str]) -> Mapping[str, Span]:
    """Of columns of binary numbers, what all files together tell; of others, and where one tells nothing, nothing."""
    found: dict[str, list[parquet.Statistics]] = {name: [] for name in columns}
    try:
        for file in files:
            for name, statistics in _statistics(parquet.read_metadata(file), columns):
                found[name].append(statistics)
    except (pa.ArrowException, OSError):
        return {}  # what else reads the file says what is wrong with it
    return {name: span for name, told in found.items() if (span := _span(told)) is not None}


def _statistics(
    metadata: parquet.FileMetaData, columns: Sequence[str]
) -> Iterable[tuple[str, parquet.Statistics | None]]:
    names = metadata.schema.names
    places = {name: names.index(name) for name in columns if names.count(name) == 1}
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for name in columns:
            chunk = row_group.column(places[name]) if name in places else None
            is_binary = chunk is not None and chunk.physical_type == _BINARY and chunk.path_in_schema == name
            yield name, chunk.statistics if chunk is not None and is_binary else None


def _span(told: Sequence[parquet.Statistics | None]) -> Span | None:
    least, most = inf, -inf
    for statistics in told:
        if statistics is None or not statistics.has_null_count:
            return None
        if statistics.num_values:
            if not statistics.has_min_max or isnan(statistics.min) or isnan(statistics.max):
                return None
            least, most = min(least, statistics.min), max(most, statistics.max)
    return Span(least, most) if told else None
