"""Settings of a deployment, read from the environment once at the start; every mistake in them is reported together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from screening.config.clinic import CLINIC_SETTINGS, DEMONSTRATION_CLINIC, Clinic, read_clinic
from screening.config.clinic_hours import CLINIC_HOURS_SETTINGS
from screening.config.environment import LOCAL_ADDRESSES, Environment
from screening.config.notifications import NOTICE_SETTINGS, NotificationSettings, read_notification_settings
from screening.config.pace import PACE_SETTINGS, Pace, read_pace
from screening.logs.setup import SETTING, LogFormat


class Mode(StrEnum):
    """Which parts of the service a deployment offers."""

    MATCH = "match"
    """Questions alone: no numbers."""
    NUMBERS = "numbers"
    """Also numbers from papers."""


class Api(StrEnum):
    """Who may use the addresses for programs."""

    OFF = "off"
    LOCAL = "local"
    """Programs on this machine."""
    KEYS = "keys"
    """Programs with a key, from wherever it may be used."""


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
    "SCREENING_API": (
        "off (default): there are no addresses for programs. local: programs on this machine may use /api/v1. "
        "keys: those that were given a key by `screening api-keys`; needs what sharing needs, and SCREENING_HTTPS."
    ),
    "SCREENING_API_SUBMISSIONS": (
        "1: programs whose key has the scope `submissions` may read what people shared. Say so in the clinic's terms. "
        "Default: nobody but staff reads it."
    ),
    "SCREENING_API_PER_MINUTE": (
        "How many requests a minute each program may send there, to each process of this host. Default: 600."
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
    SETTING: (
        "How the log is written to standard error: text (default), or json, one object a line for machines. It names "
        "types and places of errors and ids of requests; no message of a library, nothing that anybody typed."
    ),
    "SCREENING_MADE_BY": "Who makes this service available, as shown on the start page and on /about.",
    "SCREENING_PAID_BY": "Who pays for it.",
    "SCREENING_CONTACT": "Where to report a problem or a harm: an e-mail address or a telephone number.",
    **CLINIC_SETTINGS,
    **CLINIC_HOURS_SETTINGS,
    "SCREENING_MASTER_KEYS": (
        "File of the keys under which what people share is sealed. Default: master.keys in the instance folder, made "
        "on the first run."
    ),
    "SCREENING_KEEP_UNOPENED_DAYS": "Days until a submission that nobody at the clinic opened is deleted. Default: 30.",
    "SCREENING_KEEP_CLOSED_DAYS": "Days until a submission that was closed is deleted. Default: 90.",
    "SCREENING_KEEP_IDLE_DAYS": (
        "Days until a submission that was opened and not closed is deleted, if nothing more happens to it: 90 to 730. "
        "Default: 180. Another number counts from the start with it, for what was sent before too; a larger one only "
        "for what is sent from then on."
    ),
    **PACE_SETTINGS,
    "SCREENING_METRICS_TOKEN": (
        "File with a secret of 32 characters or more, by which a monitoring system may read /metrics. Default: there "
        "is no such page."
    ),
    **NOTICE_SETTINGS,
    "DATABASE_URL": "Where submissions are stored. Default: an SQLite file in the instance folder. postgresql://...",
}
"""Every setting with its meaning."""

LEAST_IDLE_DAYS = 90
"""The longest promise, 30 working days, and the 30 days for which something is listed after it are over by then."""
DATABASES = ("postgresql://", "postgres://", "sqlite:///")
"""How the address of a database begins."""


@dataclass(frozen=True)
class Settings:
    """How this deployment serves."""

    rules: Path | None
    """The rule file; None: the one that ships with the service."""
    mode: Mode
    regulatory_view: str
    api: Api
    """Whether programs may ask, and which."""
    api_submissions: bool
    """Whether a key may be for reading what people shared."""
    api_per_minute: int
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
    log: LogFormat
    """How the log is written; the command line sets it up before it reads any other setting."""
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
    keep_idle_days: int
    pace: Pace
    """How fast answers are taken."""
    metrics_token: Path | None
    """None: nobody reads metrics."""
    notifications: NotificationSettings
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
        """Whether only this machine can reach the service: a proxy in front brings others."""
        return self.host in LOCAL_ADDRESSES and not self.proxies

    @property
    def exposure(self) -> str:
        """Which setting lets others reach the service, and how to do without it: the middle of a sentence."""
        if self.host not in LOCAL_ADDRESSES:
            return f"SCREENING_HOST is {self.host}. Leave SCREENING_HOST out"
        return f"SCREENING_PROXIES is {self.proxies}. Serve without a proxy"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment, or `SettingsError` with every mistake."""
    reader = Environment(environment)
    reader.problems.extend(_unknown_names(environment))
    demonstration = reader.switch("SCREENING_DEMONSTRATION")
    if demonstration:
        reader = replace(reader, default=lambda name: DEMONSTRATION_CLINIC.get(name, ""))
    settings = _settings(reader, demonstration=demonstration)
    problems = [*reader.problems, *_contradictions(settings)]
    if problems:
        raise SettingsError(problems)
    return settings


