"""Responses of foreign forms: what is read is what was said, and what does not count is told with its linkId."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from screening.fhir.names import Resource
from screening.fhir.reading import ReadResponse, Remark, ResponseError, read_response
from screening.fhir.response import questionnaire_response
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Quantity
from tests.agreement.answer_sets import AnswerSets
from tests.agreement.foreign_forms import BASE, DAY
from tests.fhir.validation import r4_mistakes, r4b_takes
from tests.rulefiles.edited import SMALL
from tests.support.every import for_every
from tests.support.rules.small_rules import built, ground, rule, rule_file, text

Item = dict[str, Any]
OPTIONS = f"{BASE}/CodeSystem/small"
UNSURE = {
    "valueCoding": {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "asked-unknown"}
}


@pytest.fixture(scope="module")
def small() -> LoadedRules:
    return load_rule_file(SMALL)


def coded(*codes: str) -> list[Item]:
    return [{"valueCoding": {"system": OPTIONS, "code": code}} for code in codes]


def amount(number: float, **more: object) -> list[Item]:
    return [{"valueQuantity": {"value": number, "system": "http://unitsofmeasure.org", **more}}]


def sent(**answers: list[Item]) -> Resource:
    """A response as some forms send it: without groups."""
    given = {"age": amount(3, code="a"), **answers}
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": f"{BASE}/Questionnaire/small|1.0.0",
        "item": [{"linkId": name, "answer": answer} for name, answer in given.items()],
    }


def read(rules: LoadedRules, resource: object) -> ReadResponse:
    return read_response(rules.engine, json.loads(json.dumps(resource), parse_float=Decimal), BASE)


def test_answers_come_back_as_they_were_given(liver: LoadedRules, small: LoadedRules) -> None:
    for rules in (liver, small):
        for raw in AnswerSets(rules.engine, 1, rules.cases).draw(60):
            answers = {name: read_answer(rules.rule_set.question[name], value) for name, value in raw.items()}
            response = json.loads(
                outcome_json(questionnaire_response(rules.rule_set, answers, BASE, DAY)), parse_float=Decimal
            )
            found = read_response(rules.engine, response, BASE)
            outcome = rules.engine.evaluate(plain_answers(rules.rule_set, answers))
            counted = {name: answer for name, answer in answers.items() if name in outcome.asked}
            assert found.refused == ()
            assert plain_answers(rules.rule_set, found.answers) == plain_answers(rules.rule_set, counted)
            not_asked = {name for name in answers if name not in outcome.asked}
            assert {finding.link for finding in found.set_aside} == not_asked
            again = rules.engine.evaluate(plain_answers(rules.rule_set, found.answers))
            assert again._replace(ignored=outcome.ignored) == outcome


def test_a_response_is_valid_in_r4_and_r4b(liver: LoadedRules) -> None:
    raw = next(iter(AnswerSets(liver.engine, 1, liver.cases).draw(1)))
    answers = {name: read_answer(liver.rule_set.question[name], value) for name, value in raw.items()}
    response = questionnaire_response(liver.rule_set, answers, BASE, DAY)
    assert (r4_mistakes(response), r4b_takes(response)) == ([], True)


def test_none_of_these_yields_to_a_sign_that_is_ticked_beside_it(small: LoadedRules) -> None:
    found = read(small, sent(signs=coded("lice", "none")))
    assert plain_answers(small.rule_set, found.answers)["signs"] == frozenset({"lice"})
    assert [(finding.link, finding.remark, finding.is_refused) for finding in found.findings] == [
        ("signs", Remark.YIELDED, False)
    ]


def test_none_of_these_beside_a_tick_is_refused_where_it_does_not_yield(liver: LoadedRules) -> None:
    response = sent(situation=coded("pregnant", "none"))
    written = json.dumps(response).replace("small|1.0.0", f"liver|{liver.rule_set.version}").replace("/small", "/liver")
    found = read(liver, json.loads(written))
    [finding] = found.refused
    assert finding.link == "situation"
    assert finding.error
    assert finding.error.code == "exclusive"
    assert "situation" not in found.answers


def test_an_answer_to_a_question_that_is_not_asked_any_more_is_set_aside(small: LoadedRules) -> None:
    found = read(small, sent(light=coded("sun")))
    assert "light" not in found.answers
    assert [(finding.link, finding.remark) for finding in found.set_aside] == [("light", Remark.NOT_ASKED)]
    assert "light" in read(small, sent(soil=coded("wet"), light=coded("sun"))).answers


def test_not_sure_is_not_no(small: LoadedRules) -> None:
    found = read(small, sent(signs=[*coded("mould"), UNSURE], leaves=[UNSURE]))
    plain = plain_answers(small.rule_set, found.answers)
    assert plain["signs"] == frozenset({"mould", None})
    assert plain["leaves"] is None
    assert found.findings == ()


def test_a_number_is_read_in_each_unit_and_not_where_nobody_can_tell_it(small: LoadedRules) -> None:
    def weight(**more: object) -> object:
        answers = read(small, sent(weight=amount(2500.5, **more))).answers
        return plain_answers(small.rule_set, answers)["weight"]

    assert weight(code="g") == Decimal("2.5005")
    assert weight(unit="g") == Decimal("2.5005")
    assert weight() is None


@pytest.mark.parametrize("comparator", ["<", "<=", ">=", ">"])
def test_a_bound_is_read_and_written_as_one(small: LoadedRules, comparator: str) -> None:
    answers = read(small, sent(weight=amount(2.125, code="kg", comparator=comparator))).answers
    assert answers["weight"] == (Quantity(Decimal("2.125"), f"{comparator}2.1250", "kg", comparator))
    written = questionnaire_response(small.rule_set, answers, BASE, DAY)
    assert read(small, json.loads(outcome_json(written))).answers == answers


REFUSED: dict[str, tuple[str, list[Item], Remark]] = {
    "another comparator": ("weight", amount(0.5, code="kg", comparator="ad"), Remark.COMPARATOR),
    "out of range": ("weight", amount(500, code="kg"), Remark.UNREADABLE),
    "another unit": ("weight", amount(5, code="[lb_av]"), Remark.UNREADABLE),
    "a text": ("weight", [{"valueString": "5"}], Remark.NO_NUMBER),
    "no value": ("weight", [{"valueQuantity": {"code": "kg"}}], Remark.NO_NUMBER),
    "another code": ("soil", coded("clay"), Remark.UNREADABLE),
    "two answers": ("soil", coded("dry", "wet"), Remark.SEVERAL_ANSWERS),
    "a free text": ("soil", [{"valueString": "dry"}], Remark.NO_CODE),
    "another system": ("soil", [{"valueCoding": {"code": "dry", "system": "urn:x"}}], Remark.OTHER_SYSTEM),
    "another question": ("colour", coded("red"), Remark.UNKNOWN_ITEM),
}


@for_every("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_link(name: str, small: LoadedRules) -> None:
    link, answer, remark = REFUSED[name]
    found = read(small, sent(**{link: answer}))
    assert [(finding.link, finding.remark) for finding in found.refused] == [(link, remark)]
    assert link not in found.answers


def test_a_question_that_stands_twice_is_refused(small: LoadedRules) -> None:
    response = sent(soil=coded("dry"))
    response["item"].append({"linkId": "page-pot", "item": [{"linkId": "soil", "answer": coded("wet")}]})
    assert [finding.remark for finding in read(small, response).refused] == [Remark.TWICE]


def test_what_is_required_and_missing_is_told(small: LoadedRules) -> None:
    response = sent()
    response["item"] = []
    assert [(finding.link, finding.remark) for finding in read(small, response).refused] == [("age", Remark.MISSING)]


BROKEN: dict[str, tuple[Callable[[Resource], object], str]] = {
    "another resource": (lambda response: {**response, "resourceType": "Patient"}, "not_a_response"),
    "no resource": (lambda _: [1], "not_a_response"),
    "an older version": (lambda response: {**response, "questionnaire": f"{BASE}/Questionnaire/small|0.9"}, "other"),
    "not finished": (lambda response: {**response, "status": "in-progress"}, "status"),
    "no items": (lambda response: {**response, "item": {"linkId": "age"}}, "shape"),
    "no linkId": (lambda response: {**response, "item": [{"answer": []}]}, "shape"),
    "no list of answers": (lambda response: {**response, "item": [{"linkId": "age", "answer": 3}]}, "shape"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_response_to_this_questionnaire_is_said_so(name: str, small: LoadedRules) -> None:
    change, code = BROKEN[name]
    with pytest.raises(ResponseError) as raised:
        read(small, change(sent()))
    assert raised.value.code == code


def test_words_come_back_and_so_does_that_there_are_none() -> None:
    engine = Engine(built(rule_file([text("note", most=20)], [rule("found", ground("wrote", "known(note)"))])))
    for raw in ("water\n<b>", None):
        answers = {"note": read_answer(engine.rule_set.question["note"], raw)}
        response = questionnaire_response(engine.rule_set, answers, BASE, DAY)
        found = read_response(engine, json.loads(outcome_json(response)), BASE)
        assert (found.answers, found.findings) == (answers, ())
        assert (r4_mistakes(response), r4b_takes(response)) == ([], True)
    response["item"][0]["item"][0]["answer"] = [{"valueBoolean": True}]
    assert [finding.remark for finding in read_response(engine, response, BASE).refused] == [Remark.NO_TEXT]
