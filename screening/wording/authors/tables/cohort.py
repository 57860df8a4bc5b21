"""What came of a table of people in words: why it cannot be read, and how many of its rows move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from screening.cohort.mapping import CohortMapping
from screening.cohort.reclassification import Reclassification
from screening.cohort.table import TableError
from screening.wording.authors.outline import Line, OutlinePart
from screening.wording.authors.tables.reading import lacking_sentence, mapping_lines, unusable_lines, wanted_rows
from screening.wording.authors.versions.pair import Pair
from screening.wording.language.languages import N_, Language

_TABLE_ERRORS: Mapping[str, str] = {
    "missing": N_("There is no such file."),
    "not_text": N_("It is not UTF-8 text."),
    "unreadable": N_("It cannot be read: %(reason)s"),
    "ragged": N_("Line %(line)s has %(found)s cells, the header %(wanted)s."),
    "not_csv": N_("Line %(line)s is no CSV: %(reason)s"),
    "no_parquet": N_("Parquet needs the extra `cohort`: pip install 'screening[cohort]'. Or export it as CSV."),
    "no_name": N_("It is a database: name a table in it with --table."),
    "no_postgresql": N_("PostgreSQL needs the extra `postgres`: pip install 'screening[postgres]'."),
    "no_spark": N_("Apache Spark needs the extra `spark`: pip install 'screening[spark]'."),
    "not_shared": N_("Spark wrote rows that are not found in %(folder)s: name a folder that all machines see."),
    "no_java": N_("Apache Spark needs Java 17 or later: as the command `java`, or where JAVA_HOME says."),
    "no_table": N_(
        "Spark's catalogue has no table of this name. (What has a / in it, or ends in .csv or .parquet, is a path.)"
    ),
    "no_order": N_(
        "Spark knows no order of its rows: it is a view, or not stored as Parquet. Write it as Parquet first."
    ),
    "no_column": N_("It has no column %(name)s. It has: %(known)s."),
    "column_twice": N_("It has two columns %(name)s."),
}


def table_error(error: TableError, language: Language) -> str:
    """Why a table cannot be read."""
    values = {name: ", ".join(value) if isinstance(value, list) else value for name, value in error.values.items()}
    return language.gettext(_TABLE_ERRORS[error.code], **values)


@dataclass(frozen=True, slots=True)
class CohortReport:
    """A table, how it was read, and what came of it."""

    name: str
    mapping: CohortMapping
    moves: Reclassification


def cohort_part(cohort: CohortReport, pair: Pair) -> OutlinePart:
    """The part of a comparison about a table."""
    title = pair.language.gettext("Rows of %(name)s", name=cohort.name)
    asked = {**pair.old.question, **pair.new.question}
    lines = (*_count_lines(cohort, pair), *_moves(cohort.moves, pair))
    read = (
        *unusable_lines(cohort.moves.unusable, asked, pair.language),
        *mapping_lines(cohort.mapping, asked, pair.new.question, pair.language),
    )
    return OutlinePart(title, (*lines, *read))


def _count_lines(cohort: CohortReport, pair: Pair) -> Iterator[Line]:
    say, moves, mapping = pair.language.gettext, cohort.moves, cohort.mapping
    if mapping.about:
        yield Line(mapping.about)
    yield Line(
        say(
            "%(rows)s rows; %(counted)s of them count (%(wanted)s).",
            rows=moves.rows,
            counted=moves.counted,
            wanted=wanted_rows(mapping, pair.language),
        )
    )
    if moves.judged < moves.counted:
        yield Line(lacking_sentence(moves.counted - moves.judged, pair.language))


def _moves(moves: Reclassification, pair: Pair) -> Iterator[Line]:
    say = pair.language.gettext
    percent = 100 * moves.moved / moves.judged if moves.judged else 0.0
    yield Line(
        say(
            "%(moved)s of %(judged)s rows move (%(percent).2f %%; rows, not weighted).",
            moved=moves.moved,
            judged=moves.judged,
            percent=percent,
        )
    )
    for before, after, count in moves.moves:
        yield Line(f"{count}: {_category_set(before, pair)} -> {_category_set(after, pair)}", 1)
    several = sum(count for (before, _), count in moves.outcomes.items() if len(before) > 1)
    if several:
        yield Line(
            say("In %(number)s rows more than one category was possible before: answers are open.", number=several)
        )


def _category_set(names: Iterable[str], pair: Pair) -> str:
    ordered = [category for category in pair.category_order if category in set(names)]
    return pair.category(ordered[0]) if len(ordered) == 1 else f"{{{' | '.join(ordered)}}}"
