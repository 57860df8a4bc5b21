"""What is said about one answer: why it cannot be read, and how it is repeated to the person who gave it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Untranslated
from screening.ruleset.reading.answer_types import (
    Answer,
    AnswerError,
    Chosen,
    Quantity,
    Ticked,
    Unsure,
    Written,
    unit_of,
)
from screening.ruleset.reading.two_parts import in_parts
from screening.wording.language.languages import N_, Language

ANSWER_ERRORS: Mapping[str, str] = {
    # programs
    "not_a_code": N_("The answer is one of these codes: %(known)s."),
    "not_a_list": N_("The answer is a list of these codes: %(known)s."),
    "option_unknown": N_("There is no option %(option)s. Use one of these codes: %(known)s."),
    "number_shape": N_('A number is written as 4.2 or as {"value": 4.2, "unit": "mg/dL"}.'),
    "not_a_text": N_("The answer is a text in quotation marks."),
    "not_a_date": N_('A date is a text: "2024-05-17", or "2024-05" or "2024" where no more of it is known.'),
    "unit_unknown": N_("There is no unit %(unit)s. Use one of these: %(known)s."),
    # people
    "text_empty": N_("Nothing of this text can be seen. Type words, or leave it empty."),
    "text_too_long": N_("This has %(length)s characters. It may have %(most)s. Make it shorter."),
    "date_empty": N_('Type a date, or tick "I\'m not sure".'),
    "date_empty_required": N_("Type a date. The year alone is fine."),
    "date_and_unsure": N_('You typed a date and ticked "%(unsure)s". Take away one of them.'),
    "date_unreadable": N_(
        '"%(typed)s" cannot be read as a date. Type it as 17/5/2024, or 5/2024 for a month, or 2024.'
    ),
    "date_year": N_('"%(typed)s" has no year of four digits. Type the whole year, as in 17/5/2024.'),
    "date_day_first": N_('"%(typed)s" has no such month. Type the day first, then the month, as in 17/5/2024.'),
    "date_none": N_('There is no such day as "%(typed)s". Look at the day and the month again.'),
    "date_calendar": N_(
        '"%(typed)s" seems to be a year of another calendar. Type the year of the common calendar, such as 2024.'
    ),
    "date_future": N_("This date, %(date)s, is still to come. Type one up to today."),
    "date_past": N_("This date, %(date)s, is more than %(years)s years ago. Look at the year again."),
    "date_ahead": N_("This date, %(date)s, is more than %(years)s years ahead. Look at the year again."),
    "unanswered": N_('Choose an answer. "I\'m not sure" is fine.'),
    "unanswered_required": N_("Type a number. Your best guess is fine."),
    "nothing_ticked": N_('Tick what is true, or "None of these", or "I\'m not sure".'),
    "nothing_ticked_no_none": N_('Tick what is true, or "I\'m not sure".'),
    "exclusive": N_('You ticked "%(option)s" together with another answer. Untick one of them.'),
    "unsure_and_number": N_('You typed a number and ticked "%(unsure)s". Take away one of them.'),
    "empty": N_("Type a number. %(way_out)s"),
    "not_a_number": N_('"%(typed)s" is not a number. Type digits, such as 42 or 4.2.'),
    "too_long": N_("This number is too long. Type it as it is printed."),
    "two_readings": N_('"%(typed)s" can be read in two ways. Type %(readings)s.'),
    "two_numbers": N_('"%(typed)s" holds more than one number. Type the result alone, without the range beside it.'),
    "reading_other": N_('"%(typed)s" cannot be read so. It can be read as %(readings)s.'),
    "inequality": N_('"%(typed)s" does not say one exact number, so it cannot be compared. %(way_out)s'),
    "negative": N_("Type the number without a minus sign."),
    "other_minus": N_("Type a minus sign (-) directly before the number, and no other dash."),
    "unit_typed": N_(
        'We do not know "%(typed)s" behind the number. If your paper says %(labels)s, type the number alone. If it '
        "says something else, this number cannot be used. %(way_out)s"
    ),
    "unit_typed_by_name": N_(
        'We do not know "%(typed)s" behind the number. Give the number in %(labels)s. %(way_out)s'
    ),
    "unit_other": N_(
        'You typed "%(typed)s", but chose the range of %(chosen)s. Look at your paper again, and correct one of them.'
    ),
    "unit_foreign": "%(text)s",
    "unit_missing": N_("Choose the range that is printed beside your number. It tells the unit."),
    "unit_missing_by_name": N_("Choose the unit of your number."),
    "unit_other_by_name": N_('You typed "%(typed)s", but chose %(chosen)s. Correct one of them.'),
    "slip_unit_by_name": N_("Here this number is not possible, but it is in %(other)s. Check the unit that you chose."),
    "out_of_range": N_("Type a number from %(minimum)s to %(maximum)s %(unit)s. Check the point in the number."),
    "out_of_range_whole": N_("Type a number from %(minimum)s to %(maximum)s %(unit)s."),
    "out_of_range_in_parts": N_("Type it from %(minimum)s to %(maximum)s. Check both numbers."),
    "parts_shape": N_('We cannot read "%(typed)s". Type both numbers, as in this example: %(example)s.'),
    "parts_readings": N_('"%(typed)s" can be read in different ways. Type both numbers: %(readings)s.'),
    "parts_second": N_(
        '"%(typed)s" cannot be right: before "%(label)s" stands a number below %(holds)s. Look at both numbers again.'
    ),
    "whole": N_("This is always a whole number. Look at it again, and type it as it is printed."),
    "slip": "%(text)s",
    "slip_unit": N_(
        "Here this number is not possible, but it is beside this range: %(other)s. Look at your paper again."
    ),
}
"""Sentences by the code of an `AnswerError`; those for people are also used by forms."""


_MOST_SHOWN = 80
"""Characters of what was sent that are repeated."""


def answer_error(error: AnswerError, language: Language, way_out: str | None = None) -> str:
    """Why an answer cannot be read, and what to type instead.

    `way_out` says what else the reader can do there, as a sentence; empty where nothing; None: a program has null.
    """
    if way_out is None:
        way_out = language.gettext("Where it is not known, send null.")
    printable = {name: _value_text(name, value, language) for name, value in error.values.items()}
    return language.gettext(ANSWER_ERRORS[_sentence(error)], **printable, way_out=way_out).strip()


def _sentence(error: AnswerError) -> str:
    """Which sentence says an error."""
    match error.code:
        case "unit_unknown" if "typed" in error.values:
            return "unit_typed_by_name" if "by_name" in error.values else "unit_typed"
        case "slip" if "other" in error.values:
            return "slip_unit_by_name" if "by_name" in error.values else "slip_unit"
        case "unit_missing" | "unit_other" if "by_name" in error.values:
            return f"{error.code}_by_name"
        case "out_of_range" if "in_parts" in error.values:
            return "out_of_range_in_parts"
        case "out_of_range" if all(unit.whole for unit in error.question.units):
            return "out_of_range_whole"
        case "nothing_ticked" if not error.question.exclusive_codes:
            return "nothing_ticked_no_none"
    return error.code


def _value_text(name: str, value: object, language: Language) -> str:
    match name, value:
        case "option", _:  # what was sent for a code may be anything, and of any length
            return str(value)[:_MOST_SHOWN]
        case _, Decimal():
            return language.number(value)
        case "readings", list():
            return language.any_of([language.with_decimal_symbol(reading) for reading in value])
        case "example" | "minimum" | "maximum", str():
            return language.with_decimal_symbol(value)
        case "labels", list():
            return language.any_of(value)
        case _, PartialDate():
            return language.partial_date(value)
        case _, list():
            return ", ".join(map(str, value))
    return str(value)


def answer_in_words(question: Question, answer: Answer | None, language: Language) -> str:
    """An answer as a summary repeats it."""
    match answer:
        case None:
            return language.gettext("Not answered")
        case Unsure() if question.type is QuestionType.TEXT:
            return language.gettext("Nothing written")
        case Unsure():
            return not_sure(question, language)
        case Chosen(code=code):
            return _option(question, code)
        case Ticked(codes=codes, unsure_of_rest=unsure):
            ticked = language.apart(_option(question, code) for code in codes)
            if not unsure:
                return ticked
            return language.gettext("%(ticked)s; not sure about the rest", ticked=ticked)
        case Written(text=words):
            return in_one_line(words)
        case PartialDate():
            return language.partial_date(answer)
        case Quantity():
            return quantity(question, answer, language)


def in_one_line(text: str) -> str:
    """A text that somebody wrote, with a stroke for each of its line breaks."""
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())


_SAME_LINE = "\N{NO-BREAK SPACE}"
_SIGNS = {"<=": "\N{LESS-THAN OR EQUAL TO}", ">=": "\N{GREATER-THAN OR EQUAL TO}"}
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def places_in(text: str) -> list[str]:
    """The names in braces in a text of the rule file, which something is told in place of."""
    return _PLACEHOLDER.findall(text)


def with_answers(
    text: str,
    rule_set: RuleSet,
    answers: Mapping[str, Answer],
    language: Language,
    more: Mapping[str, str] | None = None,
) -> str:
    """A text of the rule file with the answers, as the person gave them, in their places."""

    def replacement(match: re.Match[str]) -> str:
        name = match[1]
        if more and name in more:
            return more[name]
        return answer_in_words(rule_set.question[name], answers.get(name), language)

    filled = _PLACEHOLDER.sub(replacement, text)
    return Untranslated(filled, text.language) if isinstance(text, Untranslated) else filled


def _option(question: Question, code: str) -> str:
    option = question.option[code]
    return option.repeat or option.text


def not_sure(question: Question, language: Language) -> str:
    """The wording of "I'm not sure" for a question."""
    return question.not_sure or language.gettext("I'm not sure")


def quantity(question: Question, answer: Quantity, language: Language) -> str:
    """A number with its unit, and in the stored unit beside it where that is another one."""
    if answer.unit is None:
        return language.gettext("%(number)s (unit not known)", number=answer.typed)
    unit = unit_of(question, answer.unit)
    entered = with_sign(answer, in_unit(answer.amount, unit, language))
    other = other_unit(question, unit)
    if other is None:
        return entered
    amount = readable_number(convert(answer.amount, unit, other))
    return f"{entered} ({with_sign(answer, in_unit(amount, other, language))})"


def in_unit(amount: Decimal, unit: Unit, language: Language) -> str:
    """A number with its unit behind it; in two parts where people say it so."""
    return in_two_parts(amount, unit, language) or f"{language.number(amount)} {unit.behind(amount)}"


def in_two_parts(amount: Decimal, unit: Unit, language: Language) -> str:
    """A number in the two parts of its unit, each with its number; empty where it has none."""
    said = in_parts(unit.parts, amount) if unit.parts else ()
    return _SAME_LINE.join(f"{language.number(number)}{_SAME_LINE}{label}" for number, label in said)


def beside_line(amount: Decimal, unit: Unit, language: Language) -> str:
    """A number beside a line that is in its unit: without the unit, unless it has two parts."""
    return in_two_parts(amount, unit, language) or language.number(amount)


def amount_typed(question: Question, answer: Quantity, language: Language) -> str:
    """The number of an answer as it stands beside a line: a bound with its sign."""
    if answer.unit is None:
        return with_sign(answer, language.number(answer.amount))
    return with_sign(answer, beside_line(answer.amount, unit_of(question, answer.unit), language))


def with_sign(answer: Quantity, number: str) -> str:
    """The number of an answer, or the same in another unit; a bound with its sign, never without."""
    return f"{_SIGNS.get(answer.sign, answer.sign)}{number}"


def other_unit(question: Question, unit: Unit) -> Unit | None:
    """Another unit of the question to show a number in; None where it has one alone."""
    return next((other for other in question.units if other is not unit), None)


def convert(amount: Decimal, unit: Unit, other: Unit) -> Decimal:
    """A number in another unit of the same question."""
    return EXACT.divide(EXACT.multiply(amount, unit.factor), other.factor)


def readable_number(amount: Decimal) -> Decimal:
    """A number rounded for reading: whole from 100, else three significant digits. Never used to compare."""
    if abs(amount) >= 100 or amount == amount.to_integral_value():
        return amount.quantize(Decimal(1), ROUND_HALF_UP)
    digits = 2 - amount.adjusted()
    rounded = amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return rounded.normalize() if rounded != rounded.to_integral_value() else rounded.quantize(Decimal(1))


def is_number(question: Question) -> bool:
    """Whether a question is answered with a number."""
    return question.type is QuestionType.NUMBER
