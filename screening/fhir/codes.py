"""Codes of published terminologies, as rule files hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.fhir.names import SYSTEMS, Resource
from screening.ruleset.model.rule_set import RuleSet


def codings(codes: Mapping[str, str]) -> list[Resource]:
    """The codes of a question or an option; of a terminology that has no address here there is none."""
    return [{"system": SYSTEMS[name], "code": code} for name, code in codes.items() if name in SYSTEMS]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How much of a rule set has a code of a published terminology."""

    questions: int
    coded_questions: int
    options: int
    coded_options: int


def count_codes(rule_set: RuleSet) -> CodeCount:
    """The questions and options there are, and those that have a code."""
    options = [option for question in rule_set.questions for option in question.options]
    return CodeCount(
        len(rule_set.questions),
        sum(bool(codings(question.codes)) for question in rule_set.questions),
        len(options),
        sum(bool(codings(option.codes)) for option in options),
    )
