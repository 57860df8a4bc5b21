"""Every address of the application: each is opened here, and does what its method promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.support.person import answer_until, begin, complete, inputs_with
from tests.support.sharing import deny_deletion, open_form, shared, visiting, visiting_restricted
from tests.support.web import Web, form_values

Open = Callable[[Web], object]


def numbers_to_confirm(web: Web) -> None:
    """A browser whose numbers wait to be confirmed."""
    begin(web)
    answer_until(web, inputs_with(web, has_papers="yes", lsm="6.5", scan_age="?"), "/questions/scan/confirm")


def interrupted(web: Web) -> None:
    """A browser to which an interrupt is shown."""
    begin(web)
    web.submit({"red_flags": ["collapse"]})


def maybe_interrupted(web: Web) -> None:
    """A browser to which it is shown that help may be needed."""
    begin(web)
    web.submit({"red_flags": ["?"]})


def after(prepare: Open, path: str) -> Open:
    """Opening a path after something."""

    def open_it(web: Web) -> object:
        prepare(web)
        return web.get(path)

    return open_it


def sent(prepare: Open, path: str) -> Open:
    """Sending the form of a path after something."""

    def send_it(web: Web) -> object:
        prepare(web)
        web.get(path)
        form = web.page.one("form")
        name, value = ("who", "me") if path == "/who" else ("age", "51")
        return web.submit({name: value} if form.all("input", name=name) else {})

    return send_it


def pdf_of(web: Web) -> bytes:
    """The PDF of what was sent first."""
    visiting(web)
    content: bytes = web.raw("/status/result/0/summary.pdf").data
    return content


def left(web: Web) -> None:
    """A browser that ended its visit."""
    visiting(web)
    web.submit()


def not_asked(web: Web) -> object:
    """Somebody who did not ask for what they sent to be deleted."""
    visiting_restricted(web)
    return deny_deletion(web)


def nothing(web: Web) -> None:
    """A browser that has opened nothing."""


def saved_file(web: Web) -> object:
    """Answers saved in a sealed file."""
    complete(web)
    web.get("/save")
    web.submit()
    form = web.page.one("form")
    return web._sent("POST", form["action"], form_values(form)).status_code == 200


def words_shown(web: Web) -> object:
    """The words of a file, opened once more."""
    complete(web)
    web.get("/save")
    web.submit()
    return web.get("/save/words").all("ol", class_="phrase")


def form_refused(web: Web) -> object:
    """What is said of a form that is none of ours, opened once more."""
    web.get("/delete")
    web.post("/delete", {}, status=400)
    return web.get("/problem", status=400).one("h1").text == "Please try again"


def plain(path: str) -> Open:
    """An address for machines: what it answers is no page."""
    return lambda web: web.raw(path).status_code == 200


def nothing_opened(web: Web) -> object:
    """The form for a saved file, sent without one."""
    web.get("/open")
    return web.submit(status=400)


ROUTES: dict[tuple[str, str], Open] = {
    ("health.alive", "GET"): plain("/healthz"),
    ("health.ready", "GET"): plain("/readyz"),
    ("start.start", "GET"): after(nothing, "/"),
    ("start.emergency", "GET"): after(nothing, "/emergency"),
    ("start.about", "GET"): after(nothing, "/about"),
    ("articles.contents", "GET"): after(nothing, "/read/"),
    ("articles.article", "GET"): after(nothing, "/read/ask_clinic"),
    ("questions.who", "GET"): after(nothing, "/who"),
    ("questions.choose_who", "POST"): sent(nothing, "/who"),
    ("questions.resume", "GET"): after(complete, "/continue"),
    ("questions.question", "GET"): after(complete, "/questions/age"),
    ("questions.answer", "POST"): sent(complete, "/questions/age"),
    ("questions.confirm", "GET"): after(numbers_to_confirm, "/questions/scan/confirm"),
    ("questions.confirm_numbers", "POST"): sent(numbers_to_confirm, "/questions/scan/confirm"),
    ("interrupts.interrupt", "GET"): after(interrupted, "/help-first"),
    ("interrupts.leave_interrupt", "POST"): sent(interrupted, "/help-first"),
    ("interrupts.open_interrupt", "GET"): after(maybe_interrupted, "/help-may-be-needed"),
    ("interrupts.leave_open_interrupt", "POST"): sent(maybe_interrupted, "/help-may-be-needed"),
    ("questions.check_answers", "GET"): after(complete, "/check"),
    ("results.before_result", "GET"): after(complete, "/before-result"),
    ("results.result", "GET"): after(complete, "/result"),
    ("results.summary", "GET"): after(complete, "/summary"),
    ("results.download", "GET"): lambda web: complete(web) and web.raw("/summary.pdf").data.startswith(b"%PDF-"),
    ("results.ask_to_delete", "GET"): after(nothing, "/delete"),
    ("results.delete", "POST"): sent(complete, "/delete"),
    ("results.after_deletion", "GET"): after(nothing, "/deleted"),
    ("saving.save", "GET"): after(complete, "/save"),
    ("saving.choose_words", "POST"): sent(complete, "/save"),
    ("saving.show_words", "GET"): words_shown,
    ("saving.show_opened", "GET"): after(complete, "/opened"),
    ("questions.answers_gone", "GET"): after(nothing, "/answers-gone"),
    ("problem", "GET"): form_refused,
    ("saving.file", "POST"): saved_file,
    ("saving.plain_text", "GET"): lambda web: complete(web) and web.raw("/save/answers.txt").status_code == 200,
    ("saving.ask_for_file", "GET"): after(nothing, "/open"),
    ("saving.open_saved", "POST"): nothing_opened,
    ("start.privacy", "GET"): after(nothing, "/privacy"),
    ("sharing.offer", "GET"): after(complete, "/share"),
    ("sharing.begin", "POST"): sent(complete, "/share"),
    ("sharing.form", "GET"): after(open_form, "/share/form"),
    ("sharing.submit", "POST"): shared,
    ("sharing.show_receipt", "GET"): after(shared, "/shared"),
    ("status.look_up", "GET"): after(nothing, "/status"),
    ("status.enter", "POST"): visiting,
    ("status.overview", "GET"): after(visiting, "/status/standing"),
    ("status.version", "GET"): after(visiting, "/status/result/0"),
    ("status.download", "GET"): lambda web: pdf_of(web).startswith(b"%PDF-"),
    ("status.leave", "POST"): left,
    ("amending.ask_to_correct", "GET"): after(visiting, "/status/answers"),
    ("amending.correct", "POST"): sent(visiting, "/status/answers"),
    ("amending.reach", "GET"): after(visiting, "/status/reach"),
    ("amending.change", "POST"): sent(visiting, "/status/reach"),
    ("amending.ask_to_withdraw", "GET"): after(visiting, "/status/withdraw"),
    ("amending.take_back", "POST"): sent(visiting, "/status/withdraw"),
    ("amending.deny_deletion", "POST"): not_asked,
    ("file", "GET"): lambda web: web.raw("/static/style.css").status_code == 200,
    ("locale.change", "POST"): lambda web: web.post(
        "/language", {**form_values(web.get("/").one("form")), "language": "ms"}
    ),
    ("verification.verify", "GET"): after(nothing, "/verify"),
    ("verification.show_verdict", "POST"): lambda web: (web.get("/verify"), web.submit(status=400)),
    ("verification.schema", "GET"): lambda web: web.raw("/schema/summary.schema.json").status_code == 200,
}


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route[1]} {route[0]}")
def test_an_address_does_what_it_is_for(web: Web, route: tuple[str, str]) -> None:
    endpoint, method = route
    assert ROUTES[route](web) is not False
    adapter = web.client.application.url_map.bind("localhost")
    assert endpoint in {adapter.match(path, method)[0] for path in web.visited if adapter.test(path, method)}


def test_every_address_is_opened_here(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("desk")]
    known = {(rule.endpoint, method) for rule in rules for method in rule.methods or ()}
    assert {route for route in known if route[1] in ("GET", "POST")} == set(ROUTES)
    assert {route[1] for route in known} == {"GET", "POST", "HEAD", "OPTIONS"}


@pytest.mark.slow
def test_nothing_is_changed_by_opening_an_address(web: Web) -> None:
    complete(web)
    before = web.cookie()
    for endpoint, method in ROUTES:
        if method == "GET" and endpoint != "file":
            path = next(rule for rule in web.client.application.url_map.iter_rules() if rule.endpoint == endpoint)
            web.raw(path.rule.replace("<page_id>", "age").replace("<article_id>", "cost"))
    web.get("/questions/age")
    assert len(before) == len(web.cookie())
    web.get("/check")
    assert web.path == "/check"


def test_get_and_post_of_an_address_are_two_functions(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert len({"GET", "POST"} & set(rule.methods or ())) == 1, rule


ROOT = Path(__file__).parents[2]


def endpoints_named() -> set[str]:
    """Every endpoint that a template or a view names."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "screening").rglob("*.py")]
    name = re.compile(r"""url_for\(\s*["']([a-z_.]+)["']""")
    return {endpoint for file in files for endpoint in name.findall(file.read_text(encoding="utf-8"))}


def test_every_endpoint_that_a_template_or_a_view_names_is_there(app: Flask) -> None:
    named = endpoints_named()
    assert {"questions.question", "desk.actions.note"} <= named
    assert named - {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"} == set()


def test_a_blueprint_is_named_after_its_module(app: Flask) -> None:
    names = {name: blueprint.import_name.split(".") for name, blueprint in app.blueprints.items()}
    assert names["locale"][-1] == "locale"
    assert [name for name, module in names.items() if name.split(".")[-1] not in module] == []
