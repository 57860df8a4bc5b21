"""Forms whose inputs are no questions of a rule file: they keep what was typed, and say what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from screening.forms.fields import SubmittedForm
from screening.forms.pages import FormError

MOST = 2_000
"""Characters of one input that are shown again; no input may hold so many."""
_LINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff]"
)
"""Controls, marks of direction and what else cannot be seen; not the joiners within words of Persian or Tamil."""
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols by their category that show nothing."""


class TypedForm:
    """What stands in the inputs, by name, and the errors by input."""

    def __init__(self, names: Iterable[str], typed: Mapping[str, str] | None = None) -> None:
        values = typed or {}
        self.typed = {name: values.get(name, "") for name in names}
        self.errors: list[FormError] = []

    def take(self, form: SubmittedForm) -> None:
        """Take over what was sent: one text an input, without control characters."""
        self.typed = {name: clean(next(iter(form.getlist(name)), "")) for name in self.typed}
        self.errors = []

    def refuse(self, name: str, message: str) -> None:
        """Say what is wrong with an input."""
        self.errors.append(FormError(name, message))

    def error_of(self, name: str) -> str:
        """What is wrong with an input; empty where nothing is."""
        return next((error.message for error in self.errors if error.anchor == name), "")


def clean(text: str) -> str:
    """A typed text in one Unicode form, with plain line ends and without characters that cannot be seen."""
    plain = _LINES.sub("\n", unicodedata.normalize("NFC", text[:MOST])).replace("\t", " ")
    return _UNSEEN.sub("", plain).strip()


def one_line(text: str) -> str:
    """A cleaned text in one line, one space between words; empty where nothing of it could be seen."""
    line = " ".join(text.split())
    return line if any(symbol not in _BLANK and unicodedata.category(symbol)[0] in "LNPS" for symbol in line) else ""
