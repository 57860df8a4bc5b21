"""What the columns are called in queries and in what they find, for all who write and read them."""

from __future__ import annotations

VIEW = "cohort_rows"
ROW = "cohort_row"
"""Counts the rows of the table, from 0."""
DOUBT = "doubt"
COUNTS = "counts"
CELLS = "cells"
"""The cells of a row in doubt, as texts."""
VALUE = "value_"
"""Before the name of a value."""
BITS = 62
"""How many names one whole number tells of."""
FACTS = 53
"""How many facts one binary number tells of: as many as it has digits."""
BATCH = 100_000
"""Rows that are held at a time, more or less."""


def mask_columns(thing: str, count: int) -> list[str]:
    """The columns that tell which of so many names are told of."""
    return [f"{thing}_{number}" for number in range(max(1, -(-count // BITS)))]


def fact_columns(count: int, name: str = "facts") -> list[str]:
    """The columns that tell of facts, so many of them."""
    return [f"{name}_{number}" for number in range(count)]
