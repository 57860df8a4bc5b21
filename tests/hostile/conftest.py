"""What the tests with hostile input need."""

from __future__ import annotations

from tests.support.web_fixtures import app, web

__all__ = ["app", "web"]
