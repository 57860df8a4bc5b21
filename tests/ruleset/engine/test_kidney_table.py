"""The rules on kidneys (`rules/ckd.yaml`) give what the table of KDIGO gives, read by a plain function of its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from random import Random

import pytest

from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import plain_answer
from tests.conftest import ROOT
from tests.ruleset.engine.test_egfr import plain

TABLE = {
    60: ("green", "yellow", "orange"),
    45: ("yellow", "orange", "red"),
    30: ("orange", "red", "red"),
    0: ("red", "red", "red"),
}
"""From which eGFR on a row holds, with its colours for the classes A1, A2 and A3."""
SEXES = ("female", "male")
MONTHS = ("yes", "changed", "first")
FINE: dict[str, Plain] = {"signs": frozenset({"none"}), "situation": frozenset({"none"}), "told": "nothing"}
CREATININES = [Decimal(number) for number in (*range(20, 120, 6), *range(120, 600, 12), 2000)]
"""Close enough for every row of the table to hold some."""
RATIOS = [Decimal(text) for text in ("0", "2.99", "3", "15", "30", "30.01", "2500")]


@pytest.fixture(scope="module")
def kidneys() -> Engine:
    return load_rule_file(ROOT / "rules" / "ckd.yaml").engine


def row(sex: str, age: int, creatinine: Decimal) -> int:
    told = plain(sex, age, creatinine).quantize(Decimal(1), ROUND_HALF_UP)
    return next(least for least in TABLE if told >= least)


def part(least: int, ratio: Decimal, months: str) -> str:
    """What somebody is told who is a grown-up, has no warning sign and is in no special situation."""
    colour = TABLE[least][0 if ratio < 3 else 1 if ratio <= 30 else 2]
    return colour if months == "yes" or colour == "green" else "once"


def number(engine: Engine, name: str, value: Decimal, unit: str) -> Plain:
    question = engine.rule_set.question[name]
    return plain_answer(question, read_answer(question, {"value": str(value), "unit": unit}))


def people(seed: int, count: int) -> Iterator[tuple[str, int, Decimal, Decimal, str]]:
    """People with both numbers, most of them near a line of the table."""
    chance = Random(seed)
    for _ in range(count):
        ratio = Decimal(chance.choice((chance.randint(0, 60), chance.randint(250, 350)))) / 10
        creatinine = Decimal(chance.choice((chance.randint(40, 300), chance.randint(20, 2000))))
        yield chance.choice(SEXES), chance.randint(18, 120), creatinine, ratio, chance.choice(MONTHS)


def test_everybody_who_has_both_numbers_is_told_the_cell_of_the_table(kidneys: Engine) -> None:
    seen = set()
    for sex, age, creatinine, ratio, months in people(1, 800):
        answers: dict[str, Plain] = {**FINE, "sex": sex, "age": Decimal(age), "months": months}
        answers |= {"creatinine": creatinine, "acr": ratio}
        wanted = part(row(sex, age, creatinine), ratio, months)
        assert kidneys.evaluate(answers).category == wanted, answers
        seen.add((row(sex, age, creatinine), wanted))
    assert seen == {(least, colour) for least, colours in TABLE.items() for colour in (*colours, "once")}


@pytest.mark.parametrize(
    ("milligrams", "per_gram", "wanted"),
    [
        ("1.42", "26", "green"),
        ("1.43", "26", "green"),
        ("1.44", "26", "yellow"),
        ("1.43", "27", "yellow"),
        ("1.42", "265", "yellow"),
        ("1.42", "266", "orange"),
        ("2.6", "0", "red"),
    ],
)
def test_both_numbers_are_taken_in_the_other_unit(kidneys: Engine, milligrams: str, per_gram: str, wanted: str) -> None:
    answers: dict[str, Plain] = {**FINE, "sex": "male", "age": Decimal(50), "months": "yes"}
    answers["creatinine"] = number(kidneys, "creatinine", Decimal(milligrams), "mg/dL")
    answers["acr"] = number(kidneys, "acr", Decimal(per_gram), "mg/g")
    assert kidneys.evaluate(answers).category == wanted


def test_what_is_not_known_keeps_open_every_part_that_some_number_would_give_and_no_other(kidneys: Engine) -> None:
    chance = Random(2)
    for sex, age, creatinine, ratio, months in people(3, 60):
        given: dict[str, Plain] = {"sex": sex, "creatinine": creatinine, "acr": ratio, "months": months}
        for name in chance.sample(sorted(given), chance.randint(1, 4)):
            given[name] = None
        assert kidneys.possible({**FINE, "age": Decimal(age), **given}) == completed(age, given), (age, given)


def completed(age: int, given: dict[str, Plain]) -> set[str]:
    """The parts over all completions, tried one by one."""
    sexes, ratios, months = (
        tried if given[name] is None else [given[name]]
        for name, tried in (("sex", SEXES), ("acr", RATIOS), ("months", MONTHS))
    )
    rows = {row for sex in sexes for row in rows_of(str(sex), age, given["creatinine"])}
    return {part(least, Decimal(str(ratio)), str(answer)) for least, ratio, answer in product(rows, ratios, months)}


def rows_of(sex: str, age: int, creatinine: Plain) -> set[int]:
    """The row of a creatinine, or every row that some creatinine gives."""
    return (
        {row(sex, age, number) for number in CREATININES}
        if creatinine is None
        else {row(sex, age, Decimal(str(creatinine)))}
    )


def test_with_an_egfr_of_50_and_no_ratio_three_parts_are_told_as_open(kidneys: Engine) -> None:
    outcome = kidneys.evaluate({**FINE, "sex": "male", "age": Decimal(50), "creatinine": Decimal(147), "months": "yes"})
    assert outcome.values["egfr"] == 50
    assert (outcome.category, outcome.kind) == ("unclear", "several")
    assert set(outcome.possible) == {"yellow", "orange", "red"}
