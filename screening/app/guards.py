"""The headers that guard every response."""

from __future__ import annotations

from flask import Flask, Response, request

from screening.content_policy import content_security_policy
from screening.runtime import current_service

GUARDS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


def guard_responses(app: Flask) -> None:
    """Send every response with the same guards."""

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.update(GUARDS)
        response.headers["Content-Security-Policy"] = content_security_policy()
        if request.endpoint == "file" and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        if current_service().settings.https:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response
