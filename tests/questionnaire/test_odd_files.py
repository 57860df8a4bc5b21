"""Files and cookies that anybody may have written: refused in words or taken over, and every later page works."""

from __future__ import annotations

import io
import json
import random
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.crypto import phrase_box
from screening.crypto.box import open_sealed, seal
from screening.crypto.keys import parse_keys
from screening.crypto.phrase_box import seal_with_phrase
from screening.documents.record import RecordError, read_record
from screening.questionnaire import saving
from screening.questionnaire.answers_cookie import _PURPOSE, MAX_AGE
from screening.questionnaire.saved_answers import FIRST_LINE, VERSION, run_here
from screening.wording.language.secret_phrases import phrase_words
from tests.support.every import for_every
from tests.support.person import complete
from tests.support.web import Web
from tests.support.web_fixtures import KEY

SECRET = b"\x01\x02\x03\x04\x05"
WORDS = " ".join(phrase_words(SECRET, "en"))
RING = parse_keys(KEY)
PAGES = (
    *("/", "/who", "/continue", "/check", "/help-first", "/before-result", "/result", "/summary", "/save"),
    *("/save/answers.txt", "/open", "/emergency", "/delete", "/questions/age", "/questions/blood_test/confirm"),
)
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, "", "x", [], {}, [None], [[]], {"": ""}, "\x00", "\ud800", "2026-13-45", "0001-01-01"),
    *("9999-12-31", "2019-05-03", {"value": "\ud800", "unit": "a"}, {"value": {}, "unit": []}, ["none", 1], "x" * 5000),
    *(
        10**300,
        {"value": 10**300},
        {"value": "9" * 300, "unit": "a"},
        "@NaN",
        "@Infinity",
        "@1e999999999",
        "@" + "9" * 5000,
    ),
    *("@" + "[" * 5000 + "]" * 5000, "@" + "[" * 30 + "]" * 30, "@1E-99999999999999999999", '@{"a":1,"a":2}'),
)
"""Values that nobody writes in good faith; after an @ what stands in the file as it is."""


def written(members: Any) -> bytes:
    """As JSON, with what stands after an @ as it is."""
    text = json.dumps(members)
    for odd in ODD:
        if isinstance(odd, str) and odd.startswith("@"):
            text = text.replace(json.dumps(odd), odd[1:])
    return text.encode()


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in some data."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, member in members for place in places(member, (*path, key)))]


def mutated(members: Any, chance: random.Random) -> Any:
    """The data with something odd in a place: in its stead, beside it, gone, or under another name."""
    *way, last = chance.choice([place for place in places(members) if place])
    node = members
    for key in way:
        node = node[key]
    match chance.randrange(4):
        case 0 | 1:
            node[last] = chance.choice(ODD)
        case 2 if isinstance(node, dict):
            del node[last]
        case _ if isinstance(node, dict):
            node[chance.choice(["x", "", "\ud800", *node])] = chance.choice([node[last], *ODD])
        case _:
            node.append(chance.choice(ODD))
    return members


