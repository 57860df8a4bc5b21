"""Forms whose inputs are no questions of a rule file: they keep what was typed, and say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.forms.submitted_form import FormError, SubmittedForm
from screening.ruleset.reading.free_texts import clean, is_seen

MOST = 2_000
"""Characters of one input that are shown again; no input may hold so many."""


class TypedForm:
    """What stands in the inputs, by name, and the errors by input."""

    def __init__(self, names: Iterable[str], typed: Mapping[str, str] | None = None) -> None:
        values = typed or {}
        self.typed = {name: values.get(name, "") for name in names}
        self.errors: list[FormError] = []

    def take(self, form: SubmittedForm) -> None:
        """Take over what was sent: one text an input, without control characters."""
        self.typed = {name: clean(next(iter(form.getlist(name)), "")[:MOST]) for name in self.typed}
        self.errors = []

    def refuse(self, name: str, message: str) -> None:
        """Say what is wrong with an input."""
        self.errors.append(FormError(name, message))

    def error_of(self, name: str) -> str:
        """What is wrong with an input; empty where nothing is."""
        return next((error.message for error in self.errors if error.anchor == name), "")


def one_line(text: str) -> str:
    """A cleaned text in one line, one space between words; empty where nothing of it could be seen."""
    line = " ".join(text.split())
    return line if is_seen(line) else ""
