"""The rules on one registered study (`rules/trial.yaml`) give what its points say, read by a plain function."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from random import Random

import pytest

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from screening.ruleset.reading.answer_reader import read_answer
from tests.conftest import ROOT

NOW = date(2026, 11, 30)
CHOICES: dict[str, tuple[str, ...]] = {
    "told": ("cirrhosis", "fibrosis", "no_scar"),
    "cause": ("alcohol", "both", "other"),
    "child_pugh": ("A", "B", "C"),
    "pregnant": ("yes", "no"),
    "shunt": ("yes", "no"),
    "cancer": ("never", "now", "checked", "past"),
}
"""The strict questions with options."""
AGES = (17, 18, 19, 20, 55, 70, 71, 72)
LIKE = {"told": "cirrhosis", "cause": "alcohol", "child_pugh": "B", "pregnant": "no", "shunt": "no", "cancer": "never"}
SIX_MONTHS = ("2026-05-30", "2026-05-31", "2026-05", "2026-11-30", "2026", "2025", "2025-02-28", None)
"""Dates on each side of six months ago, and some that lie on both."""
FIVE_YEARS = ("2021-11-30", "2021-12-01", "2021-11", "2021-12", "2021", "2026", "1990", None)


@dataclass(frozen=True)
class Person:
    """What somebody answers; None is "I'm not sure", of `more` too: whether there is one more medicine."""

    age: int
    chosen: Mapping[str, str | None]
    last_drink: str | None
    cancer_last: str | None
    medicines: tuple[tuple[str | None, str | None], ...]
    """Whether each harms the liver, and when it was last taken."""
    more: bool | None


@pytest.fixture(scope="module")
def study() -> Engine:
    return load_rule_file(ROOT / "rules" / "trial.yaml").engine


def gone_by(text: str | None, months: int) -> set[bool]:
    """Whether so many months have gone by since a date: of every day that it may be, and was not after today."""
    if text is None:
        return {True, False}
    year, *rest = (int(part) for part in text.split("-"))
    found = set()
    for month in rest[:1] or range(1, 13):
        for day in rest[1:] or range(1, monthrange(year, month)[1] + 1):
            if (year, month, day) <= (NOW.year, NOW.month, NOW.day):
                whole = year * 12 + month - 1 + months
                found.add((whole // 12, whole % 12 + 1, day) <= (NOW.year, NOW.month, NOW.day))
    return found


def harmed(person: Person) -> str:
    """Whether a medicine that harms the liver was taken in the last 6 months: "yes", "no" or "open"."""
    if not person.medicines:
        return "no"
    harmful = ["no" if harms == "no" or gone_by(taken, 6) == {True} else harms for harms, taken in person.medicines]
    sure = [gone_by(taken, 6) == {False} for _, taken in person.medicines]
    if any(one == "yes" and known for one, known in zip(harmful, sure, strict=True)):
        return "yes"
    return "open" if any(one != "no" for one in harmful) or person.more is not False else "no"


def part_of(person: Person, chosen: Mapping[str, str], *, drank_lately: bool) -> str:
    """What the study's points make of somebody who is sure of all that is strict."""
    if person.age < 18 or chosen["pregnant"] == "yes":
        return "not_covered"
    past, since = chosen["cancer"] == "past", gone_by(person.cancer_last, 60)
    if (
        not 19 <= person.age <= 71
        or chosen["told"] != "cirrhosis"
        or chosen["cause"] == "other"
        or chosen["child_pugh"] == "A"
        or chosen["shunt"] == "yes"
        or chosen["cancer"] == "now"
        or (past and since == {False})
        or drank_lately
        or harmed(person) == "yes"
    ):
        return "differs"
    for_a_doctor = person.age in (19, 71) or chosen["cause"] == "both" or chosen["cancer"] == "checked"
    return "ask" if for_a_doctor or (past and since != {True}) or harmed(person) == "open" else "alike"


def possible(person: Person) -> set[str]:
    """The parts over every way in which what is strict and not known may be."""
    sides = [CHOICES[name] if person.chosen[name] is None else (person.chosen[name],) for name in CHOICES]
    drunk = [not gone for gone in gone_by(person.last_drink, 6)]
    chosen = [dict(zip(CHOICES, chosen_codes, strict=True)) for chosen_codes in product(*sides)]
    return {part_of(person, answers, drank_lately=lately) for answers in chosen for lately in drunk}  # type: ignore[arg-type]


def people(seed: int, count: int) -> Iterator[Person]:
    """People who are like the study's but for a few answers."""
    chance = Random(seed)
    for _ in range(count):
        chosen: dict[str, str | None] = {**LIKE}
        for name in chance.sample(sorted(CHOICES), chance.choice((0, 1, 1, 2, 3))):
            chosen[name] = chance.choice((*CHOICES[name], None))
        few = chance.choice((0, 0, 1, 2, 3))
        medicines = tuple((chance.choice(("yes", "no", None)), chance.choice(SIX_MONTHS)) for _ in range(few))
        drink = chance.choice(SIX_MONTHS) if chance.random() < 0.4 else "2024"
        cancer = chance.choice(FIVE_YEARS) if chosen["cancer"] == "past" else None
        more = chance.choice((True, False, False, None))
        yield Person(chance.choice(AGES), chosen, drink, cancer, medicines, more)


def answers_of(engine: Engine, person: Person) -> dict[str, Plain]:
    """The same as answers of the rule file; what is not known is left out."""
    said: dict[str, object] = {"signs": ["none"], "age": person.age, "takes": "yes" if person.medicines else "no"}
    said |= {**person.chosen, "last_drink": person.last_drink, "cancer_last": person.cancer_last}
    heard = {True: "yes", False: "no", None: None}[person.more]
    for place, (harms, taken) in enumerate(person.medicines, start=1):
        is_last = place == len(person.medicines)
        said |= {f"harms_{place}": harms, f"taken_{place}": taken}
        said |= {f"medicine_more_{place}": heard if is_last else "yes"}
    question = engine.rule_set.question
    known = {name: value for name, value in said.items() if value is not None}
    read = {name: read_answer(question[name], value, today=NOW) for name, value in known.items()}
    return dict(plain_answers(engine.rule_set, read, NOW))


def test_everybody_is_told_what_the_points_of_the_study_say(study: Engine) -> None:
    seen = set()
    for person in people(1, 900):
        found = study.evaluate(answers_of(study, person))
        assert set(found.possible) == possible(person), person
        seen.add(found.category)
    assert seen == {"not_covered", "differs", "ask", "alike", "unclear"}
