"""Settings of sharing: to which clinic people may send their answers, and what they are told of it."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers

from screening.config.clinic_hours import USUAL_HOURS, ClinicHours, read_clinic_hours
from screening.config.environment import Environment

CLINIC_SETTINGS = {
    "SCREENING_CLINIC_NAME": (
        "Legal name of the clinic to which people may send their answers. Sharing is off unless this and the next five "
        "are given, and SCREENING_PAID_BY."
    ),
    "SCREENING_CLINIC_LICENCE": "The clinic's licence or registration number.",
    "SCREENING_CLINIC_SELLS": "yes or no: whether the clinic sells what the guide is about; people are told.",
    "SCREENING_ANSWER_DAYS": "Within how many working days the clinic says it answers: 1 to 30.",
    "SCREENING_PRIVACY_CONTACT": "Whom to ask about privacy: an e-mail address or a telephone number.",
    "SCREENING_COMPLAINTS_CONTACT": "Where to complain about the clinic: an e-mail address or a telephone number.",
    "SCREENING_CLINIC_COUNTRIES": (
        "Countries from which people telephone, as ISO 3166 codes such as MY,SG,ID: the clinic's own first, which is "
        "chosen beforehand, and whose emergency number comes first where a browser names no country. A number typed "
        "with neither + nor 00 is looked for in these alone, and one that is valid in two is asked about. Without it "
        "every number needs + and its country code, and emergency numbers stand as in the rule file."
    ),
}
"""Every setting of the clinic with its meaning."""

DEMONSTRATION_CLINIC = {
    "SCREENING_CLINIC_NAME": "Demonstration Clinic (not a real clinic)",
    "SCREENING_CLINIC_LICENCE": "none: a demonstration",
    "SCREENING_CLINIC_SELLS": "yes",
    "SCREENING_ANSWER_DAYS": "3",
    "SCREENING_PRIVACY_CONTACT": "privacy@clinic.example",
    "SCREENING_COMPLAINTS_CONTACT": "complaints@clinic.example",
    "SCREENING_CLINIC_COUNTRIES": "MY,SG,ID,BN,CN",
}
"""What a demonstration shows where nothing else is said."""


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
    countries: tuple[str, ...] = ()
    """Whose telephone numbers may be typed as they are dialled there, ISO 3166; the clinic's own first."""

    hours: ClinicHours = USUAL_HOURS
    """When it works: promises and calls are counted by it."""

    @property
    def country(self) -> str:
        """The clinic's country; empty where none is said."""
        return self.countries[0] if self.countries else ""


def read_clinic(environment: Environment, *, paid_by: str) -> Clinic | None:
    """The clinic, if one is named at all; one that is named by half is a mistake."""
    values, hours = {name: environment.text(name) for name in CLINIC_SETTINGS}, read_clinic_hours(environment)
    if not any(values.values()):
        return None
    missing = [name for name, value in values.items() if not value and name != "SCREENING_CLINIC_COUNTRIES"]
    if not paid_by:
        missing.append("SCREENING_PAID_BY")
    if missing:
        environment.problems.append(
            f"People may send their answers to a clinic only where they are told who it is. Give also: "
            f"{', '.join(missing)}; or leave out every SCREENING_CLINIC_ setting, SCREENING_ANSWER_DAYS and both "
            "contacts."
        )
    sells = values["SCREENING_CLINIC_SELLS"]
    if sells not in ("", "yes", "no"):
        environment.problems.append(f"SCREENING_CLINIC_SELLS is {sells!r}. It must be yes or no.")
    return Clinic(
        name=values["SCREENING_CLINIC_NAME"],
        licence=values["SCREENING_CLINIC_LICENCE"],
        sells=sells == "yes",
        answer_days=environment.days("SCREENING_ANSWER_DAYS", default=3, most=30),
        privacy_contact=values["SCREENING_PRIVACY_CONTACT"],
        complaints_contact=values["SCREENING_COMPLAINTS_CONTACT"],
        countries=_countries(environment, values["SCREENING_CLINIC_COUNTRIES"]),
        hours=hours,
    )


def _countries(environment: Environment, typed: str) -> tuple[str, ...]:
    """The countries in a setting; one that has no telephone numbers is a mistake."""
    countries = tuple(dict.fromkeys(code.strip().upper() for code in typed.split(",") if code.strip()))
    for unknown in (code for code in countries if code not in phonenumbers.SUPPORTED_REGIONS):
        environment.problems.append(
            f"SCREENING_CLINIC_COUNTRIES names {unknown!r}. Write ISO 3166 codes of two letters, such as MY,SG,ID."
        )
    return countries
