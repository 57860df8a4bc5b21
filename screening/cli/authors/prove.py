"""`screening prove`: the guarantees of a rule file, for every answer set that the form accepts."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.input import english, fail, load_rules, print_problems, unproved_date
from screening.rulefiles.cases.case_writer import append_cases
from screening.rulefiles.review.proof_receipt import Receipt, receipt_path, write_receipt
from screening.ruleset.model.dates import DatesUnreadError

if TYPE_CHECKING:
    from screening.analysis.proof.verdicts import Proof
    from screening.rulefiles.loading.loader import LoadedRules


UNDECIDED = 3
"""The exit code where nothing failed, but not all was decided."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--write-cases",
    is_flag=True,
    help="Append to NAME.cases.yaml a case for every category, ground and note that no case has yet.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="How long to try, in all, on a quiet machine, for what is not linear: products, quotients, roots of answers.",
)
def prove(file: Path, *, write_cases: bool, seconds: float) -> None:
    """Prove that a rule FILE keeps its guarantees, for every answer set that the form accepts, bounds included.

    A guarantee that fails is printed with a smallest answer set that breaks it, and the exit code is 1; so is a ground
    that can never hold. What could be neither proved nor broken is named with what made it so, and the exit code is 3,
    if nothing failed. What is proved of exact numbers, while nothing could be decided of bounds, is named, too. Where
    all is proved, a receipt is written beside the file (NAME.proof.json); any edit of the file voids it. Cases that
    fail are printed: they do not hinder the proof, but there is no receipt.
    """
    try:
        from screening.analysis.proof import prover  # noqa: PLC0415 - an extra, and slow to load
        from screening.wording.authors.proofs.proof import proof_lines  # noqa: PLC0415 - the same
        from screening.wording.authors.proofs.told_texts import telling  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        fail(english().gettext("Proving needs the extra `proof`: run ./setup test, or pip install 'screening[proof]'."))
    rules = load_rules(file, cases_may_fail=True)
    try:
        proof = prover.prove(rules.engine, seconds, telling(rules))
    except DatesUnreadError as error:
        fail(unproved_date(error))
    for line in proof_lines(proof, rules, english()):
        click.echo(line)
    if rules.failing:
        print_problems(rules.failing)
        one, several = "%(number)s mistake in the cases: no receipt.", "%(number)s mistakes in the cases: no receipt."
        fail(english().ngettext(one, several, len(rules.failing)))
    if write_cases:
        _write_cases(file, proof, rules)
    if not proof.holds:
        raise SystemExit(1 if proof.fails else UNDECIDED)
    receipt = Receipt(
        rules.hash,
        tuple(verdict.guarantee for verdict in proof.verdicts),
        f"screening {version('screening')}",
        prover.SOLVER,
        date.today().isoformat(),
        tuple(verdict.guarantee for verdict in proof.verdicts if verdict.of_bounds is None),
    )
    write_receipt(file, receipt)
    click.echo(english().gettext("Receipt: %(file)s", file=receipt_path(file)))


def _write_cases(file: Path, proof: Proof, rules: LoadedRules) -> None:
    from screening.wording.authors.proofs.proof import witness_case  # noqa: PLC0415 - as above

    outcomes = [rules.engine.evaluate(case.plain(rules.rule_set)) for case in rules.cases]
    shown = {
        "category": {outcome.category for outcome in outcomes},
        "ground": {name for outcome in outcomes for name in outcome.grounds},
        "note": {name for outcome in outcomes for name in outcome.notes},
    }
    wanted = [
        reached
        for reached in proof.reached
        if reached.target.name not in shown.get(reached.target.what, {reached.target.name})
    ]
    cases = [case for reached in wanted if (case := witness_case(reached, rules))]
    written = append_cases(file, rules.rule_set.id, cases)
    click.echo(english().ngettext("%(number)s case was added.", "%(number)s cases were added.", written))
