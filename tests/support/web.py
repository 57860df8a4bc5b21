"""A test client that uses the pages as a browser would, and checks every page that it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Flask
from werkzeug.test import TestResponse

from screening.questionnaire.answers_cookie import AnswersCookie
from screening.runtime import EXTENSION, Service
from tests.support.page import Element, read_page
from tests.support.page_checks import complaints, parts_of

Fields = Mapping[str, str | Sequence[str]]
"""What is typed, chosen or ticked, by the name of the inputs."""


class Web:
    """A browser with its cookies, and the page it shows."""

    def __init__(self, app: Flask, base_url: str = "http://localhost") -> None:
        self.service: Service = app.extensions[EXTENSION]
        self.cookies = AnswersCookie(self.service.cookie_keys, self.service.settings.https)
        self.client = app.test_client()
        self.base_url = base_url
        self.page = Element("", {})
        self.path = ""
        self.visited: list[str] = []
        """The path of every request, redirects among them."""
        self.secrets: set[str] = set()
        """What was typed: it must stand in no address."""

    def get(self, path: str, *, status: int = 200) -> Element:
        """Open a page."""
        return self._shown(self._sent("GET", path), status)

    def reopen(self, path: str) -> Element:
        """Open a page that may still tell what was wrong with its form, and has the status of that."""
        response = self._sent("GET", path)
        return self._shown(response, response.status_code)

    def follow(self, text: str) -> Element:
        """Follow the first link whose text begins so."""
        links = [element for element in self.page.all("a") if element.text.startswith(text)]
        assert links, f"no link {text!r} on {self.path}"
        return self.get(links[0]["href"])

    def submit(self, fields: Fields | None = None, *, button: str = "", status: int = 200) -> Element:
        """Send the page's form with these inputs filled in anew, and all others as they are shown."""
        form = self.page.one("form")
        values = form_values(form)
        for name, value in (fields or {}).items():
            assert form.all("input", name=name) or name in values, f"no input {name!r} on {self.path}"
            values[name] = [value] if isinstance(value, str) else list(value)
            self.secrets.update(value for value in values[name] if len(value) > 1)
        pressed = form.all("button", name=button)
        assert pressed, f"no button {button!r} on {self.path}"
        if button:
            values[button] = [pressed[0]["value"]]
        return self.post(form["action"], values, status=status)

    def post(self, path: str, values: Fields, *, status: int = 200) -> Element:
        """Send just these fields."""
        return self._shown(self._sent("POST", path, values), status)

    def raw(self, path: str, method: str = "GET") -> TestResponse:
        """The answer to one request, with no redirect followed and nothing checked."""
        return self._sent(method, path)

    def cookie(self) -> str:
        """The sealed answers that the browser holds; empty where there are none."""
        cookie = self.client.get_cookie(self.cookies.name)
        return cookie.value if cookie else ""

    def set_cookie(self, value: str) -> None:
        """Put other answers in their place."""
        self.client.set_cookie(self.cookies.name, value, secure=self.cookies.https)

    def _sent(self, method: str, path: str, data: Fields | None = None) -> TestResponse:
        path = path.partition("#")[0]  # no browser sends it
        self.visited.append(path)
        response = self.client.open(path, method=method, data=data, base_url=self.base_url)
        response.get_data()
        response.close()
        return response

    def _shown(self, response: TestResponse, status: int) -> Element:
        while response.status_code == 303:
            response = self._sent("GET", response.headers["Location"])
        self.path = self.visited[-1]
        assert response.status_code == status, f"{response.status_code} at {self.path}"
        self.page = read_page(response.text)
        found = complaints(self.page, response.headers, self.service.rules, self.secrets)
        assert not found, f"{self.path}: " + "\n".join(found)
        forbidden_parts = {part for path in self.visited for part in parts_of(path)} & self.secrets
        assert forbidden_parts <= self.service.rules.rule_set.page.keys(), f"an address told {forbidden_parts}"
        return self.page


def form_values(form: Element) -> dict[str, list[str]]:
    """What a browser would send of a form as it is shown."""
    values: dict[str, list[str]] = {}
    for element in form.all("input"):
        if element["type"] not in ("radio", "checkbox") or element.has("checked"):
            values.setdefault(element["name"], []).append(element["value"])
    for element in form.all("textarea"):
        values.setdefault(element["name"], []).append(element.typed)
    for element in form.all("select"):
        options = element.all("option")
        chosen = [option["value"] for option in options if option.has("selected")]
        values.setdefault(element["name"], []).extend(chosen or [option["value"] for option in options[:1]])
    return values


def errors_on(page: Element) -> dict[str, str]:
    """The errors in the summary above a form: where each leads, and what it says."""
    summary = page.one(id="error-summary")
    return {element["href"].removeprefix("#"): element.text for element in summary.all("a")}


def shown_values(page: Element, name: str) -> list[str]:
    """What the inputs of this name show: chosen, ticked or typed."""
    return [element for element in form_values(page.one("form")).get(name, []) if element]
