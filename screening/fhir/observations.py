"""Answers that carry a code of a published terminology as Observations: as the person told them, and when.

When a number was measured is not known, so none says so; each is derived from the response in which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.fhir.codes import codings
from screening.fhir.items import one_number_unit, quantity_of
from screening.fhir.names import Addresses, Resource
from screening.ruleset.compiler.numbers.arithmetic import WHOLE
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, unit_of


def observations(
    rule_set: RuleSet, answers: Mapping[str, Answer], addresses: Addresses, derived_from: str
) -> Iterator[tuple[str, Resource]]:
    """The Observations by question; `derived_from` is the address of the response. What is not sure has none."""
    for question in rule_set.questions:
        codes = codings(question.codes)
        value = _value(question, answers.get(question.id), addresses)
        if codes and value:
            yield (
                question.id,
                {
                    "resourceType": "Observation",
                    "status": "final",
                    "code": {"coding": codes, "text": question.label},
                    **value,
                    "derivedFrom": [{"reference": derived_from}],
                },
            )


def _value(question: Question, answer: Answer | None, addresses: Addresses) -> Resource:
    """What is known of an answer to a number or a choice; several ticks are no one value."""
    match answer:
        case Quantity(amount=amount, unit=str(unit), sign=sign):
            # In the stored unit: a code says what is measured, so that one of moles is none of milligrams.
            number = WHOLE.multiply(amount, unit_of(question, unit).factor)
            return {"valueQuantity": quantity_of(number, one_number_unit(question, question.stored_unit), sign)}
        case Chosen(code=code) if not question.option[code].means_unsure:
            option = question.option[code]
            own = {"system": addresses.options, "code": code, "display": option.text}
            return {"valueCodeableConcept": {"coding": [*codings(option.codes), own], "text": option.text}}
        case _:
            return {}
