"""What is said where too many files are looked at at once: calmly, and what to do."""

from __future__ import annotations

from screening.wording.language.languages import Language


def files_busy_text(language: Language) -> str:
    """To somebody whose file could not have its turn."""
    return language.gettext(
        "Many files are being opened just now. Nothing is wrong with yours. Please wait a moment, choose the file "
        "again and press the button once more."
    )
