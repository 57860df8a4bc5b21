"""A test over many values tells of every one that fails, and never passes over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.every import for_every

pytest_plugins = ["pytester"]

TEXT = """
from tests.support.every import for_every

CHECKED = []

@for_every("number", range(7), ids="number {}".format)
def test_numbers(number, tmp_path):
    CHECKED.append(number)
    assert tmp_path.is_dir()
    assert number not in (2, 5), "the details"

def test_all_were_checked():
    assert CHECKED == [0, 1, 2, 3, 4, 5, 6]

@for_every("number", [])
def test_nothing(number):
    pass
"""


def test_every_value_is_checked_and_each_that_fails_is_named_with_its_details(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEXT)
    pytester.makeconftest(f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r})")
    said = pytester.runpytest_subprocess("-p", "no:cacheprovider").stdout.str()
    for name in ("number 2", "number 5"):
        assert f"SUBFAILED[{name}]" in said
    assert "SUBFAILED[number 3]" not in said
    assert said.count("AssertionError: the details") >= 2
    assert "there is nothing to check" in said
    assert "test_all_were_checked" not in said


def test_a_check_without_the_argument_is_refused() -> None:
    with pytest.raises(AssertionError, match="has no parameter 'number'"):

        @for_every("number", [1])
        def check(other: int) -> None:
            """Nothing."""
