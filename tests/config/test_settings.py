"""The settings of a deployment: each is read, and every mistake in them is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from screening.config.clinic import Clinic
from screening.config.clinic_hours import USUAL_HOURS, ClinicHours
from screening.config.meanings import SETTINGS
from screening.config.notifications import Email, NoticeEvent, NotificationSettings, Webhook
from screening.config.pace import Pace
from screening.config.reading import LEAST_IDLE_DAYS, read_settings
from screening.config.settings import Api, Mode, Settings, SettingsError, check_review
from screening.logs.setup import LogFormat
from screening.storage.submissions.deletion.idle import LISTED
from screening.wording.sharing.promise import promise_due_at
from tests.conftest import ROOT
from tests.support.every import for_every

CLINIC = Clinic("Clinic", "A 1", True, 2, "privacy@example.org", "complaints@example.org", ("MY",))
NINE, TEN = (time(9), time(12, 30)), (time(10), time(11))
EMAIL = Email(("a@b.org",), "from@b.org", "smtps://mail.example")
WEBHOOK = Webhook("https://hook.example/x", "k" * 32)
TOLD = NotificationSettings("https://a.example", EMAIL, WEBHOOK)
OTHER_VALUES = {
    "SCREENING_RULES": ("rules", "/other.yaml", Path("/other.yaml")),
    "SCREENING_MODE": ("mode", "match", Mode.MATCH),
    "SCREENING_REGULATORY_VIEW": ("regulatory_view", "Letter of 3 May", "Letter of 3 May"),
    "SCREENING_API": ("api", "local", Api.LOCAL),
    "SCREENING_API_SUBMISSIONS": ("api_submissions", "1", True),
    "SCREENING_API_PER_MINUTE": ("api_per_minute", "60", 60),
    "SCREENING_FHIR_BASE": ("fhir_base", "https://clinic.example/fhir/", "https://clinic.example/fhir"),
    "SCREENING_DEMONSTRATION": ("demonstration", "0", False),
    "SCREENING_SERVE_UNREVIEWED": ("serve_unreviewed", "Dr Tan", "Dr Tan"),
    "SCREENING_HOST": ("host", "localhost", "localhost"),
    "SCREENING_PORT": ("port", "8080", 8080),
    "SCREENING_HTTPS": ("https", "1", True),
    "SCREENING_PROXIES": ("proxies", "2", 2),
    "SCREENING_INSTANCE": ("instance", "/keys", Path("/keys")),
    "SCREENING_COOKIE_KEYS": ("cookie_keys", "ab" * 32, "ab" * 32),
    "SCREENING_SIGNING_KEY": ("signing_key", "/key.pem", Path("/key.pem")),
    "SCREENING_SIGNING_CERTIFICATE": ("signing_certificate", "/certificate.pem", Path("/certificate.pem")),
    "SCREENING_LOG": ("log", "json", LogFormat.JSON),
    "SCREENING_MADE_BY": ("made_by", "A charity", "A charity"),
    "SCREENING_PAID_BY": ("paid_by", "Its members", "Its members"),
    "SCREENING_CONTACT": ("contact", "help@example.org", "help@example.org"),
    "SCREENING_CLINIC_NAME": ("clinic", "Other Clinic", replace(CLINIC, name="Other Clinic")),
    "SCREENING_CLINIC_LICENCE": ("clinic", "B 2", replace(CLINIC, licence="B 2")),
    "SCREENING_CLINIC_SELLS": ("clinic", "no", replace(CLINIC, sells=False)),
    "SCREENING_ANSWER_DAYS": ("clinic", "7", replace(CLINIC, answer_days=7)),
    "SCREENING_PRIVACY_CONTACT": ("clinic", "p@example.org", replace(CLINIC, privacy_contact="p@example.org")),
    "SCREENING_COMPLAINTS_CONTACT": ("clinic", "c@example.org", replace(CLINIC, complaints_contact="c@example.org")),
    "SCREENING_CLINIC_COUNTRIES": ("clinic", " sg,MY ,sg", replace(CLINIC, countries=("SG", "MY"))),
    "SCREENING_CLINIC_HOURS": (
        "clinic",
        "mo-tu, SA 9:00-12:30; Fr-Su 10:00-11:00",
        replace(CLINIC, hours=ClinicHours((NINE, NINE, None, None, TEN, TEN, TEN))),
    ),
    "SCREENING_CLINIC_HOLIDAYS": (
        "clinic",
        "2026-12-25, 2026-12-31..2027-01-01",
        replace(
            CLINIC,
            hours=replace(USUAL_HOURS, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)})),
        ),
    ),
    "SCREENING_MASTER_KEYS": ("master_keys", "/m.keys", Path("/m.keys")),
    "SCREENING_KEEP_UNOPENED_DAYS": ("keep_unopened_days", "7", 7),
    "SCREENING_KEEP_CLOSED_DAYS": ("keep_closed_days", "8", 8),
    "SCREENING_KEEP_IDLE_DAYS": ("keep_idle_days", "365", 365),
    "SCREENING_PACE_BURST": ("pace", "20", Pace(burst=20)),
    "SCREENING_PACE_SECONDS": ("pace", "3", Pace(seconds=3)),
    "SCREENING_PACE_HOURLY": ("pace", "2000", Pace(hourly=2000)),
    "SCREENING_METRICS_TOKEN": ("metrics_token", "/t", Path("/t")),
    "SCREENING_ADDRESS": ("notifications", "https://b.example/", replace(TOLD, address="https://b.example")),
    "SCREENING_NOTICE_EMAIL": (
        "notifications",
        "c@d.org, e@f.org",
        replace(TOLD, email=replace(EMAIL, to=("c@d.org", "e@f.org"))),
    ),
    "SCREENING_NOTICE_EMAIL_FROM": ("notifications", "g@h.org", replace(TOLD, email=replace(EMAIL, sender="g@h.org"))),
    "SCREENING_SMTP": ("notifications", "smtp://i.org", replace(TOLD, email=replace(EMAIL, server="smtp://i.org"))),
    "SCREENING_WEBHOOK": (
        "notifications",
        "https://j.org/",
        replace(TOLD, webhook=replace(WEBHOOK, url="https://j.org/")),
    ),
    "SCREENING_WEBHOOK_KEY": ("notifications", "l" * 32, replace(TOLD, webhook=replace(WEBHOOK, key="l" * 32))),
    "SCREENING_NOTICE_EVENTS": (
        "notifications",
        "withdrawn, shared",
        replace(TOLD, events=frozenset({NoticeEvent.SHARED, NoticeEvent.WITHDRAWN})),
    ),
    "DATABASE_URL": ("database_url", "postgresql:///x", "postgresql:///x"),
}
"""For each setting the member that holds it, another value for it, and what is read from that."""
DEMONSTRATION = {"SCREENING_DEMONSTRATION": "1"}
SHARING = {
    "SCREENING_PAID_BY": "A foundation",
    "SCREENING_CLINIC_NAME": "Clinic",
    "SCREENING_CLINIC_LICENCE": "A 1",
    "SCREENING_CLINIC_SELLS": "yes",
    "SCREENING_ANSWER_DAYS": "2",
    "SCREENING_PRIVACY_CONTACT": "privacy@example.org",
    "SCREENING_COMPLAINTS_CONTACT": "complaints@example.org",
}

NOTICES = {
    "SCREENING_ADDRESS": "https://a.example",
    "SCREENING_NOTICE_EMAIL": "a@b.org",
    "SCREENING_NOTICE_EMAIL_FROM": "from@b.org",
    "SCREENING_SMTP": "smtps://mail.example",
    "SCREENING_WEBHOOK": "https://hook.example/x",
    "SCREENING_WEBHOOK_KEY": "k" * 32,
}


class Watched(Mapping[str, str]):
    """An environment that remembers which names were asked for."""

    def __init__(self, **values: str) -> None:
        self.values_ = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def problems_of(environment: Mapping[str, str]) -> list[str]:
    """What is said of these settings."""
    with pytest.raises(SettingsError) as caught:
        read_settings(environment)
    return caught.value.problems


def test_the_settings_documented_are_those_that_are_read() -> None:
    environment = Watched()
    read_settings(environment)
    assert environment.asked == set(SETTINGS)


def test_each_member_is_read_from_one_setting() -> None:
    assert {member for member, _, _ in OTHER_VALUES.values()} == {field.name for field in fields(Settings)}
    assert set(OTHER_VALUES) == set(SETTINGS)


@for_every("name", SETTINGS)
def test_a_setting_changes_what_it_stands_for_and_nothing_else(name: str) -> None:
    member, text, wanted = OTHER_VALUES[name]
    given = SHARING | NOTICES | {"SCREENING_MODE": "numbers", "SCREENING_REGULATORY_VIEW": "Seen"}
    given["SCREENING_CLINIC_COUNTRIES"] = "MY"
    given |= {} if name == "SCREENING_PROXIES" else DEMONSTRATION  # which no proxy may bring to others
    given |= {"SCREENING_API": "keys"} if name == "SCREENING_API_SUBMISSIONS" else {}  # without keys nobody reads
    before, after = read_settings(given), read_settings(given | {name: text})
    assert getattr(after, member) == wanted
    changed = {field.name for field in fields(Settings) if getattr(before, field.name) != getattr(after, field.name)}
    assert changed == {member}


@for_every("name", SETTINGS)
def test_a_setting_is_read_without_the_spaces_around_it_and_empty_is_left_out(name: str) -> None:
    text = OTHER_VALUES[name][1]
    environment = SHARING | NOTICES | {"SCREENING_REGULATORY_VIEW": "Seen"}
    environment |= {"SCREENING_API": "keys", "SCREENING_HTTPS": "1"} if name == "SCREENING_API_SUBMISSIONS" else {}
    assert read_settings(environment | {name: f"  {text} "}) == read_settings(environment | {name: text})
    without = {key: value for key, value in environment.items() if key != name}
    if name in SHARING | NOTICES:
        assert problems_of({**without, name: " "}) == problems_of(without)
    else:
        assert read_settings({**without, name: " "}) == read_settings(without)


@pytest.mark.parametrize("name", NOTICES)
def test_whom_notices_go_to_is_told_whole_or_not_at_all(name: str) -> None:
    problems = problems_of({key: value for key, value in NOTICES.items() if key != name})
    assert all(name in problem for problem in problems)


def test_there_are_no_notices_unless_they_are_asked_for() -> None:
    assert read_settings({}).notifications.channels == ()
    assert read_settings(SHARING).notifications.channels == ()
    assert read_settings(NOTICES).notifications == TOLD
    assert TOLD.channels == ("email", "webhook")


@for_every(
    ("name", "text"),
    [
        ("SCREENING_ADDRESS", "http://a.example"),
        ("SCREENING_ADDRESS", "check.example"),
        ("SCREENING_WEBHOOK", "http://hook.example"),
        ("SCREENING_WEBHOOK", "https://:x"),
        ("SCREENING_LOG", "JSON"),
        ("SCREENING_WEBHOOK_KEY", "short"),
        ("SCREENING_WEBHOOK_KEY", "whsec_" + "not base64, although it is long enough"),
        ("SCREENING_WEBHOOK_KEY", "whsec_" + "QUJD" * 7 + "="),
        ("SCREENING_WEBHOOK_KEY", "whsec_" + "A" * 28),
        ("SCREENING_WEBHOOK_KEY", "whsec_" + "A" * 88),
        ("SCREENING_SMTP", "mail.example"),
        ("SCREENING_NOTICE_EMAIL", "nobody"),
        ("SCREENING_NOTICE_EMAIL_FROM", "a b@c.org"),
        ("SCREENING_NOTICE_EVENTS", "shared, worse"),
        ("SCREENING_NOTICE_EVENTS", ","),
    ],
)
def test_a_notice_setting_that_cannot_be_is_told(name: str, text: str) -> None:
    (problem,) = problems_of(NOTICES | {name: text})
    assert problem.startswith(name)


@pytest.mark.parametrize("name", SHARING)
def test_a_clinic_is_named_whole_or_not_at_all(name: str) -> None:
    (problem,) = problems_of({key: value for key, value in SHARING.items() if key != name})
    assert f"Give also: {name};" in problem


def test_sharing_is_off_unless_a_clinic_is_named() -> None:
    assert read_settings({}).clinic is None
    assert read_settings({"SCREENING_PAID_BY": "A foundation"}).clinic is None
    assert read_settings(SHARING | {"SCREENING_CLINIC_COUNTRIES": "MY"}).clinic == CLINIC
    assert read_settings(DEMONSTRATION).clinic is not None


@pytest.mark.parametrize(
    ("name", "text"),
    [("SCREENING_ANSWER_DAYS", "0"), ("SCREENING_ANSWER_DAYS", "soon"), ("SCREENING_KEEP_CLOSED_DAYS", "-1")],
)
def test_days_are_a_number_of_days(name: str, text: str) -> None:
    (problem,) = problems_of(SHARING | {name: text})
    assert problem.startswith(f"{name} is {text!r}. It must be a whole number of days from 1 to ")


@pytest.mark.parametrize("text", ["89", "731", "0", "-180", "180.5", "half a year"])
def test_the_idle_limit_is_longer_than_any_promise_and_no_longer_than_two_years(text: str) -> None:
    assert problems_of(SHARING | {"SCREENING_KEEP_IDLE_DAYS": text}) == [
        f"SCREENING_KEEP_IDLE_DAYS is {text!r}. It must be a whole number of days from 90 to 730."
    ]
    assert read_settings(SHARING).keep_idle_days == 180


def test_the_longest_promise_has_passed_for_a_month_when_the_shortest_idle_limit_is_over() -> None:
    week = [datetime(2026, 11, 23 + day, 12, tzinfo=UTC) for day in range(7)]
    longest = max(promise_due_at(moment, 30) - moment for moment in week)
    assert longest + LISTED <= timedelta(days=LEAST_IDLE_DAYS)


@pytest.mark.parametrize("country", ["XX", "Malaysia", "60"])
def test_a_country_without_telephone_numbers_is_a_mistake(country: str) -> None:
    (problem,) = problems_of(SHARING | {"SCREENING_CLINIC_COUNTRIES": f"MY,{country}"})
    assert f"names {country.upper()!r}" in problem


def test_whether_the_clinic_sells_is_said_with_yes_or_no() -> None:
    assert problems_of(SHARING | {"SCREENING_CLINIC_SELLS": "maybe"}) == [
        "SCREENING_CLINIC_SELLS is 'maybe'. It must be yes or no."
    ]


def test_what_is_shared_is_stored_in_the_instance_folder_unless_told_otherwise() -> None:
    settings = read_settings({"SCREENING_INSTANCE": "/keep"})
    assert settings.database == "sqlite:////keep/screening.db"
    assert settings.master_key_file == Path("/keep/master.keys")


def test_by_default_questions_alone_are_asked_on_this_machine_alone() -> None:
    settings = read_settings({})
    assert settings.mode is Mode.MATCH
    assert settings.is_local
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert not settings.https
    assert not settings.demonstration
    assert settings.instance == Path("instance")


def test_a_demonstration_has_every_part_on() -> None:
    assert read_settings(DEMONSTRATION).mode is Mode.NUMBERS
    assert read_settings(DEMONSTRATION | {"SCREENING_MODE": "match"}).mode is Mode.MATCH


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_these_addresses_are_this_machine_alone(host: str) -> None:
    assert read_settings({"SCREENING_HOST": host}).is_local


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.org", "192.168.0.5", ""])
def test_other_addresses_are_not_and_an_empty_one_is_the_default(host: str) -> None:
    assert read_settings({"SCREENING_HOST": host}).is_local == (host == "")


MISTAKES = [
    ({"SCREENING_MODES": "match"}, "SCREENING_MODES is not a setting. Known are: DATABASE_URL, "),
    ({"SCREENING_MODE": "all"}, "SCREENING_MODE is 'all'. It must be one of: match, numbers."),
    ({"SCREENING_MODE": "numbers"}, "SCREENING_REGULATORY_VIEW is empty"),
    ({"SCREENING_PORT": "http"}, "SCREENING_PORT is 'http'. It must be a number from 1 to 65535."),
    ({"SCREENING_PORT": "0"}, "SCREENING_PORT is '0'."),
    ({"SCREENING_PORT": "65536"}, "SCREENING_PORT is '65536'."),
    ({"SCREENING_PORT": "-1"}, "SCREENING_PORT is '-1'."),
    ({"SCREENING_HTTPS": "yes"}, "SCREENING_HTTPS is 'yes'. It must be 1, or left out."),
    ({"SCREENING_DEMONSTRATION": "true"}, "SCREENING_DEMONSTRATION is 'true'. It must be 1, or left out."),
    ({"DATABASE_URL": "mysql://a:secret@b/c"}, "DATABASE_URL must begin with one of: postgresql://, "),
    ({**DEMONSTRATION, "SCREENING_HOST": "0.0.0.0"}, "A demonstration is for this machine alone"),
    (
        {**DEMONSTRATION, "SCREENING_PROXIES": "1"},
        "A demonstration is for this machine alone, but SCREENING_PROXIES is",
    ),
]


@for_every(("environment", "said"), MISTAKES)
def test_a_mistake_is_said_with_what_would_be_right(environment: dict[str, str], said: str) -> None:
    (problem,) = problems_of(environment)
    assert said in problem


def test_all_mistakes_are_said_together() -> None:
    environment = {
        "SCREENING_MODES": "match",
        "SCREENING_MODE": "all",
        "SCREENING_PORT": "http",
        "SCREENING_HTTPS": "yes",
        "SCREENING_DEMONSTRATION": "1",
        "SCREENING_HOST": "0.0.0.0",
    }
    problems = problems_of(environment)
    assert len(problems) == 5
    for name in ("SCREENING_MODES", "SCREENING_MODE", "SCREENING_PORT", "SCREENING_HTTPS", "SCREENING_HOST"):
        assert any(name in problem for problem in problems), name


def test_a_port_in_digits_of_another_script_is_a_port() -> None:
    assert read_settings({"SCREENING_PORT": "٨٠٨٠"}).port == 8080


@pytest.mark.parametrize("port", ["²", "8e3", "8 000", "1" * 40])
def test_what_only_looks_like_a_port_is_none(port: str) -> None:
    assert "SCREENING_PORT" in problems_of({"SCREENING_PORT": port})[0]


def test_unsigned_rules_stay_on_this_machine_unless_somebody_answers_for_them() -> None:
    public = read_settings({"SCREENING_HOST": "0.0.0.0"})
    named = read_settings({"SCREENING_HOST": "0.0.0.0", "SCREENING_SERVE_UNREVIEWED": "Dr Tan"})
    with pytest.raises(SettingsError, match="No clinician has signed"):
        check_review(public, signed=False)
    check_review(public, signed=True)
    check_review(named, signed=False)
    with pytest.raises(SettingsError, match="SCREENING_PROXIES is 1"):
        check_review(read_settings({"SCREENING_PROXIES": "1"}), signed=False)
    check_review(read_settings({}), signed=False)


def test_papers_code_and_pages_speak_only_of_settings_that_there_are() -> None:
    """What a message tells an operator to set would be refused otherwise; a name that ends in _ stands for several."""
    places = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "templates").rglob("*.html")]
    for path in [*places, *(ROOT / "screening").rglob("*.py")]:
        named = set(re.findall(r"SCREENING_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
        assert named <= set(SETTINGS), path.name


@for_every("meaning", SETTINGS.values())
def test_each_setting_says_what_it_means(meaning: str) -> None:
    assert meaning.endswith(".")
    assert len(meaning) > 15


# --- the clinic's hours ---


@pytest.mark.parametrize(
    "text", ["Mo-Fr", "08:00-17:00", "Mo-Xx 08:00-17:00", "Mo 17:00-08:00", "Mo 25:00-26:00", ";", "Mo 8-17", "Mo;Tu"]
)
def test_hours_that_cannot_be_read_are_said_and_how_to_write_them(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(SHARING | {"SCREENING_CLINIC_HOURS": text})
    (problem,) = caught.value.problems
    assert "SCREENING_CLINIC_HOURS" in problem
    assert "Mo-Fr 08:30-17:00" in problem


def test_holidays_stand_in_a_file_with_remarks(tmp_path: Path) -> None:
    path = tmp_path / "holidays.txt"
    path.write_text("# 2027\n2027-03-20..2027-03-21 Hari Raya\n\n2027-05-01\n", encoding="utf-8")
    clinic = read_settings(SHARING | {"SCREENING_CLINIC_HOLIDAYS": str(path)}).clinic
    assert clinic is not None
    assert clinic.hours.holidays == {date(2027, 3, 20), date(2027, 3, 21), date(2027, 5, 1)}


@pytest.mark.parametrize("text", ["2027-13-01", "2027-03-20..2027-03-19", "2027-03-20..2029-03-20", "/no/such/file"])
def test_holidays_that_cannot_be_read_are_said(text: str) -> None:
    with pytest.raises(SettingsError, match="SCREENING_CLINIC_HOLIDAYS"):
        read_settings(SHARING | {"SCREENING_CLINIC_HOLIDAYS": text})
