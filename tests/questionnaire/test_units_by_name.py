"""A page with units that people know by their names offers these, and speaks of no range."""

from __future__ import annotations

from pathlib import Path

from tests.rulefiles.edited import edited
from tests.support.person import begin
from tests.support.web import Web
from tests.support.web_fixtures import make_app

BY_NAME = (
    ("unit_question: Which letters stand on the scale?", "unit_question: In which unit?\n        units_by_name: true"),
    ("            printed_range: kg\n", ""),
    ("printed_range: g, ", ""),
)


def test_units_are_chosen_by_name(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(edited(*BY_NAME), encoding="utf-8")
    web = Web(make_app(tmp_path, rules=str(file)))
    begin(web)
    for answers in ({"signs": "none"}, {"leaves": "upright"}, {"age": "3", "soil": "dry", "light": "sun"}):
        web.submit(answers)
    assert web.path == "/questions/scale"
    units = web.page.one("fieldset", class_="units")
    assert [label.text for label in units.all("label")] == ["kg", "g", "I'm not sure"]
    shown = web.submit({"weight": "2"}, status=400)
    assert "Choose the unit of your number." in shown.text
    assert "range" not in shown.one("main").text
