"""The rules on one registered study (`rules/trial.yaml`) give what its points say, read by a plain function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from tests.conftest import ROOT

Person = Mapping[str, str | int | None]
"""What somebody answers; None is "I'm not sure"."""
Medicines = list[tuple[str | None, int | None]]
"""Of each medicine whether it harms the liver, and how many months ago it was last taken."""
CHOICES: dict[str, tuple[str, ...]] = {
    "told": ("cirrhosis", "fibrosis", "no_scar"),
    "cause": ("alcohol", "both", "other"),
    "child_pugh": ("A", "B", "C"),
    "pregnant": ("yes", "no"),
    "shunt": ("yes", "no"),
    "cancer": ("never", "now", "checked", "past"),
    "last_drink": ("5", "6"),
}
"""The strict questions, with answers of which one stands for each side of every line."""
AGES = (17, 18, 19, 20, 55, 70, 71, 72)
LIKE = {"told": "cirrhosis", "cause": "alcohol", "child_pugh": "B", "pregnant": "no", "shunt": "no", "cancer": "never"}


@pytest.fixture(scope="module")
def study() -> Engine:
    return load_rule_file(ROOT / "rules" / "trial.yaml").engine


def told_of(medicines: Medicines, more: bool | None) -> str:
    """Whether a medicine that harms the liver was taken in the last 6 months: "yes", "no" or "open"."""
    lately = [
        "no"
        if harms == "no" or (months is not None and months >= 6)
        else "yes"
        if harms and months is not None
        else "open"
        for harms, months in medicines
    ]
    if "yes" in lately:
        return "yes"
    return "open" if "open" in lately or more is not False else "no"


def part_of(person: Mapping[str, str | int], years: int | None, medicine: str) -> str:
    """What the study's points make of somebody who is sure of all that is strict."""
    if person["age"] < 18 or person["pregnant"] == "yes":  # type: ignore[operator]
        return "not_covered"
    age = int(person["age"])
    past = person["cancer"] == "past"
    if (
        not 19 <= age <= 71
        or person["told"] != "cirrhosis"
        or person["cause"] == "other"
        or person["child_pugh"] == "A"
        or person["shunt"] == "yes"
        or person["cancer"] == "now"
        or (past and years is not None and years < 5)
        or int(person["last_drink"]) < 6
        or medicine == "yes"
    ):
        return "differs"
    open_to_a_doctor = age in (19, 71) or person["cause"] == "both" or person["cancer"] == "checked"
    return "ask" if open_to_a_doctor or (past and years is None) or medicine == "open" else "alike"


def people(
    seed: int, count: int
) -> Iterator[tuple[dict[str, str | int | None], int | None, Medicines | None, bool | None]]:
    """People who are like the study's but for a few answers, with the years since a cancer and their medicines."""
    chance = Random(seed)
    for _ in range(count):
        person: dict[str, str | int | None] = {
            **LIKE,
            "age": chance.choice(AGES),
            "last_drink": chance.choice((5, 6, 40)),
        }
        for name in chance.sample(sorted(CHOICES), chance.randint(0, 3)):
            person[name] = chance.choice((*CHOICES[name], None))
        medicines: Medicines | None = None
        if chance.random() < 0.5:
            kinds = [("yes", "no", None)[chance.randrange(3)] for _ in range(chance.randint(1, 3))]
            medicines = [(kind, chance.choice((0, 5, 6, 12, None))) for kind in kinds]
        yield person, chance.choice((0, 4, 5, 30, None)), medicines, chance.choice((True, False, False, None))


def answers_of(person: Person, years: int | None, medicines: Medicines | None, more: bool | None) -> dict[str, Plain]:
    """The same as answers of the rule file; what is not known is left out."""
    said: dict[str, Plain] = {"signs": frozenset({"none"}), "takes": "yes" if medicines else "no"}
    for name, answer in person.items():
        if answer is not None:
            said[name] = Decimal(answer) if name in {"age", "last_drink"} else answer  # type: ignore[assignment]
    if years is not None and person["cancer"] == "past":
        said["cancer_since"] = Decimal(years)
    for place, (harms, months) in enumerate(medicines or [], start=1):
        last = place == len(medicines or [])
        heard = {True: "yes", False: "no", None: None}[more] if last else "yes"
        known = {f"harms_{place}": harms, f"medicine_more_{place}": heard}
        said |= {name: answer for name, answer in known.items() if answer is not None}
        if months is not None:
            said[f"taken_{place}"] = Decimal(months)
    return said


def completions(person: Person) -> Iterator[dict[str, str | int]]:
    """Each way in which what somebody is not sure of may be."""
    names = list(person)
    sides = [CHOICES[name] if person[name] is None else (person[name],) for name in names]
    for answers in product(*sides):
        yield dict(zip(names, answers, strict=True))  # type: ignore[arg-type]


def test_everybody_is_told_what_the_points_of_the_study_say(study: Engine) -> None:
    seen = set()
    for person, years, medicines, more in people(1, 700):
        medicine = told_of(medicines, more) if medicines else "no"
        wanted = {part_of(each, years, medicine) for each in completions(person)}
        found = study.evaluate(answers_of(person, years, medicines, more))
        assert set(found.possible) == wanted, (person, years, medicines, more)
        seen.add((len(wanted) > 1, found.category))
    assert {"not_covered", "differs", "ask", "alike", "unclear"} == {category for _, category in seen}
