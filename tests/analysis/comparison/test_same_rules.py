"""Two rule sets decide alike word for word only where nothing differs that a category can depend on."""

from __future__ import annotations

import pytest

from screening.analysis.comparison.same_rules import decide_alike
from tests.rulefiles.edited import SMALL_TEXT, edited, rule_set_of

DECIDING = [
    ("minimum: 0.1", "minimum: 0.2"),
    ("maximum: 50\n", "maximum: 51\n"),
    ("factor: 0.001", "factor: 0.002"),
    ("            decimals: 1\n", "            decimals: 2\n"),
    ("text: Moist, score: 1}", "text: Moist, score: 1.1}"),
    ("leaves_open: [hanging, upright]", "leaves_open: [hanging]"),
    ("exclusive: true, yields: true", "yields: true"),
    ("        required: true\n", ""),
    ("if_not_asked: shade", "if_not_asked: sun"),
    ("ask_if: known(soil) and definitely(age >= 1)", "ask_if: known(soil)"),
    ("    part: measures\n", ""),
    ("definitely(weight < 0.5)}", "definitely(weight < 0.6)}"),
    ('when: any_of(signs, "lice")\n        because', 'when: any_of(signs, "mould")\n        because'),
]
CALM = [
    ("text: How does the soil feel?", "text: How is the soil?"),
    ("unusual_above: 20", "unusual_above: 30"),
    ("definitely(weight < 0.5)}", "definitely(weight < 0.50)}"),
    ("- id: dry_soil", "- id: soil_is_dry"),
    ('year: "2024"', 'year: "2025"'),
    ("text: Please look again by day.", "text: Please look again."),
]


@pytest.mark.parametrize("change", DECIDING, ids=[new.strip() or old.strip() for old, new in DECIDING])
def test_what_decides_makes_a_difference(change: tuple[str, str]) -> None:
    assert not decide_alike(rule_set_of(SMALL_TEXT), rule_set_of(edited(change)))


@pytest.mark.parametrize("change", CALM, ids=[new for _, new in CALM])
def test_what_does_not_decide_makes_none(change: tuple[str, str]) -> None:
    assert decide_alike(rule_set_of(SMALL_TEXT), rule_set_of(edited(change)))
