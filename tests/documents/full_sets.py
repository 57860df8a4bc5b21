"""Answer sets of every length: nothing answered, everything answered, and numbers far beyond the cut-offs."""

from __future__ import annotations

from screening.rulefiles.cases import Case
from screening.ruleset.reading import Answer, read_answer
from tests.cases import RULES

_FULL: dict[str, object] = {
    "red_flags": ["none"],
    "age": 61,
    "told": "cirrhosis_early",
    "cause": ["hbv", "masld"],
    "stage": "F3_F4",
    "ascites": "swelling_unchecked",
    "he": "never",
    "bleed": "varices_no_bleed",
    "jaundice": "past",
    "cancer": "none",
    "situation": ["none"],
    "transplant_talk": "not_needed_yet",
    "other_comp": ["none"],
    "child_pugh": "A",
    "meld": 9,
    "other_health": ["blood_thinner"],
    "has_papers": "yes",
    "lsm": 6.5,
    "scan_age": "lt1m",
    "alt": 45,
    "ast": 60,
    "ggt": 88,
    "platelets": {"value": "132000", "unit": "/uL"},
    "bilirubin": {"value": "1,2", "unit": "mg/dL"},
    "albumin": 38,
    "inr": 1.2,
    "labs_age": "lt1m",
}


def answered(**raw: object) -> dict[str, Answer]:
    """These raw answers, read."""
    return {name: read_answer(RULES.rule_set.question[name], each) for name, each in raw.items()}


LENGTHS: dict[str, Case] = {
    "nothing but what is required": Case("nothing", answered(age=50), {}),
    "nothing but no warning signs": Case("calm", answered(age=50, red_flags=["none"]), {}),
    "everything": Case("everything", answered(**_FULL), {}),
    "everything, far beyond": Case("beyond", answered(**{**_FULL, "ascites": "now", "lsm": 70, "bilirubin": 900}), {}),
}
"""By length; what is not named is not answered."""
SHORT = ("nothing but no warning signs",)
"""Two pages at most. Where even the warning signs are open, the call for help makes it a third."""
