"""Settings of notices: whom the clinic has told of what happened to a submission, of which events, and how."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from screening.config.environment import LOCAL_ADDRESSES, Environment

NOTICE_SETTINGS = {
    "SCREENING_ADDRESS": "The address by which staff reach this service, such as https://check.example; for notices.",
    "SCREENING_NOTICE_EMAIL": (
        "Who gets an e-mail, with a code and a link alone, when something happens to what somebody sent: one address, "
        "or several with commas. Needs the next two. Default: nobody."
    ),
    "SCREENING_NOTICE_EMAIL_FROM": "The address from which these e-mails come.",
    "SCREENING_SMTP": (
        "The server that takes them: smtp://user:password@host:587 (made secret by STARTTLS) or smtps://host:465."
    ),
    "SCREENING_WEBHOOK": "The https address that gets the same as JSON, signed. Needs the next one. Default: none.",
    "SCREENING_WEBHOOK_KEY": (
        "The secret by which that is signed (standardwebhooks.com): whsec_ and the base64 of 24 to 64 bytes; or any "
        "text of at least 32 characters, which a receiver then knows as whsec_ and the base64 of that text."
    ),
    "SCREENING_NOTICE_EVENTS": (
        "Of which events notices go out, with commas: shared, changed, withdrawn, closed, promise_passed. Who is told "
        "of shared should be told of withdrawn. Default: all of them."
    ),
}
"""Every setting of notices with its meaning."""
_EMAIL = ("SCREENING_NOTICE_EMAIL", "SCREENING_NOTICE_EMAIL_FROM", "SCREENING_SMTP")
_WEBHOOK = ("SCREENING_WEBHOOK", "SCREENING_WEBHOOK_KEY")
_SECRET = "whsec_"  # noqa: S105 - how every secret of the convention begins
_SECRET_BYTES = range(24, 65)
"""Bytes in a secret, by the specification of Standard Webhooks 1.0.0."""


class NoticeEvent(StrEnum):
    """What a notice tells of: that it happened, never what; a name that said more would be health data."""

    SHARED = "shared"
    """Somebody sent their answers."""
    CHANGED = "changed"
    """Answers, the outcome, or how to reach the person: by the person or at the desk."""
    WITHDRAWN = "withdrawn"
    """It is deleted, for whatever reason; a receiver deletes what it keeps of it."""
    CLOSED = "closed"
    """Staff closed it."""
    PROMISE_PASSED = "promise_passed"
    """Nobody reached the person within the time in which the clinic said it would answer."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who is told, by one way."""

    channel: str
    """email or webhook."""
    address: str = ""
    """Of an e-mail; there is one webhook, whose address may hold a secret and stands in the settings alone."""


@dataclass(frozen=True, slots=True)
class NoticePlan:
    """Who is told of which events; nobody, unless said otherwise."""

    recipients: tuple[Recipient, ...] = ()
    events: frozenset[NoticeEvent] = frozenset()


NOBODY = NoticePlan()
"""Nobody is told of anything."""


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
    """As the setting spells it."""

    @property
    def secret(self) -> bytes:
        """The bytes by which it is signed: what `whsec_` spells, or the key's own."""
        decoded = _decode(self.key)
        return self.key.encode() if decoded is None else decoded


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """Whom notices go to; without any of them there are none."""

    address: str = ""
    email: Email | None = None
    webhook: Webhook | None = None
    events: frozenset[NoticeEvent] = field(default=frozenset(NoticeEvent))

    @property
    def channels(self) -> tuple[str, ...]:
        """The ways in which each notice goes out."""
        return tuple(name for name, channel in (("email", self.email), ("webhook", self.webhook)) if channel)

    @property
    def plan(self) -> NoticePlan:
        """Who is told of which events, each once however often the settings name it."""
        by_email = [Recipient("email", address) for address in dict.fromkeys(self.email.to if self.email else ())]
        by_webhook = [Recipient("webhook")] if self.webhook else []
        return NoticePlan((*by_email, *by_webhook), self.events)


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
        events=frozenset(_events(environment, values["SCREENING_NOTICE_EVENTS"])),
    )


def _events(environment: Environment, text: str) -> list[NoticeEvent]:
    """The events that are named, all where none is; what is no event is added to the problems."""
    names = [piece.strip() for piece in text.split(",") if piece.strip()]
    known = [NoticeEvent(name) for name in names if name in list(NoticeEvent)]
    if len(known) != len(names) or (text and not names):
        environment.problems.append(
            f"SCREENING_NOTICE_EVENTS is {text!r}. It must name, with commas, some of: {', '.join(NoticeEvent)}."
        )
    return known or list(NoticeEvent)


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
    problems.extend(_key_problems(values["SCREENING_WEBHOOK_KEY"]))
    for name in ("SCREENING_NOTICE_EMAIL", "SCREENING_NOTICE_EMAIL_FROM"):
        addresses = [piece.strip() for piece in values[name].split(",")] if values[name] else []
        if any(address.count("@") != 1 or len(address.split()) != 1 for address in addresses):
            problems.append(f"{name} is {values[name]!r}. It must be an e-mail address.")
    return problems


def _key_problems(key: str) -> list[str]:
    """Why nothing can be signed by this key; what it is is not repeated."""
    if not key.startswith(_SECRET):
        return ["SCREENING_WEBHOOK_KEY must have at least 32 characters."] if 0 < len(key) < 32 else []
    decoded = _decode(key)
    if decoded is None or len(decoded) not in _SECRET_BYTES:
        return [
            "SCREENING_WEBHOOK_KEY begins with whsec_. What follows must be the base64 of 24 to 64 bytes, such as "
            "`openssl rand -base64 32` makes."
        ]
    return []


def _decode(key: str) -> bytes | None:
    """The bytes that a secret of the convention spells; None where it is none."""
    if not key.startswith(_SECRET):
        return None
    text = key.removeprefix(_SECRET)
    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return None


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
