"""A value is told only where it can be: it is known there for sure, or has words for where it is not."""

from __future__ import annotations

from screening.rulefiles.checks.told_values import check_told_values, told_values
from screening.rulefiles.model.texts import Text
from tests.support.every import for_every
from tests.support.rules.small_rules import built, choice, ground, number, rule, rule_file, value

SCORED = ({"code": "a", "score": 0}, {"code": "b", "score": 1})
QUESTIONS = (
    choice("one", *SCORED, strict=True),
    choice("two", *SCORED, strict=True),
    number("age", required=True),
    number("ratio", strict=True),
    number("weight"),
)
TOTAL = "score(one) + score(two)"


@for_every(
    ("expression", "when", "codes"),
    [
        (TOTAL, "1 < 2", []),
        (f"{TOTAL} + age", "1 < 2", []),
        ("sqrt(age - 5)", "1 < 2", ["value.may_be_unknown"]),
        ("weight", "1 < 2", ["value.may_be_unknown"]),
        ("weight", "known(v)", []),
        ("weight", "definitely(v > 3) and one == 'a'", []),
        ("weight", "definitely(v > 3) or one == 'a'", ["value.may_be_unknown"]),
        ("weight", "definitely(v > 3) or known(v)", []),
        ("weight", "possibly(v > 3)", ["value.may_be_unknown"]),
        ("weight", "not definitely(v > 3)", ["value.may_be_unknown"]),
        ("weight", "definitely(v * 2 > 3)", ["value.may_be_unknown"]),
        ("ratio", "v > 3", ["value.may_be_unknown"]),
        ("ratio + age", "age > 3", ["value.may_be_unknown"]),
        ("age > 3", "1 < 2", ["value.no_number"]),
    ],
)
def test_a_reason_tells_a_value_that_is_known_where_it_holds(expression: str, when: str, codes: list[str]) -> None:
    found = ground("found", when.replace("'", '"'))
    told = Text("because", ("rules", 0, "grounds", 0, "because"), "It is {v}.")
    rule_set = built(rule_file(QUESTIONS, [rule("found", found)], values=[value("v", expression)]))
    assert [problem.code for problem in check_told_values([told], rule_set)] == codes
    worded = built(
        rule_file(QUESTIONS, [rule("found", found)], values=[value("v", expression, if_unknown="not known")])
    )
    wrong_anyway = [code for code in codes if code == "value.no_number"]
    assert [problem.code for problem in check_told_values([told], worded)] == wrong_anyway


def test_what_is_open_of_a_ground_has_no_condition_that_holds() -> None:
    found = ground("found", "definitely(v > 3)", open="whether {v} is more")
    rule_set = built(rule_file(QUESTIONS, [rule("found", found)], values=[value("v", "weight")]))
    text = Text("open", ("rules", 0, "grounds", 0, "open"), "whether {v} is more")
    assert [problem.code for problem in check_told_values([text], rule_set)] == ["value.may_be_unknown"]


def test_values_that_are_told_are_those_of_texts_and_of_lines() -> None:
    zones = [{"id": "low", "text": "low", "below": 1}, {"id": "high", "text": "high"}]
    values = [value("unsaid", TOTAL), value("drawn", TOTAL, label="Drawn", zones=zones), value("said", TOTAL)]
    rule_set = built(rule_file(QUESTIONS, [rule("found", ground("always", "1 < 2"))], values=values))
    assert told_values([Text("any", ("limit",), "{said} and {one}")], rule_set) == ("drawn", "said")
