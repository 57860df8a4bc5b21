"""Simulated visits: the same seed makes the same ones, and each walks the pages as a person would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask

from screening.analysis.simulation import simulate
from screening.rulefiles.authoring.visitors import Frequencies, Group, Range, Visitors, load_visitors
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.rule_set import Kind
from tests.conftest import ROOT
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
    assert sum(len(report.pages(each.name)) for each in assumed.groups) == 150
    assert sum(report.kinds().values()) == report.categories()[liver.rule_set.undetermined.category]


@pytest.mark.slow
def test_visits_see_as_many_pages_as_a_person(liver: LoadedRules, app: Flask, match_app: Flask) -> None:
    for web in (Web(app), Web(match_app)):
        shown = [each for each in complete(web) if each.startswith("/questions/")]
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
    assert {each.outcome.kind for each in report.visits} == {Kind.NOTHING_KNOWN}
