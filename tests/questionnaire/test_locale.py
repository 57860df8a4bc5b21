"""The language of a person: from the browser, changed on every page, and nothing typed is lost by it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from screening.config.settings import SettingsError
from screening.questionnaire.answers_cookie import MAX_AGE
from screening.rulefiles.review.state import Role
from tests.conftest import ROOT
from tests.support.page import Element
from tests.support.pdf import words_of
from tests.support.person import answer_page, begin, complete, inputs_with
from tests.support.reviewing import signed, small_copy
from tests.support.translating import longer, translate
from tests.support.web import Web, form_values, shown_values
from tests.support.web_fixtures import make_app

RULES = ROOT / "rules"


def translated_to(text: str) -> str:
    return f"{text} lah"


@pytest.fixture(scope="session")
def liver_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The liver rules with translations, one of them into a language for which there are no messages."""
    folder = tmp_path_factory.mktemp("rules")
    shutil.copytree(RULES / "illustrations", folder / "illustrations")
    for name in ("liver.yaml", "liver.cases.yaml"):
        shutil.copy(RULES / name, folder / name)
    translate(folder / "liver.yaml", "ms", translated_to)
    translate(folder / "liver.yaml", "fil", translated_to)
    translate(folder / "liver.yaml", "zh-Hans", longer)
    return folder / "liver.yaml"


@pytest.fixture(scope="session")
def spoken_app(liver_copy: Path) -> Flask:
    return make_app(liver_copy.parent, rules=str(liver_copy))


@pytest.fixture
def web(spoken_app: Flask) -> Web:
    return Web(spoken_app)


def speak(web: Web, language: str, **typed: str | list[str]) -> Element:
    """Press the button of a language, with all that is on the page and this typed in."""
    (pressed,) = web.page.all("button", name="language", value=language)
    form = web.page.one("form", id=pressed["form"])
    return web.post(form["action"], {**form_values(form), **typed, "language": language})


def title(web: Web) -> str:
    return web.page.one("p", class_="service").text


# --- from the browser --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ms-MY,ms;q=0.9,en;q=0.8", "ms"),
        ("zsm", "ms"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW,zh-HK;q=0.9", "en"),
        ("zh-TW,ms;q=0.5", "ms"),
        ("fr;q=1,ms;q=0.1", "ms"),
        ("en;q=0.5,ms;q=0.9", "ms"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        (";;q=x,,-,_", "en"),
    ],
)
def test_the_browser_says_which_language_comes_first(web: Web, accepted: str, language: str) -> None:
    web.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = accepted
    page = web.get("/")
    assert page.one("html")["lang"] == language
    assert page.one("html")["dir"] == "ltr"


def test_where_one_language_is_offered_nothing_is_said_of_others(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path, rules=str(small_copy(tmp_path))))
    page = web.get("/")
    assert page.all("nav", class_="languages") == []
    assert web.client.get_cookie("language") is None


# --- changed on a page -------------------------------------------------------------------------------


def test_each_language_is_offered_by_its_own_name_and_the_present_one_is_marked(web: Web) -> None:
    nav = web.get("/").one("nav", class_="languages")
    assert [element.text for element in nav.all("li")] == ["English", "Filipino", "Bahasa Melayu", "简体中文"]
    assert [element.text for element in nav.all("span") if element["aria-current"] == "true"] == ["English"]
    assert [element["lang"] for element in nav.all("button", name="language")] == ["fil", "ms", "zh-Hans"]


@pytest.mark.parametrize("path", ["/", "/emergency", "/about", "/read/", "/read/law", "/deleted", "/who", "/delete"])
def test_a_page_is_opened_again_in_the_language_chosen(web: Web, path: str) -> None:
    web.get(path)
    page = speak(web, "fil")
    assert web.path == path
    assert page.one("html")["lang"] == "fil"
    assert title(web).endswith("lah")
    assert title(web) == web.get("/read/").one("p", class_="service").text


def test_the_whole_way_is_spoken_in_the_language_chosen(web: Web) -> None:
    web.get("/")
    speak(web, "fil")
    complete(web)
    for path in ("/check", "/before-result", "/result", "/summary", "/questions/told", "/about"):
        page = web.get(path)
        assert page.one("html")["lang"] == "fil"
    assert web.get("/questions/told").one("h1").text == "What has a doctor told you about scarring of the liver? lah"
    assert "You told us" not in web.get("/result").one("h1").text
    assert web.get("/result").one("h1").text.endswith("lah")


