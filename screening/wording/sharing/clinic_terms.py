"""What a person is told before they send anything to a clinic, and what they consent to: kept as they read it."""

from __future__ import annotations

from dataclasses import dataclass

from screening.config.clinic import Clinic
from screening.wording.language.languages import Language

READ = "read"
CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Consent:
    """One thing that a person says yes to, by itself."""

    id: str
    text: str
    programs: bool = False
    """Whether it says that programs of the clinic read, too."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All that is said before a person decides."""

    first: tuple[str, ...]
    """What the clinic is, and what sending is not."""
    sent: tuple[str, ...]
    """Exactly what is sent."""
    retention: tuple[str, ...]
    """How long it is kept, and how it is taken back."""


@dataclass(frozen=True, slots=True)
class KeepDays:
    """Days after which something is deleted by its age."""

    unopened: int
    closed: int
    idle: int
    """That was opened and not closed, after the last thing that happened to it."""


def terms(clinic: Clinic, keep_days: KeepDays, language: Language, *, programs: bool = False) -> Terms:
    """All that is said before a person decides; `programs`: programs of the clinic may read what is sent."""
    say = language.gettext
    days, closed_days, idle_days = (
        language.ngettext("%(number)s day", "%(number)s days", number)
        for number in (keep_days.unopened, keep_days.closed, keep_days.idle)
    )
    return Terms(
        first=_first(clinic, language),
        sent=(
            say("Your answers, as you gave them"),
            say("The result that you saw, and the PDF"),
            say("How to reach you, as you type it on the next page"),
        ),
        retention=(
            say("It is sealed and stored on this service, for %(clinic)s to read.", clinic=clinic.name),
            *_programs(clinic, language, programs=programs),
            say("If nobody at the clinic opens it, it is deleted after %(days)s, and at most a week later.", days=days),
            say(
                "If the clinic has opened it, and then nothing more happens to it for %(days)s, it is deleted too, and "
                "at most a week later.",
                days=idle_days,
            ),
            say(
                "A manager of the clinic may put that off, and must write down why. The page where you look up what "
                "you sent says when that was, and until when it is kept."
            ),
            say(
                "When the clinic has closed it, it is deleted after %(days)s, and at most a week later.",
                days=closed_days,
            ),
            say("You can change it at any time."),
            say("You can take it back at any time. Then it is deleted at once."),
        ),
    )


def _programs(clinic: Clinic, language: Language, *, programs: bool) -> tuple[str, ...]:
    """What it means that programs read, too."""
    if not programs:
        return ()
    say = language.gettext
    return (
        say(
            "Programs of %(clinic)s may fetch your answers and the result from here, such as for its patient records. "
            "They do not get how to reach you.",
            clinic=clinic.name,
        ),
        say("What these programs keep is not deleted here. Ask %(clinic)s to delete it.", clinic=clinic.name),
    )


def _first(clinic: Clinic, language: Language) -> tuple[str, ...]:
    say = language.gettext
    name = clinic.name
    if clinic.sells:
        sells = say("%(clinic)s sells what the guide is about.", clinic=name)
        earns = say("It earns money if you buy it.")
        money = f"{sells} {earns}"
    else:
        money = say("%(clinic)s does not sell what the guide is about.", clinic=name)
    days = language.ngettext("%(number)s working day", "%(number)s working days", clinic.answer_days)
    return (
        money,
        say("Sending your answers is not an appointment and not medical care. Nobody reads them for emergencies."),
        say("%(clinic)s says it will answer within %(days)s.", clinic=name, days=days),
        say("If you feel worse, get help. Do not wait for the call."),
        say("You do not have to send anything."),
    )


def consents(clinic: Clinic, language: Language, *, for_other: bool, programs: bool = False) -> tuple[Consent, ...]:
    """What is asked, each with its own tick; there is none to advertising. `programs`: as for `terms`."""
    say = language.gettext
    if for_other:
        may_read = say("The person agrees that %(clinic)s reads these answers.", clinic=clinic.name)
        also = say(
            "The person agrees that %(clinic)s reads these answers, its staff and its programs.", clinic=clinic.name
        )
        return (
            Consent(READ, also if programs else may_read, programs),
            Consent(
                CONTACT,
                say(
                    "The person agrees that %(clinic)s contacts us about these answers, and about nothing else.",
                    clinic=clinic.name,
                ),
            ),
        )
    may_read = say("%(clinic)s may read these answers.", clinic=clinic.name)
    also = say("%(clinic)s may read these answers, its staff and its programs.", clinic=clinic.name)
    return (
        Consent(READ, also if programs else may_read, programs),
        Consent(
            CONTACT, say("%(clinic)s may contact me about these answers, and about nothing else.", clinic=clinic.name)
        ),
    )
