"""What `screening compare` puts together: a comparison, a table of people, and their printing. Loads the solver."""

from __future__ import annotations

import json
from pathlib import Path

from screening.analysis.comparison.regions import share
from screening.analysis.comparison.rule_sets import compare
from screening.analysis.comparison.two_forms import TwoForms
from screening.analysis.comparison.weakening import weakened
from screening.cli.authors.comparison_json import cohort_members, comparison_members
from screening.cli.input import english, fail, printing_mistakes
from screening.cohort.mapping import CohortMapping, load_mapping
from screening.cohort.reclassification import Reclassification, reclassify
from screening.cohort.table import TableError, rows
from screening.documents.outline import outline_markdown, outline_text
from screening.rulefiles.authoring.differences import differences
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from screening.wording.authors.tables.cohort import CohortReport, cohort_part, table_error
from screening.wording.authors.versions.comparison import ComparedFiles, comparison_outline
from screening.wording.authors.versions.pair import Pair


def compare_rules(old: LoadedRules, new: LoadedRules) -> ComparedFiles:
    """All that can be found about two rule files."""
    comparison = compare(old.engine, new.engine)
    may_move = not (comparison.nothing_moves or comparison.disjoint)
    return ComparedFiles(
        old=old,
        new=new,
        comparison=comparison,
        guarantees=weakened(old.engine, new.engine),
        differences=differences(old, new),
        share=share(TwoForms(old.engine, new.engine)) if may_move else None,
    )


def reclassify_table(table: Path, assumptions: Path, old: LoadedRules, new: LoadedRules) -> CohortReport:
    """The rows of a table judged by both rule sets; every mistake is printed and ends the command."""
    with printing_mistakes():
        mapping = load_mapping(assumptions, new.rule_set, old.rule_set)
    try:
        moves = _moves(table, mapping, old.engine, new.engine)
    except TableError as error:
        fail(f"{table}: {table_error(error, english())}")
    return CohortReport(table.name, mapping, moves)


def _moves(table: Path, mapping: CohortMapping, old: Engine, new: Engine) -> Reclassification:
    """By the database where it is installed; else row by row, which gives the same and takes longer."""
    try:
        from screening.cohort.judging.moving import reclassify_table as by_database  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        return reclassify(rows(table, mapping.column_names), mapping, old, new)
    return by_database(table, mapping, old, new)


def format_comparison(files: ComparedFiles, cohort: CohortReport | None, form: str | None) -> str:
    """The report in one of its forms."""
    if form == "json":
        members = comparison_members(files)
        return json.dumps(members | ({"cohort": cohort_members(cohort)} if cohort else {}), ensure_ascii=False)
    pair = Pair(files.old.rule_set, files.new.rule_set, english())
    outline = comparison_outline(files, english(), (cohort_part(cohort, pair),) if cohort else ())
    return outline_markdown(outline) if form == "markdown" else outline_text(outline)
