"""Foreign forms as a reader: the Questionnaire that we write, as FHIRPath is worked out inside forms of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from screening.fhir.names import VariableNames, interrupt_link, open_interrupt_link
from screening.fhir.questionnaire import questionnaire
from screening.fhir.response import questionnaire_response
from screening.fhir.texts import Texts
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import Answer, Quantity
from tests.agreement.lines import Members, day_of
from tests.agreement.readers import Reader, Subject
from tests.fhir.programs import installed, node

BASE = "https://clinic.example/fhir"
DAY = date(2026, 11, 30)


class ForeignForm(Reader):
    """fhirpath.js, which forms in browsers have inside them: it knows nothing of us but the Questionnaire.

    Its numbers are binary ones; they are compared as decimals of eight digits, as FHIRPath says.
    """

    agrees_on = frozenset(("not_asked", "interrupts", "open_interrupts", "values"))
    near = Decimal("1e-12")

    def outcomes(self, subject: Subject, sets: Sequence[Members]) -> Iterator[Members | None]:
        """What is shown and what the variables hold, in a response a set."""
        rule_set = subject.rule_set
        form = questionnaire(Engine(rule_set), Texts(rule_set), BASE)
        read = [subject.read(answers) for answers in sets]
        days = [day_of(answers) or DAY for answers in sets]
        responses = [
            questionnaire_response(rule_set, answers, BASE, day) for answers, day in zip(read, days, strict=True)
        ]
        names = VariableNames([*rule_set.question, *rule_set.value])
        found = node(installed("javascript") / "read.js", [outcome_json(resource) for resource in (form, *responses)])
        for answers, told in zip(read, found, strict=True):
            yield None if _has_bound(answers) else _members(rule_set, names, set(told["shown"]), told["variables"])


def _has_bound(answers: Mapping[str, Answer]) -> bool:
    """Whether a number is a bound, which the conditions of a form take as not known."""
    return any(isinstance(answer, Quantity) and answer.sign for answer in answers.values())


def _members(rule_set: RuleSet, names: VariableNames, shown: set[str], variables: Mapping[str, list[Any]]) -> Members:
    """`shown`: the linkIds whose conditions hold."""
    asked = {question.id: not question.ask_if or question.id in shown for question in rule_set.questions}
    return {
        "not_asked": [name for name, is_asked in asked.items() if not is_asked],
        "interrupts": [ground.id for ground in rule_set.grounds if interrupt_link(ground) in shown],
        "open_interrupts": [ground.id for ground in rule_set.grounds if open_interrupt_link(ground) in shown],
        "values": {name: _single(variables[names.value(name)]) for name in rule_set.value},
    }


def _single(found: list[Any]) -> object:
    assert len(found) <= 1, found
    [value] = found or [None]
    return value if value is None or isinstance(value, bool) else Decimal(str(value))
