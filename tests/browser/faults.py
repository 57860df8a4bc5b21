"""What may be wrong with a page as a browser shows it: what axe finds, what is cut off, what is too small to press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playwright.sync_api import Page

from tests.conftest import ROOT

WIDTHS = (360, 768, 1280)
NARROWEST = 320
"""A window of 1280 px, enlarged four times (WCAG 1.4.10)."""
MIN_TARGET = 44
"""CSS pixels of everything that is pressed, links within a sentence aside."""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = ("color-contrast",)
"""What alone a dark scheme can break: it changes colours and nothing else."""

AXE = (ROOT / "tests" / "data" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN = """
async only => {
  const found = await axe.run(document, {runOnly: only});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}`));
}
"""
CUT_OFF = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What a person can press, but for links in running text and citations, which WCAG 2.2 lets be smaller.
TARGETS = """
() => [...document.querySelectorAll("button, summary, .choice label, main a, header a, footer a")]
  .filter(each => each.getClientRects().length && !each.closest(".visually-hidden, sup, .skip-link"))
  .filter(each => !(each.tagName === "A" && each.closest("p, li, td, h3, h2")
    && !each.matches(".button") && each.parentElement.textContent.trim() !== each.textContent.trim()))
  .filter(each => !(each.tagName === "A" && each.closest(".sources")))
  .map(each => [each.closest(".choice") || each, each.textContent.trim().slice(0, 40)])
  .map(([each, text]) => [each.getBoundingClientRect().height, text])
"""


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds wrong with the page shown, by all its rules or by these; folded parts are open, no menu is."""
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    found: list[str] = page.evaluate(RUN, only)
    return found


def cut_off(page: Page) -> int:
    """How many pixels of the page need scrolling sideways."""
    found: int = page.evaluate(CUT_OFF)
    return found


def too_small(page: Page) -> list[str]:
    """What is pressed on the page and is less high than a finger needs."""
    targets = page.evaluate(TARGETS)
    assert targets
    return [text for height, text in targets if height < MIN_TARGET - 0.5]


def faults(page: Page, widths: Sequence[int] = WIDTHS) -> list[str]:
    """What is wrong with the page in any of these widths, light or dark."""
    return list(_faults(page, widths))


def _faults(page: Page, widths: Sequence[int]) -> Iterator[str]:
    page.emulate_media(reduced_motion="reduce")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        yield from (f"{page.url}, {width} px: {violation}" for violation in violations(page))
        if wide := cut_off(page):
            yield f"{page.url}, {width} px: {wide} px are cut off"
        page.emulate_media(color_scheme="dark")
        yield from (f"{page.url}, {width} px, dark: {violation}" for violation in violations(page, CONTRAST))