def test_every_answer_stays_when_the_language_changes(web: Web) -> None:
    complete(web)
    before = [element.text for element in web.get("/check").all("dd")]
    speak(web, "fil")
    after = [element.text for element in web.page.all("dd")]
    assert len(after) == len(before)
    assert after != before
    speak(web, "en")
    assert [element.text for element in web.page.all("dd")] == before


def test_what_is_typed_stays_though_it_was_never_sent(web: Web) -> None:
    begin(web)
    answer_page(web, inputs_with(web))
    assert web.path == "/questions/age"
    page = speak(web, "fil", age="about fifty")
    assert web.path == "/questions/age"
    assert shown_values(page, "age") == ["about fifty"]
    assert page.one("h1").text.endswith("lah")
    assert not page.all(id="error-summary")
    assert shown_values(web.get("/questions/age"), "age") == ["about fifty"]  # Reload loses nothing of it


def test_what_is_ticked_and_chosen_stays(web: Web) -> None:
    begin(web)
    page = speak(web, "fil", red_flags=["confusion", "none"])
    assert sorted(shown_values(page, "red_flags")) == ["confusion", "none"]
    web.get("/who")
    assert shown_values(speak(web, "zh-Hans", who="helper"), "who") == ["helper"]
    web.submit()
    assert shown_values(web.get("/who"), "who") == ["helper"]


def test_a_tick_below_a_number_read_back_stays(web: Web) -> None:
    begin(web)
    inputs = inputs_with(web, has_papers="yes", ast="1200")
    while not web.path.endswith("/confirm"):
        answer_page(web, inputs)
    page = speak(web, "fil", checked=["ast"])
    assert web.path.endswith("/confirm")
    assert shown_values(page, "checked") == ["ast"]


def test_changing_the_language_neither_deletes_nor_goes_on(web: Web) -> None:
    complete(web)
    cookie = web.cookie()
    web.get("/delete")
    speak(web, "fil")
    assert (web.path, web.cookie()) == ("/delete", cookie)
    red = Web(web.client.application)
    begin(red)
    red.submit({"red_flags": ("collapse",)})
    assert red.path == "/help-first"
    speak(red, "fil")
    assert red.path == "/help-first"
    assert red.page.one("h1").text == "Get medical help now lah"


def test_enter_in_a_form_still_goes_on(web: Web) -> None:
    begin(web)
    answer_page(web, inputs_with(web))
    buttons = [
        element for element in web.page.all("button") if element["form"] == "questions" or element.within("form")
    ]
    assert buttons[0]["name"] == ""
    assert buttons[0]["aria-hidden"] == "true"


def test_a_page_has_one_form_at_most(web: Web) -> None:
    complete(web)
    for path in ("/", "/who", "/questions/age", "/check", "/result", "/delete", "/read/"):
        assert len(web.get(path).all("form")) == 1, path


# --- the cookie ----------------------------------------------------------------------------------------


def test_the_choice_is_kept_as_long_as_answers_and_says_nothing_else(web: Web) -> None:
    web.get("/")
    speak(web, "fil")
    cookie = web.client.get_cookie("language")
    assert cookie is not None
    assert (cookie.value, cookie.max_age, cookie.http_only, cookie.same_site) == ("fil", MAX_AGE, True, "Lax")


@pytest.mark.parametrize("value", ["xx", "", "fil; x", "../fil", "FIL"])
def test_a_choice_that_is_not_offered_is_no_choice(web: Web, value: str) -> None:
    web.client.set_cookie("language", value)
    assert web.get("/").one("html")["lang"] == "en"


def test_the_language_is_changed_by_our_own_pages_alone(web: Web) -> None:
    web.get("/")
    refused = web.client.post("/language", data={"language": "fil", "back": "/"}, follow_redirects=True)
    assert refused.status_code == 400
    assert web.client.get_cookie("language") is None


@pytest.mark.parametrize(
    "back",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "",
        "/nothing",
        "//[",
        "/%0d",
    ],
)
def test_no_other_address_is_opened_by_it(web: Web, back: str) -> None:
    form = web.get("/").one("form")
    token = form_values(form)["csrf_token"]
    response = web.client.post("/language", data={"language": "fil", "back": back, "csrf_token": token})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("back", ["\n//x", "/\r\nSet-Cookie: a=b", "/who\r", "/\t/x", "/\x00"])
def test_an_address_with_line_ends_is_refused_calmly(web: Web, back: str) -> None:
    form = web.get("/").one("form")
    token = form_values(form)["csrf_token"]
    fields = {"language": "fil", "back": back, "csrf_token": token}
    response = web.client.post("/language", data=fields, follow_redirects=True)
    assert response.status_code == 400
    assert response.request.path == "/problem"
    assert "Location" not in response.headers


