"""Settings of a deployment, read from the environment once at the start; every mistake in them is reported together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from screening.notice_config import NOTICE_SETTINGS, Notices, read_notices


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
    "SCREENING_PROXIES": (
        "How many proxies of your own stand in front, each of which adds the address that it was asked from: 0 to 5. "
        "Default: 0. Who guesses codes is slowed down by address."
    ),
    "SCREENING_INSTANCE": (
        "Folder for keys, the list of what was deleted and, without DATABASE_URL, what people share. Default: "
        "instance, in the folder where the service is started."
    ),
    "SCREENING_COOKIE_KEYS": (
        "Keys that seal the cookie, 64 hexadecimal digits each, the newest first. Default: made and kept in the "
        "instance folder."
    ),
    "SCREENING_SIGNING_KEY": (
        "PEM file with the private key that signs every PDF; needs the extra `sign`. `screening certificate` makes "
        "one. Default: PDFs are not signed."
    ),
    "SCREENING_SIGNING_CERTIFICATE": (
        "PEM file with the certificate of that key; older certificates after it, so that files signed by them are "
        "still known at /verify."
    ),
    "SCREENING_MADE_BY": "Who makes this service available, as shown on the start page and on /about.",
    "SCREENING_PAID_BY": "Who pays for it.",
    "SCREENING_CONTACT": "Where to report a problem or a harm: an e-mail address or a telephone number.",
    "SCREENING_CLINIC_NAME": (
        "Legal name of the clinic to which people may send their answers. Sharing is off unless this and the next five "
        "are given, and SCREENING_PAID_BY."
    ),
    "SCREENING_CLINIC_LICENCE": "The clinic's licence or registration number.",
    "SCREENING_CLINIC_SELLS": "yes or no: whether the clinic sells what the guide is about; people are told.",
    "SCREENING_ANSWER_DAYS": "Within how many working days the clinic says it answers: 1 to 30.",
    "SCREENING_PRIVACY_CONTACT": "Whom to ask about privacy: an e-mail address or a telephone number.",
    "SCREENING_COMPLAINTS_CONTACT": "Where to complain about the clinic: an e-mail address or a telephone number.",
    "SCREENING_MASTER_KEYS": (
        "File of the keys under which what people share is sealed. Default: master.keys in the instance folder, made "
        "on the first run."
    ),
    "SCREENING_KEEP_UNOPENED_DAYS": "Days until a submission that nobody at the clinic opened is deleted. Default: 30.",
    "SCREENING_KEEP_CLOSED_DAYS": "Days until a submission that was closed is deleted. Default: 90.",
    **NOTICE_SETTINGS,
    "DATABASE_URL": "Where submissions are stored. Default: an SQLite file in the instance folder. postgresql://...",
}
"""Every setting with its meaning."""

DEMONSTRATION_CLINIC = {
    "SCREENING_CLINIC_NAME": "Demonstration Clinic (not a real clinic)",
    "SCREENING_CLINIC_LICENCE": "none: a demonstration",
    "SCREENING_CLINIC_SELLS": "yes",
    "SCREENING_ANSWER_DAYS": "3",
    "SCREENING_PRIVACY_CONTACT": "privacy@clinic.example",
    "SCREENING_COMPLAINTS_CONTACT": "complaints@clinic.example",
}
"""What a demonstration shows where nothing else is said."""

DATABASES = ("postgresql://", "postgres://", "sqlite:///")
"""How the address of a database begins."""
LOCAL_ADDRESSES = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Clinic:
    """To whom people may send their answers, and what they are told of it."""

    name: str
    licence: str
    sells: bool
    """Whether it sells what the guide is about."""
    answer_days: int
    """Working days within which it says it answers."""
    privacy_contact: str
    complaints_contact: str


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
    proxies: int
    instance: Path
    cookie_keys: str
    signing_key: Path | None
    signing_certificate: Path | None
    made_by: str
    paid_by: str
    contact: str
    clinic: Clinic | None
    """None: sharing is off."""
    database_url: str
    """Empty: a file of SQLite in the instance folder; see `database`."""
    master_keys: Path | None
    """None: in the instance folder; see `master_key_file`."""
    keep_unopened_days: int
    keep_closed_days: int
    notices: Notices
    """Whom the clinic has told that something arrived."""

    @property
    def database(self) -> str:
        """Where submissions are stored, as SQLAlchemy reads it."""
        return self.database_url or f"sqlite:///{self.instance.absolute() / 'screening.db'}"

    @property
    def master_key_file(self) -> Path:
        """The file of the keys under which submissions are sealed."""
        return self.master_keys or self.instance / "master.keys"

    @property
    def deletions_file(self) -> Path:
        """The list of what was deleted, by which a restored backup is told."""
        return self.instance / "deletions.txt"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service."""
        return self.host in LOCAL_ADDRESSES


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment, or `SettingsError` with every mistake."""
    problems = _unknown(environment)
    demonstration = environment.get("SCREENING_DEMONSTRATION", "").strip() == "1"

    def value(name: str, default: str = "") -> str:
        given = environment.get(name, "").strip()
        return given or default or (DEMONSTRATION_CLINIC.get(name, "") if demonstration else "")

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

    def path(name: str) -> Path | None:
        return Path(value(name)) if value(name) else None

    paid_by = value("SCREENING_PAID_BY")
    clinic = _clinic(value, problems, paid_by=paid_by or ("-" if demonstration else ""))
    settings = Settings(
        rules=path("SCREENING_RULES"),
        mode=Mode(mode),
        regulatory_view=value("SCREENING_REGULATORY_VIEW"),
        demonstration=demonstration,
        serve_unreviewed=value("SCREENING_SERVE_UNREVIEWED"),
        host=value("SCREENING_HOST", "127.0.0.1"),
        port=int(port),
        https=value("SCREENING_HTTPS") == "1",
        proxies=_whole("SCREENING_PROXIES", value, problems, default=0, least=0, most=5),
        instance=Path(value("SCREENING_INSTANCE", "instance")),
        cookie_keys=value("SCREENING_COOKIE_KEYS"),
        signing_key=path("SCREENING_SIGNING_KEY"),
        signing_certificate=path("SCREENING_SIGNING_CERTIFICATE"),
        made_by=value("SCREENING_MADE_BY"),
        paid_by=paid_by,
        contact=value("SCREENING_CONTACT"),
        clinic=clinic,
        database_url=value("DATABASE_URL"),
        master_keys=path("SCREENING_MASTER_KEYS"),
        keep_unopened_days=_days("SCREENING_KEEP_UNOPENED_DAYS", value, problems, default=30, most=365),
        keep_closed_days=_days("SCREENING_KEEP_CLOSED_DAYS", value, problems, default=90, most=3650),
        notices=read_notices(value, problems),
    )
    problems += _forbidden(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _unknown(environment: Mapping[str, str]) -> list[str]:
    """What is written like a setting and is none: a mistyped name would otherwise do nothing."""
    return [
        f"{name} is not a setting. Known are: {', '.join(sorted(SETTINGS))}."
        for name in sorted(environment)
        if name.startswith("SCREENING_") and name not in SETTINGS
    ]


Value = Callable[[str], str]
"""Gives the value of a setting; empty where it is not given."""


def _clinic(value: Value, problems: list[str], *, paid_by: str) -> Clinic | None:
    """The clinic, if one is named at all; one that is named by half is a mistake."""
    given = {name: value(name) for name in DEMONSTRATION_CLINIC}
    if not any(given.values()):
        return None
    missing = [name for name, each in given.items() if not each]
    if not paid_by:
        missing.append("SCREENING_PAID_BY")
    if missing:
        problems.append(
            f"People may send their answers to a clinic only where they are told who it is. Give also: "
            f"{', '.join(missing)}; or leave out every SCREENING_CLINIC_ setting, SCREENING_ANSWER_DAYS and both "
            "contacts."
        )
    sells = given["SCREENING_CLINIC_SELLS"]
    if sells not in ("", "yes", "no"):
        problems.append(f"SCREENING_CLINIC_SELLS is {sells!r}. It must be yes or no.")
    return Clinic(
        name=given["SCREENING_CLINIC_NAME"],
        licence=given["SCREENING_CLINIC_LICENCE"],
        sells=sells == "yes",
        answer_days=_days("SCREENING_ANSWER_DAYS", value, problems, default=3, most=30),
        privacy_contact=given["SCREENING_PRIVACY_CONTACT"],
        complaints_contact=given["SCREENING_COMPLAINTS_CONTACT"],
    )


def _days(name: str, value: Value, problems: list[str], *, default: int, most: int) -> int:
    return _whole(name, value, problems, default=default, least=1, most=most, of=" of days")


def _whole(name: str, value: Value, problems: list[str], *, default: int, least: int, most: int, of: str = "") -> int:
    given = value(name)
    if not given:
        return default
    if not given.isdecimal() or not least <= int(given) <= most:
        problems.append(f"{name} is {given!r}. It must be a whole number{of} from {least} to {most}.")
        return default
    return int(given)


def _forbidden(settings: Settings) -> list[str]:
    """What these settings together do not allow, whatever the rule file is."""
    problems = []
    if settings.mode is not Mode.MATCH and not settings.demonstration and not settings.regulatory_view:
        problems.append(
            "SCREENING_MODE is numbers, but SCREENING_REGULATORY_VIEW is empty. Asking for numbers may make the "
            "service a medical device. Say there who was asked, when, and in which document; or set SCREENING_MODE to "
            "match."
        )
    if settings.database_url and not settings.database_url.startswith(DATABASES):
        problems.append(f"DATABASE_URL must begin with one of: {', '.join(DATABASES)}.")
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
