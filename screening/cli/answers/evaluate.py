"""`screening evaluate`: outcomes of answer sets, for people or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from screening.cli.input import AnswerSet, answer_sets, english, fail, load_rules, rules_option
from screening.documents.text import document_text
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.wording.document.explained_outcome import explained_members
from screening.wording.document.read_back import unusual_numbers
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.result import result_document


@click.command()
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--no-explain",
    is_flag=True,
    help="With --json: leave out what explains the outcome (`missing` and the like), which takes most of the time.",
)
@rules_option
def evaluate(file: IO[str], rules: Path, *, as_json: bool, no_explain: bool) -> None:
    """Print the outcome of each answer set in FILE (- for standard input).

    FILE holds one JSON object, or one a line: question id to answer. Absent or null: unknown.
    A number stands in the stored unit, or as {"value": 4.2, "unit": "mg/dL"}. Several-choice
    answers are lists of codes; null in one: not sure about the rest. A date has as much of it as is
    known: "2024-05-17", "2024-05" or "2024"; `today`, a date too, says on which day it is judged.
    All parts count as on.
    """
    loaded_rules = load_rules(rules)
    name = getattr(file, "name", "<stdin>")
    try:
        wrong = _print_outcomes(file, name, loaded_rules, as_json=as_json, explain=not no_explain)
    except UnicodeDecodeError:
        fail(english().gettext("%(file)s is not UTF-8 text", file=name))
    if wrong:
        fail(english().gettext("Some answers could not be read; see above."))


def _print_outcomes(file: IO[str], name: str, rules: LoadedRules, *, as_json: bool, explain: bool) -> bool:
    """Print an outcome or the mistakes for each answer set; whether there were mistakes."""
    wrong = False
    for answer_set in answer_sets(file, rules.rule_set):
        mistakes = answer_set.mistakes or _missing_required(answer_set, rules)
        if mistakes:
            wrong = True
            for mistake in mistakes:
                click.echo(f"{name}:{answer_set.line}: {mistake}", err=True)
            if as_json:
                click.echo(outcome_json({"errors": list(mistakes)}))
        elif as_json:
            click.echo(outcome_json(explained_members(rules, answer_set.answers, answer_set.today, explain=explain)))
        else:
            click.echo(_in_words(answer_set, rules))
    return wrong


def _missing_required(answer_set: AnswerSet, rules: LoadedRules) -> tuple[str, ...]:
    """What is missing without which there is no outcome."""
    try:
        rules.engine.state(plain_answers(rules.rule_set, answer_set.answers, answer_set.today))
    except RequiredAnswerMissingError as error:
        names = ", ".join(error.questions)
        return (english().gettext("there is no outcome without an answer to: %(names)s", names=names),)
    return ()


PARTS = (
    "emergency",
    "actions",
    "match",
    "reasons",
    "conflicts",
    "cautions",
    "informations",
    "not_known",
    "settled_by",
    "ignored",
)
"""The parts of a Document that a rule author wants to see."""


def _in_words(answer_set: AnswerSet, rules: LoadedRules) -> str:
    summary_input = SummaryInput(rules, answer_set.answers, english(), answer_set.today, UNREVIEWED)
    document = result_document(summary_input)
    plain = plain_answers(rules.rule_set, answer_set.answers, answer_set.today)
    outcome = rules.engine.evaluate(plain)
    possible = ", ".join(category.id for category in rules.rule_set.categories if category.id in outcome.possible)
    head = f"{outcome.category} ({english().gettext('possible')}: {possible})"
    unusual = [
        english().with_label(rules.rule_set.question[name].label, text)
        for name, text in unusual_numbers(rules.rule_set, answer_set.answers).items()
    ]
    return "\n".join((head, *unusual, document_text(document, PARTS)))
