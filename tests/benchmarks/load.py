"""Many people at once on one machine: 1,000 who open a page every ten seconds, and 50 who share each second."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from tests.browser.conftest import serving
from tests.support.crowd import Answer, ask, cookie_with, open_form, share, state_of
from tests.support.postgres import running_cluster
from tests.support.web_fixtures import make_app

PEOPLE, EVERY = 1_000, 10
SHARES = 50
SECONDS = 20
SENT = (303, "/shared")
PAGES = ("/questions/red_flags", "/questions/age", "/questions/told", "/questions/ascites", "/check")


async def at_times(number: int, seconds: float, work: Callable[[int], Awaitable[Answer]]) -> list[Answer]:
    """Begin `work` so many times, evenly over so many seconds, whether the ones before are done or not."""

    async def one(index: int) -> Answer:
        await asyncio.sleep(index * seconds / number)
        return await work(index)

    return list(await asyncio.gather(*(one(index) for index in range(number))))


async def measure(port: int, app: Flask, people: int) -> tuple[list[Answer], list[Answer]]:
    """The answers to page after page of so many people, and to share after share, at the same time."""
    kept = state_of(app)
    reading = {"answers": cookie_with(kept, app)}
    ready = [await open_form(port, cookie_with(kept, app)) for _ in range(SHARES * SECONDS)]
    pages, shares = await asyncio.gather(
        at_times(
            people * SECONDS // EVERY, SECONDS, lambda index: ask(port, "GET", PAGES[index % len(PAGES)], reading)
        ),
        at_times(len(ready), SECONDS, lambda index: share(port, ready[index])),
    )
    return pages, shares


def said(name: str, answers: list[Answer], wanted: tuple[int, str]) -> str:
    """One line about many requests. `wanted`: status, and where it leads; what was not sent leads to the form again."""
    took = sorted(answer.took * 1000 for answer in answers)
    wrong = sum((answer.status, answer.location) != wanted for answer in answers)
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    return f"{name}: {len(took)} requests, {wrong} errors, p50 {p50:.0f} ms, p99 {p99:.0f} ms, worst {took[-1]:.0f} ms"


def report() -> Iterator[str]:
    """One line for pages and one for shares, on each database that is there."""
    yield f"{SHARES} shares a second for {SECONDS} s, alone and beside {PEOPLE} people, each a page every {EVERY} s:"
    with running_cluster() as cluster:
        for name, url in (("SQLite, 2 workers", ""), ("PostgreSQL, 4 workers", cluster.create("load"))):
            workers = 4 if url else 2
            with tempfile.TemporaryDirectory() as folder, serving(Path(folder), workers, url) as server:
                app = make_app(Path(folder) / "answers")  # with the same keys of cookies, and no part in what is kept
                port = urlsplit(server.url).port or 0
                _, alone = asyncio.run(measure(port, app, 0))
                pages, shares = asyncio.run(measure(port, app, PEOPLE))
            yield said(f"{name}: shares alone", alone, SENT)
            yield said(f"{name}: pages", pages, (200, ""))
            yield said(f"{name}: shares beside them", shares, SENT)
