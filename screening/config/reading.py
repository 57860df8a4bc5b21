"""The settings read from the environment, once at the start; every mistake in them is reported together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from screening.config.clinic import DEMONSTRATION_CLINIC, read_clinic
from screening.config.environment import Environment
from screening.config.fhir import read_fhir_base
from screening.config.meanings import SETTINGS
from screening.config.notifications import read_notification_settings
from screening.config.pace import read_pace
from screening.config.settings import Api, Mode, Settings, SettingsError
from screening.logs.setup import SETTING, LogFormat

LEAST_IDLE_DAYS = 90
"""The longest promise, 30 working days, and the 30 days for which something is listed after it are over by then."""
DATABASES = ("postgresql://", "postgres://", "sqlite:///")
"""How the address of a database begins."""


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
        fhir_base=read_fhir_base(reader),
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
            "SCREENING_CLINIC_NAME and what belongs to it, or SCREENING_API to local."
        )
    if not settings.https and not settings.is_local:
        yield "SCREENING_API is keys, and a key must not be sent in the open. Set SCREENING_HTTPS to 1."
