"""The rules on mood as one plainly written Python function: what deciding `rules/phq-9.yaml` is measured against.

It takes the answers that the rules read, all of them settled, and returns the category.
"""

from __future__ import annotations

from typing import Any

SCORES = {"not_at_all": 0, "several_days": 1, "more_than_half": 2, "nearly_every_day": 3}


def decide(a: dict[str, Any]) -> str:
    """The category of a settled answer set."""
    if a["thoughts"] != "not_at_all":
        return "urgent"
    if a["age"] == "under_18":
        return "not_covered"
    total = (
        SCORES[a["interest"]]
        + SCORES[a["down"]]
        + SCORES[a["sleep"]]
        + SCORES[a["tired"]]
        + SCORES[a["appetite"]]
        + SCORES[a["failure"]]
        + SCORES[a["concentrating"]]
        + SCORES[a["moving"]]
    )
    if total >= 20:
        return "from_20"
    if total >= 15:
        return "from_15"
    if total >= 10:
        return "from_10"
    return "from_5" if total >= 5 else "below_5"
