"""Codes of published terminologies, as rule files hold them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screening.fhir.names import SYSTEMS, Resource
from screening.ruleset.model.questions import Code
from screening.ruleset.model.rule_set import RuleSet


def codings(codes: Iterable[Code]) -> list[Resource]:
    """The codes of a question or an option; of a terminology that has no address here there is none."""
    return [{"system": SYSTEMS[code.system], "code": code.code} for code in codes if code.system in SYSTEMS]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How much of a rule set has a code of a published terminology: how many, of how many."""

    questions: tuple[int, int]
    """With a code, of all."""
    options: tuple[int, int]
    codes: tuple[int, int]
    """Seen with their meaning in the source that is named, of all."""


def count_codes(rule_set: RuleSet) -> CodeCount:
    """The questions and options that have a code, and the codes themselves."""
    options = [option for question in rule_set.questions for option in question.options]
    coded = [part.codes for part in rule_set.questions] + [option.codes for option in options]
    codes = [code for group in coded for code in group]
    return CodeCount(
        (sum(bool(question.codes) for question in rule_set.questions), len(rule_set.questions)),
        (sum(bool(option.codes) for option in options), len(options)),
        (sum(code.confirmed for code in codes), len(codes)),
    )
