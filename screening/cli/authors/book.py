"""`screening book`: a rule file as a clinician reads and signs it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from screening.analysis.thresholds.crossing import Crossing, all_thresholds, shown_by_cases
from screening.cli.input import english, fail, load_rules, unproved_date
from screening.documents.book import book_page, book_pdf
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.proof_receipt import matching_receipt
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.model.dates import DatesUnreadError
from screening.ruleset.model.problem import Path as FilePlace
from screening.wording.book.findings import BookInput, TriedVariation
from screening.wording.book.whole import rule_book


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="The file to write: a name that ends in .html or .pdf.",
)
@click.option("--quick", is_flag=True, help="Leave out who moves if a judgement is changed, which takes a minute.")
def book(file: Path, output: Path, *, quick: bool) -> None:
    """Write the rule book of a rule FILE: what a clinician reads and signs.

    The first page holds the judgement calls to confirm, each with who moves if it is changed. Every rule follows as a
    sentence, then the decision drawn, boundaries, texts, cases, guarantees, passages of the guide and sources.
    """
    say = english().gettext
    if output.suffix not in (".html", ".pdf"):
        fail(say("%(file)s: the name of a book ends in .html or .pdf.", file=output))
    rules = load_rules(file)
    document = rule_book(_input(rules, quick=quick))
    content = book_pdf(document, english()) if output.suffix == ".pdf" else book_page(document, english()).encode()
    try:
        output.write_bytes(content)
    except OSError as error:
        fail(say("%(file)s cannot be written: %(reason)s", file=output, reason=error.strerror))
    click.echo(say("%(file)s is written.", file=output))


def _input(rules: LoadedRules, *, quick: bool) -> BookInput:
    """All that can be found out about a rule file; with a word on what could not."""
    say = english().gettext
    tried: Mapping[FilePlace, tuple[TriedVariation, ...]] | None = None
    not_tried = say("Left out of this book (--quick).") if quick else ""
    try:
        from screening.cli.authors import book_findings  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        not_tried = say("Not known: the solver (the extra “proof”) is not installed.")
        crossings = _crossings_of_cases(rules)
    else:
        try:
            crossings = book_findings.crossings(rules)
            tried = None if quick else book_findings.judgement_variations(rules, english())
        except DatesUnreadError as error:
            crossings, not_tried = _crossings_of_cases(rules), unproved_date(error)
    return BookInput(
        rules=rules,
        language=english(),
        review=UNREVIEWED,
        receipt=matching_receipt(rules.path, rules.hash),
        crossings=crossings,
        tried=tried,
        not_tried=not_tried,
    )


def _crossings_of_cases(rules: LoadedRules) -> tuple[Crossing, ...]:
    answers = [case.plain(rules.rule_set) for case in rules.cases]
    return tuple(
        shown_by_cases(rules.engine, all_threshold, answers) for all_threshold in all_thresholds(rules.rule_set)
    )
