"""Pages on a 2G connection and a slow phone: seconds until the first text and until all is there, in a real browser."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, serving
from tests.browser.slowness import EDGE, arrival, slow_down
from tests.browser.states import STATES, answered
from tests.support.system import program
from tests.support.web_fixtures import make_app

NAMES = ("/", "/questions/red_flags", "/questions/blood_test", "/check", "/result early_cirrhosis")
TIMES = 5


def report() -> Iterator[str]:
    """One line a page."""
    yield f"2G: {EDGE.kilobits} kbit/s, {EDGE.latency} ms, processor {EDGE.processor} times slower"
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, sync_playwright() as playwright:
        app = make_app(Path(folder))
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=ARGUMENTS)
        for name in NAMES:
            cookie = answered(app, STATES[name]).cookie()
            arrived = []
            for _ in range(TIMES):
                context = browser.new_context(base_url=server.url)
                if cookie:
                    context.add_cookies([{"name": "answers", "value": cookie, "url": server.url}])
                page = context.new_page()
                slow_down(page, EDGE)
                page.goto(STATES[name].path, timeout=60_000)
                arrived.append(arrival(page))
                context.close()
            painted, loaded = (median(times[index] for times in arrived) for index in (0, 1))
            yield f"{name}: first text {painted:.1f} s, all {loaded:.1f} s, {arrived[0].kilobytes:.1f} kB, nothing kept"
        browser.close()
