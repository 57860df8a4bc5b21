"""What is said where a file is not looked into: too many are at once, or it takes too long. Calmly, and what to do."""

from __future__ import annotations

from screening.wording.language.languages import Language


def files_busy_text(language: Language) -> str:
    """To somebody whose file could not have its turn."""
    return language.gettext(
        "Many files are being opened just now. Nothing is wrong with yours. Please wait a moment, choose the file "
        "again and press the button once more."
    )


def too_costly_text(language: Language) -> str:
    """To somebody whose file could not be read within the time that one file is given."""
    return language.gettext(
        "This file could not be read in the time that we allow for one file. Nothing of it was kept. If it came from "
        "this service, choose the file as you got it and try again."
    )
