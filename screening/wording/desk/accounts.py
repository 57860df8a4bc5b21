"""What staff are told about names, passwords, codes and roles."""

from __future__ import annotations

from screening.crypto.passwords import LEAST, MOST, Weakness
from screening.storage.accounts.staff import Role
from screening.wording.language.languages import Language


def role_name(role: Role, language: Language) -> str:
    """A role in words."""
    say = language.gettext
    names = {Role.COORDINATOR: say("Coordinator"), Role.CLINICIAN: say("Clinician"), Role.MANAGER: say("Manager")}
    return names[role]


def role_help(role: Role, language: Language) -> str:
    """What a role may do."""
    say = language.gettext
    helps = {
        Role.COORDINATOR: say("Reads submissions, calls people, settles what was not sure."),
        Role.CLINICIAN: say("The same, and may make a known answer milder and see what other answers would change."),
        Role.MANAGER: say("Adds and disables staff, sees overview and audit; reads nothing of what people sent."),
    }
    return helps[role]


def weakness_message(weakness: Weakness, language: Language) -> str:
    """Why a password is refused."""
    say = language.gettext
    match weakness:
        case Weakness.TOO_SHORT:
            return say("Choose a password of at least %(least)s characters, such as four words.", least=LEAST)
        case Weakness.TOO_LONG:
            return say("Choose a password of at most %(most)s characters.", most=MOST)
        case Weakness.GUESSABLE:
            return say("This password is soon guessed. Choose another, such as four words that do not belong together.")
        case Weakness.NAME:
            return say("This password is hardly more than your name. Choose another, such as four words.")


def wait_message(seconds: int, language: Language) -> str:
    """How long to wait after failed attempts."""
    if seconds < 60:
        return language.ngettext(
            "There were several failed attempts. Try again in %(number)s second.",
            "There were several failed attempts. Try again in %(number)s seconds.",
            seconds,
        )
    return language.ngettext(
        "There were many failed attempts. Try again in %(number)s minute, or ask a manager to reset the account.",
        "There were many failed attempts. Try again in %(number)s minutes, or ask a manager to reset the account.",
        -(-seconds // 60),
    )
