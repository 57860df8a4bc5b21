"""Many people at once on one machine: 1,000 who open a page every ten seconds, and 50 who share each second."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from flask import Flask

from screening.questionnaire.cookie import _PURPOSE as PURPOSE
from screening.questionnaire.cookie import MAX_AGE, Kept
from screening.questionnaire.sharing import TOKEN_BYTES
from screening.sealing.box import open_sealed, seal
from screening.service import EXTENSION
from tests.browser.conftest import serving
from tests.browser.states import STATES, answered
from tests.page import read_page
from tests.postgres import running_cluster
from tests.web_fixtures import make_app

PEOPLE, EVERY = 1_000, 10
SHARES = 50
SECONDS = 20
PAGES = ("/questions/red_flags", "/questions/age", "/questions/told", "/questions/ascites", "/check")


class Answer(NamedTuple):
    """What came back, and how long it took in seconds."""

    status: int
    cookies: dict[str, str]
    body: str
    took: float


async def ask(port: int, method: str, path: str, cookies: dict[str, str], form: dict[str, str] | None = None) -> Answer:
    """One request over a connection of its own."""
    body = urlencode(form or {}).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Content-Length: {len(body)}"]
    head.append("Content-Type: application/x-www-form-urlencoded")
    head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join((*head, "", "")).encode() + body)
    raw = await reader.read()
    took = time.perf_counter() - start
    writer.close()
    top, _, content = raw.partition(b"\r\n\r\n")
    lines = top.decode().split("\r\n")
    set_ = [line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("set-cookie:")]
    found = dict(each.split(";")[0].split("=", 1) for each in set_)
    return Answer(int(lines[0].split()[1]), found, content.decode("utf-8", "replace"), took)


def kept_of(app: Flask) -> Kept:
    """The answers of somebody whose result may be shared."""
    web = answered(app, STATES["/result early_cirrhosis"])
    return Kept.from_json(open_sealed(web.cookie(), web.service.cookie_keys, PURPOSE, int(time.time()), MAX_AGE))


def cookie_with(kept: Kept, app: Flask) -> str:
    """The cookie of somebody who has opened the form to share, with a token of their own."""
    token = urlsafe_b64encode(secrets.token_bytes(TOKEN_BYTES)).decode()
    ring = app.extensions[EXTENSION].cookie_keys
    return seal(replace(kept, token=token).as_json(), ring, PURPOSE, int(time.time()))


FORM = {
    "name": "Somebody",
    "channel": "phone",
    "address": "+60 12 345 6789",
    "best_time": "any",
    "speaks": "en",
    "note": "",
}
"""What a person types; the consents are ticked beside it."""


class Ready(NamedTuple):
    """A form that is filled in and not sent yet."""

    cookies: dict[str, str]
    form: dict[str, str]


async def open_form(port: int, cookie: str) -> Ready:
    """Open the form to share."""
    cookies = {"answers": cookie}
    opened = await ask(port, "GET", "/share/form", cookies)
    assert opened.status == 200, opened.status
    inputs = read_page(opened.body).one("main").all("input")
    ticks = {each["name"]: each["value"] for each in inputs if each["type"] == "checkbox"}
    token = {each["name"]: each["value"] for each in inputs if each["name"] == "csrf_token"}
    return Ready({**cookies, **opened.cookies}, {**FORM, **ticks, **token})


async def share(port: int, ready: Ready) -> Answer:
    """Send a form; what counts is that it was kept, which the redirect says."""
    return await ask(port, "POST", "/share/form", ready.cookies, ready.form)


async def at_times(number: int, seconds: float, work: Callable[[int], Awaitable[Answer]]) -> list[Answer]:
    """Begin `work` so many times, evenly over so many seconds, whether the ones before are done or not."""

    async def one(index: int) -> Answer:
        await asyncio.sleep(index * seconds / number)
        return await work(index)

    return list(await asyncio.gather(*(one(index) for index in range(number))))


async def measure(port: int, app: Flask) -> tuple[list[Answer], list[Answer]]:
    """The answers to page after page, and to share after share, at the same time."""
    kept = kept_of(app)
    reading = {"answers": cookie_with(kept, app)}
    ready = [await open_form(port, cookie_with(kept, app)) for _ in range(SHARES * SECONDS)]
    pages, shares = await asyncio.gather(
        at_times(
            PEOPLE * SECONDS // EVERY, SECONDS, lambda index: ask(port, "GET", PAGES[index % len(PAGES)], reading)
        ),
        at_times(len(ready), SECONDS, lambda index: share(port, ready[index])),
    )
    return pages, shares


def said(name: str, answers: list[Answer], wanted: int) -> str:
    """One line about many requests."""
    took = sorted(each.took * 1000 for each in answers)
    wrong = sum(each.status != wanted for each in answers)
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    return f"{name}: {len(took)} requests, {wrong} errors, p50 {p50:.0f} ms, p99 {p99:.0f} ms, worst {took[-1]:.0f} ms"


def report() -> Iterator[str]:
    """One line for pages and one for shares, on each database that is there."""
    yield f"{PEOPLE} people, each a page every {EVERY} s, and {SHARES} shares a second, for {SECONDS} s:"
    with running_cluster() as cluster:
        for name, url in (("SQLite, 2 workers", ""), ("PostgreSQL, 4 workers", cluster.create("load"))):
            workers = 4 if url else 2
            with tempfile.TemporaryDirectory() as folder, serving(Path(folder), workers, url) as server:
                app = make_app(Path(folder))
                pages, shares = asyncio.run(measure(urlsplit(server.url).port or 0, app))
            yield said(f"{name}: pages", pages, 200)
            yield said(f"{name}: shares", shares, 303)
