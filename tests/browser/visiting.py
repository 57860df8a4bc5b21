"""How a person with a browser answers: by clicking labels and typing, page after page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from screening.forms.fields import UNSURE
from tests.support.page import Element, read_page
from tests.support.person import page_id_of


def path_of(page: Page) -> str:
    """The path of the page shown."""
    return urlsplit(page.url).path


def begin(page: Page) -> None:
    """From the start page to the first question."""
    page.goto("/")
    page.get_by_role("link", name="Start", exact=True).click()
    page.get_by_label("For me").click()
    proceed(page)


def proceed(page: Page) -> None:
    """Press the button that leads on."""
    press(page, "main button")


def press(page: Page, button: str) -> None:
    """Press the first such button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.locator(button).first.click()


def form_of(page: Page) -> Element:
    """The form of the page, read at once: asking for each input by itself takes longer than the page does."""
    return read_page(page.content()).one("main").one("form")


def choose(page: Page, form: Element, name: str, value: str) -> None:
    """Click the label of a radio button or a checkbox."""
    page.locator(f'label[for="{form.one("input", name=name, value=value)["id"]}"]').click()


def answer(page: Page, inputs: Mapping[str, list[str]]) -> None:
    """Answer the page that is shown, whatever page it is."""
    form = form_of(page)
    if page_id_of(path_of(page)):
        fill_in(page, form, inputs)
        return
    for field in form.all("input", type="checkbox"):  # numbers read back, or an interrupt
        choose(page, form, field["name"], field["value"])
    proceed(page)


def fill_in(page: Page, form: Element, inputs: Mapping[str, list[str]]) -> None:
    """Answer a page of questions."""
    kinds: dict[str, str] = {}
    for field in form.all("input"):
        if field["type"] != "hidden":
            kinds.setdefault(field["name"], field["type"])  # a date has a box for "I'm not sure" behind its text
    typed = [name for name, kind in kinds.items() if kind == "text"]
    if form.all("button", name="skip") and not any(inputs[name][0] for name in typed):
        press(page, "main button[name=skip]")
        return
    for name, kind in kinds.items():
        number = name.removesuffix("-unit")
        if kind == "text" and inputs[name] != [UNSURE]:
            if inputs[name][0]:
                page.locator(f'main input[type="text"][name="{name}"]').fill(inputs[name][0])
        elif number == name or inputs[number][0]:
            for value in inputs[name]:
                choose(page, form, name, value)
    proceed(page)


def answer_all(page: Page, inputs: Mapping[str, list[str]]) -> None:
    """From the first question to the check page."""
    for _ in range(60):
        if path_of(page) == "/check":
            return
        answer(page, inputs)
    raise AssertionError(f"the check page is never reached from {page.url}")


def download(page: Page, link: Locator) -> bytes:
    """The file behind a link."""
    with page.expect_download() as started:
        link.click()
    assert started.value.suggested_filename == "summary.pdf"
    return started.value.path().read_bytes()
