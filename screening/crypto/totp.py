"""One-time codes of an authenticator app (TOTP, RFC 6238): six digits, a new step every thirty seconds."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

from screening.crypto.typed_codes import plain_code

STEP = 30
"""Seconds for which a code is shown."""
DRIFT = 1
"""Steps by which the clock of a telephone may be early or late."""


def new_secret() -> str:
    """A new random secret to share with an app, in base 32."""
    return pyotp.random_base32()


def address(secret: str, name: str, issuer: str) -> str:
    """What the QR code says that an app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_at(at: datetime) -> int:
    """The step of a moment."""
    return int(at.timestamp()) // STEP


def code_at(secret: str, step: int) -> str:
    """The six digits of a step."""
    return pyotp.TOTP(secret).generate_otp(step)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step near this moment whose code this is; None where it is none of theirs."""
    digits = plain_code(code)
    current_step = step_at(at)
    fits = [
        step
        for step in range(current_step - DRIFT, current_step + DRIFT + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), digits.encode())
    ]
    return max(fits, default=None)
