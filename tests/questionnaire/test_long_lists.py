"""A choice of more options than anybody looks through is a menu, on the patient's page, and is read as any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.forms.question_field import MOST_IN_SIGHT
from tests.rulefiles.edited import SMALL_TEXT, edited
from tests.support.person import begin
from tests.support.rules.long_lists import COUNTRIES, with_long_lists
from tests.support.web import Web, errors_on
from tests.support.web_fixtures import make_app

BEFORE = (
    {"signs": "none"},
    {"leaves": "upright"},
    {"age": "3", "soil": "moist", "light": "sun"},
    {"weight": "2", "weight-unit": "kg"},
)


def at_origin(folder: Path) -> Web:
    """Somebody at the question about countries."""
    file = folder / "small.yaml"
    file.write_text(with_long_lists(), encoding="utf-8")
    web = Web(make_app(folder, rules=str(file)))
    begin(web)
    for answers in BEFORE:
        web.submit(answers)
    assert web.path == "/questions/origin"
    return web


def test_a_country_is_chosen_from_a_menu_and_shown_again(tmp_path: Path) -> None:
    web = at_origin(tmp_path)
    menu = web.page.one("select", name="origin")
    codes = [option["value"] for option in menu.all("option")]
    assert codes == ["", "?", *COUNTRIES]
    assert not web.page.all("input", type="radio")
    assert len(web.page.all("input", type="checkbox")) == len(COUNTRIES) + 1
    web.submit({"origin": "MY", "seen": ["MY", "SG"]})
    assert web.path == "/check"
    assert {"Malaysia", "Singapore"} <= {word.strip(",") for word in web.page.text.split()}
    web.get("/questions/origin")
    assert [option["value"] for option in web.page.all("option") if option.has("selected")] == ["MY"]
    assert "It grew here: Malaysia." in web.get("/result").text


def test_a_menu_left_as_it_is_asks_for_an_answer_and_not_sure_is_one(tmp_path: Path) -> None:
    web = at_origin(tmp_path)
    page = web.submit({"seen": "?"}, status=400)
    assert list(errors_on(page)) == ["origin"]
    assert page.one("select", name="origin")["aria-describedby"] == "origin-error"
    web.submit({"origin": "?", "seen": "?"})
    assert web.path == "/check"
    web.get("/questions/origin")
    assert [option["value"] for option in web.page.all("option") if option.has("selected")] == ["?"]


@pytest.mark.parametrize(("more", "menus"), [(MOST_IN_SIGHT - 3, 0), (MOST_IN_SIGHT - 2, 1)])
def test_twenty_options_are_in_sight_and_one_more_is_a_menu(tmp_path: Path, more: int, menus: int) -> None:
    last = "          - {code: wet, text: Wet, score: 0}\n"
    added = "".join(f"          - {{code: wet_{index}, text: Wet {index}, score: 0}}\n" for index in range(more))
    file = tmp_path / "small.yaml"
    file.write_text(edited((last, last + added), text=SMALL_TEXT), encoding="utf-8")
    web = Web(make_app(tmp_path, rules=str(file)))
    begin(web)
    for answers in BEFORE[:2]:
        web.submit(answers)
    assert len(web.page.all("select", name="soil")) == menus
    assert len(web.page.all("input", type="radio", name="soil")) == (0 if menus else MOST_IN_SIGHT + 1)
    loaded = [script["src"] for script in web.page.all("script")]
    assert any("shorten.js" in address for address in loaded) == bool(menus)
