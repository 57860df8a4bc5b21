"""A strict number that is unknown keeps open every category that some number would give, and what it takes is told."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

import pytest

from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.questions import QuestionType
from tests.analysis.proof.small_files import random_file
from tests.support.rules import small_rules as small
from tests.support.rules.all_answers import accepted
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.small_rules import built

EGFR = (
    "142 * power(0.9938, age) * (1.012 * power(min(c / 61.88, 1), -0.241) * power(max(c / 61.88, 1), -1.2) "
    'if sex == "female" else power(min(c / 79.56, 1), -0.302) * power(max(c / 79.56, 1), -1.2))'
)
RULES = [
    small.rule("high", small.ground("kidney", "egfr < 15"), small.ground("albumin", "acr >= 30")),
    small.rule("middle", small.ground("less", "egfr < 60"), small.ground("some", "acr >= 3")),
    small.rule("low", small.ground("neither", "egfr >= 60 and acr < 3")),
]
RATIO = small.number("acr", small.unit(maximum=1000, decimals=1), strict=True)
TYPED = Engine(built(small.rule_file([small.number("egfr", required=True), RATIO], RULES)))
WORKED_OUT = Engine(
    built(
        small.rule_file(
            [
                small.number("age", small.unit(minimum=18, maximum=110, whole=True), required=True),
                small.choice("sex", "female", "male", strict=True),
                small.number("c", small.unit(minimum=20, maximum=2000), strict=True),
                RATIO,
            ],
            RULES,
            values=[small.value("egfr", EGFR)],
        )
    )
)
AGED_50 = {"age": Decimal(50)}


@pytest.mark.parametrize(
    ("egfr", "ratio", "possible"),
    [
        (50, None, {"high", "middle"}),
        (90, None, {"high", "middle", "low"}),
        (10, None, {"high"}),
        (90, "2.99", {"low"}),
        (90, "3", {"middle"}),
    ],
)
def test_what_some_number_would_give_stays_possible(egfr: int, ratio: str | None, possible: set[str]) -> None:
    answers = {"egfr": Decimal(egfr), "acr": None if ratio is None else Decimal(ratio)}
    assert TYPED.possible(answers) == possible
    assert TYPED.evaluate(answers).possible == possible


@pytest.mark.parametrize(
    ("answers", "possible"),
    [
        ({}, {"high", "middle", "low"}),
        ({"acr": Decimal(1)}, {"high", "middle", "low"}),
        ({"acr": Decimal(30)}, {"high"}),
        ({"acr": Decimal(1), "c": Decimal(110)}, {"middle", "low"}),  # 53 of a woman, 70 of a man
        ({"acr": Decimal(1), "c": Decimal(80)}, {"low"}),
        ({"c": Decimal(300), "sex": "male"}, {"high", "middle"}),
    ],
)
def test_what_is_worked_out_with_an_unknown_number_stays_possible(
    answers: Mapping[str, Plain], possible: set[str]
) -> None:
    assert WORKED_OUT.possible({**AGED_50, **answers}) == possible


def test_what_is_missing_and_what_would_settle_it_are_told() -> None:
    explained = Explainer(WORKED_OUT).explain({**AGED_50, "acr": Decimal(1)})
    assert explained.missing == ("sex", "c")
    assert explained.cut_short == ()
    assert {settling.category for settling in explained.settled_by} == {"high", "middle", "low"}
    for settling in explained.settled_by:
        assert WORKED_OUT.possible({**AGED_50, "acr": Decimal(1), **settling.answers}) == {settling.category}
        assert all(isinstance(answer, str | Decimal) for answer in settling.answers.values())


def test_an_open_ground_is_told_as_open_and_one_that_holds_as_holding() -> None:
    outcome = TYPED.evaluate({"egfr": Decimal(50)})
    assert outcome.grounds == ("less",)
    assert outcome.open_grounds == {"high": ("albumin",), "middle": ("some",)}


def test_random_files_with_strict_numbers_have_the_outcomes_of_the_brute_force() -> None:
    tried = 0
    for seed in range(110):
        rule_set = built(random_file(seed))
        if not any(question.strict and question.type is QuestionType.NUMBER for question in rule_set.questions):
            continue
        tried += 1
        engine, brute_force, chance = Engine(rule_set), BruteForce(rule_set), Random(seed)
        for _ in range(6):
            said = {question.id: chance.choice(accepted(question)) for question in rule_set.questions}
            brute_force.assert_same(engine.evaluate(said), said)
    assert tried > 8
