"""A person's answers in clinical words and the third person: what was said, by the words of the doctor's paper.

Nothing is inferred. What was not noticed and not told is told as that and not as absent; "not sure", "not checked" and
what was not asked stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.papers import AnswerWords, DoctorPaper, QuestionWords
from screening.ruleset.model.questions import Option, Question, QuestionType
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure, Written, unit_of
from screening.wording.document.answers import amount_typed, in_one_line, in_unit, quantity, with_sign
from screening.wording.document.paper_blocks import Statement
from screening.wording.document.told_values import filled
from screening.wording.language.punctuation import punctuation
from screening.wording.summary.context import SummaryContext

_NO_PAPER = DoctorPaper("", ())
_JOINER = "\u2060"


class DoctorWords:
    """The words for one outcome."""

    def __init__(self, context: SummaryContext) -> None:
        self.context = context
        self.paper = context.rule_set.doctor_paper or _NO_PAPER
        self.language = context.language
        self._comma = punctuation(context.language.tag).comma

    # --- one answer ---

    def label(self, question: Question) -> str:
        """How the paper names a question."""
        words = self._words(question)
        return words.label if words else question.label

    def said(self, question: Question, answer: Answer) -> str:
        """What the person answered."""
        say = self.context.say
        match answer:
            case Unsure():
                return self._not_sure(question)
            case Chosen(code=code):
                return self._option(question, question.option[code])
            case Ticked(codes=codes, unsure_of_rest=unsure):
                ticked = self.language.apart([self._option(question, question.option[code]) for code in codes])
                return say("%(ticked)s; not sure about the rest", ticked=ticked) if unsure else ticked
            case Written(text=text):
                return f"\N{LEFT DOUBLE QUOTATION MARK}{in_one_line(text)}\N{RIGHT DOUBLE QUOTATION MARK}"
            case PartialDate():
                return self.language.partial_date(answer)
            case Quantity():
                return unbroken(quantity(question, answer, self.language))

    def fill(self, text: str) -> str:
        """A text of the paper with the answers in clinical words, and values, in their places."""
        context = self.context
        said = {name: self.said(context.rule_set.question[name], answer) for name, answer in self._answers.items()}
        return filled(text, context.engine, context.input.answers, context.plain, self.language, more=said)

    def _words(self, question: Question) -> QuestionWords | None:
        return self.paper.question.get(question.id)

    def _option(self, question: Question, option: Option) -> str:
        words = self._words(question)
        clinical = words.answer.get(option.code) if words else None
        return clinical.text if clinical else option.repeat or option.text

    def _not_sure(self, question: Question) -> str:
        if is_from_paper(self.context, question):
            return self.context.say("not given, or not sure")
        if question.type is QuestionType.TEXT:
            return self.context.say("nothing written")
        words = self._words(question)
        return words.not_sure if words and words.not_sure else self.context.say("not sure")

    def _chosen_words(self, question: Question, answer: Answer) -> tuple[AnswerWords, ...]:
        """The clinical words of the options that were chosen or ticked."""
        match answer:
            case Chosen(code=code):
                codes: tuple[str, ...] = (code,)
            case Ticked(codes=codes):
                pass
            case _:
                return ()
        words = self._words(question)
        return tuple(words.answer[code] for code in codes if code in words.answer) if words else ()

    def _is_strong(self, question: Question, answer: Answer) -> bool:
        """Whether an answer stands out: as its words say, or as a strict question that is open."""
        match answer:
            case Unsure():
                return question.strict
            case Ticked(unsure_of_rest=True) if question.strict:
                return True
        return any(words.strong for words in self._chosen_words(question, answer))

    def _is_last(self, question: Question, answer: Answer) -> bool:
        """Whether all that was noticed or told stands before an answer, as that says that nothing was."""
        words = self._chosen_words(question, answer)
        is_whole = not (isinstance(answer, Ticked) and answer.unsure_of_rest)
        return is_whole and bool(words) and all(option.last for option in words)

    # --- all of them ---

    @cached_property
    def _answers(self) -> dict[str, Answer]:
        """The answers to what is asked, those first that a doctor wants first."""
        rule_set, outcome = self.context.rule_set, self.context.outcome
        first = [name for line in rule_set.doctor_lines for name in line.questions]
        order = dict.fromkeys([*first, *rule_set.question])
        answers = self.context.input.answers
        return {name: answers[name] for name in order if name in answers and name in outcome.asked}

    def statements(self) -> Iterator[Statement]:
        """The paragraph: what was noticed or told, then what was not; what the table tells is left to the table."""
        answers = self._answers
        told = [name for name in answers if not (self._has_numbers and self._is_of_papers(name))]
        return self._statements({name: answers[name] for name in told})

    def about_papers(self) -> Iterator[Statement]:
        """What stands above the table: how old the tests are, and which numbers were not given."""
        answers = self._answers
        told = [
            name for name, answer in answers.items() if self._is_of_papers(name) and not isinstance(answer, Quantity)
        ]
        return self._statements({name: answers[name] for name in told if self._has_numbers})

    @cached_property
    def _has_numbers(self) -> bool:
        """Whether a number of a paper was given, so that there is a table."""
        rule_set = self.context.rule_set
        return any(
            isinstance(answer, Quantity) and is_from_paper(self.context, rule_set.question[name])
            for name, answer in self._answers.items()
        )

    def _is_of_papers(self, name: str) -> bool:
        """Whether a question stands on a page of numbers that are read from a paper."""
        return self.context.rule_set.page_of[name].read_back

    def _statements(self, answers: Mapping[str, Answer]) -> Iterator[Statement]:
        """One statement for all questions that have the same answer."""
        together: dict[tuple[str, bool, bool], list[str]] = {}
        for name, answer in answers.items():
            question = self.context.rule_set.question[name]
            how = self._is_last(question, answer), self._is_strong(question, answer)
            together.setdefault((self.said(question, answer), *how), []).append(self.label(question))
        for (answer_text, _, strong), labels in sorted(together.items(), key=lambda entry: entry[0][1]):
            yield Statement(self._sentence(self.language.with_label(self.all_of(labels), answer_text)), strong)

    def typed(self, question: Question, answer: Quantity) -> str:
        """A number with its unit, as it was given; where the unit is the number's own name, without it."""
        if answer.unit is None:
            return quantity(question, answer, self.language)
        unit = unit_of(question, answer.unit)
        if unit.label == self.label(question):
            return amount_typed(question, answer, self.language)
        return unbroken(with_sign(answer, in_unit(answer.amount, unit, self.language)))

    def all_of(self, texts: Sequence[str]) -> str:
        """Texts one after the other."""
        return self._comma.join(texts)

    def labels_of(self, names: Sequence[str]) -> str:
        """Questions by name, one after the other."""
        return self.all_of([self.label(self.context.rule_set.question[name]) for name in names])

    def answers_of(self, names: Sequence[str]) -> str:
        """Questions with their answers, one after the other."""
        rule_set = self.context.rule_set
        texts = [
            self.language.with_label(self.label(rule_set.question[name]), self.said(rule_set.question[name], answer))
            for name, answer in self._answers.items()
            if name in names
        ]
        return self.language.apart(texts)

    def _sentence(self, text: str) -> str:
        return self.language.sentence(capital(text))


def is_from_paper(context: SummaryContext, question: Question) -> bool:
    """Whether a question is a number that is read from a paper and back to the person."""
    return bool(question.units) and context.rule_set.page_of[question.id].read_back


def unbroken(text: str) -> str:
    """A number with its unit in which no line ends between "U/" and "L"."""
    return text.replace("/", f"/{_JOINER}")


def capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[0].upper() + text[1:]
