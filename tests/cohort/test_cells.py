"""The same number is the same cell, whichever way a table writes it; a number keeps every digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.cohort.cells import cell, decimal
from tests.support.every import for_every


@for_every(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        ("  ", ""),
        ("1", "1"),
        ("1.0", "1"),
        (" 1.50 ", "1.5"),
        (1, "1"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (float("nan"), ""),
        (float("inf"), "inf"),
        (5.397605e-79, "0"),
        (Decimal("7.950"), "7.95"),
        ("100", "100"),
        ("1e3", "1000"),
        ("-0.0", "0"),
        ("7.9500000001", "7.9500000001"),
        ("3.496", "3.496"),
        (3.496, "3.4960"),
        (Decimal("-3.496"), "-3.4960"),
        ("3.4960", "3.4960"),
        ("0.125", "0.125"),
        ("yes", "yes"),
        ("nan", "nan"),
        (True, "true"),
        ("1,5", "1,5"),
        ("1e999", "1e999"),
    ],
)
def test_a_cell_has_one_form(value: object, expected: str) -> None:
    assert cell(value) == expected


@pytest.mark.parametrize("text", ["", "yes", "nan", "inf", "1,5", "<5", "1e999"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert decimal(text) is None
