"""Simulated visits: the same seed makes the same ones, and each walks the pages as a person would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from screening.analysis.simulation import simulate
from screening.rulefiles.authoring.visitors import Frequencies, Group, Range, Visitors, load_visitors
from screening.rulefiles.loading.loader import LoadedRules, RuleFileError, load_rule_file
from screening.ruleset.model.rule_set import Kind
from tests.conftest import ROOT
from tests.rulefiles.edited import DATA
from tests.support.person import FINE, complete
from tests.support.web import Web
from tests.support.web_fixtures import app, match_app

__all__ = ["app", "match_app"]


def visitors_who(answers: Mapping[str, str | tuple[str, ...]], count: int = 3) -> Visitors:
    """Visitors who all answer alike; an age in years."""
    given = {
        name: Frequencies(dict.fromkeys([value] if isinstance(value, str) else value, 1.0))
        for name, value in answers.items()
        if name != "age"
    }
    years = Range(age_of(answers), age_of(answers), weight=1.0)
    return Visitors("made up", count, 1, (Group("all", 1.0, given | {"age": Frequencies({}, (years,))}),))


def age_of(answers: Mapping[str, str | tuple[str, ...]]) -> Decimal:
    return Decimal(str(answers["age"]))


@pytest.fixture(scope="module")
def assumed(liver: LoadedRules) -> Visitors:
    return replace(load_visitors(ROOT / "rules" / "liver.journeys.yaml", liver.rule_set), count=150)


def test_the_same_seed_makes_the_same_visits_and_another_one_others(liver: LoadedRules, assumed: Visitors) -> None:
    first = simulate(liver.engine, assumed)
    assert simulate(liver.engine, assumed) == first
    assert simulate(liver.engine, replace(assumed, seed=2)) != first


def test_every_visit_is_counted_once(liver: LoadedRules, assumed: Visitors) -> None:
    report = simulate(liver.engine, assumed)
    assert sum(report.categories().values()) == len(report.pages()) == 150
    assert sum(len(report.pages(group.name)) for group in assumed.groups) == 150
    assert sum(report.kinds().values()) == report.categories()[liver.rule_set.undetermined.category]


@pytest.mark.slow
def test_visits_see_as_many_pages_as_a_person(liver: LoadedRules, app: Flask, match_app: Flask) -> None:
    for web in (Web(app), Web(match_app)):
        shown = [path for path in complete(web) if path.startswith("/questions/")]
        engine = liver.explainer_without(web.service.parts_off).engine
        report = simulate(engine, visitors_who(FINE))
        assert set(report.pages()) == {len(shown)}


@pytest.mark.parametrize(
    ("given", "kind", "cause"),
    [
        ({"told": "liver_no_scar", "ascites": "unsure"}, Kind.SEVERAL, "ascites"),
        ({"told": "liver_no_scar", "jaundice": "unsure"}, Kind.NOTHING_KNOWN, "jaundice"),
        ({"told": "none", "jaundice": "now_liver"}, Kind.DISAGREE, "warning"),
    ],
)
def test_what_is_undetermined_is_told_with_its_cause(
    liver: LoadedRules, given: dict[str, str], kind: Kind, cause: str
) -> None:
    report = simulate(liver.engine, visitors_who({**FINE, **given}))
    assert report.kinds() == {kind: 3}
    assert report.causes(kind)[cause] == 3


def test_what_is_not_named_is_not_sure(liver: LoadedRules) -> None:
    report = simulate(liver.engine, visitors_who({"age": "50"}))
    assert {visit.outcome.kind for visit in report.visits} == {Kind.NOTHING_KNOWN}


DATED = DATA / "rules" / "dated.yaml"
VISITORS = """
rules: dated
assumed: Made up for this test alone.
visitors: 200
seed: 3
today: "2026-11-30"
groups:
  - name: children
    weight: 1
    answers:
      born: {days: [{from: "2008-12-01", to: "2015-12-31", weight: 1}]}
      treated: {days: [{from: "2026-06-01", to: "2026-11-30", weight: 1}]}
  - name: old ones
    weight: 1
    answers:
      born: {days: [{from: "1950-01-01", to: "1960-12-31", weight: 1, told: year}]}
      treated: {unsure: 1, days: [{from: "2026-08-01", to: "2026-11-30", weight: 1, told: month}]}
"""


def test_visitors_with_dates_are_judged_on_the_day_that_their_file_names(tmp_path: Path) -> None:
    rules = load_rule_file(DATED)
    (tmp_path / "visitors.yaml").write_text(VISITORS)
    visitors = load_visitors(tmp_path / "visitors.yaml", rules.rule_set)
    report = simulate(rules.engine, visitors)
    told = {
        group.name: {v.outcome.category for v in report.visits if v.group == group.name} for group in visitors.groups
    }
    assert told == {"children": {"young"}, "old ones": {"recent", "unclear"}}
    causes = {v.causes for v in report.visits if v.outcome.category == "unclear"}
    assert causes == {("treated",)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('today: "2026-11-30"\n', "", "case.no_today"),
        ('"2008-12-01"', '"2008-12-32"', "journeys.day"),
        ('"1950-01-01"', '"1850-01-01"', "journeys.days"),
        ('"2015-12-31"', '"2007-12-31"', "journeys.days"),
        ("{unsure: 1, days", "{never: 1, days", "name.missing"),
    ],
)
def test_dates_of_visitors_that_nobody_could_answer_are_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "visitors.yaml").write_text(VISITORS.replace(old, new))
    with pytest.raises(RuleFileError) as refused:
        load_visitors(tmp_path / "visitors.yaml", load_rule_file(DATED).rule_set)
    assert said in {problem.problem.code for problem in refused.value.problems}
