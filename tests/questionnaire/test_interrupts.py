"""What cannot wait: shown as soon as it is certain, once, with a way to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rulefiles.edited import DATA, edited
from tests.support.person import answer_page, answer_until, begin, complete, inputs_with
from tests.support.web import Web, shown_values
from tests.support.web_fixtures import make_app

URGENT_SIGNS = [
    ("vomit_blood", "now"),
    ("black_stool", "now"),
    ("confusion", "now"),
    ("breathless", "now"),
    ("collapse", "now"),
    ("severe_pain", "now"),
    ("fever_fluid", "now"),
    ("jaundice_fast", "today"),
]


@pytest.mark.parametrize(("sign", "speed"), URGENT_SIGNS)
def test_a_warning_sign_is_answered_with_help_at_once(web: Web, sign: str, speed: str) -> None:
    begin(web)
    shown = web.submit({"red_flags": [sign]})
    assert web.path == "/help-first"
    rule_set = web.service.rules.rule_set
    steps = next(defined for defined in rule_set.emergency.speeds if defined.id == speed).steps
    assert shown.one("h1").text == f"Get medical help {speed}"
    assert [element.text for element in shown.one("ol").all("li")] == list(steps)
    assert rule_set.question["red_flags"].option[sign].text in shown.text
    numbers = [element["href"] for element in shown.all("a") if element["href"].startswith("tel:")]
    assert numbers == [f"tel:{number.number}" for number in rule_set.emergency.numbers]


@pytest.mark.parametrize(("sign", "on_result"), [("vomit_blood", ["ol", "ul", "ol"]), ("jaundice_fast", ["ol", "ul"])])
def test_the_numbers_stand_above_the_steps_and_on_the_result_right_below_the_step_that_is_a_call(
    web: Web, sign: str, on_result: list[str]
) -> None:
    """For "today" the first step is the liver team, so that on the result the numbers stand below all steps."""
    begin(web)
    interrupt = web.submit({"red_flags": [sign]}).one("section", class_="emergency")
    assert [element.tag for element in interrupt.all("ul", "ol")] == ["ul", "ol"]
    web.client.delete_cookie("answers")
    complete(web, red_flags=(sign,))
    result = web.get("/result").one("section", class_="result-head is-urgent")
    assert [element.tag for element in result.all("ul", "ol")] == on_result


def test_an_emergency_stands_above_everything_with_nothing_to_read_instead(web: Web) -> None:
    begin(web)
    shown = web.submit({"red_flags": ["vomit_blood"]})
    assert not [element for element in shown.all("a") if element["href"].startswith("/read")]
    assert "stem" not in shown.one("main").text.lower()


def test_a_person_may_go_on_and_is_not_interrupted_again_for_the_same(web: Web) -> None:
    shown = complete(web, red_flags=("vomit_blood",))
    assert shown.count("/help-first") == 1
    assert shown[:4] == ["/", "/who", "/questions/red_flags", "/help-first"]
    result = web.get("/result")
    assert result.one("h1").text == "Get medical help now"


def test_changing_another_answer_does_not_interrupt_again(web: Web) -> None:
    complete(web, red_flags=("vomit_blood",))
    web.get("/questions/age")
    web.submit({"age": "61"})
    assert web.path == "/check"


def test_what_stopped_and_began_again_interrupts_again(web: Web) -> None:
    complete(web, red_flags=("vomit_blood",))
    for signs, leads_to in ((["none"], "/check"), (["vomit_blood"], "/help-first")):
        web.get("/questions/red_flags")
        web.submit({"red_flags": signs})
        assert web.path == leads_to


def test_a_second_sign_of_another_kind_interrupts_too(web: Web) -> None:
    complete(web, red_flags=("jaundice_fast",))
    web.get("/questions/red_flags")
    web.submit({"red_flags": ["jaundice_fast", "collapse"]})
    assert web.path == "/help-first"
    assert web.page.one("h1").text == "Get medical help now"


def test_a_sign_ticked_by_mistake_can_be_taken_back(web: Web) -> None:
    begin(web)
    web.submit({"red_flags": ["collapse"]})
    web.follow("Change this answer")
    assert web.path == "/questions/red_flags"
    assert shown_values(web.page, "red_flags") == ["collapse"]
    web.submit({"red_flags": ["none"]})
    assert web.path == "/questions/age"


def test_a_number_typed_by_mistake_can_be_taken_back(web: Web) -> None:
    begin(web)
    numbers = {"bilirubin": "140", "bilirubin_unit": "umol/L", "inr": "1.8"}
    answer_until(web, inputs_with(web, has_papers="yes", labs_age="lt1m", **numbers), "/help-first")
    web.follow("Change this answer")
    assert web.path == "/questions/blood_test"


def test_not_sure_about_the_signs_is_no_certain_emergency_and_the_result_begins_with_help(web: Web) -> None:
    shown = complete(web, red_flags=("?",))
    assert "/help-first" not in shown
    result = web.get("/result")
    first = next(element for element in result.one("main").all("section", "header"))
    assert "is-urgent" in first.classes
    assert "Get medical help today" in first.text


def test_fluid_with_an_infection_interrupts_once_both_are_said(web: Web) -> None:
    shown = complete(web, ascites="now", other_health=("infection_now",))
    assert shown[shown.index("/help-first") - 1] == "/questions/other_health"
    assert web.path == "/check"


def test_two_high_numbers_interrupt_as_soon_as_they_are_confirmed(web: Web) -> None:
    numbers = {"bilirubin": "140", "bilirubin_unit": "umol/L", "inr": "1.8"}
    shown = complete(web, has_papers="yes", labs_age="lt1m", **numbers)
    assert shown[-3:] == ["/questions/blood_test/confirm", "/help-first", "/check"]
    other = Web(web.client.application)
    assert "/help-first" not in complete(other, has_papers="yes", labs_age="1to6m", **numbers)


def test_under_18_interrupts_at_once_and_offers_to_read(web: Web) -> None:
    begin(web)
    answer_until(web, inputs_with(web), "/questions/age")
    shown = web.submit({"age": "17"})
    assert web.path == "/help-first"
    assert shown.one("h1").text == "Please read this first"
    assert "You gave an age of 17 years." in shown.text
    assert [element for element in shown.one("main").all("a") if element["href"] == "/read/"]
    answer_page(web, {})
    assert web.path == "/questions/told"


def test_at_18_nothing_interrupts(web: Web) -> None:
    assert "/help-first" not in complete(web, age="18")


def test_a_child_with_a_warning_sign_is_first_told_to_get_help(web: Web) -> None:
    shown = complete(web, age="16", red_flags=("breathless",))
    assert shown.count("/help-first") == 2
    web.get("/help-first")
    assert web.page.one("h1").text == "Get medical help now"


@pytest.mark.parametrize("path", ["/questions/age", "/questions/told", "/continue"])
def test_going_on_by_address_does_not_lose_the_emergency(web: Web, path: str) -> None:
    begin(web)
    web.submit({"red_flags": ["collapse"]})
    web.get(path)
    answer_until(web, inputs_with(web, red_flags=("collapse",)))
    assert web.visited.count("/help-first") >= 2  # once at the sign, and once more before the next answers
    assert web.get("/result").one("h1").text == "Get medical help now"


def test_with_nothing_to_show_the_address_leads_on(web: Web) -> None:
    begin(web)
    web.get("/help-first")
    assert web.path == "/questions/red_flags"


def test_leaving_an_interrupt_that_is_not_there_changes_nothing(web: Web) -> None:
    begin(web)
    token = web.page.one("input", name="csrf_token")["value"]
    web.post("/help-first", {"csrf_token": token})
    assert web.path == "/questions/red_flags"
    web.submit({"red_flags": ["collapse"]})
    assert web.path == "/help-first"


def test_what_does_not_wait_tells_values_of_what_was_answered(tmp_path: Path) -> None:
    nine = (DATA / "rules" / "nine_items.yaml").read_text(encoding="utf-8")
    told = ('because: "You said of rot: {rot}."', 'because: "You said of rot: {rot}. The total is {total}."')
    rules = tmp_path / "nine.yaml"
    rules.write_text(edited(told, text=nine), encoding="utf-8")
    web = Web(make_app(tmp_path, rules=str(rules)))
    begin(web)
    items = ("leaves_yellow", "leaves_fallen", "soil_dry", "spots", "stems_bent", "growth_slow", "flowers_pale")
    shown = web.submit({**dict.fromkeys(items, "few_days"), "insects": "?", "rot": "each_day"})
    assert web.path == "/help-first"
    assert "The total is between 10 and 13." in shown.text


def test_a_sign_beside_none_of_these_counts_and_the_page_says_that_it_is_to_be_unticked(web: Web) -> None:
    begin(web)
    shown = web.submit({"red_flags": ["vomit_blood", "none"]})
    assert web.path == "/help-first"
    none = web.service.rules.rule_set.question["red_flags"].option["none"].text
    assert f"A sign that stays ticked counts, even beside “{none}”: untick it." in shown.text


def test_an_advice_to_get_help_is_not_taken_back_by_the_mark_of_a_test(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path, demonstration="1"))
    begin(web)
    shown = web.submit({"red_flags": ["?"]})
    marks = [shown]
    assert web.path == "/help-may-be-needed"
    web = Web(make_app(tmp_path / "other", demonstration="1"))
    complete(web, he="unchecked")
    marks += [web.get("/before-result"), web.get("/result"), web.get("/summary")]
    for page in marks:
        assert "this advice to get help is real" in page.one("aside", class_="test-mark").text
    web = Web(make_app(tmp_path / "calm", demonstration="1"))
    complete(web)
    assert "not health advice" in web.get("/result").one("aside", class_="test-mark").text
