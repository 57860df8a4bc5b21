"""A page that repeats is answered page by page without scripts, one more each time that there is one more."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from screening.questionnaire.current_request import current_assessment
from tests.support.person import begin
from tests.support.rules.repeated import with_sprays
from tests.support.web import Web, errors_on
from tests.support.web_fixtures import make_app


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A rule file with a page that repeats, served."""
    folder: Path = tmp_path_factory.mktemp("plants")
    file = folder / "small.yaml"
    file.write_text(with_sprays(), encoding="utf-8")
    return make_app(folder, rules=str(file))


def at_sprays(app: Flask, sprayed: str = "yes") -> Web:
    """Somebody who was asked whether the plant was sprayed."""
    web = Web(app)
    begin(web)
    before = ({"signs": "none"}, {"leaves": "hanging"}, {"age": "3", "soil": "moist", "light": "sun"})
    for answers in (*before, {"sprayed": sprayed}):
        web.submit(answers)
    return web


def spray(web: Web, number: int, kind: str, more: str) -> None:
    """Answer the page of one of them."""
    assert web.path == f"/questions/spray_{number}"
    assert web.page.one("h1").text == f"Spray {number}"
    assert f"beside these {number}?" in web.page.text
    times = {} if kind == "soap" else {f"times_{number}": "2"}
    web.submit({f"kind_{number}": kind, f"spray_more_{number}": more, **times})


def grounds(web: Web) -> set[str]:
    """The grounds of the result, once all is answered."""
    assert web.path == "/questions/scale"
    web.submit({"weight": "2", "weight-unit": "kg"})
    assert web.path == "/check"
    with web.client:
        web.get("/result")
        return set(current_assessment().outcome.grounds) & {"poisoned", "sprayed_twice"}


def test_one_after_the_other_is_added_until_there_is_none(plants: Flask) -> None:
    web = at_sprays(plants)
    spray(web, 1, "oil", "yes")
    spray(web, 2, "poison", "no")
    assert grounds(web) == {"poisoned", "sprayed_twice"}
    web.get("/check")
    assert "Spray 2 Poison" in web.page.text
    assert "Spray 3" not in web.page.text


def test_where_there_are_more_than_fit_only_what_is_settled_counts(plants: Flask) -> None:
    web = at_sprays(plants)
    for number, kind in enumerate(("soap", "soap", "poison"), 1):
        spray(web, number, kind, "yes")
    assert grounds(web) == {"poisoned"}, "of one more poison nobody knows"


def test_one_that_is_taken_back_counts_no_longer(plants: Flask) -> None:
    web = at_sprays(plants)
    spray(web, 1, "soap", "yes")
    spray(web, 2, "poison", "no")
    web.get("/questions/spray_1")
    web.submit({"spray_more_1": "no"})
    web.get("/questions/scale")
    assert grounds(web) == set()


@pytest.mark.parametrize("sprayed", ["no", "?"])
def test_without_a_first_one_none_is_asked_for(plants: Flask, sprayed: str) -> None:
    web = at_sprays(plants, sprayed)
    assert grounds(web) == set()


def test_whether_there_is_one_more_is_asked_before_the_way_goes_on(plants: Flask) -> None:
    web = at_sprays(plants)
    page = web.submit({"kind_1": "soap"}, status=400)
    assert list(errors_on(page)) == ["spray_more_1"]
