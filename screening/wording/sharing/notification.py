"""What a notice to the clinic says: that something waits, its code and where to read it; nothing of any person."""

from __future__ import annotations

from screening.wording.language.languages import Language


def notice_subject(language: Language, code: str) -> str:
    """The subject of an e-mail."""
    return language.gettext("New: %(code)s", code=code)


def notice_text(language: Language, code: str, link: str) -> str:
    """The whole e-mail."""
    say = language.gettext
    lines = (
        say("Somebody sent their answers. Their reference code: %(code)s", code=code),
        link,
        say("Sign in to read them. This message says nothing about the person on purpose."),
    )
    return "\n\n".join(lines) + "\n"
