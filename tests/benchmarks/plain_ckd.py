"""The kidney rules as one plainly written Python function: what deciding `rules/ckd.yaml` is measured against.

It takes the answers that the rules read (a code, a frozenset of ticked codes, a `Decimal` in the stored unit) with every
strict question settled, and returns the category. It knows nothing of the expression language. Its powers have the 28
digits of Python's decimals.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

SIGNS = {
    "breathless",
    "confusion",
    "heartbeat",
    "no_urine",
    "blood_urine",
    "swelling",
    "fever_side",
    "nothing_stays",
}
OTHER_TABLES = {"pregnant", "dialysis", "transplant"}


def egfr(sex: str, age: Decimal, creatinine: Decimal) -> Decimal:
    """CKD-EPI 2021 from a creatinine in umol/L, in whole numbers."""
    milligrams = creatinine / Decimal("88.4")
    if sex == "female":
        ratio, power, factor = milligrams / Decimal("0.7"), Decimal("-0.241"), Decimal("143.704")
    else:
        ratio, power, factor = milligrams / Decimal("0.9"), Decimal("-0.302"), Decimal(142)
    number = factor * Decimal("0.9938") ** age * ratio ** (power if ratio <= 1 else Decimal("-1.2"))
    return number.quantize(Decimal(1), ROUND_HALF_UP)


def decide(a: dict[str, Any]) -> str:
    """The category of a settled answer set."""
    if not a["signs"].isdisjoint(SIGNS):
        return "urgent"
    age, acr = a["age"], a["acr"]
    if age < 18 or not a["situation"].isdisjoint(OTHER_TABLES):
        return "not_covered"
    filtering = egfr(a["sex"], age, a["creatinine"])
    if filtering >= 60 and acr < 3:
        return "green"
    if a["months"] != "yes":
        return "once"
    if filtering < 30 or (filtering < 45 and acr >= 3) or (filtering < 60 and acr > 30):
        return "red"
    if filtering < 45 or acr > 30 or (filtering < 60 and acr >= 3):
        return "orange"
    return "yellow"