# --- what is offered, and what is said of it -------------------------------------------------------------


def test_a_translation_that_nobody_signed_is_offered_in_a_demonstration_alone(tmp_path: Path) -> None:
    file = small_copy(tmp_path)
    translate(file, "fil", translated_to)
    demonstration = Web(make_app(tmp_path, rules=str(file)))
    demonstration.get("/")
    page = speak(demonstration, "fil")
    assert "No translator has reviewed this translation yet." in page.one("aside").text
    assert "translation not reviewed" in page.one("footer").text
    real = Web(make_app(tmp_path, rules=str(file), demonstration="0", serve_unreviewed="Dr Tan"))
    assert not real.get("/").all("nav", class_="languages")
    real.client.set_cookie("language", "fil")
    assert real.get("/").one("html")["lang"] == "en"


def test_a_signed_translation_is_offered_and_named_as_such(tmp_path: Path) -> None:
    file = small_copy(tmp_path)
    translate(file, "fil", translated_to)
    signed(file, Role.TRANSLATION, language="fil", on=date.today())
    web = Web(make_app(tmp_path, rules=str(file), demonstration="0", serve_unreviewed="Dr Tan"))
    web.get("/")
    page = speak(web, "fil")
    assert "No translator" not in page.text
    assert "translation reviewed" in page.one("footer").text


def test_a_gap_is_shown_in_the_original_and_marked(tmp_path: Path) -> None:
    file = small_copy(tmp_path)
    gaps = {"What does my plant need?", "The pot", "How does the soil feel?", "You ticked: {signs}."}
    translate(file, "fil", lambda text: "" if text in gaps else translated_to(text))
    web = Web(make_app(tmp_path, rules=str(file)))
    web.get("/")
    speak(web, "fil")
    assert web.page.one("h1").one("span", lang="en").text == "What does my plant need?"
    assert "<" not in web.page.one("title").text
    begin_small(web)
    web.submit({"signs": "lice"})
    assert [element.text for element in web.page.all("span", lang="en")][1:] == ["You ticked: Small green animals lah."]


def begin_small(web: Web) -> None:
    web.get("/who")
    web.submit({"who": "me"})


def test_a_broken_translation_keeps_it_from_starting(tmp_path: Path) -> None:
    file = small_copy(tmp_path)
    translate(file, "fil", lambda text: translated_to(text).replace("{signs}", ""))
    with pytest.raises(Exception, match="problems in") as raised:
        make_app(tmp_path, rules=str(file))
    assert not isinstance(raised.value, SettingsError)


# --- on paper ----------------------------------------------------------------------------------------------


def pdf_of(web: Web) -> bytes:
    return web.raw("/summary.pdf").get_data()


@pytest.mark.slow
def test_the_pdf_is_in_the_language_of_the_pages(web: Web) -> None:
    web.get("/")
    speak(web, "fil")
    complete(web)
    text = words_of(pdf_of(web))
    assert "What I answered about my liver lah" in text
    assert "translation not reviewed" in text
    assert "No translator has reviewed this translation yet." in " ".join(text.split())
    english = pdf_of(web)
    assert english == pdf_of(web)
    web.get("/check")
    speak(web, "en")
    assert pdf_of(web) != english


@pytest.mark.slow
def test_in_a_script_of_which_no_pdf_is_made_the_pdf_is_in_the_rule_files_language(tmp_path: Path) -> None:
    file = small_copy(tmp_path)
    translate(file, "ta", lambda text: f"{text} கொடு")
    web = Web(make_app(tmp_path, rules=str(file)))
    web.get("/")
    speak(web, "ta")
    complete_small(web)
    assert (
        "programs would read other letters than you see in this language, so the PDF is in English"
        in web.get("/summary").text
    )
    assert "கொடு" not in words_of(pdf_of(web))
    assert "What I said about my plant" in words_of(pdf_of(web))


def complete_small(web: Web) -> None:
    begin_small(web)
    web.submit({"signs": "none"})
    web.submit({"leaves": "upright"})
    web.submit({"age": "2", "soil": "dry", "light": "sun"})
    web.submit({"weight": "300", "weight-unit": "g"})


@pytest.mark.slow
def test_where_a_text_is_missing_the_pdf_is_in_one_language_all_the_same(tmp_path: Path) -> None:
    file = small_copy(tmp_path)
    translate(file, "fil", lambda text: "" if text == "The pot" else translated_to(text))
    web = Web(make_app(tmp_path, rules=str(file)))
    web.get("/")
    speak(web, "fil")
    complete_small(web)
    assert "so the PDF is in English" in web.get("/summary").text
    assert " lah" not in words_of(pdf_of(web))
