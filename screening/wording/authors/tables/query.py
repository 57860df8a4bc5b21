"""A query for a database that nobody here runs, with comments before it that say how to read what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from screening.cohort.judging.foreign import Dialect, ForeignQuery, Target
from screening.rulefiles.loading.loader import LoadedRules
from screening.wording.authors.judged_day import today_in_words
from screening.wording.language.languages import N_, Language

_DIALECTS: Mapping[Dialect, str] = {"bigquery": "BigQuery", "duckdb": "DuckDB", "trino": "Trino"}
_TITLES = {
    "possible": N_("possible categories"),
    "kind": N_("why nothing single was matched"),
    "underlying": N_("what the later rules give"),
    "grounds": N_("grounds that hold"),
    "open_grounds": N_("open grounds"),
    "notes": N_("notes"),
    "lacking": N_("required answers that are missing: where there are any, the row has no outcome"),
    "unusable": N_("cells that are no answers"),
}


def query_lines(
    query: ForeignQuery, target: Target, rules: LoadedRules, language: Language, today: date | None = None
) -> Iterator[str]:
    """The comments, and the query; `today` is the day by which it judges dates."""
    said = [_for_whom(target, rules, language), *_columns(target, language), *_bits(query, language)]
    if today:
        said.insert(1, language.gettext("In every row %(today)s.", today=today_in_words(today, language)))
    yield from (f"-- {' '.join(line.split())}" for line in said)
    yield query.sql


def _for_whom(target: Target, rules: LoadedRules, language: Language) -> str:
    values = {
        "rules": rules.rule_set.id,
        "hash": rules.hash[:12],
        "table": target.table,
        "dialect": _DIALECTS[target.dialect],
    }
    if target.dialect == "duckdb":
        return language.gettext("The rules %(rules)s (%(hash)s) over %(table)s, in the SQL of %(dialect)s.", **values)
    return language.gettext(
        "NOT RUN by us: the rules %(rules)s (%(hash)s) over %(table)s, in the SQL of %(dialect)s.", **values
    )


def _columns(target: Target, language: Language) -> Iterator[str]:
    yield language.gettext("cohort_row is %(key)s. Rows in which counts is false are not asked for.", key=target.key)
    yield language.gettext(
        "Where doubt is true, what is told counts for nothing: judge such a row by itself; cells holds what was read."
    )
    yield language.gettext("Whole numbers tell of several things, bit by bit; added up, from 1, 2, 4 on:")


def _bits(query: ForeignQuery, language: Language) -> Iterator[str]:
    for thing in query.stands_for.names:
        for column, names in query.bits(thing):
            told = ", ".join(f"{1 << place} {name}" for place, name in enumerate(names))
            yield f"{column}: {language.gettext(_TITLES[thing])}: {told}"
