"""What came of a table of people in words: what was read and assumed, how many rows move, and what was no answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from screening.cohort.answer_sets import Unusable
from screening.cohort.mapping import CohortMapping
from screening.cohort.reclassification import Reclassification
from screening.cohort.table import TableError
from screening.ruleset.engine.answer_reader import unit_of
from screening.wording.authors.outline import Line, OutlinePart
from screening.wording.authors.reclassification import Pair
from screening.wording.document.answers import answer_in_words
from screening.wording.language.languages import N_, Language

_TABLE_ERRORS: Mapping[str, str] = {
    "missing": N_("There is no such file."),
    "not_text": N_("It is not UTF-8 text."),
    "unreadable": N_("It cannot be read: %(reason)s"),
    "ragged": N_("Line %(line)s has %(found)s cells, the header %(wanted)s."),
    "not_csv": N_("Line %(line)s is no CSV: %(reason)s"),
    "no_parquet": N_("Parquet needs the extra `cohort`: pip install 'screening[cohort]'. Or export it as CSV."),
    "no_column": N_("It has no column %(name)s. It has: %(known)s."),
    "column_twice": N_("It has two columns %(name)s."),
}

_UNUSABLE: Mapping[Unusable, str] = {
    Unusable.NOT_A_NUMBER: N_("%(label)s: %(count)s cells are no numbers"),
    Unusable.TWO_READINGS: N_(
        "%(label)s: %(count)s cells can be read in two ways. Where 1.200 is never 1200, write decimal: point"
    ),
    Unusable.BELOW: N_("%(label)s: %(count)s cells are below what the form takes"),
    Unusable.ABOVE: N_("%(label)s: %(count)s cells are above what the form takes"),
    Unusable.NOT_OFFERED: N_("%(label)s: %(count)s cells stand for no answer that the form offers"),
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
    lines = (*_count_lines(cohort, pair), *_moves(cohort.moves, pair), *_unusable(cohort.moves, pair))
    return OutlinePart(title, (*lines, *_mapping_lines(cohort.mapping, pair)))


def _count_lines(cohort: CohortReport, pair: Pair) -> Iterator[Line]:
    say, moves, mapping = pair.language.gettext, cohort.moves, cohort.mapping
    if mapping.about:
        yield Line(mapping.about)
    wanted = [f"{name} = {' / '.join(sorted(cells))}" for name, cells in mapping.where.items()]
    wanted += [say("%(column)s is filled", column=name) for name in mapping.filled]
    yield Line(
        say(
            "%(rows)s rows; %(counted)s of them count (%(wanted)s).",
            rows=moves.rows,
            counted=moves.counted,
            wanted="; ".join(wanted) or say("all do"),
        )
    )
    if moves.judged < moves.counted:
        missing = moves.counted - moves.judged
        yield Line(say("%(number)s of these lack an answer without which there is no outcome.", number=missing))


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


def _unusable(moves: Reclassification, pair: Pair) -> Iterator[Line]:
    if not moves.unusable:
        return
    yield Line(pair.language.gettext("Cells that are no answers; they count as not known:"))
    for (name, reason), count in moves.unusable.items():
        yield Line(pair.language.gettext(_UNUSABLE[reason], label=pair.question(name).label, count=count), 1)


def _mapping_lines(mapping: CohortMapping, pair: Pair) -> Iterator[Line]:
    """The mapping and the assumptions: what a reader must agree with."""
    say = pair.language.gettext
    yield Line(say("How the columns were read:"))
    for name, column in mapping.columns.items():
        question = pair.question(name)
        unit = f" ({unit_of(question, column.unit).label})" if column.unit else ""
        yield Line(f"{question.label}: {column.name}{unit}", 1)
    for name, ticks in mapping.ticks.items():
        ticked = [f"{code} <- {tick.column} = {' / '.join(sorted(tick.cells))}" for code, tick in ticks.items()]
        label = pair.question(name).label
        yield Line(say("%(label)s: %(ticks)s; else not sure", label=label, ticks=", ".join(ticked)), 1)
    yield Line(say("ASSUMED in every row:") if mapping.assumed else say("Nothing was assumed."))
    for name, answer in mapping.assumed.items():
        yield Line(f"{pair.question(name).label}: {answer_in_words(pair.question(name), answer, pair.language)}", 1)
    known = {*mapping.columns, *mapping.ticks, *mapping.assumed}
    rest = [question.label for question in pair.new.questions if question.id not in known]
    if rest:
        yield Line(say("Not known, which never means no: %(labels)s.", labels=", ".join(rest)))
