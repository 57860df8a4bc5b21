"""`screening check`: everything about a rule file that can be checked without proving it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from statistics import median

import click

from screening.cli.input import english, fail, load_rules, printing_mistakes, unproved_date
from screening.documents.font_checks import require_fonts, without_paper
from screening.fhir.codes import count_codes
from screening.rulefiles.authoring.expanded import written_out
from screening.rulefiles.cases.case_writer import append_cases
from screening.rulefiles.checks.readability import HIGHEST_AGE, reading_age
from screening.rulefiles.loading.loader import FileProblem, LoadedRules
from screening.rulefiles.model.frames import frame
from screening.rulefiles.pinning.comparison import raise_if_unpinned, unpinned
from screening.rulefiles.pinning.pin_file import PinFile, load_pins
from screening.rulefiles.review.proof_receipt import matching_receipt
from screening.rulefiles.translation.loader import load_translations
from screening.ruleset.model.dates import DatesUnreadError
from screening.wording.authors.mistakes.foreign_forms import code_lines
from screening.wording.authors.mistakes.problems import located_problem
from screening.wording.authors.mistakes.translation_report import translation_lines
from screening.wording.authors.proofs.receipts import proved_sentence
from screening.wording.document.review_state import check_lines


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--texts", "every_text", is_flag=True, help="Print the reading age of every text, not only of hard ones.")
@click.option(
    "--journeys",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Simulate visitors with the answer frequencies assumed in this file, with all parts and without.",
)
@click.option(
    "--strength",
    "measure",
    is_flag=True,
    help="Put small mistakes into the rules, and end with exit code 1 where no case or guarantee notices one.",
)
@click.option(
    "--write-cases",
    is_flag=True,
    help="With --strength: append cases to NAME.cases.yaml that would notice, for a person to confirm.",
)
@click.option("--expanded", is_flag=True, help="Print the whole file instead, with all that its frame says.")
def check(
    file: Path, journeys: Path | None, *, every_text: bool, measure: bool, write_cases: bool, expanded: bool
) -> None:
    """Check a rule FILE with the cases (NAME.cases.yaml) and translations (NAME.LANGUAGE.yaml) beside it.

    Prints what was checked, or every mistake with file, line and column, and then ends with exit code 1.
    """
    if write_cases and not measure:
        raise click.UsageError(english().gettext("--write-cases belongs to --strength."))
    rules = load_rules(file, cases_may_fail=expanded)
    if expanded:
        click.echo(written_out(rules), nl=False)
        return
    if journeys:
        _print_journeys(rules, journeys)
        return
    with printing_mistakes():
        translations = load_translations(rules)
        require_fonts(rules, translations)
        pins = load_pins(file, rules.rule_set.id)
        differing = unpinned(rules, translations.values(), pins) if pins else ()
        raise_if_unpinned(differing, rules)
    say = english().gettext
    click.echo(f"{file}: {rules.rule_set.id} {rules.rule_set.version}")
    click.echo(f"  sha256 {rules.hash}")
    for line in (*_frame(rules), *_counts(rules), *_codes(rules)):
        click.echo(f"  {line}")
    for line in _reading_ages(rules, every_text=every_text):
        click.echo(f"  {line}")
    for line in check_lines(rules.review, rules.review.state(date.today()), english()):
        click.echo(f"  {line}")
    click.echo("  " + _pins(rules, pins))
    click.echo("  " + _proof(rules))
    for line in translation_lines(translations.values(), rules.review.state(date.today()), english()):
        click.echo(f"  {line}")
    if measure:
        _strength(file, rules, write_cases=write_cases)
    _warn([*rules.warnings, *without_paper(rules, translations)])
    click.echo(say("No mistakes found."))


def _warn(warnings: Sequence[FileProblem]) -> None:
    """What an author should look at, though the file can be used."""
    for warning in warnings:
        click.echo(located_problem(warning, english()))
    if warnings:
        number = len(warnings)
        click.echo(english().ngettext("%(number)s warning.", "%(number)s warnings.", number))


def _print_journeys(rules: LoadedRules, file: Path) -> None:
    """What simulated visitors see, where every part is on and where all are off."""
    from screening.analysis.simulation import simulate  # noqa: PLC0415 - only this option needs it, and the next two
    from screening.rulefiles.authoring.visitors import load_visitors  # noqa: PLC0415
    from screening.wording.authors.simulation import journey_lines  # noqa: PLC0415

    with printing_mistakes():
        visitors = load_visitors(file, rules.rule_set)
    every_part = frozenset(part.id for part in rules.rule_set.parts)
    for off in [frozenset[str](), every_part] if every_part else [frozenset[str]()]:
        title = english().gettext("Without: %(parts)s", parts=", ".join(sorted(off))) if off else ""
        click.echo(title or english().gettext("With every part"))
        report = simulate(rules.explainer_without(off).engine, visitors)
        for line in journey_lines(report, visitors, rules.rule_set, english()):
            click.echo(f"  {line}")


def _pins(rules: LoadedRules, pins: PinFile | None) -> str:
    """Whether what carries safety is pinned at all."""
    say = english().gettext
    if pins is None:
        return say("Nothing is pinned, so texts that carry safety can change unseen; run `screening pin` on it.")
    return say("%(number)s pins, all as they stand", number=len(pins.hashes(rules.rule_set.language)))


def _proof(rules: LoadedRules) -> str:
    """Whether a receipt of this very file stands beside it."""
    receipt = matching_receipt(rules.path, rules.hash)
    say = english().gettext
    if receipt is None:
        return say("Not proved: no receipt of this very file stands beside it; run `screening prove` on it.")
    proved = proved_sentence(receipt, english())
    return english().sentences(
        [proved, say("This does not show that the thresholds are right, or that people answer truly.")]
    )


def _strength(file: Path, rules: LoadedRules, *, write_cases: bool) -> None:
    """Judge the mutants; the command ends where one is missed."""
    try:
        from screening.analysis.strength.measure import strength  # noqa: PLC0415 - an extra, and slow to load
        from screening.wording.authors.proofs.strength import strength_lines, telling_cases  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        fail(english().gettext("This needs the extra `proof`: run ./setup test, or pip install 'screening[proof]'."))
    try:
        result = strength(rules.engine, rules.explainer, rules.cases)
    except DatesUnreadError as error:
        fail(unproved_date(error))
    for line in strength_lines(result, rules, english()):
        click.echo(f"  {line}")
    if write_cases:
        written = append_cases(file, rules.rule_set.id, telling_cases(result, rules, english()))
        click.echo(english().ngettext("%(number)s case was added.", "%(number)s cases were added.", written))
    if result.missed:
        raise SystemExit(1)


def _frame(rules: LoadedRules) -> list[str]:
    """How much of the file its frame says."""
    if rules.frame is None:
        return []
    by_frame = frame(rules.frame).texts_in(rules.rule_set.language)
    return [
        english().gettext(
            "%(number)s of %(all)s texts are those of frame %(version)s (print all: --expanded)",
            number=sum(by_frame.get(text.id) == text.text for text in rules.texts),
            all=len(rules.texts),
            version=rules.frame,
        )
    ]


def _codes(rules: LoadedRules) -> list[str]:
    """How much of it has codes, and how many of these were seen."""
    count = count_codes(rules.rule_set)
    return code_lines(count.questions, count.options, count.codes, english())


def _counts(rules: LoadedRules) -> list[str]:
    rule_set = rules.rule_set
    confirmed = sum(source.confirmed for source in rule_set.sources)
    options = [option for question in rule_set.questions for option in question.options]
    judged = [rule_set.grounds, rule_set.values, rule_set.notes, rule_set.emergency.speeds, options]
    needed = sum(bool(judgement.review) for judgement in chain(*judged))  # type: ignore[attr-defined]
    say = english().gettext
    return [
        say(
            "%(pages)s pages, %(questions)s questions, %(options)s options",
            pages=len(rule_set.pages),
            questions=len(rule_set.questions),
            options=len(options),
        ),
        say(
            "%(values)s values, %(categories)s categories, %(grounds)s grounds, %(notes)s notes, "
            "%(guarantees)s guarantees",
            values=len(rule_set.values),
            categories=len(rule_set.categories),
            grounds=len(rule_set.grounds),
            notes=len(rule_set.notes),
            guarantees=len(rule_set.guarantees),
        ),
        say("at most %(number)s completions of an answer set", number=rules.completions),
        say(
            "%(sources)s sources, %(unconfirmed)s of them not confirmed",
            sources=len(rule_set.sources),
            unconfirmed=len(rule_set.sources) - confirmed,
        ),
        say("%(number)s judgements that a clinician must confirm", number=needed),
        say("%(number)s cases, all as expected", number=len(rules.cases)),
    ]


NOT_FOR_PATIENTS = ("guarantees", "guide", "values", "changes", "doctor_paper")
"""Members of a rule file whose texts are for authors and clinics."""


def _reading_ages(rules: LoadedRules, *, every_text: bool) -> list[str]:
    """The reading age of texts (Flesch-Kincaid grade plus five; see `rulefiles.checks.readability`)."""
    glossary = {entry.term for entry in rules.rule_set.glossary}
    for_people = [text for text in rules.texts if text.path[0] not in NOT_FOR_PATIENTS]
    aged = [(text, reading_age(text.text, glossary)) for text in for_people]
    ages = [(text, age) for text, age in aged if age is not None]
    say = english().gettext
    if not ages or not rules.rule_set.language.startswith("en"):
        return [say("%(number)s texts; their reading age is not computed", number=len(rules.texts))]
    hard = [pair for pair in ages if pair[1] > HIGHEST_AGE + 0.5]
    lines = [
        say(
            "%(number)s texts, %(long)s long enough for a reading age: median %(median).1f years, "
            "%(hard)s above %(limit)s",
            number=len(for_people),
            long=len(ages),
            median=median(age for _, age in ages),
            hard=len(hard),
            limit=HIGHEST_AGE,
        )
    ]
    listed = ages if every_text else sorted(hard, key=lambda pair: -pair[1])
    return lines + [f"  {age:4.1f}  {text.id}" for text, age in listed]
