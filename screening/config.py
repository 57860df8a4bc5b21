"""Settings of a deployment, read from the environment once at the start; every mistake in them is reported together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Mode(StrEnum):
    """Which parts of the service a deployment offers."""

    MATCH = "match"
    """Questions alone: no numbers."""
    NUMBERS = "numbers"
    """Also numbers from papers."""


class SettingsError(Exception):
    """The settings do not allow a start; `problems` says every reason in words for the operator."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


SETTINGS = {
    "SCREENING_RULES": "Path of the rule file. Default: the liver file that ships with the service.",
    "SCREENING_MODE": "match (default): questions alone. numbers: also numbers from papers.",
    "SCREENING_REGULATORY_VIEW": (
        "Who said, when and in which document, that this deployment may ask for numbers. Needed for the mode numbers."
    ),
    "SCREENING_DEMONSTRATION": "1: a demonstration on this machine alone, marked as a test on every page.",
    "SCREENING_SERVE_UNREVIEWED": (
        "The name of who takes responsibility for serving a rule file that no clinician has signed; shown on /about."
    ),
    "SCREENING_HOST": "Address to listen on. Default: 127.0.0.1, this machine alone.",
    "SCREENING_PORT": "Port to listen on. Default: 8000.",
    "SCREENING_HTTPS": "1: people reach the service by https, so its cookie is never sent otherwise.",
    "SCREENING_INSTANCE": "Folder for keys. Default: instance, in the folder where the service is started.",
    "SCREENING_COOKIE_KEYS": (
        "Keys that seal the cookie, 64 hexadecimal digits each, the newest first. Default: made and kept in the "
        "instance folder."
    ),
    "SCREENING_MADE_BY": "Who makes this service available, as shown on the start page and on /about.",
    "SCREENING_PAID_BY": "Who pays for it.",
    "SCREENING_CONTACT": "Where to report a problem or a harm: an e-mail address or a telephone number.",
}
"""Every setting with its meaning."""

LOCAL_ADDRESSES = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Settings:
    """How this deployment serves."""

    rules: Path | None
    """The rule file; None: the one that ships with the service."""
    mode: Mode
    regulatory_view: str
    demonstration: bool
    serve_unreviewed: str
    host: str
    port: int
    https: bool
    instance: Path
    cookie_keys: str
    made_by: str
    paid_by: str
    contact: str

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service."""
        return self.host in LOCAL_ADDRESSES


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment, or `SettingsError` with every mistake."""
    problems = [
        f"{name} is not a setting. Known are: {', '.join(sorted(SETTINGS))}."
        for name in sorted(environment)
        if name.startswith("SCREENING_") and name not in SETTINGS
    ]

    def value(name: str, default: str = "") -> str:
        return environment.get(name, "").strip() or default

    demonstration = value("SCREENING_DEMONSTRATION") == "1"
    mode = value("SCREENING_MODE", "numbers" if demonstration else "match")
    if mode not in list(Mode):
        problems.append(f"SCREENING_MODE is {mode!r}. It must be one of: {', '.join(Mode)}.")
        mode = Mode.MATCH
    port = value("SCREENING_PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        problems.append(f"SCREENING_PORT is {port!r}. It must be a number from 1 to 65535.")
        port = "8000"
    problems += [
        f"{name} is {value(name)!r}. It must be 1, or left out."
        for name in ("SCREENING_DEMONSTRATION", "SCREENING_HTTPS")
        if value(name) not in ("", "0", "1")
    ]
    rules = value("SCREENING_RULES")
    settings = Settings(
        rules=Path(rules) if rules else None,
        mode=Mode(mode),
        regulatory_view=value("SCREENING_REGULATORY_VIEW"),
        demonstration=demonstration,
        serve_unreviewed=value("SCREENING_SERVE_UNREVIEWED"),
        host=value("SCREENING_HOST", "127.0.0.1"),
        port=int(port),
        https=value("SCREENING_HTTPS") == "1",
        instance=Path(value("SCREENING_INSTANCE", "instance")),
        cookie_keys=value("SCREENING_COOKIE_KEYS"),
        made_by=value("SCREENING_MADE_BY"),
        paid_by=value("SCREENING_PAID_BY"),
        contact=value("SCREENING_CONTACT"),
    )
    problems += _forbidden(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _forbidden(settings: Settings) -> list[str]:
    """What these settings together do not allow, whatever the rule file is."""
    problems = []
    if settings.mode is not Mode.MATCH and not settings.demonstration and not settings.regulatory_view:
        problems.append(
            "SCREENING_MODE is numbers, but SCREENING_REGULATORY_VIEW is empty. Asking for numbers may make the "
            "service a medical device. Say there who was asked, when, and in which document; or set SCREENING_MODE to "
            "match."
        )
    if settings.demonstration and not settings.is_local:
        problems.append(
            f"SCREENING_DEMONSTRATION is 1, but SCREENING_HOST is {settings.host}. A demonstration is for this machine "
            "alone: leave SCREENING_HOST out."
        )
    return problems


def check_review(settings: Settings, *, signed: bool) -> None:
    """Raise `SettingsError` where an unsigned rule file would be served to others without anyone answering for it."""
    if signed or settings.is_local or settings.serve_unreviewed:
        return
    raise SettingsError(
        [
            "No clinician has signed this rule file, or a second signature is missing, or one has expired (see "
            "`screening check`). So it is served on this machine alone, but SCREENING_HOST is "
            f"{settings.host}. Leave SCREENING_HOST out, have the rule file signed, or name in "
            "SCREENING_SERVE_UNREVIEWED who takes responsibility; that name is shown to everyone."
        ]
    )
