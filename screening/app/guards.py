"""The headers that guard every response."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, g, request

from screening.runtime import current_service

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
GUARDS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


def guard_responses(app: Flask) -> None:
    """Send every response with the same guards; one page may widen the policy for itself."""

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.update(GUARDS)
        if wider := g.get("content_security_policy"):
            response.headers["Content-Security-Policy"] = _policy(wider)
        if request.endpoint == "file" and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        if current_service().settings.https:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response


def _policy(wider: Mapping[str, str]) -> str:
    """The policy with what one page needs beside."""
    members = dict(piece.split(" ", 1) for piece in CONTENT_SECURITY_POLICY.split("; "))
    return "; ".join(f"{name} {value}" for name, value in {**members, **wider}.items())
