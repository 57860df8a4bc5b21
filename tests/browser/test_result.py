"""The result on a phone: what to do stands on the first screen, in few words, in every language; the rest is short.

The texts are measured in the fonts that the package brings along, since those of a machine differ; and below a frame as
high as it may be, which other pages share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route

from screening import documents
from screening.wording.language.languages import CATALOGUES
from tests.browser.conftest import Visit
from tests.support.person import answer_until, begin, inputs_with
from tests.support.web import Web

pytestmark = pytest.mark.slow

FRAME = 145
"""Pixels above the result: the mark of a test, the bar, Back and the languages."""
SCREEN = 740
PHONE = {"width": 360, "height": SCREEN}
LANGUAGES = ("en", *sorted(path.stem for path in CATALOGUES.glob("*.po")))
ENDS_BY = {"en": 640}
OTHERS_END_BY = 680
WORDS_BEFORE = {"en": 70, "zh-Hans": 73}
"""Chinese has no spaces: its words are counted finer."""
OTHERS_HAVE_BEFORE = 65
THREE_PARTS = "one answer open"
"""Its heading names three parts, and why says what leaves them open: it has more words, and all of the screen."""
MORE_WORDS = 16
SCREENS = 4
"""How many of them the whole page takes at most, with its frame and its foot, before anything folded is opened."""
NUMBERS = {
    "has_papers": "yes",
    "platelets": "112",
    "platelets_unit": "10*9/L",
    "albumin": "34",
    "albumin_unit": "g/L",
    "bilirubin": "1.4",
    "bilirubin_unit": "mg/dL",
    "inr": "1.3",
    "alt": "68",
    "ast": "92",
    "labs_age": "1to6m",
}
HELPED = "maybe an emergency"
"""Somebody else answers, for a person of whom little is known: the banner that says so stands above the result too."""
STATES: Mapping[str, dict[str, str | tuple[str, ...]]] = {
    "early, six numbers": {"told": "cirrhosis_unknown", "cause": ("hbv",), "age": "58", **NUMBERS},
    "nothing known": dict.fromkeys(("told", "cause", "stage", "ascites", "he", "bleed", "jaundice"), "?"),
    "contradiction": {"told": "none", "has_papers": "yes", "lsm": "30", "scan_age": "1to6m"},
    "two numbers against a doctor's word": {"told": "none", **NUMBERS, "platelets": "90", "bilirubin": "1.7"},
    "a number that comes first": {"told": "cirrhosis_early", **NUMBERS, "bilirubin": "4.0"},
    "on the waiting list": {
        "told": "cirrhosis_late",
        "cause": ("alcohol",),
        "ascites": "now",
        "he": "past",
        "bleed": "past",
        "transplant_talk": "listed",
        "child_pugh": "B",
    },
    "one answer open": {
        "told": "scarring_not_said",
        "cause": ("masld",),
        "bleed": "?",
        "has_papers": "yes",
        "lsm": "9.8",
    },
    "a belly that nobody checked": {"told": "cirrhosis_unknown", "ascites": "swelling_unchecked", "bleed": "?"},
    "emergency today": {"red_flags": ("jaundice_fast",)},
    HELPED: {
        "age": "79",
        **dict.fromkeys(("red_flags", "told", "cause", "stage", "ascites", "he", "bleed", "jaundice", "cancer"), "?"),
    },
}
NOT_FIRST = ("emergency today", HELPED)
"""Where help is or may be needed, nothing stands before that."""
FONTS = Path(documents.__file__).parent / "fonts"
FACES = """
@font-face { font-family: measured; src: url(/measured/NotoSans-Regular.ttf) }
@font-face { font-family: measured; font-weight: 650; src: url(/measured/NotoSans-Bold.ttf) }
@font-face { font-family: measured-han; src: url(/measured/NotoSansSC-Regular.ttf) }
@font-face { font-family: measured-han; font-weight: 650; src: url(/measured/NotoSansSC-Bold.ttf) }
body, button { font-family: measured, measured-han !important }
"""
MEASURE = """
async () => {
  await document.fonts.ready;
  const shown = element => element.getBoundingClientRect().height > 0
    && !element.closest("details:not([open]) .inside, .visually-hidden, svg, script, style");
  const main = document.querySelector("main");
  const start = main.querySelector(".result-head, .care").getBoundingClientRect().top;
  const action = main.querySelector(".is-urgent ol li, .care strong, .steps strong").getBoundingClientRect();
  const always = main.querySelector(".always-open");
  const words = new Intl.Segmenter(document.documentElement.lang, {granularity: "word"});
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let before = 0, all = 0;
  for (let node; (node = walker.nextNode());) {
    if (!shown(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const place = range.getBoundingClientRect();
    if (place.bottom < start) continue;
    const count = [...words.segment(node.textContent)].filter(part => part.isWordLike).length;
    all += count;
    if (place.bottom <= action.top + 1) before += count;
  }
  return {
    action_ends: action.bottom - start,
    words_before: before,
    words: all,
    height: document.documentElement.scrollHeight,
    always_open: always ? always.getBoundingClientRect().bottom - start : null,
  };
}
"""


@dataclass(frozen=True)
class Measured:
    """Pixels from the top of the result, and words of it."""

    action_ends: float
    words_before: int
    words: int
    height: float
    """Of the whole page, from its very top."""
    always_open: float | None
    """Where the line on stem cells ends; None where there is none."""


Measure = Callable[[str, str], Measured]


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, str], Measured]:
    """What was measured already, by state and language."""
    return {}


@pytest.fixture
def measured(app: Flask, visit: Visit, known: dict[tuple[str, str], Measured]) -> Measure:
    """The result of a state on a phone in a language; each is opened once."""

    def measure(state: str, language: str) -> Measured:
        if (state, language) not in known:
            known[state, language] = Measured(**result_page(app, visit, state, language).evaluate(MEASURE))
        return known[state, language]

    return measure


def result_page(app: Flask, visit: Visit, state: str, language: str) -> Page:
    """The result of a state, in the fonts of the package."""
    web = Web(app)
    begin(web, "helper" if state == HELPED else "me")
    answer_until(web, inputs_with(web, **STATES[state]))
    page = visit(web, bypass_csp=True, viewport=PHONE, locale=language)
    page.route("**/measured/*", serve_font)
    page.goto("/result")
    assert page.locator("html").get_attribute("lang") == language
    page.add_style_tag(content=FACES)
    return page


def serve_font(route: Route) -> None:
    """A font of the package."""
    route.fulfill(path=FONTS / route.request.url.rsplit("/", 1)[1])


every_result = pytest.mark.parametrize(
    ("state", "language"), [(state, language) for state in STATES for language in LANGUAGES]
)


@every_result
def test_the_first_action_ends_on_the_first_screen_in_few_words(measured: Measure, state: str, language: str) -> None:
    found = measured(state, language)
    has_three = state == THREE_PARTS
    assert FRAME + found.action_ends <= (SCREEN if has_three else ENDS_BY.get(language, OTHERS_END_BY))
    assert found.words_before <= WORDS_BEFORE.get(language, OTHERS_HAVE_BEFORE) + has_three * MORE_WORDS


@every_result
def test_a_result_takes_four_screens_at_most(measured: Measure, state: str, language: str) -> None:
    assert measured(state, language).height <= SCREENS * SCREEN


@every_result
def test_the_line_on_stem_cells_is_on_the_first_screen_unless_help_may_be_needed(
    measured: Measure, state: str, language: str
) -> None:
    ends = measured(state, language).always_open
    if state == "emergency today":
        assert ends is None
    else:
        assert ends is not None
        assert (FRAME + ends <= SCREEN) == (state not in NOT_FIRST)


def test_all_that_is_folded_opens_without_a_script(app: Flask, visit: Visit) -> None:
    web = Web(app)
    begin(web)
    answer_until(web, inputs_with(web, **STATES["early, six numbers"]))
    page = visit(web, java_script_enabled=False, viewport=PHONE)
    page.goto("/result")
    folded = page.locator(".folded details")
    assert folded.count() >= 4
    for index in range(folded.count()):
        inside = folded.nth(index).locator(".inside").first
        assert not inside.is_visible()
        folded.nth(index).locator("summary").first.click()
        assert inside.is_visible()
