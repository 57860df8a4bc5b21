"""The form of one page of questions: what was sent for all of them, read and checked together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms.form import BaseForm

from screening.forms.fields import FIELDS, NumberField
from screening.forms.question_field import QuestionField
from screening.forms.submitted_form import FormError, SubmittedForm
from screening.ruleset.model.questions import Page, Question
from screening.ruleset.reading.answer_types import Answer, Unsure
from screening.wording.language.languages import Language

SKIP = "skip"
"""The name of the button "I don't have this"."""

AskedQuestions = Callable[[Mapping[str, Answer]], frozenset[str]]
"""Which questions are asked once these answers of the page are given."""


class PageForm:
    """What stands in the inputs of a page, and what it means."""

    def __init__(
        self,
        page: Page,
        questions: Sequence[Question],
        language: Language,
        answers: Mapping[str, Answer],
        *,
        read_back: bool = False,
        prefix: str = "",
        today: date | None = None,
    ) -> None:
        """`questions` are those of the page that are printed; `answers` those given before.

        `read_back`: a number that can be read in two ways is shown again before it counts. `prefix`: of the names and
        ids of all inputs, where the form stands on a page with others. `today`: the day by which dates are plausible.
        """
        self.page = page
        self.language = language
        unbound: dict[str, Any] = {question.id: FIELDS[question.type](question, language) for question in questions}
        form: Any = BaseForm(unbound, prefix=prefix)
        self.fields: dict[str, QuestionField] = {question.id: form[question.id] for question in questions}
        for name, field in self.fields.items():
            field.show(answers.get(name))
            field.read_back = read_back
            field.today = today
            field.from_paper = page.read_back
            field.way_out = self._way_out(field.question)
        self.errors: list[FormError] = []
        self.answers: dict[str, Answer] = {}

    def take(self, form: SubmittedForm, questions_asked: AskedQuestions) -> bool:
        """Take over what was sent; whether it can be read, with `answers` or else `errors` to show."""
        if self.page.skip and form.getlist(SKIP):
            self.answers = {name: Unsure() for name in self.fields}
            return True
        for field in self.fields.values():
            field.take(form)
            field.read(needed=False)
        answers = {name: field.answer for name, field in self.fields.items() if field.answer is not None}
        needed = questions_asked(answers)
        for name, field in self.fields.items():
            if field.answer is None and not field.errors:
                field.read(needed=name in needed)
        of_page = self._refuse_empty_page()
        self.errors = [
            FormError(field.anchor, str(error) if error in of_page else self._named(field, str(error)))
            for field in self.fields.values()
            for error in field.errors
        ]
        self.answers = {name: field.answer for name, field in self.fields.items() if field.answer is not None}
        return not self.errors

    def _way_out(self, question: Question) -> str:
        """What can be done where somebody has no answer to a number: what the page has for that, and nothing else."""
        if question.required or not question.units:
            return ""
        numbers = [field for field in self.fields.values() if isinstance(field, NumberField)]
        if self.page.skip and len(numbers) == 1:
            return self.language.gettext('Choose "%(skip)s".', skip=self.page.skip)
        return self.language.gettext("Leave it empty.")

    def forget_errors(self) -> None:
        """Show what was sent with nothing said of it: it was not sent to be read."""
        self.errors = []
        for field in self.fields.values():
            field.errors = []

    def _named(self, field: QuestionField, error: str) -> str:
        """An error as the summary tells it: of several questions each says of which it is."""
        return error if len(self.fields) == 1 else self.language.with_label(field.question.label, error)

    def _refuse_empty_page(self) -> tuple[str, ...]:
        """A page that can be skipped as a whole is not sent empty: that may be a slip. What is said of it."""
        numbers = [field for field in self.fields.values() if isinstance(field, NumberField)]
        if self.page.skip and numbers and all(field.is_empty for field in numbers):
            message = self.language.gettext('Type at least one number, or choose "%(skip)s".', skip=self.page.skip)
            numbers[0].errors = [message]
            numbers[0].answer = None
            return (message,)
        return ()
