"""One field a question type: what its inputs send, and what of that is the raw answer."""

from __future__ import annotations

from collections.abc import Mapping

from screening.forms.question_field import QuestionField
from screening.forms.submitted_form import SubmittedForm
from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Option, QuestionType, Unit
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure, Written
from screening.ruleset.reading.typed_dates import TypedDateError, parse_typed_date
from screening.wording.document.answers import in_two_parts, not_sure
from screening.wording.language.languages import Language

UNSURE = "?"
"""What the input "I'm not sure" sends; no option's code can be this."""
NO_UNIT = "?"
"""What the input "no range, or not sure" sends."""


class ChoiceField(QuestionField):
    """Radio buttons, or of a long list a menu, "I'm not sure" among them."""

    chosen: str = ""

    @property
    def is_menu(self) -> bool:
        """Whether it is a menu, which has no room for help or pictures beside an option."""
        return self.is_long and not any(option.help or option.illustration for option in self.question.options)

    def show(self, answer: Answer | None) -> None:
        self.chosen = answer.code if isinstance(answer, Chosen) else UNSURE if isinstance(answer, Unsure) else ""

    def take(self, form: SubmittedForm) -> None:
        self.chosen = next(iter(form.getlist(self.name)), "")

    @property
    def is_empty(self) -> bool:
        return not self.chosen

    def raw(self) -> object:
        return None if self.chosen == UNSURE else self.chosen


class SeveralField(QuestionField):
    """Checkboxes, "I'm not sure" among them."""

    ticked: frozenset[str] = frozenset()

    def show(self, answer: Answer | None) -> None:
        match answer:
            case Unsure():
                self.ticked = frozenset({UNSURE})
            case Ticked(codes=codes, unsure_of_rest=unsure):
                self.ticked = frozenset(codes) | ({UNSURE} if unsure else set())

    def take(self, form: SubmittedForm) -> None:
        self.ticked = frozenset(form.getlist(self.name))

    @property
    def is_empty(self) -> bool:
        return not self.ticked

    def raw(self) -> object:
        return [None if code == UNSURE else code for code in sorted(self.ticked)]

    def read(self, *, needed: bool) -> None:
        if self.is_empty and needed:
            self._refuse("nothing_ticked")
        elif none_of_these := self._beside_unsure():
            self._refuse("exclusive", option=none_of_these.text)
        else:
            super().read(needed=needed)

    def _beside_unsure(self) -> Option | None:
        """The "none of these" that is ticked beside "I'm not sure" alone.

        A sign wins over it without a word, but "not sure" may be what somebody forgot to untick: which is meant, only
        they can tell.
        """
        options = [self.question.option.get(code) for code in self.ticked if code != UNSURE]
        if UNSURE not in self.ticked or not all(option and option.exclusive for option in options):
            return None
        return next(iter(options), None)


class NumberField(QuestionField):
    """A text input and, where a question has several units, the printed ranges to choose from.

    Left empty it means "I don't have it": nobody should have to tick that seven times. Radio buttons
    cannot be taken back, so a range chosen beside an empty input means nothing.
    """

    typed: str = ""
    unit: str = ""

    def show(self, answer: Answer | None) -> None:
        if isinstance(answer, Quantity):
            self.typed = answer.typed
            self.unit = answer.unit or NO_UNIT

    def take(self, form: SubmittedForm) -> None:
        self.typed = next(iter(form.getlist(self.name)), "")
        self.unit = next(iter(form.getlist(f"{self.name}-unit")), "")

    def told_unit(self, unit: Unit) -> str:
        """What a unit is called; where a number has two parts in it, with one as it is typed."""
        if unit.parts is None:
            return unit.label
        example = in_two_parts(unit.parts.example, unit, self.language)
        return self.language.gettext("%(unit)s, such as %(example)s", unit=unit.label, example=example)

    @property
    def is_empty(self) -> bool:
        return not self.typed.strip()

    def raw(self) -> object:
        if len(self.question.units) == 1 or not self.unit:
            return self.typed
        return {"value": self.typed, "unit": None if self.unit == NO_UNIT else self.unit}

    def read(self, *, needed: bool) -> None:
        if self.is_empty and not self.question.required:
            self.errors = []
            self.answer = Unsure() if needed else None
        elif self.is_empty:
            self._refuse("unanswered_required")
        else:
            super().read(needed=needed)


class TextField(QuestionField):
    """A text of several lines. Left empty it means that there is nothing to say, which is no answer."""

    typed: str = ""

    def show(self, answer: Answer | None) -> None:
        if isinstance(answer, Written):
            self.typed = answer.text

    def take(self, form: SubmittedForm) -> None:
        self.typed = next(iter(form.getlist(self.name)), "")

    @property
    def is_empty(self) -> bool:
        return not self.typed.strip()

    def raw(self) -> object:
        return self.typed

    def read(self, *, needed: bool) -> None:
        if self.is_empty:
            self.errors = []
            self.answer = Unsure() if needed else None
        else:
            super().read(needed=needed)


class DateField(QuestionField):
    """A text input for a date, or as much of it as is known, with "I'm not sure" beside it.

    Where an answer stood there already, what is new beside it counts: a date typed while "I'm not sure" was ticked, or
    a tick beside a date that stayed as it was.
    """

    typed: str = ""
    is_unsure: bool = False

    def show(self, answer: Answer | None) -> None:
        self.is_unsure = isinstance(answer, Unsure)
        if isinstance(answer, PartialDate):
            self.typed = _as_typed(answer, self.language)

    def take(self, form: SubmittedForm) -> None:
        stood, was_unsure = self.typed, self.is_unsure
        sent = form.getlist(self.name)
        self.typed = next((text for text in sent if text != UNSURE), "")
        self.is_unsure = UNSURE in sent
        if self.is_unsure and self.typed.strip():
            if was_unsure:
                self.is_unsure = False
            elif self.typed == stood:
                self.typed = ""

    @property
    def is_empty(self) -> bool:
        return not self.typed.strip() and not self.is_unsure

    def raw(self) -> object:
        return None if self.is_unsure else self.typed

    def read(self, *, needed: bool) -> None:
        self.errors = []
        self.answer = None
        if self.is_unsure and self.question.required:
            self._refuse("date_empty_required")
        elif self.is_unsure and self.typed.strip():
            self._refuse("date_and_unsure", unsure=not_sure(self.question, self.language))
        elif self.is_empty and needed:
            self._refuse("date_empty_required" if self.question.required else "date_empty")
        else:
            super().read(needed=needed)


def _as_typed(answer: PartialDate, language: Language) -> str:
    """A date in words that are read as the same date; in a language of which the months are not read, in figures."""
    words = language.partial_date(answer)
    try:
        return words if parse_typed_date(words) == answer else answer.text
    except TypedDateError:
        return answer.text


FIELDS: Mapping[QuestionType, type[QuestionField]] = {
    QuestionType.CHOICE: ChoiceField,
    QuestionType.SEVERAL: SeveralField,
    QuestionType.NUMBER: NumberField,
    QuestionType.TEXT: TextField,
    QuestionType.DATE: DateField,
}
"""The field of each question type; the template macro that prints it has the type's name."""
