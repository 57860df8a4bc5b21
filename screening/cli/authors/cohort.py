"""`screening cohort`: a whole table of people judged by one rule file, and a report on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from screening.cli.input import english, fail, load_rules, printing_mistakes, rules_option
from screening.cohort.mapping import load_mapping
from screening.cohort.table import TableError
from screening.wording.authors.tables.cohort import table_error
from screening.wording.authors.tables.judged import judged_lines

if TYPE_CHECKING:
    from screening.cohort.judging.opening import Place

EMBEDDED, SPARK = "embedded", "spark"


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


def _on_engine(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say who works."""
    engine = click.option(
        "--engine",
        type=click.Choice([EMBEDDED, SPARK]),
        default=EMBEDDED,
        show_default=True,
        help="Who reads and judges files: the database in this process, or Apache Spark on many machines.",
    )
    master = click.option(
        "--master",
        default="",
        help="Where Spark runs, as spark://HOST:7077, yarn or local[4]. Default: as Spark's own settings say.",
    )
    return engine(master(command))


@cohort.command()
@click.argument("table")
@_assume
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False),
    required=True,
    help="A folder for the parts of the result, in Parquet. What is there already is not made again.",
)
@_table_name
@_on_engine
@rules_option
def judge(  # noqa: PLR0917 - as click calls it
    table: str, assume: Path, output: str, name: str, engine: str, master: str, rules: Path
) -> None:
    """Judge every row of TABLE: Parquet (a file or a folder of them), CSV, a DuckDB file, or PostgreSQL's URL.

    With --engine spark: Parquet or CSV on whatever Spark reads, or the name of a table in Spark's catalogue.

    Each row gets its category, the possible ones, grounds met and open, notes, values, and why a cell was not usable.
    """
    try:
        from screening.cohort.judging.parts import OtherRunError  # noqa: PLC0415 - an extra
        from screening.cohort.judging.rows import JudgedTable  # noqa: PLC0415 - the same
        from screening.cohort.judging.source import fingerprint  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        _fail_without_libraries()
    loaded = load_rules(rules)
    with printing_mistakes():
        mapping = load_mapping(assume, loaded.rule_set)
    try:
        with _telling_errors(table):
            judged = JudgedTable(_place(table, name, engine, master), mapping, loaded.engine, name)
            about = {
                "rules": loaded.hash,
                "mapping": fingerprint(assume),
                "table": judged.source.fingerprint(),
                "name": name,
            }
            parts = (_made_by_spark if engine == SPARK else _made_here)(output, judged, about)
            summary = parts.summary()
    except OtherRunError:
        fail(
            english().gettext("%(folder)s holds something else, or parts of another run: name another.", folder=output)
        )
    for line in judged_lines(summary, loaded.rule_set, english(), mapping.today):
        click.echo(line)


def _made_here(output: str, judged: Any, about: dict[str, str]) -> Any:
    from screening.cohort.judging.parts import Parts  # noqa: PLC0415 - an extra

    parts = Parts(Path(output), judged, about)
    for number in parts.make():
        click.echo(english().gettext("Part %(number)s of %(all)s", number=number + 1, all=parts.count), err=True)
    return parts


def _made_by_spark(output: str, judged: Any, about: dict[str, str]) -> Any:
    from screening.cohort.spark.parts import SparkParts  # noqa: PLC0415 - an extra

    parts = SparkParts(output, judged, about)
    if not parts.are_made:
        parts.make()
    return parts


def _place(table: str, name: str, engine: str, master: str) -> Place:
    """Where the table is, and who reads it."""
    from screening.cohort.judging.opening import OnSpark  # noqa: PLC0415 - an extra

    if engine == EMBEDDED:
        return table
    if name:
        fail(
            english().gettext("With --engine spark the name of a table in its catalogue stands in the place of TABLE.")
        )
    return OnSpark(table, master)


@contextmanager
def _telling_errors(table: str) -> Iterator[None]:
    try:
        yield
    except TableError as error:
        fail(f"{_shown(table)}: {table_error(error, english())}")


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
@_on_engine
@rules_option
def report(  # noqa: PLR0917 - as click calls it
    table: str,
    assume: Path,
    output: Path,
    beside: Path | None,
    name: str,
    engine: str,
    master: str,
    rules: Path,
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
    older = load_rules(beside, cases_may_fail=True) if beside else None
    with printing_mistakes():
        mapping = load_mapping(assume, loaded.rule_set, older.rule_set if older else None)
    with _telling_errors(table):
        place = _place(table, name, engine, master)
        request = cohort_report.Request(table, place, name, assume, mapping, loaded, older)
        content = cohort_report.report_file(request, output.suffix)
    try:
        output.write_bytes(content)
    except OSError as error:
        fail(say("%(file)s cannot be written: %(reason)s", file=output, reason=error.strerror))
    click.echo(say("%(file)s is written.", file=output))


@cohort.command()
@click.argument("table")
@_assume
@click.option("--dialect", type=click.Choice(["bigquery", "duckdb", "trino"]), required=True, help="Whose SQL.")
@click.option(
    "--as", "target", required=True, help="What the table is called there: CATALOG.SCHEMA.NAME or less of it."
)
@click.option("--key", required=True, help="The column that tells rows apart.")
@_table_name
@rules_option
def sql(  # noqa: PLR0917 - as click calls it
    table: str, assume: Path, dialect: Any, target: str, key: str, name: str, rules: Path
) -> None:
    """Print the query that judges a table elsewhere. What is printed for Trino and BigQuery was never run.

    TABLE has columns of the same types as the table there; some rows of it do, or none.
    """
    try:
        from screening.cohort.judging.foreign import Target, foreign_query  # noqa: PLC0415 - an extra
        from screening.cohort.judging.printing import NotPrintedError  # noqa: PLC0415 - the same
        from screening.wording.authors.tables.query import query_lines  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        _fail_without_libraries()
    if target.count(".") > 2:
        fail(english().gettext("%(name)s: write CATALOG.SCHEMA.NAME, or less of it.", name=target))
    loaded = load_rules(rules)
    with printing_mistakes():
        mapping = load_mapping(assume, loaded.rule_set)
    aim = Target(dialect, target, key)
    try:
        with _telling_errors(table):
            query = foreign_query(table, mapping, loaded.engine, aim, name)
    except NotPrintedError:
        fail(
            english().gettext(
                "These rules are no query: they have strict numbers or dates. `judge` judges them row by row."
            )
        )
    for line in query_lines(query, aim, loaded, english(), mapping.today):
        click.echo(line)
