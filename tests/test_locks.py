"""The locks are whole: what pyproject.toml asks for, and all that this needs in turn, is pinned on every machine named.

They are installed without resolving, so that what an index holds today decides nothing; then nobody but these tests
asks whether something is missing. Which package is wanted where is worked out by `packaging`, not by the tool that
wrote the locks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT
from tests.support.every import for_every

LOCKS = ("requirements.lock", "requirements-test.lock")
SPARK_LOCK = "requirements-spark.lock"
"""What Apache Spark needs on top, which `./setup all` alone installs."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SERVING = frozenset({"install", "postgres", "sign"})
"""The extras in requirements.lock."""
EVERYTHING = frozenset(PROJECT["project"]["optional-dependencies"]) - {"spark"}
"""The extras in both locks."""

FORKS: frozenset[str] = frozenset({"contourpy", "numpy"})
"""Packages pinned at different versions for different Pythons: of those not installed here, the needs are not known."""
NOT_HERE: frozenset[str] = frozenset()
"""Packages that are wanted on some machine that we name, but not on the one where this runs."""

Environment = dict[str, str]


def linux(python: str, patch: int, machine: str) -> Environment:
    """What markers ask of a machine."""
    here = {name: str(value) for name, value in default_environment().items()}
    full = f"{python}.{patch}"
    fixed = {"implementation_name": "cpython", "platform_python_implementation": "CPython", "os_name": "posix"}
    system = {"platform_system": "Linux", "sys_platform": "linux", "platform_machine": machine}
    version = {"python_version": python, "python_full_version": full, "implementation_version": full}
    return here | fixed | system | version


MACHINES = [
    linux(python, patch, machine)
    for python, patch, machine in product(("3.11", "3.12", "3.13", "3.14"), (0, 30), ("x86_64", "aarch64"))
]
HERE = {name: str(value) for name, value in default_environment().items()}


@dataclass(frozen=True)
class Pinned:
    """A package as a lock pins it."""

    name: str
    version: Version
    wanted: Requirement

    def stands_in(self, environment: Environment) -> bool:
        """Whether it is installed there."""
        return applies(self.wanted, environment)


def applies(requirement: Requirement, environment: Environment, extras: Iterable[str] = ()) -> bool:
    """Whether a requirement of a package that was asked for with these extras counts."""
    if requirement.marker is None:
        return True
    return any(requirement.marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras))


def read_lock(text: str) -> list[Pinned]:
    """All that a lock pins."""
    entries = re.split(r"\n(?=\S)", text.strip())
    found = []
    for entry in entries:
        requirement = Requirement(entry.split("\\\n")[0])
        (pin,) = requirement.specifier
        assert pin.operator == "==", entry
        assert "--hash=sha256:" in entry, entry
        found.append(Pinned(canonicalize_name(requirement.name), Version(pin.version), requirement))
    return found


def locked(names: Iterable[str] = LOCKS) -> list[Pinned]:
    """All that these locks pin together."""
    return [pinned for name in names for pinned in read_lock((ROOT / name).read_text(encoding="utf-8"))]


@cache
def needs_of(name: str) -> tuple[Requirement, ...]:
    """What an installed package says that it needs."""
    return tuple(map(Requirement, distribution(name).requires or ()))


def asked_for(extras: Iterable[str]) -> Iterator[Requirement]:
    """What pyproject.toml asks for, and what builds the package."""
    project = PROJECT["project"]
    yield from map(Requirement, project["dependencies"])
    for extra in extras:
        yield from map(Requirement, project["optional-dependencies"][extra])


