"""What came of a whole table that was judged, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from screening.cohort.judging.summary import BY_ROW, Summary
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.authors.judged_day import today_in_words
from screening.wording.authors.tables.reading import lacking_sentence
from screening.wording.language.languages import Language


def judged_lines(summary: Summary, rule_set: RuleSet, language: Language, today: date | None = None) -> Iterator[str]:
    """How many rows were judged, how, and where they were put; `today`: the day by which their dates were."""
    say = language.gettext
    yield say("%(rows)s rows; %(counted)s of them count.", rows=summary.rows, counted=summary.counted)
    yield say(
        "%(number)s were judged row by row: a cell or a number in them leaves the database in doubt.",
        number=summary.judged[BY_ROW],
    )
    if today:
        yield say("In every row %(today)s.", today=today_in_words(today, language))
    if summary.judged[None]:
        yield lacking_sentence(summary.judged[None], language)
    for category in rule_set.categories:
        if summary.categories[category.id]:
            yield f"  {summary.categories[category.id]}: {category.name} [{category.id}]"
