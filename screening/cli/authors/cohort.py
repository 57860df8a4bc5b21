"""`screening cohort`: a whole table of people judged by one rule file, and a report on it."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from screening.cli.input import english, fail, load_rules, printing_mistakes, refuse_dates, rules_option
from screening.cohort.mapping import load_mapping
from screening.cohort.table import TableError
from screening.wording.authors.cohort import table_error
from screening.wording.authors.judged import judged_lines


@click.group()
def cohort() -> None:
    """Judge tables of people: whom the rules would put where, and what is missing."""


_assume = click.option(
    "--assume",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="A YAML file with the columns that answer questions, and what is assumed (see docs/cohorts.md).",
)
_table_name = click.option(
    "--table", "name", default="", help="The name of a table in a DuckDB file, or in PostgreSQL."
)


@cohort.command()
@click.argument("table")
@_assume
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="A folder for the parts of the result, in Parquet. What is there already is not made again.",
)
@_table_name
@rules_option
def judge(table: str, assume: Path, output: Path, name: str, rules: Path) -> None:
    """Judge every row of TABLE: Parquet (a file or a folder of them), CSV, a DuckDB file, or PostgreSQL's URL.

    Each row gets its category, the possible ones, grounds met and open, notes, values, and why a cell was not usable.
    """
    try:
        from screening.cohort.judging.parts import OtherRunError, Parts  # noqa: PLC0415 - an extra
        from screening.cohort.judging.rows import JudgedTable  # noqa: PLC0415 - the same
        from screening.cohort.judging.source import fingerprint  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        _fail_without_libraries()
    loaded = load_rules(rules)
    refuse_dates(loaded, "screening cohort")
    with printing_mistakes():
        mapping = load_mapping(assume, loaded.rule_set)
    try:
        judged = JudgedTable(table, mapping, loaded.engine, name)
        about = {
            "rules": loaded.hash,
            "mapping": fingerprint(assume),
            "table": judged.source.fingerprint(),
            "name": name,
        }
        parts = Parts(output, judged, about)
        for number in parts.make():
            click.echo(english().gettext("Part %(number)s of %(all)s", number=number + 1, all=parts.count), err=True)
    except TableError as error:
        fail(f"{_shown(table)}: {table_error(error, english())}")
    except OtherRunError:
        fail(
            english().gettext("%(folder)s holds something else, or parts of another run: name another.", folder=output)
        )
    for line in judged_lines(parts.summary(), loaded.rule_set, english()):
        click.echo(line)


def _shown(table: str) -> str:
    """A table as it is told in an error: the URL of a database may hold a password."""
    return table.split("://", 1)[0] if "://" in table else table


def _fail_without_libraries() -> NoReturn:
    fail(english().gettext("Judging a table needs the extra `cohort`: pip install 'screening[cohort]'."))


@cohort.command()
@click.argument("table")
@_assume
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="The file to write: a name that ends in .html or .pdf.",
)
@click.option(
    "--beside",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An older rule file: both versions stand side by side, with who moves.",
)
@_table_name
@rules_option
def report(  # noqa: PLR0917 - as click calls it
    table: str, assume: Path, output: Path, beside: Path | None, name: str, rules: Path
) -> None:
    """Write a report on TABLE that people look at: who is where and why, and what is open.

    A curve for each cut-off shows how many would be where if it moved. The YAML file names subgroups and weights.
    """
    say = english().gettext
    if output.suffix not in (".html", ".pdf"):
        fail(say("%(file)s: the name of a report ends in .html or .pdf.", file=output))
    try:
        from screening.cli.authors import cohort_report  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        _fail_without_libraries()
    loaded = load_rules(rules)
    refuse_dates(loaded, "screening cohort")
    older = load_rules(beside, cases_may_fail=True) if beside else None
    with printing_mistakes():
        mapping = load_mapping(assume, loaded.rule_set)
    try:
        content = cohort_report.report_file(
            cohort_report.Request(table, name, assume, mapping, loaded, older), output.suffix
        )
    except TableError as error:
        fail(f"{_shown(table)}: {table_error(error, english())}")
    try:
        output.write_bytes(content)
    except OSError as error:
        fail(say("%(file)s cannot be written: %(reason)s", file=output, reason=error.strerror))
    click.echo(say("%(file)s is written.", file=output))