def unmet(pins: list[Pinned], extras: Iterable[str], environment: Environment) -> set[str]:
    """Every requirement that the pins do not meet on a machine, followed from pyproject.toml downwards."""
    there: dict[str, list[Version]] = {}
    for pinned in pins:
        if pinned.stands_in(environment):
            there.setdefault(pinned.name, []).append(pinned.version)
    missing = {f"{name} is pinned twice" for name, versions in there.items() if len(set(versions)) > 1}
    waiting = list(asked_for(extras))
    followed: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        versions = there.get(name, [])
        if not any(requirement.specifier.contains(version, prereleases=True) for version in versions):
            missing.add(f"{requirement} is not met")
            continue
        for extra in ("", *requirement.extras):
            if (name, extra) in followed:
                continue
            followed.add((name, extra))
            if name in NOT_HERE:
                continue
            waiting += [need for need in needs_of(name) if applies(need, environment, [extra] if extra else [])]
    return missing


def label(environment: Environment) -> str:
    return f"{environment['python_full_version']} {environment['platform_machine']}"


@for_every("environment", MACHINES, ids=label)
def test_the_locks_meet_every_requirement_of_every_package(environment: Environment) -> None:
    assert unmet(locked(), EVERYTHING, environment) == set()


@pytest.mark.slow
def test_spark_needs_its_own_lock_on_top_and_all_of_it() -> None:
    pins = locked([*LOCKS, SPARK_LOCK])
    for environment in MACHINES:
        assert unmet(pins, [*EVERYTHING, "spark"], environment) == set(), label(environment)
    for pinned in locked([SPARK_LOCK]):
        assert unmet([pin for pin in pins if pin.name != pinned.name], [*EVERYTHING, "spark"], HERE), pinned.name
        assert distribution(pinned.name).version == str(pinned.version), "run ./setup all"


@for_every("environment", MACHINES, ids=label)
def test_what_serves_needs_the_first_lock_alone(environment: Environment) -> None:
    assert unmet(locked(["requirements.lock"]), SERVING, environment) == set()


def test_what_is_installed_here_is_what_the_locks_pin() -> None:
    wrong = {}
    for pinned in locked():
        if pinned.stands_in(HERE):
            try:
                installed = distribution(pinned.name).version
            except PackageNotFoundError:
                installed = "missing"
            if installed != str(pinned.version):
                wrong[pinned.name] = installed
    assert not wrong, "run ./setup test"


def test_packages_whose_needs_are_not_known_here_are_listed() -> None:
    versions: dict[str, set[Version]] = {}
    elsewhere: set[str] = set()
    for pinned in locked():
        machines = [environment for environment in MACHINES if pinned.stands_in(environment)]
        if machines:
            versions.setdefault(pinned.name, set()).add(pinned.version)
            if not pinned.stands_in(HERE):
                elsewhere.add(pinned.name)
    assert {name for name, pins in versions.items() if len(pins) > 1} == FORKS
    assert elsewhere - FORKS == NOT_HERE


def test_taking_any_package_out_of_the_locks_is_noticed() -> None:
    pins = locked()
    environment = MACHINES[0]
    for pinned in pins:
        if pinned.stands_in(environment):
            others = [other for other in pins if other.name != pinned.name]
            assert unmet(others, EVERYTHING, environment), f"nothing needs {pinned.name}"


def test_a_version_that_a_package_does_not_allow_is_noticed() -> None:
    pins = [
        Pinned(pinned.name, Version("0.0.1") if pinned.name == "markupsafe" else pinned.version, pinned.wanted)
        for pinned in locked()
    ]
    assert any(sentence.startswith("MarkupSafe>=") for sentence in unmet(pins, EVERYTHING, MACHINES[0]))


def test_no_package_is_pinned_in_two_locks() -> None:
    serving, testing, spark = ({pinned.wanted for pinned in locked([name])} for name in (*LOCKS, SPARK_LOCK))
    assert not serving & testing
    assert not spark & (serving | testing)


def test_the_locks_name_no_index_and_nothing_that_is_built() -> None:
    for name in (*LOCKS, SPARK_LOCK):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert " @ " not in text
        assert "--index" not in text


def test_what_builds_the_package_is_pinned_too() -> None:
    serving = {pinned.name for pinned in locked(["requirements.lock"])}
    assert {Requirement(requirement).name for requirement in PROJECT["build-system"]["requires"]} <= serving
    assert "editables" in serving
