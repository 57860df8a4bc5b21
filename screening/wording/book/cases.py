"""The cases that travel with the rule file, with the outcome of each."""

from __future__ import annotations

from collections.abc import Mapping

from screening.rulefiles.cases.case_file import Case
from screening.ruleset.reading.answer_types import Answer
from screening.wording.authors.judged_day import today_in_words
from screening.wording.book.findings import Chapters
from screening.wording.document.answers import answer_in_words
from screening.wording.document.blocks import Paragraph, Part, Table


def cases(book: Chapters) -> Part | None:
    """Every case; each gives what its author expects, or the file would not load."""
    say = book.say
    all_cases = book.input.rules.cases
    if not all_cases:
        return None
    shared = {name: answer for case in all_cases for name, answer in case.answers.items() if name not in case.own}
    columns = (say("Case"), say("Answers"), say("Category"), say("Grounds that hold"))
    lead = say("Each case gives the outcome that its author expects; a rule file of which one does not is refused.")
    leads = [Paragraph(lead)]
    if shared:
        leads.append(Paragraph(say("Unless a case says otherwise: %(answers)s.", answers=_answers(shared, book))))
    table = Table(say("Cases"), columns, tuple(_row(case, book) for case in all_cases))
    return Part(
        "cases",
        say("Cases with their outcomes"),
        (*leads, table),
    )


def _row(case: Case, book: Chapters) -> tuple[str, ...]:
    rules = book.input.rules
    outcome = rules.engine.evaluate(case.plain(rules.rule_set))
    category = book.category(outcome.category)
    if len(outcome.possible) > 1:
        possible = book.categories(outcome.possible)
        category = book.say("%(category)s (possible: %(possible)s)", category=category, possible=possible)
    own = {name: answer for name, answer in case.answers.items() if name in case.own}
    told = _answers(own, book)
    if case.today:
        told = f"{today_in_words(case.today, book.input.language)}; {told}"
    return case.name, told, category, "\n".join(outcome.grounds)


def _answers(answers: Mapping[str, Answer], book: Chapters) -> str:
    questions, language = book.input.rules.rule_set.question, book.input.language
    pairs = (
        f"{questions[name].label}: {answer_in_words(questions[name], answer, language)}"
        for name, answer in answers.items()
    )
    return "; ".join(pairs)
