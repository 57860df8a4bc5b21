"""Scales that fit no number, or contradict the note that sends people to a doctor, are told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rulefiles.checks.number_scales import check_number_scales, time_frames
from tests.conftest import ROOT
from tests.rulefiles.edited import SMALL_TEXT, edited, mistakes, places, rule_set_of
from tests.support.every import for_every

LIVER = (ROOT / "rules" / "liver.yaml").read_text(encoding="utf-8")
NUMBERS = """
numbers:
  soon: look_again
  words: {very_low: very light, low: light, usual: usual, high: heavy, very_high: very heavy}
  remark: The scale of your kitchen counts.
  scales:
    - {id: weight, usual_from: 2, usual_to: 10, sources: [leaflet]}
"""
SMALL = edited(
    ("    part: measures\n    questions:", "    part: measures\n    read_back: true\n    questions:"),
    (
        '    when: definitely(leaves == "dark") or',
        '    when: light_pot or definitely(weight > 20) or definitely(leaves == "dark") or',
    ),
    ("    text: Please look again by day.\n", "    text: Please look again by day.\n    time_frame: Today\n"),
    ("\ndoctor_lines:", f"{NUMBERS}\ndoctor_lines:"),
    text=SMALL_TEXT,
)


def found(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    """What is wrong with the scales of the small rule file once it is changed."""
    rule_set = rule_set_of(edited(*changes, text=SMALL))
    return places([*check_number_scales(rule_set), *time_frames(rule_set)])


def test_nothing_is_wrong_with_right_scales(tmp_path: Path) -> None:
    assert found() == []
    assert mistakes(tmp_path, SMALL) == []


@for_every(
    ("change", "code", "path"),
    [
        (("soon: look_again", "soon: look_twice"), "name.missing", "numbers.soon"),
        (("\n    time_frame: Today", ""), "scale.no_time_frame", "numbers.soon"),
        (("low: light,", "low: Usual,"), "scale.word_twice", "numbers.words.usual"),
        (("{id: weight, usual_from", "{id: height, usual_from"), "name.missing", "numbers.scales.0.id"),
        (("{id: weight, usual_from", "{id: soil, usual_from"), "scale.no_number", "numbers.scales.0.id"),
        (("{id: weight, usual_from", "{id: age, usual_from"), "scale.no_number", "numbers.scales.0.id"),
        (("usual_from: 2, usual_to: 10, ", ""), "scale.no_limit", "numbers.scales.0"),
        (("usual_from: 2,", "usual_from: 12,"), "scale.order", "numbers.scales.0.usual_to"),
        (("usual_to: 10,", "usual_to: 51,"), "scale.outside", "numbers.scales.0.usual_to"),
        (("usual_from: 2, ", ""), "scale.no_side", "numbers.scales.0"),
        (("usual_to: 10,", "usual_to: 20,"), "scale.inside", "numbers.scales.0.usual_to"),
        (("usual_from: 2,", "usual_from: 0.5,"), "scale.inside", "numbers.scales.0.usual_from"),
        (("    kind: action\n", "    kind: caution\n"), "note.time_frame", "notes.0.time_frame"),
    ],
)
def test_a_mistake_in_a_scale_is_told_with_its_place(change: tuple[str, str], code: str, path: str) -> None:
    assert (code, path) in found(change)


def test_every_mistake_has_a_sentence_and_stops_the_loading(tmp_path: Path) -> None:
    (said,) = mistakes(tmp_path, edited(("usual_to: 10,", "usual_to: 20,"), text=SMALL))
    assert "from 20 on, which would be usual here (20)" in said


@pytest.mark.parametrize("member", ["very_low", "low", "usual", "high", "very_high"])
def test_no_zone_is_called_by_a_word_that_nobody_is_told(tmp_path: Path, member: str) -> None:
    line = next(one for one in LIVER.splitlines() if one.startswith(f"    {member}: "))
    said = mistakes(tmp_path, edited((f"\n{line}\n", f"\n    {member}: abnormal {member[:4]}\n"), text=LIVER))
    assert any("abnormal" in one for one in said)


def test_a_source_that_is_not_listed_is_told(tmp_path: Path) -> None:
    assert mistakes(
        tmp_path, edited(("usual_to: 10, sources: [leaflet]", "usual_to: 10, sources: [nowhere]"), text=SMALL)
    )
