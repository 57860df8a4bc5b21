"""Settings of notices: whom the clinic has told that something arrived, and how."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from screening.config.environment import LOCAL_ADDRESSES, Environment

NOTICE_SETTINGS = {
    "SCREENING_ADDRESS": "The address by which staff reach this service, such as https://check.example; for notices.",
    "SCREENING_NOTICE_EMAIL": (
        "Who gets an e-mail, with a code and a link alone, when somebody sends their answers: one address, or several "
        "with commas. Needs the next two. Default: nobody."
    ),
    "SCREENING_NOTICE_EMAIL_FROM": "The address from which these e-mails come.",
    "SCREENING_SMTP": (
        "The server that takes them: smtp://user:password@host:587 (made secret by STARTTLS) or smtps://host:465."
    ),
    "SCREENING_WEBHOOK": "The https address that gets the same as JSON, signed. Needs the next one. Default: none.",
    "SCREENING_WEBHOOK_KEY": "The key by which that is signed: at least 32 characters.",
}
"""Every setting of notices with its meaning."""
_EMAIL = ("SCREENING_NOTICE_EMAIL", "SCREENING_NOTICE_EMAIL_FROM", "SCREENING_SMTP")
_WEBHOOK = ("SCREENING_WEBHOOK", "SCREENING_WEBHOOK_KEY")


@dataclass(frozen=True, slots=True)
class Email:
    """How e-mails are sent."""

    to: tuple[str, ...]
    sender: str
    server: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where signed notices are posted."""

    url: str
    key: str


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """Whom notices go to; without any of them there are none."""

    address: str = ""
    email: Email | None = None
    webhook: Webhook | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        """The ways in which each notice goes out."""
        return tuple(name for name, channel in (("email", self.email), ("webhook", self.webhook)) if channel)


def read_notification_settings(environment: Environment) -> NotificationSettings:
    """The settings of notices; what is wrong with them is added to the problems."""
    values = {name: environment.text(name) for name in NOTICE_SETTINGS}
    for group in (_EMAIL, _WEBHOOK):
        missing = [name for name in (*group, "SCREENING_ADDRESS") if not values[name]]
        if any(values[name] for name in group) and missing:
            environment.problems.append(f"Notices are told to go out, but not how. Give also: {', '.join(missing)}.")
    environment.problems.extend(_value_problems(values))
    to, sender, server = (values[name] for name in _EMAIL)
    url, key = (values[name] for name in _WEBHOOK)
    return NotificationSettings(
        address=values["SCREENING_ADDRESS"].rstrip("/"),
        email=Email(tuple(piece.strip() for piece in to.split(",") if piece.strip()), sender, server) if to else None,
        webhook=Webhook(url, key) if url else None,
    )


def _value_problems(values: dict[str, str]) -> list[str]:
    """What each setting says that cannot be."""
    problems = []
    for name in ("SCREENING_ADDRESS", "SCREENING_WEBHOOK"):
        parts = _parts(values[name])
        if values[name] and not (parts.hostname and (parts.scheme == "https" or _is_local_http(parts))):
            problems.append(f"{name} is {values[name]!r}. It must begin with https:// and name a host.")
    if values["SCREENING_SMTP"]:
        parts = _parts(values["SCREENING_SMTP"])
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            problems.append("SCREENING_SMTP must begin with smtp:// or smtps:// and name a host.")
    if 0 < len(values["SCREENING_WEBHOOK_KEY"]) < 32:
        problems.append("SCREENING_WEBHOOK_KEY must have at least 32 characters.")
    for name in ("SCREENING_NOTICE_EMAIL", "SCREENING_NOTICE_EMAIL_FROM"):
        addresses = [piece.strip() for piece in values[name].split(",")] if values[name] else []
        if any(address.count("@") != 1 or len(address.split()) != 1 for address in addresses):
            problems.append(f"{name} is {values[name]!r}. It must be an e-mail address.")
    return problems


def _is_local_http(parts: SplitResult) -> bool:
    return parts.scheme == "http" and parts.hostname in LOCAL_ADDRESSES


def _parts(text: str) -> SplitResult:
    """The parts of an address; none of them where it is none."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts
