"""Forms whose inputs are no questions of a rule file: they keep what was typed, and say what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from screening.forms.fields import SubmittedForm
from screening.forms.pages import FormError

MOST = 2_000
"""Characters of one input that are shown again; no input may hold so many."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


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
    plain = unicodedata.normalize("NFC", text[:MOST].replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", plain).strip()
