"""How a table of people was read, in words: which rows count, what was assumed, and which cells were no answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from screening.cohort.answer_sets import Unusable
from screening.cohort.mapping import CohortMapping
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_types import unit_of
from screening.wording.authors.judged_day import today_in_words
from screening.wording.authors.outline import Line
from screening.wording.document.answers import answer_in_words
from screening.wording.language.languages import N_, Language

_UNUSABLE: Mapping[Unusable, str] = {
    Unusable.NOT_A_NUMBER: N_("%(label)s: %(count)s cells are no numbers"),
    Unusable.TWO_READINGS: N_(
        "%(label)s: %(count)s cells can be read in two ways. Where 1.200 is never 1200, write decimal: point"
    ),
    Unusable.BELOW: N_("%(label)s: %(count)s cells are below what the form takes"),
    Unusable.ABOVE: N_("%(label)s: %(count)s cells are above what the form takes"),
    Unusable.NOT_A_DATE: N_("%(label)s: %(count)s cells are no dates such as 2024-05-17, 2024-05 or 2024"),
    Unusable.NOT_OFFERED: N_("%(label)s: %(count)s cells stand for no answer that the form offers"),
}
_UNUSABLE_DATES: Mapping[Unusable, str] = {
    **_UNUSABLE,
    Unusable.BELOW: N_("%(label)s: %(count)s cells are before the days that the form takes"),
    Unusable.ABOVE: N_("%(label)s: %(count)s cells are after the days that the form takes"),
}


def wanted_rows(mapping: CohortMapping, language: Language) -> str:
    """Which rows the mapping asks for."""
    wanted = [f"{name} = {' / '.join(sorted(cells))}" for name, cells in mapping.where.items()]
    wanted += [language.gettext("%(column)s is filled", column=name) for name in mapping.filled]
    return "; ".join(wanted) or language.gettext("all do")


def lacking_sentence(number: int, language: Language) -> str:
    """How many of the rows that count have no outcome."""
    return language.gettext("%(number)s of these lack an answer without which there is no outcome.", number=number)


def unusable_lines(
    unusable: Mapping[tuple[str, Unusable], int], questions: Mapping[str, Question], language: Language
) -> Iterator[Line]:
    """How many cells are no answers, by question and reason, in the order of the questions."""
    if not unusable:
        return
    yield Line(language.gettext("Cells that are no answers; they count as not known:"))
    order = {pair: place for place, pair in enumerate(product(questions, Unusable))}
    for (name, reason), count in sorted(unusable.items(), key=lambda entry: order[entry[0]]):
        said = _UNUSABLE_DATES if questions[name].type is QuestionType.DATE else _UNUSABLE
        yield Line(language.gettext(said[reason], label=questions[name].label, count=count), 1)


def mapping_lines(
    mapping: CohortMapping, questions: Mapping[str, Question], asked: Mapping[str, Question], language: Language
) -> Iterator[Line]:
    """The mapping and the assumptions: what a reader must agree with. What is `asked` and not answered is named."""
    say = language.gettext
    if mapping.today:
        yield Line(say("In every row %(today)s.", today=today_in_words(mapping.today, language)))
    yield Line(say("How the columns were read:"))
    for name, column in mapping.columns.items():
        unit = f" ({unit_of(questions[name], column.unit).label})" if column.unit else ""
        yield Line(f"{questions[name].label}: {column.name}{unit}", 1)
    for name, ticks in mapping.ticks.items():
        ticked = [f"{code} <- {tick.column} = {' / '.join(sorted(tick.cells))}" for code, tick in ticks.items()]
        yield Line(say("%(label)s: %(ticks)s; else not sure", label=questions[name].label, ticks=", ".join(ticked)), 1)
    yield Line(say("ASSUMED in every row:") if mapping.assumed else say("Nothing was assumed."))
    yield from (Line(assumed, 1) for assumed in assumption_lines(mapping, questions, language))
    known = {*mapping.columns, *mapping.ticks, *mapping.assumed}
    rest = [question.label for name, question in asked.items() if name not in known]
    if rest:
        yield Line(say("Not known, which never means no: %(labels)s.", labels=", ".join(rest)))


def assumption_lines(mapping: CohortMapping, questions: Mapping[str, Question], language: Language) -> Iterator[str]:
    """Each answer that counts in every row."""
    for name, answer in mapping.assumed.items():
        yield f"{questions[name].label}: {answer_in_words(questions[name], answer, language)}"
