"""What `screening fhir` reads: answer sets, responses of foreign forms, translations; a mistake ends the command."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import IO, NamedTuple

import click

from screening.cli.input import answer_sets, english, fail, printing_mistakes
from screening.fhir.reading import Finding, ReadResponse, ResponseError, read_response
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.translation.loader import load_translations
from screening.ruleset.reading.answer_types import Answer
from screening.wording.authors.mistakes.foreign_forms import finding_line, response_error


class Text(NamedTuple):
    """What a file holds, and how a mistake in it names the file."""

    name: str
    content: str


def read_text(file: IO[str]) -> Text:
    """The text of a file."""
    name = str(getattr(file, "name", "<stdin>"))
    try:
        return Text(name, file.read())
    except UnicodeDecodeError:
        fail(english().gettext("%(file)s is not UTF-8 text", file=name))


def one_answer_set(text: Text, rules: LoadedRules) -> Mapping[str, Answer]:
    """The one answer set of a file."""
    sets = list(answer_sets(StringIO(text.content), rules.rule_set))
    if len(sets) != 1:
        fail(english().gettext("One answer set is needed; this file holds %(number)s.", number=len(sets)))
    if sets[0].mistakes:
        fail("\n".join(f"{text.name}:{sets[0].line}: {mistake}" for mistake in sets[0].mistakes))
    return sets[0].answers


def answers_in(text: Text, rules: LoadedRules, base: str) -> Mapping[str, Answer]:
    """The answers of a response or an answer set, whichever it is; what is set aside is told."""
    if '"resourceType"' not in text.content:
        return one_answer_set(text, rules)
    response = response_in(text, rules, base)
    for line in finding_lines(response.set_aside):
        click.echo(line, err=True)
    return response.answers


def response_in(text: Text, rules: LoadedRules, base: str) -> ReadResponse:
    """A response of which nothing is refused."""
    try:
        resource = json.loads(text.content, parse_float=Decimal)
    except (ValueError, RecursionError):
        fail(english().gettext("%(file)s is not JSON.", file=text.name))
    try:
        response = read_response(rules.engine, resource, base, date.today())
    except ResponseError as error:
        fail(response_error(error.code, error.values, english()))
    if response.refused:
        fail("\n".join(finding_lines(response.refused)))
    return response


def finding_lines(findings: Iterable[Finding]) -> list[str]:
    """What is set aside or refused, in words."""
    return [
        finding_line(finding.link, finding.remark, finding.values, finding.error, english()) for finding in findings
    ]


def in_language(rules: LoadedRules, tag: str) -> LoadedRules:
    """The rules in a language; a summary is in one language, so their translation must be whole."""
    if tag in ("", rules.rule_set.language):
        return rules
    with printing_mistakes():
        whole = {
            language: translation.rules
            for language, translation in load_translations(rules).items()
            if not translation.gaps
        }
    if tag not in whole:
        there_are = ", ".join((rules.rule_set.language, *whole))
        message = "There is no whole translation into %(language)s. Use one of these: %(languages)s."
        fail(english().gettext(message, language=tag, languages=there_are))
    return whole[tag]
