"""What many tests need: the liver rules, loaded once, and how Hypothesis runs."""

from __future__ import annotations

import errno
import gc
import os
import random
from collections.abc import Collection, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from screening.documents.libraries import MissingLibraryError
from tests.support.system import end_test

if TYPE_CHECKING:
    from screening.rulefiles.loading.loader import LoadedRules

ROOT = Path(__file__).parent.parent

# Making a random rule set takes longer than Hypothesis expects of data, and how long differs from machine to machine.
settings.register_profile("screening", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Before a change lands the same examples are drawn each time: red then means the change. Elsewhere they are new ones.
settings.register_profile("landing", settings.get_profile("screening"), derandomize=True)
LANDING = bool(os.environ.get("CI"))
settings.load_profile("landing" if LANDING else "screening")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage in slow tests: tracing doubles their time, and quick ones try the same code on SQLite."""
    for item in items:
        if item.get_closest_marker("slow") and "postgresql" not in _parameters(item):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among tests and libraries, which stay: it took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def _parameters(item: pytest.Item) -> Collection[object]:
    """What a test is tried with."""
    return item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Where a fixture needs a library that this machine lacks, say which, once."""
    if LANDING:
        random.seed(item.nodeid)  # as with Hypothesis: before a change lands, what is drawn is drawn again
    try:
        yield
    except MissingLibraryError as error:
        end_test(str(error))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """The same where the test itself needs it."""
    try:
        yield
    except MissingLibraryError as error:
        end_test(str(error))
    except OSError as error:
        if error.errno == errno.EINVAL and "TESTS_SHIFTED" in os.environ:
            pytest.skip("under libfaketime Python cannot sleep")
        raise


@pytest.fixture(scope="session")
def liver() -> LoadedRules:
    """The rule file of the liver, checked and compiled."""
    from screening.rulefiles.loading.loader import load_rule_file  # noqa: PLC0415 - one test need not wait for it

    return load_rule_file(ROOT / "rules" / "liver.yaml")
