"""What things are called in FHIR: systems, addresses, linkIds, and names of variables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from screening.ruleset.model.questions import Page, Question
from screening.ruleset.model.rule_set import Ground, RuleSet

Resource = dict[str, Any]
"""A resource, or a part of one, as JSON members."""

STRUCTURES = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
UCUM = "http://unitsofmeasure.org"
ABSENT_REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ASKED_UNKNOWN = "asked-unknown"
"""The code by which "I'm not sure" is said; no code of an option has a hyphen."""
SYSTEMS = {
    "LOINC": "http://loinc.org",
    "SNOMED": "http://snomed.info/sct",
    "ICD-10": "http://hl7.org/fhir/sid/icd-10",
    "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
}
"""The terminologies that rule files name."""


def camel_case(name: str) -> str:
    """An id of a rule file where FHIR takes no underscore."""
    first, *others = name.split("_")
    return first + "".join(f"{part[:1].upper()}{part[1:]}" for part in others)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The canonical addresses of one rule set's resources, under the address of who publishes them."""

    base: str
    """Such as https://clinic.example/fhir, without a slash at its end."""
    rule_set: RuleSet

    @property
    def questionnaire_id(self) -> str:
        """The id of the Questionnaire."""
        return camel_case(self.rule_set.id)

    @property
    def questionnaire(self) -> str:
        """The canonical address of the Questionnaire, without its version."""
        return f"{self.base}/Questionnaire/{self.questionnaire_id}"

    @property
    def options(self) -> str:
        """The code system of the options: the codes of the rule file."""
        return f"{self.base}/CodeSystem/{self.questionnaire_id}"

    @property
    def versioned(self) -> str:
        """The canonical address of the very Questionnaire that was answered."""
        return f"{self.questionnaire}|{self.rule_set.version}"


def page_link(page: Page) -> str:
    """The linkId of a page. A question's own is its id, which has no hyphen, so that no two can be the same."""
    return f"page-{page.id}"


def help_link(question: Question) -> str:
    """The linkId of what is said to help with a question."""
    return f"{question.id}-help"


def interrupt_link(ground: Ground) -> str:
    """The linkId of what is shown as soon as a ground is certain."""
    return f"interrupt-{ground.id}"


def open_interrupt_link(ground: Ground) -> str:
    """The linkId of what is shown where answers leave a ground open."""
    return f"open-interrupt-{ground.id}"


class VariableNames:
    """The names of FHIRPath variables: letters and digits alone, and no two the same."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names`: every id of a question or value."""
        self._names: dict[str, str] = {}
        taken: set[str] = set()
        for name in names:
            wanted = camel_case(name)
            wanted = wanted[:1].upper() + wanted[1:]
            number = 1
            while wanted in taken:  # a_1 and a1
                number += 1
                wanted = f"{wanted}N{number}"
            taken.add(wanted)
            self._names[name] = wanted

    def asked(self, question: str) -> str:
        """True where a question is asked, else false."""
        return f"asked{self._names[question]}"

    def answered(self, question: str) -> str:
        """True where something was said to a question or it is not asked, "not sure" included; else false."""
        return f"answered{self._names[question]}"

    def answer(self, question: str) -> str:
        """The answer that counts: codes, or a number in the stored unit; empty where it is not known."""
        return f"answer{self._names[question]}"

    def first(self, question: str) -> str:
        """Of a date: its first day, as a text."""
        return f"first{self._names[question]}"

    def last(self, question: str) -> str:
        """Of a date: its last day."""
        return f"last{self._names[question]}"

    def time(self, question: str, unit: str, end: str) -> str:
        """Of a date: the "least" or the "most" that the time since it may be, in a unit."""
        return f"{end}{unit[:1].upper()}{unit[1:]}Since{self._names[question]}"

    def options(self, question: str) -> str:
        """Of a strict choice: the codes of all options that may be the truth."""
        return f"options{self._names[question]}"

    def value(self, value: str) -> str:
        """A value of the rule file; empty where it is unknown."""
        return f"value{self._names[value]}"
