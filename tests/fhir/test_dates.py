"""Dates in FHIR: sent and read with as much of them as is known, and judged on a day."""

from __future__ import annotations

from datetime import date

import pytest

from screening.fhir.reading import Remark, read_response
from screening.fhir.response import questionnaire_response
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.answer_reader import Answer, Unsure
from screening.ruleset.model.dates import PartialDate
from tests.rulefiles.edited import DATA

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
    assert [each.remark for each in found.refused] == [remark]
