"""Many people at once over HTTP, each with a browser that sends what a real one would: for load, and for failures."""

from __future__ import annotations

import asyncio
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Flask

from screening.crypto.box import open_sealed, seal
from screening.questionnaire.answers_cookie import _PURPOSE as PURPOSE
from screening.questionnaire.answers_cookie import MAX_AGE
from screening.questionnaire.answers_state import AnswersState
from screening.questionnaire.sharing_offer import TOKEN_BYTES
from screening.runtime import EXTENSION
from tests.browser.states import STATES, answered
from tests.support.page import read_page


class Answer(NamedTuple):
    """What came back, and how long it took in seconds."""

    status: int
    location: str
    """Where it leads, if it does."""
    cookies: dict[str, str]
    body: str
    took: float


async def ask(port: int, method: str, path: str, cookies: dict[str, str], form: dict[str, str] | None = None) -> Answer:
    """One request over a connection of its own; raises `ConnectionError` where no whole answer comes back."""
    body = urlencode(form or {}).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Content-Length: {len(body)}"]
    head.append("Content-Type: application/x-www-form-urlencoded")
    head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("\r\n".join((*head, "", "")).encode() + body)
        raw = await reader.read()
    finally:
        writer.close()
    took = time.perf_counter() - start
    top, end, content = raw.partition(b"\r\n\r\n")
    if not end:
        raise ConnectionResetError("no answer")
    lines = top.decode().split("\r\n")
    length = next((int(line.split(":", 1)[1]) for line in lines if line.lower().startswith("content-length:")), 0)
    if len(content) < length:
        raise ConnectionResetError("half an answer")
    set_ = [line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("set-cookie:")]
    found = dict(cookie.split(";")[0].split("=", 1) for cookie in set_)
    location = next((line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("location:")), "")
    return Answer(int(lines[0].split()[1]), location, found, content.decode("utf-8", "replace"), took)


def state_of(app: Flask) -> AnswersState:
    """The answers of somebody whose result may be shared."""
    web = answered(app, STATES["/result early_cirrhosis"])
    return AnswersState.from_json(
        open_sealed(web.cookie(), web.service.cookie_keys, PURPOSE, int(time.time()), MAX_AGE)
    )


def cookie_with(kept: AnswersState, app: Flask, token: bytes = b"") -> str:
    """The cookie of somebody who has opened the form to share, with this token or one of their own."""
    text = urlsafe_b64encode(token or secrets.token_bytes(TOKEN_BYTES)).decode()
    ring = app.extensions[EXTENSION].cookie_keys
    return seal(replace(kept, token=text).as_json(), ring, PURPOSE, int(time.time()))


FORM = {
    "name": "Somebody",
    "channel": "phone",
    "address": "+60 12 345 6789",
    "number_is": "+60123456789",
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
    ticks = {element["name"]: element["value"] for element in inputs if element["type"] == "checkbox"}
    token = {element["name"]: element["value"] for element in inputs if element["name"] == "csrf_token"}
    return Ready({**cookies, **opened.cookies}, {**FORM, **ticks, **token})


async def share(port: int, ready: Ready) -> Answer:
    """Send a form; what counts is that it was kept, which the redirect says."""
    return await ask(port, "POST", "/share/form", ready.cookies, ready.form)
