"""Dates in FHIR: sent and read with as much of them as is known, and judged on a day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from operator import eq, ge, gt, lt, ne
from random import Random

import pytest

from screening.fhir.checks import questionnaire_mistakes
from screening.fhir.questionnaire import questionnaire
from screening.fhir.reading import Remark, read_response
from screening.fhir.response import questionnaire_response
from screening.fhir.texts import Texts
from screening.fhir.variables import NotExactError
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.dates import Elapsed, PartialDate
from screening.ruleset.reading.answer_types import Answer, Unsure
from tests.agreement.test_agreement import interrupting
from tests.fhir.programs import installed, node
from tests.fhir.validation import r4_mistakes, r4b_takes
from tests.rulefiles.edited import DATA
from tests.support.rules import small_rules as small
from tests.support.rules.interpreter import passed

DATED = load_rule_file(DATA / "rules" / "dated.yaml")
BASE = "https://example.org/fhir"
ON = date(2026, 11, 30)


@pytest.mark.parametrize("treated", [PartialDate(2024, 2, 29), PartialDate(2024, 2), PartialDate(2024), Unsure()])
def test_a_date_is_sent_and_read_as_it_is_known(treated: Answer) -> None:
    answers: dict[str, Answer] = {"born": PartialDate(1980), "treated": treated, "moved": PartialDate(2027, 1)}
    sent = questionnaire_response(DATED.rule_set, answers, BASE, ON)
    found = read_response(DATED.engine, sent, BASE, ON)
    assert found.answers == answers
    assert not found.refused


@pytest.mark.parametrize(
    ("value", "remark"),
    [
        ({"valueDate": "2026-12-01"}, Remark.UNREADABLE),
        ({"valueDate": "2023-02-29"}, Remark.UNREADABLE),
        ({"valueString": "2024"}, Remark.NO_DATE),
    ],
)
def test_what_is_no_date_or_lies_ahead_is_refused(value: dict[str, object], remark: Remark) -> None:
    sent = questionnaire_response(DATED.rule_set, {"born": PartialDate(1980), "treated": PartialDate(2020)}, BASE, ON)
    sent["item"][1]["item"][0]["answer"] = [value]
    found = read_response(DATED.engine, sent, BASE, ON)
    assert [finding.remark for finding in found.refused] == [remark]


def all_days(known: PartialDate, today: date) -> list[date]:
    """All days that a date may be, none after today."""
    first = date(known.year, known.month or 1, known.day or 1)
    year = [first + timedelta(days=step) for step in range(366)]
    same = [day for day in year if (known.month, known.day) == (known.month and day.month, known.day and day.day)]
    return [day for day in same if day.year == known.year and day <= today]


def test_a_foreign_form_counts_all_days_of_a_date_as_the_calendar_does() -> None:
    chance = Random(2)
    conditions = {
        f"g{place}": f"{unit}_since(a) {operator} {number}"
        for place, (unit, operator, number) in enumerate(
            [("days", "<", 60), ("months", ">=", 6), ("years", "==", 1), ("months", "!=", 3), ("days", ">", 365)]
        )
    }
    grounds = [small.ground(name, f"definitely({when})") for name, when in conditions.items()]
    rule_set = interrupting(small.built(small.rule_file([small.date("a", 9)], [small.rule("found", *grounds)])))
    drawn: list[tuple[date, PartialDate]] = []
    while len(drawn) < 250:
        today = chance.choice([date(2024, 2, 29), date(2025, 2, 28), date(2026, 3, 31), date(2026, 12, 31)])
        day = today - timedelta(days=chance.randrange(800))
        drawn.append(
            (
                today,
                chance.choice(
                    [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
                ),
            )
        )
    responses = [questionnaire_response(rule_set, {"a": known}, BASE, today) for today, known in drawn]
    form = questionnaire(Engine(rule_set), Texts(rule_set), BASE)
    found = node(installed("javascript") / "read.js", [outcome_json(resource) for resource in (form, *responses)])
    stands = {"<": lt, ">=": ge, "==": eq, "!=": ne, ">": gt}
    for (today, known), told in zip(drawn, found, strict=True):
        days = all_days(known, today)
        for name, when in conditions.items():
            function, operator, number = when.split()
            unit = Elapsed(function.partition("_")[0])
            holds = all(stands[operator](passed(unit, day, today), int(number)) for day in days)
            assert (f"interrupt-{name}" in told["shown"]) is holds, (today, known, when)


@pytest.mark.parametrize(
    ("condition", "reads"),
    [
        ("definitely(days_since(a) - days_since(b) > 3)", ["days_since(a)", "days_since(b)"]),
        ("definitely(later > 3)", ["months_since(a)"]),
        ("known(later)", ["months_since(a)"]),
        ("known(age) and definitely(age > 3)", []),
        ("definitely(3 <= months_since(a))", []),
    ],
)
def test_what_is_urgent_never_hangs_on_a_time_that_a_month_or_a_year_leaves_open(
    condition: str, reads: list[str]
) -> None:
    values = [small.value("later", "months_since(a) + 1"), small.value("age", "years_since(a)")]
    dates = [small.date("a"), small.date("b")]
    ground = small.ground("g", condition)
    rule_set = interrupting(small.built(small.rule_file(dates, [small.rule("found", ground)], values=values)))
    try:
        assert questionnaire_mistakes(questionnaire(Engine(rule_set), Texts(rule_set), BASE)) == []
        found: list[str] = []
    except NotExactError as error:
        found = [part for parts in error.places.values() for part in parts]
    assert found == reads


def test_a_form_with_dates_is_valid_in_r4_and_r4b() -> None:
    form = json.loads(outcome_json(questionnaire(DATED.engine, Texts(DATED.rule_set), BASE)))
    assert (r4_mistakes(form), r4b_takes(form)) == ([], True)
    asked = [page["item"][0] for page in form["item"] if page["type"] == "group"]
    assert [(item["linkId"], item["type"]) for item in asked] == [
        ("born", "date"),
        ("treated", "date"),
        ("moved", "date"),
    ]
