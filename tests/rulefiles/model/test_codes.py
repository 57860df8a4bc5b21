"""Codes name their source; rule sets that were kept before codes had one are still read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from screening.fhir.codes import codings, count_codes
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.loading.stored_rules import rules_from
from screening.rulefiles.model.canonical import canonical_json, parse_canonical
from screening.ruleset.model.questions import Code


def as_before(data: Any) -> Any:
    """A rule set with its codes as files had them before codes had sources."""
    if isinstance(data, dict):
        return {
            name: {coding["system"]: coding["code"] for coding in value} if name == "codes" else as_before(value)
            for name, value in data.items()
        }
    return [*map(as_before, data)] if isinstance(data, list) else data


def in_order(codes: Iterable[Code]) -> list[str]:
    """The codes as FHIR has them; a file of before has them in the order of its canonical JSON."""
    return sorted(map(str, codings(codes)))


def test_a_rule_set_of_before_decides_as_ever_and_has_the_same_codes(liver: LoadedRules) -> None:
    kept = rules_from(canonical_json(as_before(parse_canonical(liver.canonical))))
    for question in liver.rule_set.questions:
        old = kept.rule_set.question[question.id]
        assert in_order(old.codes) == in_order(question.codes)
        assert not any(code.confirmed or code.source for code in old.codes)
        for option in question.options:
            assert in_order(old.option[option.code].codes) == in_order(option.codes)
    assert count_codes(kept.rule_set).codes == (0, count_codes(liver.rule_set).codes[1])
    for case in liver.cases[:20]:
        plain = plain_answers(liver.rule_set, case.answers)
        assert kept.engine.evaluate(plain) == liver.engine.evaluate(plain)