def _settings(reader: Environment, *, demonstration: bool) -> Settings:
    paid_by = reader.text("SCREENING_PAID_BY")
    return Settings(
        rules=reader.path("SCREENING_RULES"),
        mode=_mode(reader, default=Mode.NUMBERS if demonstration else Mode.MATCH),
        regulatory_view=reader.text("SCREENING_REGULATORY_VIEW"),
        api=_api(reader),
        api_submissions=reader.switch("SCREENING_API_SUBMISSIONS"),
        api_per_minute=reader.whole("SCREENING_API_PER_MINUTE", default=600, least=1, most=1_000_000),
        demonstration=demonstration,
        serve_unreviewed=reader.text("SCREENING_SERVE_UNREVIEWED"),
        host=reader.text("SCREENING_HOST", "127.0.0.1"),
        port=reader.whole("SCREENING_PORT", default=8000, least=1, most=65535, of="number"),
        https=reader.switch("SCREENING_HTTPS"),
        proxies=reader.whole("SCREENING_PROXIES", default=0, least=0, most=5),
        instance=Path(reader.text("SCREENING_INSTANCE", "instance")),
        cookie_keys=reader.text("SCREENING_COOKIE_KEYS"),
        signing_key=reader.path("SCREENING_SIGNING_KEY"),
        signing_certificate=reader.path("SCREENING_SIGNING_CERTIFICATE"),
        log=_log_format(reader),
        made_by=reader.text("SCREENING_MADE_BY"),
        paid_by=paid_by,
        contact=reader.text("SCREENING_CONTACT"),
        clinic=read_clinic(reader, paid_by=paid_by or ("-" if demonstration else "")),
        database_url=reader.text("DATABASE_URL"),
        master_keys=reader.path("SCREENING_MASTER_KEYS"),
        keep_unopened_days=reader.days("SCREENING_KEEP_UNOPENED_DAYS", default=30, most=365),
        keep_closed_days=reader.days("SCREENING_KEEP_CLOSED_DAYS", default=90, most=3650),
        keep_idle_days=reader.whole(
            "SCREENING_KEEP_IDLE_DAYS", default=180, least=LEAST_IDLE_DAYS, most=730, of="whole number of days"
        ),
        pace=read_pace(reader),
        metrics_token=reader.path("SCREENING_METRICS_TOKEN"),
        notifications=read_notification_settings(reader),
    )


def _mode(reader: Environment, *, default: Mode) -> Mode:
    mode = reader.text("SCREENING_MODE", default)
    if mode not in list(Mode):
        reader.problems.append(f"SCREENING_MODE is {mode!r}. It must be one of: {', '.join(Mode)}.")
        return Mode.MATCH
    return Mode(mode)


def _api(reader: Environment) -> Api:
    chosen = reader.text("SCREENING_API", Api.OFF)
    if chosen not in list(Api):
        reader.problems.append(f"SCREENING_API is {chosen!r}. It must be one of: {', '.join(Api)}.")
        return Api.OFF
    return Api(chosen)


def _log_format(reader: Environment) -> LogFormat:
    chosen = reader.text(SETTING, LogFormat.TEXT)
    if chosen not in list(LogFormat):
        reader.problems.append(f"{SETTING} is {chosen!r}. It must be one of: {', '.join(LogFormat)}.")
        return LogFormat.TEXT
    return LogFormat(chosen)


def _unknown_names(environment: Mapping[str, str]) -> list[str]:
    """What is written like a setting and is none: a mistyped name would otherwise do nothing."""
    return [
        f"{name} is not a setting. Known are: {', '.join(sorted(SETTINGS))}."
        for name in sorted(environment)
        if name.startswith("SCREENING_") and name not in SETTINGS
    ]


def _contradictions(settings: Settings) -> list[str]:
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
            f"SCREENING_DEMONSTRATION is 1. A demonstration is for this machine alone, but {settings.exposure}."
        )
    if settings.api is Api.LOCAL and not settings.is_local:
        problems.append(f"SCREENING_API is local, which is for this machine alone, but {settings.exposure}.")
    if settings.api_submissions and settings.api is not Api.KEYS:
        problems.append("SCREENING_API_SUBMISSIONS is 1, but only who has a key may read. Set SCREENING_API to keys.")
    if settings.api is Api.KEYS:
        problems.extend(_wrong_for_keys(settings))
    return problems


def _wrong_for_keys(settings: Settings) -> Iterator[str]:
    """What keeps programs with keys out."""
    if settings.clinic is None:
        yield (
            "SCREENING_API is keys, but keys stand in the store, and there is none before sharing is set up. Set "
            "SCREENING_CLINIC and what belongs to it, or SCREENING_API to local."
        )
    if not settings.https and not settings.is_local:
        yield "SCREENING_API is keys, and a key must not be sent in the open. Set SCREENING_HTTPS to 1."


def check_mode(settings: Settings, *, wants_numbers: bool) -> None:
    """Raise `SettingsError` where a rule file would ask for numbers of papers where none are to be asked for."""
    if wants_numbers and settings.mode is Mode.MATCH:
        raise SettingsError(
            [
                "This rule file asks for numbers of papers on a page that belongs to no part, so it cannot be served "
                "without them. Set SCREENING_MODE to numbers, and say in SCREENING_REGULATORY_VIEW who was asked, "
                "when, and in which document."
            ]
        )


def check_review(settings: Settings, *, signed: bool) -> None:
    """Raise `SettingsError` where an unsigned rule file would be served to others without anyone answering for it."""
    if signed or settings.is_local or settings.serve_unreviewed:
        return
    raise SettingsError(
        [
            "No clinician has signed this rule file, or a second signature is missing, or one has expired (see "
            f"`screening check`). So it is served on this machine alone, but {settings.exposure}, have the rule file "
            "signed, or name in "
            "SCREENING_SERVE_UNREVIEWED who takes responsibility; that name is shown to everyone."
        ]
    )
