"""A slow connection and a slow processor, and what of a page arrives how."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page


class Connection(NamedTuple):
    """How slow a connection and a phone are."""

    kilobits: int
    """A second, each way."""
    latency: int
    """Milliseconds there and back."""
    processor: int
    """How many times slower than this machine."""


EDGE = Connection(kilobits=240, latency=840, processor=6)
"""2G as WebPageTest has it for EDGE, on a phone of ten years ago."""


class Arrival(NamedTuple):
    """How a page arrived."""

    painted: float
    """Seconds until the first text was seen."""
    loaded: float
    """Seconds until all was there."""
    shift: float
    """Cumulative layout shift."""
    kilobytes: float
    requests: int


_ARRIVAL = """
() => new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) shift += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => {
    const [page] = performance.getEntriesByType("navigation");
    const files = performance.getEntriesByType("resource").filter((each) => !each.name.startsWith("data:"));
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const sizes = [page, ...files].map((each) => each.transferSize);
    done([paint.startTime / 1000, page.loadEventEnd / 1000, shift, sizes.reduce((a, b) => a + b) / 1024, sizes.length]);
  }, 300);
})
"""


def slow_down(page: Page, to: Connection) -> None:
    """Let everything of this page from now on arrive as slowly as this."""
    session = page.context.new_cdp_session(page)
    speed = to.kilobits * 1000 / 8
    conditions = {"offline": False, "latency": to.latency, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": to.processor})


def arrival(page: Page) -> Arrival:
    """How the page that is shown arrived."""
    page.wait_for_load_state("load")
    painted, loaded, shift, kilobytes, requests = page.evaluate(_ARRIVAL)
    return Arrival(painted, loaded, shift, kilobytes, int(requests))
