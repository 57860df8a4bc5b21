"""What is wrong with an expression though it can be parsed: each kind of mistake, its place and what it speaks of."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from screening.ruleset.language import type_checks, type_inference
from screening.ruleset.model.problem import Problem
from tests.support.every import for_every
from tests.support.rules.small_rules import (
    Members,
    choice,
    date,
    ground,
    note,
    number,
    problems_in,
    rule,
    rule_file,
    several,
    text,
    value,
)

QUESTIONS = (
    number("age", required=True),
    number("size"),
    choice("colour", "red", "green", "blue"),
    choice("grade", {"code": "low", "score": 1}, {"code": "high", "score": 2}),
    several("signs", {"code": "fever", "score": 1}, {"code": "rash", "score": 2}),
    several("health", "cough", {"code": "nothing", "exclusive": True}),
    choice("fluid", "now", "never", {"code": "unchecked", "leaves_open": ["now", "never"]}, strict=True),
    several("flags", "bleeding", "fainting", strict=True),
    text("note"),
    date("begun"),
)
IN_GROUND = ("rules", 0, "grounds", 0, "when")
IN_NOTE = ("notes", 0, "when")
IN_VALUE = ("values", 0, "is")


def problems(
    when: str = "1 < 2", *, values: Mapping[str, str] | None = None, noted: str = "1 < 2", **members: Any
) -> list[Problem]:
    """What is wrong with a rule file of one ground, some values and one note."""
    listed = [value(name, expression) for name, expression in (values or {}).items()]
    return problems_in(
        rule_file(QUESTIONS, [rule("found", ground("g", when))], values=listed, notes=[note("n", noted)], **members)
    )


class Mistake(NamedTuple):
    """An expression, and the code, column and values of what is wrong with it."""

    expression: str
    code: str
    column: int
    values: Mapping[str, object]


def option(name: str, code: str, *known: str) -> Mapping[str, object]:
    """What is told of an option that a question does not have."""
    return {"name": name, "option": code, "known": list(known)}


NAMES = [question["id"] for question in QUESTIONS]
TYPES = [
    Mistake("weight > 3", "name.unknown", 0, {"name": "weight", "known": NAMES}),
    Mistake("age > 3 and known(weight)", "name.unknown", 18, {"name": "weight", "known": NAMES}),
    Mistake('category == "found"', "name.outcome", 0, {"name": "category"}),
    Mistake('underlying == "found"', "name.outcome", 0, {"name": "underlying"}),
    Mistake('may_be("found")', "name.outcome", 0, {"name": "may_be"}),
    Mistake('holds("g")', "name.outcome", 0, {"name": "holds"}),
    Mistake("age", "type.not_a_condition", 0, {"found": "number"}),
    Mistake("age + 1", "type.not_a_condition", 0, {"found": "number"}),
    Mistake("colour", "type.not_a_condition", 0, {"found": "choice"}),
    Mistake("signs", "type.not_a_condition", 0, {"found": "several"}),
    Mistake("not age", "type.wanted_condition", 4, {"found": "number", "name": "age"}),
    Mistake("age > 3 and age + 1", "type.wanted_condition", 12, {"found": "number", "name": ""}),
    Mistake("age > 3 or colour", "type.wanted_condition", 11, {"found": "choice", "name": "colour"}),
    Mistake("definitely(age)", "type.wanted_condition", 11, {"found": "number", "name": "age"}),
    Mistake("possibly(age)", "type.wanted_condition", 9, {"found": "number", "name": "age"}),
    Mistake("age > 3 if age else age > 4", "type.wanted_condition", 11, {"found": "number", "name": "age"}),
    Mistake("colour > 3", "type.wanted_number", 0, {"found": "choice", "name": "colour"}),
    Mistake("age > signs", "type.wanted_number", 6, {"found": "several", "name": "signs"}),
    Mistake("(age > 3) > 3", "type.wanted_number", 1, {"found": "condition", "name": ""}),
    Mistake("age + colour > 3", "type.wanted_number", 6, {"found": "choice", "name": "colour"}),
    Mistake("definitely(sqrt(colour) > 3)", "type.wanted_number", 16, {"found": "choice", "name": "colour"}),
    Mistake("sum(age, colour) > 3", "type.wanted_number", 9, {"found": "choice", "name": "colour"}),
    Mistake('age == "red"', "type.wanted_choice", 0, {"found": "number", "name": "age"}),
    Mistake('signs == "fever"', "type.wanted_choice", 0, {"found": "several", "name": "signs"}),
    Mistake('any_of(colour, "red")', "type.wanted_several", 7, {"found": "choice", "name": "colour"}),
    Mistake("definitely(note)", "type.text", 11, {"name": "note"}),
    Mistake('possibly(note == "x")', "type.text", 9, {"name": "note"}),
    Mistake("definitely(begun > 3)", "type.date", 11, {"name": "begun"}),
    Mistake("days_since(age) > 3", "type.no_date", 11, {"name": "age", "function": "days_since"}),
    Mistake("age > 3 if age > 4 else age", "type.branches", 0, {}),
    Mistake('definitely(colour == "pink")', "option.unknown", 11, option("colour", "pink", "red", "green", "blue")),
    Mistake('colour == "unsure"', "option.unsure", 0, option("colour", "unsure", "red", "green", "blue")),
    Mistake('definitely(any_of(signs, "fever", "x"))', "option.unknown", 18, option("signs", "x", "fever", "rash")),
    Mistake('definitely(any_of(health, "nothing"))', "option.exclusive", 18, option("health", "nothing", "cough")),
    Mistake("definitely(score(colour) > 1)", "score.missing", 17, {"name": "colour"}),
    Mistake("score(age) > 1", "score.missing", 6, {"name": "age"}),
    Mistake("definitely(score(signs) > 1)", "score.missing", 17, {"name": "signs"}),
]
SETTLING = [
    Mistake("size > 3", "settled.bare", 0, {"name": "size"}),
    Mistake('colour == "red"', "settled.bare", 0, {"name": "colour"}),
    Mistake('age > 3 and any_of(signs, "fever")', "settled.bare", 19, {"name": "signs"}),
    Mistake("age / size > 3", "settled.bare", 0, {"name": ""}),
    Mistake("age / age > 3", "settled.bare", 0, {"name": ""}),
    Mistake("age / 0 > 3", "settled.bare", 0, {"name": ""}),
    Mistake("sqrt(age - 50) > 3", "settled.bare", 0, {"name": ""}),
    Mistake("unknown", "settled.bare", 0, {"name": ""}),
    Mistake("age > unknown", "settled.bare", 6, {"name": ""}),
    Mistake("score(grade) > 1", "settled.bare", 6, {"name": "grade"}),
    Mistake("age > 1 if size > 2 else age > 3", "settled.bare", 11, {"name": "size"}),
    Mistake('definitely(fluid == "now")', "settled.strict", 11, {"name": "fluid"}),
    Mistake('possibly(any_of(flags, "bleeding"))', "settled.strict", 16, {"name": "flags"}),
    Mistake("known(fluid)", "settled.strict", 6, {"name": "fluid"}),
    Mistake('definitely(size > 3 and fluid == "now")', "settled.strict", 24, {"name": "fluid"}),
    Mistake('fluid == "unchecked"', "rule.open_option", 0, {"option": "unchecked", "name": "fluid"}),
    Mistake('not fluid in {"now", "unchecked"}', "rule.open_option", 4, {"option": "unchecked", "name": "fluid"}),
]


STRICT = choice("strict", {"code": "a", "score": 0}, {"code": "b", "score": 3}, strict=True)
ENTANGLED = [
    # the value as it is written; the ground; code, column, what is named
    ("sum(score(strict), score(grade)) > 3", "v", "settled.beside_strict", 0, "grade"),
    ("sum(score(strict), score(grade) if known(grade) else 0)", "v > 3", "settled.beside_strict", 0, "grade"),
    (
        "score(strict) + (score(grade) if known(grade) else 0)",
        "definitely(v > 3)",
        "settled.beside_strict",
        11,
        "grade",
    ),
    ("sum(score(strict), size)", "possibly(v > 3)", "settled.beside_strict", 9, "size"),
    ("sum(score(strict), size)", "known(v)", "settled.value", 6, "v"),
    ('strict == "a" and colour == "red"', "v", "settled.value", 0, "v"),
    ('strict == "a" and colour == "red"', "definitely(v)", "settled.value", 11, "v"),
    ('1 if strict == "a" else age / age', "v > 3", "settled.no_number", 0, None),
    ("sqrt(0 - score(strict))", "definitely(v > 3)", "settled.no_number", 11, None),
    ('unknown if strict == "a" else 3', "v > 3", "settled.no_number", 0, None),
]


@for_every(("expression", "when", "code", "column", "name"), ENTANGLED)
def test_an_unknown_part_beside_a_strict_question_is_told_with_a_mend_that_works(
    expression: str, when: str, code: str, column: int, name: str | None
) -> None:
    rules = [rule("found", ground("g", when))]
    (problem,) = problems_in(rule_file((*QUESTIONS, STRICT), rules, values=[value("v", expression)]))
    assert (problem.code, problem.path, problem.column) == (code, IN_GROUND, column)
    assert problem.values.get("name") == name


@pytest.mark.parametrize(
    ("expression", "when"),
    [
        ('sum(score(strict), 2 if definitely(grade == "high") else 0)', "v > 3"),
        ("sum(score(strict), 2 if definitely(size > 5) else 0)", "v > 3"),
        ('strict == "a" and definitely(colour == "red")', "v"),
        ('score(strict) if definitely(grade == "high") else 0', "v > 3"),
        ('3 if strict == "a" else 0', "v > 3"),
    ],
)
def test_what_the_mends_say_is_accepted(expression: str, when: str) -> None:
    rules = [rule("found", ground("g", when))]
    assert not problems_in(rule_file((*QUESTIONS, STRICT), rules, values=[value("v", expression)]))


@for_every("mistake", [*TYPES, *SETTLING], ids=lambda mistake: mistake.expression)
def test_a_mistake_in_a_ground_is_reported_with_its_column(mistake: Mistake) -> None:
    assert problems(mistake.expression) == [Problem(mistake.code, IN_GROUND, mistake.column, mistake.values)]


@for_every(
    "when",
    [
        "age > 3",
        "age + 1 > 3 * age - age / 2",
        "definitely(size > 3) or possibly(size > 4) or known(size) or not known(signs)",
        'fluid == "now" and any_of(flags, "bleeding")',
        'fluid != "now" and not any_of(flags, "bleeding", "fainting")',
        'definitely(colour in {"red", "blue"})',
        "definitely(score(grade) > 1)",
        "definitely(size / age > sqrt(age))",
        "definitely(unknown if size > 3 else age > 3)",
        "age > 1 if age > 2 else age > 3",
        'age > 1 if fluid == "now" else age > 3',
    ],
)
def test_what_is_well_typed_and_settled_is_no_mistake(when: str) -> None:
    assert problems(when) == []


def test_a_guarantee_is_checked_like_a_ground_and_may_name_grounds() -> None:
    guarantee = {"id": "safe", "kind": "implies", "text": "Safe.", "then": ["found"]}
    assert problems(guarantees=[{**guarantee, "when": 'holds("g") and age > 3'}]) == []
    found = problems(guarantees=[{**guarantee, "when": "size > 3", "except_when": 'may_be("found")'}])
    assert found == [
        Problem("settled.bare", ("guarantees", 0, "when"), 0, {"name": "size"}),
        Problem("name.outcome", ("guarantees", 0, "except_when"), 0, {"name": "may_be"}),
    ]


def test_every_mistake_of_an_expression_is_reported() -> None:
    found = problems('weight > 3 and colour > 4 and definitely(colour == "pink")')
    assert [problem.code for problem in found] == ["name.unknown", "type.wanted_number", "option.unknown"]


# --- values --------------------------------------------------------------------------------------


def test_a_value_may_be_a_number_or_a_condition_settled_or_not() -> None:
    values = {
        "number": "size * 2",
        "condition": 'size > 3 or fluid == "unchecked"',
        "settled": "definitely(size > 3)",
        "nothing": "unknown",
    }
    assert problems(values=values) == []


@pytest.mark.parametrize("name", ["colour", "signs"])
def test_a_value_is_no_bare_choice(name: str) -> None:
    assert problems(values={"v": name}) == [Problem("type.bare_choice", IN_VALUE, 0, {"name": name})]


def test_a_value_is_typed_by_its_expression() -> None:
    assert problems("v > 3", values={"v": "age > 3"})[0].code == "type.wanted_number"
    assert problems("v and age > 3", values={"v": "age"})[0].code == "type.wanted_condition"
    assert problems("known(v) and definitely(v > 3)", values={"v": "size"}) == []
    assert problems("definitely(score(v) > 1)", values={"v": "age"})[0].code == "score.missing"


def test_a_value_does_not_hide_what_it_reads() -> None:
    assert problems("v", values={"v": "size > 3"}) == [Problem("settled.bare", IN_GROUND, 0, {"name": "v"})]
    assert problems("definitely(v)", values={"v": 'fluid == "now"'}) == [
        Problem("settled.strict", IN_GROUND, 11, {"name": "v"})
    ]
    assert problems("v", values={"v": 'fluid == "unchecked"'}) == [
        Problem("rule.open_option", IN_GROUND, 0, {"option": "unchecked", "name": "fluid"})
    ]
    assert problems("w", values={"w": "not v", "v": "size > 3"})[0].code == "settled.bare"


def test_a_value_may_not_settle_a_strict_question_either() -> None:
    assert problems(values={"v": 'definitely(fluid == "now")'}) == [
        Problem("settled.strict", IN_VALUE, 11, {"name": "fluid"})
    ]


def test_values_that_lead_back_to_themselves_are_reported_with_the_way() -> None:
    found = problems(values={"x": "age > 3", "a": "not b", "b": "c and x", "c": "not a"})
    assert found == [Problem("value.cycle", ("values", 1, "is"), values={"chain": "a -> b -> c -> a"})]
    assert problems(values={"a": "not a"})[0].values == {"chain": "a -> a"}


def test_what_stands_on_a_broken_value_is_checked_no_further() -> None:
    found = problems("v or w", values={"v": "weight > 3", "w": "not v", "size_known": "known(size)"})
    assert [problem.code for problem in found] == ["name.unknown"]


# --- notes, texts and ask_if ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "when",
    [
        'category == "found" or underlying in {"found", "other"}',
        'may_be("found") and not holds("g")',
        "known(underlying) and known(category)",
        'definitely(fluid == "unchecked") and known(flags) and possibly(any_of(flags, "bleeding"))',
        'category != "found" and definitely(size > 3)',
    ],
)
def test_a_note_may_speak_of_the_outcome_and_settle_anything(when: str) -> None:
    assert problems(noted=when) == []


@for_every(
    ("when", "code", "column"),
    [
        ('fluid == "now"', "settled.given", 0),
        ('any_of(flags, "bleeding")', "settled.given", 7),
        ("size > 3", "settled.given", 0),
        ("category", "type.not_a_condition", 0),
        ('category == "lost"', "option.unknown", 0),
        ('may_be("lost")', "category.unknown", 0),
        ('age > 3 and holds("h")', "ground.unknown", 12),
        ("definitely(score(category) > 1)", "score.missing", 17),
    ],
)
def test_a_mistake_in_a_note_is_reported(when: str, code: str, column: int) -> None:
    assert [(problem.code, problem.path, problem.column) for problem in problems(noted=when)] == [
        (code, IN_NOTE, column)
    ]


def test_the_condition_of_a_text_is_checked_like_that_of_a_note() -> None:
    block = {"id": "short", "text": "Short.", "when": 'fluid == "now" or may_be("lost")'}
    found = problems(short_answer=[block], disagree_when="size > 3")
    assert [(problem.code, problem.path) for problem in found] == [
        ("settled.given", ("undetermined", "disagree_when")),
        ("category.unknown", ("short_answer", 0, "when")),
    ]


def asked_if(condition: str, values: Mapping[str, str] | None = None) -> list[Problem]:
    """What is wrong with the `ask_if` of the second of three questions."""
    questions: list[Members] = [
        choice("first", "x", "y", strict=True),
        number("second", ask_if=condition),
        number("third"),
    ]
    listed = [value(name, expression) for name, expression in (values or {}).items()]
    return problems_in(rule_file(questions, [rule("found", ground("g", "known(second)"))], values=listed))


def test_ask_if_may_settle_what_was_asked_before() -> None:
    assert asked_if('not definitely(first == "x") or known(first)') == []
    assert asked_if("definitely(v)", {"v": 'first == "x"'}) == []


def test_ask_if_names_nothing_that_is_asked_later_or_its_own_question() -> None:
    path = ("pages", 1, "questions", 0, "ask_if")
    assert asked_if("known(first) and known(third)") == [Problem("ask_if.too_late", path, 23, {"name": "third"})]
    assert asked_if("known(second)") == [Problem("ask_if.too_late", path, 6, {"name": "second"})]
    assert [problem.values["name"] for problem in asked_if("known(v)", {"v": "third + second"})] == ["second", "third"]


def test_ask_if_settles_what_it_names_and_does_not_speak_of_the_outcome() -> None:
    assert [problem.code for problem in asked_if('first == "x"')] == ["settled.given"]
    assert [problem.code for problem in asked_if('holds("g") or category == "found"')] == ["name.outcome"] * 2


def test_a_comparison_reads_one_strict_number_and_several_are_refused_through_values_too() -> None:
    questions = [number("x", strict=True), number("y", strict=True), number("z", required=True)]

    def found(when: str, **values: str) -> list[Problem]:
        listed = [value(name, expression) for name, expression in values.items()]
        data = rule_file(questions, [rule("found", ground("g", when))], values=listed, notes=[note("n", "known(x)")])
        return problems_in(data)

    assert found("x > 3 and y > 3 and x + z > 4") == []
    told = {"names": ["x", "y"], "name": "y"}
    assert found("z > 3 or y < x") == [Problem("strict.numbers_compared", IN_GROUND, 9, told)]
    assert found("v > y", v="2 * x") == [Problem("strict.numbers_compared", IN_GROUND, 0, told)]
    assert found("v", v="z > 1 and x == y") == [Problem("strict.numbers_compared", IN_VALUE, 10, told)]


# --- completeness --------------------------------------------------------------------------------


def test_every_code_of_a_problem_is_tested_above() -> None:
    codes = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', inspect.getsource(type_checks) + inspect.getsource(type_inference)))
    codes |= {f"type.wanted_{kind}" for kind in ("condition", "number", "choice", "several")}
    tests = Path(__file__).read_text(encoding="utf-8")
    assert {code for code in codes if f'"{code}"' not in tests} == set()
