"""`screening new`: the first rule file of a new subject, from five answers of its author."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from screening.cli.input import english, fail
from screening.rulefiles.authoring.first_file import (
    LEAST_ANSWERS,
    Beginning,
    check_beginning,
    is_file_name,
    write_beginning,
)
from screening.rulefiles.loading.loader import RuleFileError
from screening.wording.authors.mistakes.problems import problem_sentence
from screening.wording.language.languages import N_

_QUESTIONS = {
    "subject": N_("1 of 5. What is it about, in a few words? (such as: dry eyes)"),
    "guide": N_("2 of 5. Which leaflet or guide shall answers be compared with? (such as: Leaflet of the eye clinic)"),
    "signs": N_("3 of 5. Which signs need help at once, asked as a question? (such as: Sudden loss of sight?)"),
    "question": N_("4 of 5. What do you ask first? (such as: How often do your eyes feel dry?)"),
    "answers": N_("5 of 5. Its answers, from the mildest to the gravest, with ; between them (such as: Never; Daily)"),
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--subject", help="What it is about, in a few words.")
@click.option("--guide", help="The leaflet or guide that answers are compared with.")
@click.option("--signs", help="The signs that need help at once, as a question.")
@click.option("--question", help="The first question.")
@click.option("--answers", help="Its answers, from the mildest to the gravest, with ; between them.")
def new(file: Path, **answers: str | None) -> None:
    """Write the first rule FILE of a new subject, such as rules/dry-eyes.yaml, and its cases beside it.

    Asks five questions, or takes their answers as options. What it writes passes `screening check`, has fewer than 60
    lines, and says in comments what each part is for. Nothing that is there is written over.
    """
    say = english().gettext
    if not is_file_name(file):
        fail(say("%(file)s: a rule file is named like dry-eyes.yaml: letters, .yaml, and no other point.", file=file))
    if file.exists():
        fail(say("%(file)s is there already. Choose another name.", file=file))
    if not file.parent.is_dir():
        fail(say("There is no folder %(folder)s. Make it first.", folder=file.parent))
    beginning = Beginning()
    for name, question in _QUESTIONS.items():
        beginning = _answered(beginning, name, question, answers[name])
    try:
        written = write_beginning(beginning, file)
    except FileExistsError as error:
        fail(say("%(file)s is there already. Choose another name.", file=error.args[0]))
    except OSError as error:
        fail(say("The file cannot be written: %(reason)s", reason=error.strerror))
    for path in written:
        click.echo(say("%(file)s is written.", file=path))
    click.echo(say("Both pass `screening check`. What to do next:"))
    click.echo(say("  screening preview %(file)s   see it in a browser, with your mistakes, as you write", file=file))
    click.echo(say("  screening check %(file)s     after every change", file=file))
    click.echo(say("  screening prove %(file)s     that its guarantees hold whatever anybody answers", file=file))
    click.echo(say('How to add questions, rules and cases: rules/README.md, "The first hour".'))


def _answered(beginning: Beginning, name: str, question: str, given: str | None) -> Beginning:
    """The beginning with one more answer; what cannot stand in a rule file is told, and at a terminal asked anew."""
    ask: Callable[[], str] = lambda: click.prompt(english().gettext(question), type=str)  # noqa: E731 - used twice
    while True:
        answer = ask() if given is None else given
        mistakes, with_it = _with_answer(beginning, name, answer)
        if not mistakes:
            return with_it
        for mistake in mistakes:
            click.echo(f"{name}: {mistake}", err=True)
        if given is not None:
            fail(english().gettext("Nothing is written."))


def _with_answer(beginning: Beginning, name: str, answer: str) -> tuple[list[str], Beginning]:
    """What is wrong with an answer, and the beginning with it."""
    say = english().gettext
    if name == "answers":
        texts = tuple(part.strip() for part in answer.split(";") if part.strip())
        if len(texts) < LEAST_ANSWERS:
            return [say("Name two answers or more, with ; between them.")], beginning
        with_it = replace(beginning, answers=texts)
    elif not answer.strip():
        return [say("Write something.")], beginning
    else:
        with_it = replace(beginning, **{name: answer.strip()})  # type: ignore[arg-type] # each of these is a text
    try:
        check_beginning(with_it)
    except RuleFileError as error:
        once = {
            problem.problem.code: problem.problem for problem in reversed(error.problems)
        }  # it stands in many texts
        return [problem_sentence(problem, english()) for problem in once.values()], with_it
    return [], with_it
