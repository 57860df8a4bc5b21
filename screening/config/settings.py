"""How a deployment serves, and whether a rule file may be served so; `reading` reads it from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from screening.config.clinic import Clinic
from screening.config.environment import LOCAL_ADDRESSES
from screening.config.notifications import NotificationSettings
from screening.config.pace import Pace
from screening.logs.setup import LogFormat


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
    fhir_base: str
    """The address under which this deployment publishes FHIR, without a slash at its end."""
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
