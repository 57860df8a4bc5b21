"""The small rule file, and what becomes of it once it is edited."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from screening.rulefiles.loading.loader import LoadedRules, RuleFileError, load_rule_file
from screening.rulefiles.model.builder import build_rule_set
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.authors.mistakes.problems import located_problem
from screening.wording.language.languages import language
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data"
SMALL = DATA / "rules" / "small.yaml"
SMALL_TEXT = SMALL.read_text(encoding="utf-8")
SMALL_CASES_TEXT = SMALL.with_name("small.cases.yaml").read_text(encoding="utf-8")
ENGLISH = language("en")


def edited(*changes: tuple[str, str], text: str = SMALL_TEXT) -> str:
    """The text with each old part, which stands in it once, replaced by the new one."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text


def rule_set_of(text: str) -> RuleSet:
    """The rule set of a text of the right shape, unchecked."""
    parsed = read_yaml(text.encode())
    assert parsed.data is not None
    assert not parsed.problems
    rule_set, problems = build_rule_set(parsed.data)
    assert not problems
    return rule_set


def load_text(folder: Path, text: str | bytes, cases: str = "") -> LoadedRules:
    """What a rule file with this text is loaded as."""
    path = folder / "edited.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    if cases:
        path.with_name("edited.cases.yaml").write_text(cases, encoding="utf-8")
    return load_rule_file(path)


def mistakes(folder: Path, text: str | bytes, cases: str = "") -> list[str]:
    """What is said of a rule file with this text, with the bare name of the file."""
    try:
        load_text(folder, text, cases)
    except RuleFileError as error:
        return [located_problem(problem, ENGLISH).removeprefix(f"{folder}/") for problem in error.problems]
    return []


def places(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Code and path of each problem, such as `pages.0.title`."""
    return [(problem.code, dotted(problem.path)) for problem in problems]


def dotted(path: tuple[str | int, ...]) -> str:
    """A path in one text."""
    return ".".join(map(str, path))
