"""The web application, for the tests of its pages."""

from tests.support.web_fixtures import app, match_app, match_web, web

__all__ = ["app", "match_app", "match_web", "web"]
