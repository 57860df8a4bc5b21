"""What a page of ours may load, frame and ask: the content security policy, and how one page widens it for itself."""

from __future__ import annotations

from flask import g

EVERY_PAGE = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Nothing inline, nothing from elsewhere, and nothing that is not named here."""


def widen_policy(**directives: str) -> None:
    """Let the page of the present request do more: `connect_src="'self'"`. What was asked for before stays."""
    wider: dict[str, str] = g.setdefault("wider_policy", {})
    wider |= {name.replace("_", "-"): value for name, value in directives.items()}


def content_security_policy() -> str:
    """The policy of the present request, as its header says it."""
    return "; ".join(f"{name} {value}" for name, value in {**EVERY_PAGE, **g.get("wider_policy", {})}.items())
