"""`screening compare`: what changes for whom between two rule files."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.input import english, fail, load_rules, unproved_date
from screening.ruleset.model.dates import DatesUnreadError


@click.command()
@click.argument("old", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--cohort", type=click.Path(path_type=Path, dir_okay=False), help="A table of people, CSV or Parquet.")
@click.option(
    "--assume",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --cohort: a YAML file with the columns that answer questions, and what is assumed (see the README).",
)
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown, for where a change is discussed.")
def compare(old: Path, new: Path, cohort: Path | None, assume: Path | None, form: str | None) -> None:
    """Compare the rule files OLD and NEW: which answers get another category, or other possible ones.

    Every pair that can happen comes with a smallest answer set and its exact boundary, which both engines confirm;
    where there is none, that is proved. Weakened guarantees stand first; questions, texts, sources and cases follow.
    With --cohort and --assume: how many rows of a table move.
    """
    if (cohort is None) != (assume is None):
        raise click.UsageError(english().gettext("--cohort and --assume belong together."))
    try:
        from screening.cli.authors import comparison  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        fail(english().gettext("Comparing needs the extra `proof`: pip install 'screening[proof]'."))
    before, after = load_rules(old, cases_may_fail=True), load_rules(new, cases_may_fail=True)
    if before.rule_set.id != after.rule_set.id:
        names = {"old": before.rule_set.id, "new": after.rule_set.id}
        fail(english().gettext('The files are about different subjects: "%(old)s" and "%(new)s" (`id`).', **names))
    judged = comparison.reclassify_table(cohort, assume, before, after) if cohort and assume else None
    try:
        compared = comparison.compare_rules(before, after)
    except DatesUnreadError as error:
        fail(unproved_date(error))
    click.echo(comparison.format_comparison(compared, judged, form))
