"""A formula with powers (CKD-EPI 2021, `egfr.yaml`) decides as a plain function of many digits does."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from random import Random

import pytest

from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import plain_answer
from tests.rulefiles.edited import DATA

POWERS = Context(prec=80)
TWENTY = Context(prec=20)


@pytest.fixture(scope="module")
def egfr() -> Engine:
    return load_rule_file(DATA / "rules" / "egfr.yaml").engine


def answers(engine: Engine, sex: str, age: int, number: Decimal, unit: str) -> dict[str, Plain]:
    """The answers as somebody typed them, the number in its unit."""
    creatinine = engine.rule_set.question["creatinine"]
    read = read_answer(creatinine, {"value": str(number), "unit": unit})
    return {"sex": sex, "age": Decimal(age), "creatinine": plain_answer(creatinine, read)}


def power(base: Decimal, exponent: str) -> Decimal:
    return TWENTY.plus(POWERS.power(base, Decimal(exponent)))


def plain(sex: str, age: int, micromoles: Decimal) -> Decimal:
    """The formula as it was published: Inker et al., NEJM 2021; 385: 1737."""
    kappa, alpha, factor = ("0.7", "-0.241", "1.012") if sex == "female" else ("0.9", "-0.302", "1")
    with localcontext(Context(prec=80)):
        ratio = micromoles / Decimal("88.4") / Decimal(kappa)
        one = Decimal(1)
        powers = power(min(ratio, one), alpha) * power(max(ratio, one), "-1.2")
        return 142 * powers * Decimal("0.9938") ** age * Decimal(factor)


def part(egfr: Decimal) -> str:
    return "low" if egfr < 30 else "lower" if egfr < 60 else "usual"


def drawn(seed: int, count: int) -> Iterator[tuple[str, int, Decimal, str]]:
    """People with a creatinine in one of two units."""
    chance = Random(seed)
    for _ in range(count):
        sex, age = chance.choice(("female", "male")), chance.randint(18, 110)
        if chance.random() < 0.5:
            yield sex, age, Decimal(chance.randint(20, 400)), "umol/L"
        else:
            yield sex, age, Decimal(chance.randint(23, 500)) / 100, "mg/dL"


def test_thousands_of_people_are_decided_as_by_a_plain_function(egfr: Engine) -> None:
    seen = set()
    for sex, age, number, unit in drawn(1, 3000):
        outcome = egfr.evaluate(answers(egfr, sex, age, number, unit))
        wanted = plain(sex, age, number * Decimal("88.4") if unit == "mg/dL" else number)
        found = outcome.values["egfr"]
        assert isinstance(found, Decimal)
        assert abs(found - wanted) < Decimal("1E-23")
        assert outcome.values["told"] == wanted.quantize(Decimal(1), ROUND_HALF_UP)
        assert outcome.category == part(wanted)
        seen.add((unit, outcome.category))
    assert len(seen) == 6


@pytest.mark.parametrize(
    ("sex", "age", "milligrams", "told"), [("male", 50, "0.9", 104), ("female", 50, "0.7", 105), ("male", 70, "2", 35)]
)
def test_some_results_are_those_of_the_published_calculator(
    egfr: Engine, sex: str, age: int, milligrams: str, told: int
) -> None:
    outcome = egfr.evaluate(answers(egfr, sex, age, Decimal(milligrams), "mg/dL"))
    assert outcome.values["told"] == told


def test_without_the_number_nothing_is_told_of_it(egfr: Engine) -> None:
    outcome = egfr.evaluate({"sex": "male", "age": Decimal(50)})
    assert (outcome.category, outcome.values["egfr"]) == ("unclear", None)
