"""`screening fhir`: a rule file, answers, an outcome and a whole submission as resources of FHIR R4."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

import click

from screening.cli.answers.fhir_input import (
    answers_in,
    finding_lines,
    in_language,
    one_answer_set,
    read_text,
    response_in,
)
from screening.cli.input import english, fail, load_rules, printing_mistakes, rules_option
from screening.config.fhir import NOBODYS, is_base
from screening.documents.summary import Copy, summary_pdf
from screening.fhir.bundle import DocumentBundle
from screening.fhir.checks import bundle_mistakes, questionnaire_mistakes
from screening.fhir.codes import count_codes
from screening.fhir.names import Resource
from screening.fhir.questionnaire import questionnaire as write_questionnaire
from screening.fhir.response import questionnaire_response
from screening.fhir.texts import texts_of
from screening.fhir.variables import NotExactError, rounded_values
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.rulefiles.translation.loader import load_translations
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.wording.authors.mistakes.foreign_forms import code_lines, not_exact_lines, rounded_lines
from screening.wording.document.explained_outcome import explained_members
from screening.wording.language.languages import language as language_of
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.selection import Reader


def _base(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not is_base(value):
        raise click.BadParameter("it is an address such as https://clinic.example/fhir")
    return value.rstrip("/")


base_option = click.option(
    "--base",
    default=NOBODYS,
    show_default=True,
    callback=_base,
    help="The address under which who publishes the Questionnaire names it.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. Default: standard output.",
)
check_option = click.option(
    "--check", is_flag=True, help="Check it with the models of the extra `fhir` before it is written."
)
date_option = click.option(
    "--date",
    "answered_on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: date.today().isoformat(),
    show_default="today",
    help="The date on which the answers were given.",
)


@click.group()
def fhir() -> None:
    """Write the questions as a Questionnaire of FHIR R4, and read what foreign forms make of it."""


@fhir.command()
@rules_option
@base_option
@output_option
@check_option
def questionnaire(rules: Path, base: str, output: Path | None, *, check: bool) -> None:
    """Write the rule file as a Questionnaire (SDC), in every language in which it is translated.

    What is asked when and what cannot wait are in it as FHIRPath. Categories are not: outcomes come from here.
    """
    loaded = load_rules(rules)
    with printing_mistakes():
        translations = {tag: translation.rules for tag, translation in load_translations(loaded).items()}
    review = loaded.review.state(date.today())
    try:
        written = write_questionnaire(loaded.engine, texts_of(loaded, translations, review), base, review)
    except NotExactError as error:
        fail("\n".join(not_exact_lines(error.places, english())))
    _stop_at(questionnaire_mistakes(written))
    _write(written, output, check=check)
    count = count_codes(loaded.rule_set)
    lines = (
        *code_lines(count.questions, count.options, count.codes, english()),
        *rounded_lines(rounded_values(loaded.engine), english()),
    )
    click.echo("\n".join(lines), err=True)


@fhir.command()
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@rules_option
@base_option
@date_option
@output_option
@check_option
def response(file: IO[str], rules: Path, base: str, answered_on: datetime, output: Path | None, *, check: bool) -> None:
    """Write the answer set in FILE (- for standard input; see `screening evaluate`) as a QuestionnaireResponse."""
    loaded = load_rules(rules)
    answers = one_answer_set(read_text(file), loaded)
    _write(questionnaire_response(loaded.rule_set, answers, base, answered_on.date()), output, check=check)


@fhir.command()
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@rules_option
@base_option
def outcome(file: IO[str], rules: Path, base: str) -> None:
    """Print the outcome of the QuestionnaireResponse in FILE (- for standard input) as JSON.

    `set_aside` holds what was sent and does not count. Exit code 1 where something is refused: there is no outcome.
    """
    loaded = load_rules(rules)
    answered = response_in(read_text(file), loaded, base)
    members = explained_members(loaded, answered.answers, date.today(), explain=True)
    click.echo(outcome_json(members | {"set_aside": finding_lines(answered.set_aside)}))


@fhir.command()
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--language", default="", help="The language of the summary, such as ms. Default: the rule file's own.")
@click.option("--identity", type=click.UUID, help="The UUID that names the document. Default: a new one.")
@rules_option
@base_option
@date_option
@output_option
@check_option
def bundle(
    *,
    file: IO[str],
    language: str,
    identity: UUID | None,
    rules: Path,
    base: str,
    answered_on: datetime,
    output: Path | None,
    check: bool,
) -> None:
    """Write what FILE holds as a document Bundle: the summary, the answers, coded values and the doctor's paper (PDF).

    FILE (- for standard input) is an answer set, as `screening evaluate` takes it, or a QuestionnaireResponse.
    """
    loaded = load_rules(rules)
    answers = answers_in(read_text(file), loaded, base)
    translated = in_language(loaded, language)
    review = loaded.review.state(answered_on.date())
    summary_input = SummaryInput(
        rules=translated,
        answers=answers,
        language=language_of(translated.rule_set.language),
        answered_on=answered_on.date(),
        review=review,
        demonstration=not review.signed,
    )
    try:
        pdf = summary_pdf(summary_input, Copy(Reader.DOCTOR))
    except RequiredAnswerMissingError as error:
        names = ", ".join(error.questions)
        fail(english().gettext("There is no outcome without an answer to: %(names)s", names=names))
    written = DocumentBundle(Assessment(summary_input), base, identity or uuid4()).written(pdf)
    _stop_at(bundle_mistakes(written))
    _write(written, output, check=check)


def _stop_at(mistakes: list[str]) -> None:
    if mistakes:
        fail("\n".join(mistakes))


def _write(resource: Resource, output: Path | None, *, check: bool) -> None:
    text = outcome_json(resource)
    if check:
        _check(text, str(resource["resourceType"]))
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        fail(english().gettext("%(file)s cannot be written: %(reason)s", file=output, reason=error.strerror))
    click.echo(english().gettext("%(file)s is written.", file=output), err=True)


def _check(text: str, kind: str) -> None:
    """End the command where the models of R4B take a resource for none."""
    try:
        from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        fail(english().gettext("--check needs the extra `fhir`: pip install 'screening[fhir]'."))
    model: Any = get_fhir_model_class(kind)
    try:
        model.model_validate_json(text)
    except ValueError as error:
        fail(str(error))
