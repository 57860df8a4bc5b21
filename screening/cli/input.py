"""What the subcommands read: rule files, and answers as JSON; every mistake is printed and ends the command."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from screening.resources import resource
from screening.rulefiles.loading.loader import FileProblem, LoadedRules, RuleFileError, load_rule_file
from screening.ruleset.model.dates import TODAY, DatesUnreadError
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError
from screening.wording.authors.mistakes.problems import located_problem
from screening.wording.document.answers import answer_error
from screening.wording.language.languages import SOURCE_LANGUAGE, Language, language

RULES_HELP = "The rule file. Default: $SCREENING_RULES, else the liver file that ships with the service."

rules_option = click.option(
    "--rules",
    envvar="SCREENING_RULES",
    type=click.Path(path_type=Path, dir_okay=False),
    default=lambda: resource("rules") / "liver.yaml",
    help=RULES_HELP,
)


def english() -> Language:
    """The language of commands."""
    return language(SOURCE_LANGUAGE)


def load_rules(path: Path, *, cases_may_fail: bool = False) -> LoadedRules:
    """The rule file, or the end of the command with every mistake in it printed."""
    with printing_mistakes():
        return load_rule_file(path, cases_may_fail=cases_may_fail)


def unproved_date(error: DatesUnreadError) -> str:
    """What to do about a strict date of which today decides what there is, so that nothing can be proved of it."""
    message = (
        "Rules read the strict date %(name)s in several units, as days and as months. Read it in one, or make it "
        "`required`: then it can be proved."
    )
    return english().gettext(message, name=error)


@contextmanager
def printing_mistakes() -> Iterator[None]:
    """End the command with every mistake printed where a file has some."""
    try:
        yield
    except RuleFileError as error:
        print_problems(error.problems)
        count = len(error.problems)
        fail(english().ngettext("%(number)s mistake found.", "%(number)s mistakes found.", count))


def print_problems(problems: Iterable[FileProblem]) -> None:
    """Every mistake with file, line and column."""
    for problem in problems:
        click.echo(located_problem(problem, english()), err=True)


def fail(message: str) -> NoReturn:
    """End the command with a message and exit code 1."""
    click.echo(message, err=True)
    raise SystemExit(1)


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """One answer set of an input: its line, and its answers or what is wrong with them."""

    line: int
    answers: dict[str, Answer]
    mistakes: tuple[str, ...]
    today: date = field(default_factory=date.today)
    """The day on which dates are judged: as the answer set says under `today`, else that of the clock."""


class NotJsonError(Exception):
    """A text is not JSON; `line` counts from 1 within it."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def answer_sets(file: IO[str], rule_set: RuleSet) -> Iterator[AnswerSet]:
    """The answer sets in a file: one JSON object, or one a line."""
    number, first = _first_line(file)
    if not first:
        return
    try:
        yield _read_answer_set(_parse_json(first), number, rule_set)
    except NotJsonError as error:
        rest = file.read()
        if not any(_is_json(line) for line in rest.splitlines()):
            yield _whole(first + rest, number, rule_set)
            return
        yield AnswerSet(number, {}, (_not_json(error.reason, number),))
        yield from _lines(rest.splitlines(), number + 1, rule_set)
    else:
        yield from _lines(file, number + 1, rule_set)


def _first_line(file: IO[str]) -> tuple[int, str]:
    """The first line that is not blank, with its number; an empty one at the end of the file."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            return number, line
    return 0, ""


def _lines(lines: Iterable[str], start: int, rule_set: RuleSet) -> Iterator[AnswerSet]:
    """One object a line."""
    for number, line in enumerate(lines, start):
        if not line.strip():
            continue
        try:
            yield _read_answer_set(_parse_json(line), number, rule_set)
        except NotJsonError as error:
            yield AnswerSet(number, {}, (_not_json(error.reason, number),))


def _whole(text: str, start: int, rule_set: RuleSet) -> AnswerSet:
    """One object that stands on several lines."""
    try:
        return _read_answer_set(_parse_json(text), start, rule_set)
    except NotJsonError as error:
        line = start + error.line - 1
        return AnswerSet(line, {}, (_not_json(error.reason, line),))


def _is_json(line: str) -> bool:
    """Whether a line is an object of its own, and not a piece of a longer one."""
    try:
        return isinstance(_parse_json(line), dict)
    except NotJsonError:
        return False


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_no_duplicates)
    except json.JSONDecodeError as error:
        raise NotJsonError(error.msg, error.lineno) from None
    except RecursionError:
        raise NotJsonError(english().gettext("it is nested too deeply")) from None
    except ValueError:
        raise NotJsonError(english().gettext("a number in it has too many digits")) from None


def _no_number(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is not a number", name, 0)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise json.JSONDecodeError(f"{repeated} stands twice", repeated, 0)
    return members


def _not_json(reason: str, line: int) -> str:
    return english().gettext("line %(line)s is not JSON: %(reason)s", line=line, reason=reason)


def _read_answer_set(raw: Any, line: int, rule_set: RuleSet) -> AnswerSet:
    if not isinstance(raw, dict):
        message = english().gettext("an answer set is an object with an answer for each question id")
        return AnswerSet(line, {}, (message,))
    answers: dict[str, Answer] = {}
    mistakes = []
    today = _today(raw) if rule_set.has_dates else date.today()
    if today is None:
        message = english().gettext('"today" is a date such as 2026-11-30')
        return AnswerSet(line, {}, (message,))
    for name, value in raw.items():
        if name == TODAY and rule_set.has_dates:
            continue
        question = rule_set.question.get(name)
        if question is None:
            known = ", ".join(rule_set.question)
            mistakes.append(
                english().gettext("there is no question %(name)s. Known are: %(known)s", name=name, known=known)
            )
            continue
        try:
            answers[name] = read_answer(question, value, today=today)
        except AnswerError as error:
            mistakes.append(f"{name}: {answer_error(error, english())}")
    return AnswerSet(line, answers, tuple(mistakes), today)


def _today(raw: dict[str, Any]) -> date | None:
    """The day on which an answer set says it is judged, else that of the clock; None where it says no day."""
    if TODAY not in raw:
        return date.today()
    try:
        return date.fromisoformat(raw[TODAY]) if isinstance(raw[TODAY], str) else None
    except ValueError:
        return None
