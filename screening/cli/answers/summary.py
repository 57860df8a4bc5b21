"""`screening summary`: the PDF of one answer set."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import IO

import click

from screening.cli.input import answer_sets, english, fail, load_rules, printing_mistakes, rules_option
from screening.documents.font_checks import require_fonts, without_paper
from screening.documents.summary import Copy, summary_pdf
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.translation.loader import load_translations
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.wording.authors.mistakes.problems import located_problem
from screening.wording.language.languages import language as language_of
from screening.wording.summary.context import SummaryInput, TypedBy
from screening.wording.summary.selection import Reader


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="The PDF to write.",
)
@click.option(
    "--date",
    "answered_on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: date.today().isoformat(),
    show_default="today",
    help="The date on which the answers were given. The same date and answers make the same bytes.",
)
@click.option("--helper", is_flag=True, help="The answers were typed by somebody who helps the person.")
@click.option("--language", default="", help="The language of the PDF, such as ms. Default: the rule file's own.")
@click.option(
    "--for",
    "reader",
    type=click.Choice([str(choice) for choice in Reader]),
    default=str(Reader.PERSON),
    show_default=True,
    help="Who reads it: the person, or a doctor.",
)
@click.option("--without-data", is_flag=True, help="Do not attach the answers as data.")
@rules_option
def summary(
    *,
    file: IO[str],
    output: Path,
    answered_on: datetime,
    rules: Path,
    language: str,
    reader: str,
    helper: bool,
    without_data: bool,
) -> None:
    """Write the PDF summary of the answer set in FILE (- for standard input), one JSON object."""
    translated = _translated_rules(load_rules(rules), language)
    sets = list(answer_sets(file, translated.rule_set))
    if len(sets) != 1:
        fail(english().gettext("A summary is made of one answer set; this file holds %(number)s.", number=len(sets)))
    if sets[0].mistakes:
        fail("\n".join(f"{file.name}:{sets[0].line}: {mistake}" for mistake in sets[0].mistakes))
    review = translated.review.state(answered_on.date())
    summary_input = SummaryInput(
        rules=translated,
        answers=sets[0].answers,
        language=language_of(translated.rule_set.language),
        answered_on=answered_on.date(),
        review=review,
        typed_by=TypedBy.HELPER if helper else TypedBy.PERSON,
        demonstration=not review.signed,
    )
    try:
        content = summary_pdf(summary_input, Copy(Reader(reader), with_record=not without_data))
    except RequiredAnswerMissingError as error:
        names = ", ".join(error.questions)
        fail(english().gettext("There is no outcome without an answer to: %(names)s", names=names))
    try:
        output.write_bytes(content)
    except OSError as error:
        fail(english().gettext("%(file)s cannot be written: %(reason)s", file=output, reason=error.strerror))
    click.echo(english().gettext("%(file)s is written.", file=output))


def _translated_rules(rules: LoadedRules, language: str) -> LoadedRules:
    """The rules in a language; a PDF is in one language, so their translation must be whole."""
    if language in ("", rules.rule_set.language):
        with printing_mistakes():
            require_fonts(rules, {})
        return rules
    with printing_mistakes():
        whole = {tag: translation for tag, translation in load_translations(rules).items() if not translation.gaps}
        chosen = {language: whole[language]} if language in whole else {}
        require_fonts(rules, chosen)
    refused = without_paper(rules, chosen)
    if refused:
        fail(located_problem(refused[0], english()))
    if not chosen:
        there_are = ", ".join((rules.rule_set.language, *whole))
        message = "There is no whole translation into %(language)s. Use one of these: %(languages)s."
        fail(english().gettext(message, language=language, languages=there_are))
    return chosen[language].rules
