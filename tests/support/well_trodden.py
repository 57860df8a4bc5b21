"""A way through the pages that was gone before: the browser is put where one stood that went it.

All that is kept of a person is in their cookies. So whoever opens the same pages of an application and sends the same
stands in the same place, and hundreds of tests that begin behind twenty pages need not open each of them again. Of two
browsers that are there at once, the second one walks: they are two people. Where the service does more on the way than
answer (it counts), a test has an application of its own, in which nobody went before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from flask import Flask
from werkzeug.test import Cookie

from tests.support.page import Element
from tests.support.web import Web

Cookies = dict[tuple[str, str, str], Cookie]


@dataclass(frozen=True)
class _Place:
    """Where a browser stands at the end of a way."""

    way: Hashable
    """What was done to come here, in a browser that had opened nothing."""
    shown: list[str]
    cookies: Cookies
    page: Element
    visited: list[str]
    secrets: set[str]

    def is_of(self, web: Web) -> bool:
        """Whether a browser still stands here."""
        return (web.visited, _cookies(web)) == (self.visited, self.cookies)


_PLACES: WeakKeyDictionary[Flask, dict[Hashable, _Place]] = WeakKeyDictionary()
_STANDING: WeakKeyDictionary[Web, _Place] = WeakKeyDictionary()
"""The browsers that are there, where they stood last."""


def along(web: Web, name: Hashable, go: Callable[[], list[str]]) -> list[str]:
    """What `go` gives and leads to; it goes where no browser went from here under this name before."""
    at = _STANDING.get(web)
    application = web.client.application
    if at is None and any(other.client.application is application for other in _STANDING):
        return go()
    if not at.is_of(web) if at else web.visited or _cookies(web):
        return go()  # it did something else since, and nobody knows where it stands
    way = (at.way if at else web.base_url, name)
    places = _PLACES.setdefault(application, {})
    if way in places:
        place = places[way]
        _cookies(web).update(place.cookies)
        web.page, web.path = place.page, place.visited[-1]
        web.visited[:] = place.visited
        web.secrets |= place.secrets
    else:
        shown = go()
        places[way] = _Place(way, shown, dict(_cookies(web)), web.page, list(web.visited), set(web.secrets))
    _STANDING[web] = places[way]
    return list(places[way].shown)


def _cookies(web: Web) -> Cookies:
    held = web.client._cookies
    assert held is not None
    return held
