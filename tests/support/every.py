"""One test over many values that tells of each that fails by its name: cheaper to collect and run than one for each."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Value = TypeVar("Value")
Check = Callable[..., None]
ENDS = (Exception, pytest.fail.Exception, pytest.skip.Exception)
"""How a check of one value may end without the others being any of its business."""


def for_every(
    arguments: str | tuple[str, ...], values: Iterable[Value], ids: Callable[[Value], str] = str
) -> Callable[[Check], Check]:
    """As `pytest.mark.parametrize` does, check every value, and fail with the name and the details of each that fails.

    For hundreds of values whose check takes some milliseconds. `arguments` names the parameter of the check that takes
    a value, or those that take the members of one; its other parameters are fixtures, made once for all of the values.
    There must be a value: nothing checked is no test.
    """
    names = (arguments,) if isinstance(arguments, str) else arguments

    def of_all(check: Check) -> Check:
        parameters = inspect.signature(check).parameters
        for name in names:
            assert name in parameters, f"{check.__name__} has no parameter {name!r}"
        fixtures = [parameter for name, parameter in parameters.items() if name not in names]

        @functools.wraps(check)
        def test(subtests: pytest.Subtests, **given: object) -> None:
            all_values = list(values)
            assert all_values, "there is nothing to check"
            for value in all_values:
                members: Iterable[object] = (value,) if isinstance(arguments, str) else value  # type: ignore[assignment]
                try:
                    check(**given, **dict(zip(names, members, strict=True)))
                except ENDS:  # what passes is worth no report of its own
                    with subtests.test(ids(value)):
                        raise

        of_test = inspect.Parameter("subtests", inspect.Parameter.KEYWORD_ONLY)
        keyword_only = [fixture.replace(kind=inspect.Parameter.KEYWORD_ONLY) for fixture in fixtures]
        test.__signature__ = inspect.Signature([of_test, *keyword_only])  # type: ignore[attr-defined]
        return test

    return of_all
