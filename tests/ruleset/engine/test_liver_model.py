"""The liver rules against the clinical model written a second time, on random answer sets, and what it promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random, SystemRandom
from typing import Any

import pytest

from screening.rulefiles.loading.loader import LoadedRules
from tests.support.rules.clinical_model import SEVERITY, Settled, counted, possible, truths

Answers = Mapping[str, Any]

ONE_OF: Mapping[str, tuple[str | None, ...]] = {
    "told": (
        "none",
        "liver_no_scar",
        "fibrosis",
        "cirrhosis_early",
        "cirrhosis_unknown",
        "cirrhosis_late",
        "scarring_not_said",
        None,
    ),
    "stage": ("F0", "F0_F1", "F1", "F1_F2", "F2", "F2_F3", "F3", "F3_F4", "F4", "no_report", None, None, None),
    "ascites": ("now", "past", "swelling_unchecked", None) + ("never",) * 12,
    "he": ("now", "past", "unchecked", None) + ("never",) * 12,
    "bleed": ("recent", "past", "unchecked", "varices_no_bleed", "varices_no_bleed", None) + ("never",) * 12,
    "jaundice": ("now_liver", "now_unchecked", "now_blocked", "now_harmless", "past", None) + ("never",) * 4,
    "cancer": ("liver_ever", "other_now", "being_checked", "past_finished", None) + ("none",) * 20,
    "transplant_talk": ("listed", "told_need", "not_possible", None) + ("not_needed_yet", "not_discussed") * 5,
    "child_pugh": ("A", "B", "C") + (None,) * 7,
    "has_papers": ("yes", "yes", "yes", "yes", "yes", "not_now", "no", None),
    "scan_age": ("lt1m", "gt12m", None),
    "labs_age": ("lt1m", "1to6m", "6to12m", "gt12m", None),
}
SOME_OF: Mapping[str, tuple[float, tuple[str | None, ...]]] = {
    "red_flags": (0.06, ("vomit_blood", "jaundice_fast", "seen", "seen", None)),
    "cause": (1.5, ("hbv", "hcv", "alcohol", "masld", "bile_duct", None)),
    "situation": (0.06, ("pregnant", "maybe_pregnant", "breastfeeding", "transplanted", None)),
    "other_comp": (0.15, ("sbp", "kidney_liver", None)),
    "other_health": (0.4, ("infection_now", "blood_thinner", "heart_failure", None)),
}
"""How many are ticked on average, and of what."""

NUMBERS: Mapping[str, tuple[float, tuple[str, ...]]] = {
    "age": (1, ("17", "18", "34", "35", "50", "64", "65", "90")),
    "lsm": (0.6, ("1.5", "6.9", "7.0", "7.1", "7.9", "8.0", "8.1", "14.9", "15.0", "15.1", "75")),
    "alt": (0.4, ("1", "25", "60", "199", "200", "201", "10000")),
    "ast": (0.4, ("6", "40", "85", "199", "200", "201", "10000")),
    "ggt": (0.2, ("1", "500")),
    "platelets": (0.5, ("1", "49", "149", "149.999", "150", "199.99", "200", "2000")),
    "bilirubin": (0.8, ("1", "34.2", "34.201", "51.299", "51.3", "51.301", "60", "84.999", "85", "85.001", "600")),
    "albumin": (0.4, ("5", "34.999", "35", "70")),
    "inr": (0.5, ("0.5", "1.49", "1.5", "1.51", "10")),
    "meld": (0.3, ("6", "14", "15", "40")),
}
"""How often each is known, and numbers at, just below and just above what the model compares it with."""

WORSE = {"lsm": 1, "bilirubin": 1, "inr": 1, "meld": 1, "platelets": -1, "albumin": -1}
"""The numbers of which a higher one (a lower one) never gives a milder category."""

TOLD = [code for code in ONE_OF["told"] if code and code != "scarring_not_said"]
CHANGES = (
    *(("told", mild, worse) for at, mild in enumerate(TOLD) for worse in TOLD[at + 1 :]),
    *(("ascites", "never", worse) for worse in ("now", "past")),
    *(("he", "never", worse) for worse in ("now", "past")),
    *(("bleed", "never", worse) for worse in ("recent", "past", "varices_no_bleed")),
    ("jaundice", "never", "now_liver"),
)


def drawn(random: Random) -> dict[str, Any]:
    """One answer set."""
    found: dict[str, Any] = {name: random.choice(options) for name, options in ONE_OF.items()}
    for name, (often, options) in SOME_OF.items():
        found[name] = frozenset(code for code in options if random.random() < often / len(options))
    for name, (often, numbers) in NUMBERS.items():
        found[name] = Decimal(random.choice(numbers)) if random.random() < often else None
    return found


def worse_answers(answers: Answers) -> Iterator[dict[str, Any]]:
    """The same answers with one that is more serious, or with a cause that is no longer known."""
    for name, sign in WORSE.items():
        for number in map(Decimal, NUMBERS[name][1]):
            if answers[name] is not None and sign * number > sign * answers[name]:
                yield {**answers, name: number}
    for name, mild, worse in CHANGES:
        if answers[name] == mild:
            yield {**answers, name: worse}
    yield {**answers, "cause": frozenset({None})}


def check(liver: LoadedRules, seed: int, count: int) -> int:
    """Compare many answer sets and what one worse answer makes of one in ten; how many had a number first."""
    random = Random(seed)
    number_first = 0
    for place in range(count):
        answers = drawn(random)
        found = compare(liver, answers, seed)
        if all(Settled(truth).number_first for truth in truths(counted(answers))):
            number_first += 1
            assert found.isdisjoint({"early_cirrhosis", "fibrosis", "no_sign"}), (seed, answers)
        if place % 10 == 0 and len(found) == 1 and found <= SEVERITY.keys():
            [mild] = found
            for worse in worse_answers(answers):
                others = compare(liver, worse, seed)
                assert len(others) > 1 or SEVERITY.get(next(iter(others)), 9) >= SEVERITY[mild], (seed, answers, worse)
    return number_first


def compare(liver: LoadedRules, answers: Answers, seed: int) -> frozenset[str]:
    """The possible categories, which are the same for the rules and for the model."""
    found = possible(answers)
    outcome = liver.engine.evaluate(answers)
    assert outcome.possible == found, (seed, answers)
    assert outcome.category == (next(iter(found)) if len(found) == 1 else "unclear"), (seed, answers)
    return found


def test_some_hundred_answer_sets_are_decided_as_the_model_decides_them(
    liver: LoadedRules,
) -> None:
    assert check(liver, 1, 600) > 20


@pytest.mark.slow
def test_thirty_thousand_new_answer_sets_are_decided_as_the_model_decides_them(liver: LoadedRules) -> None:
    assert check(liver, SystemRandom().randrange(10**9), 30_000) > 1_000
