"""`screening compare`: what changes for whom between two rule files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.input import english, fail, loaded
from screening.rulefiles.differences import differences

if TYPE_CHECKING:
    from screening.rulefiles.loading import LoadedRules
    from screening.wording.comparison import ComparedFiles


@click.command()
@click.argument("old", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown, for where a change is discussed.")
def compare(old: Path, new: Path, form: str | None) -> None:
    """Compare the rule files OLD and NEW: which answers get another category, or other possible ones.

    Every pair that can happen comes with a smallest answer set and its exact boundary, which both engines confirm;
    where there is none, that is proved. Weakened guarantees stand first; questions, texts, sources and cases follow.
    """
    try:
        from screening.documents.outline import outline_markdown, outline_text  # noqa: PLC0415 - slow to load
        from screening.wording.comparison import comparison_outline  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        fail(
            english().gettext("Comparing needs the extra `proof`: run ./setup test, or pip install 'screening[proof]'.")
        )
    found = _compared(loaded(old), loaded(new))
    if form == "json":
        from screening.cli.comparison_json import comparison_members  # noqa: PLC0415 - as above

        click.echo(json.dumps(comparison_members(found), ensure_ascii=False))
        return
    outline = comparison_outline(found, english())
    click.echo(outline_markdown(outline) if form == "markdown" else outline_text(outline))


def _compared(old: LoadedRules, new: LoadedRules) -> ComparedFiles:
    from screening.analysis.comparison import compare  # noqa: PLC0415 - as above
    from screening.analysis.regions import share  # noqa: PLC0415 - as above
    from screening.analysis.two_forms import TwoForms  # noqa: PLC0415 - as above
    from screening.analysis.weakening import weakened  # noqa: PLC0415 - as above
    from screening.wording.comparison import ComparedFiles  # noqa: PLC0415 - as above

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
