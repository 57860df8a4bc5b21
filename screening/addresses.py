"""The addresses of our own pages: always built from an endpoint, never from a path that came in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def has_control_symbols(text: str) -> bool:
    """Whether a text holds what no address may hold: line ends and the like, with which headers are forged."""
    return any(unicodedata.category(symbol) in ("Cc", "Zl", "Zp") for symbol in text)


def own_page(typed: str) -> str | None:
    """The page of ours whose address was typed or sent, built anew; None where it is none of ours.

    `typed` is a path as `request.path` gives it, or `request.full_path` with its query.
    """
    try:
        parts = urlsplit(typed)
    except ValueError:
        return None
    if not typed.startswith("/") or parts.netloc or has_control_symbols(typed):
        return None
    page = _page_at(parts.path)
    return None if page is None else _built(*page, parts.query)


def present_page() -> str | None:
    """The page at the present address, whatever method it was asked for with; None where nothing can be opened."""
    page = _page_at(request.path) if request.endpoint else None
    return None if page is None else _built(*page)


def present_address() -> str | None:
    """The same with its query."""
    page = _page_at(request.path) if request.endpoint else None
    return None if page is None else _built(*page, request.query_string.decode("utf-8", "replace"))


def endpoint_of(typed: str) -> str:
    """The endpoint of a page of ours by its address; empty where it is none of ours."""
    page = _page_at(urlsplit(typed).path) if own_page(typed) else None
    return page[0] if page else ""


def _page_at(path: str) -> tuple[str, Mapping[str, Any]] | None:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    try:
        return adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None


def _built(endpoint: str, values: Mapping[str, Any], query: str = "") -> str:
    """The query is spelled anew beside, not given to `url_for`, some of whose own names would lead elsewhere."""
    address = url_for(endpoint, **values)
    pairs = parse_qsl(query, keep_blank_values=True)
    return f"{address}?{urlencode(pairs, safe='/')}" if pairs else address