@pytest.fixture(scope="module", autouse=True)
def _light_scrypt() -> Any:
    """Words that open a file at once, in this process: looked at is what is opened, not how long guessing takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrase_box, "_COST", 2)
        patch.setattr(saving, "_in_worker", lambda: run_here)
        yield


@pytest.fixture(scope="module")
def kept(app: Flask) -> dict[str, Any]:
    """What the cookie of somebody who answered everything holds, by its letters."""
    web = Web(app)
    complete(web)
    members: dict[str, Any] = json.loads(open_sealed(web.cookie(), RING, _PURPOSE, int(time.time()), MAX_AGE))
    return members


def saved_members(kept: dict[str, Any]) -> dict[str, Any]:
    """The same as a file holds it."""
    names = {"answers": "a", "confirmed": "c", "seen": "s", "who": "w", "day": "d"}
    own = {name: kept.get(letter, []) for name, letter in names.items()}
    members: dict[str, Any] = {"version": VERSION, "kept": own, "questions": {"age": "0"}}
    members["kept"] |= {"days": {"age": ""}, "claimed": "2019-05-03"}
    copy: dict[str, Any] = json.loads(json.dumps(members))
    return copy


def test_what_was_not_tampered_with_is_taken_over(web: Web, kept: dict[str, Any]) -> None:
    assert open_in(web, seal_with_phrase(written(saved_members(kept)), SECRET.hex(), FIRST_LINE)) == 200
    assert_every_page_works(web)


def open_in(web: Web, text: str) -> int:
    """The status after a file was sent."""
    token = web.reopen("/open").one("main").one("form").one("input", name="csrf_token")["value"]
    data = {"csrf_token": token, "words": WORDS, "file": (io.BytesIO(text.encode("utf-8", "surrogatepass")), "a.txt")}
    return web.client.post("/open", data=data, base_url=web.base_url, follow_redirects=True).status_code


def assert_every_page_works(web: Web, *, says: str = "") -> None:
    """No page fails, and no redirect goes on for ever."""
    for path in PAGES:
        response = web.raw(path)
        for _ in range(4):
            if response.status_code != 303:
                break
            response = web.raw(response.headers["Location"])
        assert response.status_code == 200, f"{path}: {response.status_code}"
        assert says in response.text or response.mimetype != "text/html", path


WITH_APP: Callable[..., Any] = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.slow
@WITH_APP
@given(seed=st.integers(0, 2**32))
def test_a_file_with_something_odd_in_it_is_taken_over_or_refused(app: Flask, kept: dict[str, Any], seed: int) -> None:
    chance = random.Random(seed)
    members = saved_members(kept)
    for _ in range(chance.randint(1, 3)):
        members = mutated(members, chance)
    web = Web(app)
    status = open_in(web, seal_with_phrase(written(members), SECRET.hex(), FIRST_LINE))
    assert status in (200, 400)
    if status == 200:
        assert_every_page_works(web)


@pytest.mark.parametrize("place", ["answers", "confirmed", "seen", "seen_open", "who", "day", "days", "claimed"])
@for_every("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_every_odd_value_in_every_member_is_taken_over_or_refused(
    app: Flask, kept: dict[str, Any], place: str, odd: Any
) -> None:
    members = saved_members(kept)
    members["kept"][place] = odd
    web = Web(app)
    status = open_in(web, seal_with_phrase(written(members), SECRET.hex(), FIRST_LINE))
    assert status in (200, 400)
    if status == 200:
        assert web.raw("/result").status_code in (200, 303)
        assert web.raw("/save/answers.txt").status_code in (200, 303)


@WITH_APP
@given(content=st.binary(max_size=300), packed=st.booleans())
def test_random_bytes_under_the_right_words_are_refused(web: Web, content: bytes, packed: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not packed:
            patch.setattr(zlib, "compress", lambda plain, _level: plain)
        text = seal_with_phrase(content, SECRET.hex(), FIRST_LINE)
    assert open_in(web, text) == 400
    assert open_in(web, content.decode("latin-1")) == 400


def test_a_file_that_unpacks_to_more_than_anybody_seals_is_refused(web: Web) -> None:
    text = seal_with_phrase(b'{"kept":{"answers":{}},"questions":{}}' + b" " * 10**6, SECRET.hex(), FIRST_LINE)
    assert open_in(web, text) == 400


@pytest.mark.slow
@WITH_APP
@given(seed=st.integers(0, 2**32))
def test_a_cookie_with_something_odd_in_it_breaks_no_page(app: Flask, kept: dict[str, Any], seed: int) -> None:
    chance = random.Random(seed)
    members = json.loads(json.dumps({**kept, "c": ["x"], "s": ["x"], "o": {"age": "2026-01-01"}, "u": "2019-05-03"}))
    for _ in range(chance.randint(1, 3)):
        members = mutated(members, chance)
    web = Web(app)
    web.set_cookie(seal(written(members), RING, _PURPOSE, int(time.time())))
    assert_every_page_works(web)


@pytest.mark.parametrize("text", ["gone", "A" * 60, "~" * 200, "\x7f", "null"])
def test_every_page_of_an_unreadable_visit_offers_to_start_anew(app: Flask, text: str) -> None:
    web = Web(app)
    web.set_cookie(text)
    assert_every_page_works(web, says=">Start anew</a>")
    web.get("/who")
    web.submit({"who": "me"})
    assert web.path == "/questions/red_flags"
    assert "Start anew" not in web.get("/").text


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_record_with_something_odd_in_it_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    text = written(mutated({"schema": "summary.schema.json", "answers": {"age": [1]}, "outcome": {}}, chance))
    with pytest.raises(RecordError):
        read_record(text.decode())
