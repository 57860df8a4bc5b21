"""One test over many values that tells of each that fails by its name: cheaper to collect and run than one for each."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Value = TypeVar("Value")
Check = Callable[..., None]


def for_every(argument: str, values: Iterable[Value], ids: Callable[[Value], str] = str) -> Callable[[Check], Check]:
    """As `pytest.mark.parametrize` does, check every value, and fail with the name and the details of each that fails.

    For hundreds of values whose check takes some milliseconds. `argument` names the parameter of the check that takes
    a value; its other parameters are fixtures. There must be a value: nothing checked is no test.
    """

    def of_all(check: Check) -> Check:
        parameters = inspect.signature(check).parameters
        assert argument in parameters, f"{check.__name__} has no parameter {argument!r}"
        fixtures = [each for name, each in parameters.items() if name != argument]

        @functools.wraps(check)
        def test(subtests: pytest.Subtests, **arguments: object) -> None:
            all_values = list(values)
            assert all_values, "there is nothing to check"
            for value in all_values:
                with subtests.test(ids(value)):
                    check(**arguments, **{argument: value})

        of_test = inspect.Parameter("subtests", inspect.Parameter.KEYWORD_ONLY)
        keyword_only = [fixture.replace(kind=inspect.Parameter.KEYWORD_ONLY) for fixture in fixtures]
        test.__signature__ = inspect.Signature([of_test, *keyword_only])  # type: ignore[attr-defined]
        return test

    return of_all
