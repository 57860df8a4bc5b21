"""A mistake in a rule file or case file in words: file, line, column, what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches

from screening.rulefiles.loading.loader import FileProblem
from screening.ruleset.model.problem import Problem
from screening.ruleset.reading.answer_types import AnswerError
from screening.wording.authors.mistakes.companion_sentences import COMPANION_SENTENCES
from screening.wording.authors.mistakes.file_sentences import FILE_SENTENCES
from screening.wording.authors.mistakes.rule_sentences import RULE_SENTENCES
from screening.wording.document.answers import answer_error
from screening.wording.language.languages import N_, Language

PROBLEMS: Mapping[str, str] = {**FILE_SENTENCES, **COMPANION_SENTENCES, **RULE_SENTENCES}
"""Sentences by the code of a `Problem`."""

_MAX_QUOTED = 80
"""Characters of the author's own text that a sentence repeats."""
_MAX_KNOWN = 30
"""How many names a sentence lists beside the one that was probably meant."""

_KINDS: Mapping[str, str] = {
    "condition": N_("a condition"),
    "number": N_("a number"),
    "choice": N_("a choice question"),
    "several": N_("a several-choice question"),
}
"""What an expression yields."""


def located_problem(problem: FileProblem, language: Language) -> str:
    """One mistake with file, line and column, as compilers print them."""
    position = problem.position
    return f"{problem.file}:{position.line}:{position.column}: {problem_sentence(problem.problem, language)}"


def problem_sentence(problem: Problem, language: Language) -> str:
    """One mistake in words."""
    error = problem.values.get("error")
    if isinstance(error, AnswerError):
        return _answer(problem.code, error, language)
    return language.gettext(PROBLEMS[problem.code], **_in_words(problem, language))


def _answer(code: str, error: AnswerError, language: Language) -> str:
    """Why an answer in a case file cannot be read."""
    if code in PROBLEMS:
        why = language.gettext(PROBLEMS[code], **{name: _value_text(value) for name, value in error.values.items()})
    else:
        way_out = language.gettext("Where it is not known, write unsure.")
        why = " ".join(answer_error(error, language, way_out).split())
    return language.gettext('The answer to "%(name)s" cannot be read. %(why)s', name=error.question.id, why=why)


def _in_words(problem: Problem, language: Language) -> dict[str, str]:
    """The values of a problem as its sentence needs them."""
    values = problem.values
    words = {name: _value_text(value) or _none(value, language) for name, value in values.items()}
    name = str(values.get("option", values.get("name", "")))
    words["about"] = language.gettext(" for %(name)s", name=_value_text(name)) if name else ""
    known = values.get("known")
    if isinstance(known, list):
        words.update(_suggestions(name, known, language))
    if problem.code.startswith("pins.") and "file" in values:
        words["file"] = str(values["file"])  # part of a command to type: whole
    if problem.code == "shape.pattern":
        words["wanted"] = str(values["wanted"])
    if problem.code.startswith("shape.") and "found" in values:
        words["found"] = _description(values["found"], language)
    elif problem.code.startswith("type.") and "found" in values:
        words["found"] = language.gettext(_KINDS[words["found"]])
    possible = values.get("possible")
    if isinstance(possible, list):
        listed = language.gettext(" Possible are: %(names)s.", names=_value_text(possible))
        words["possible"] = listed if len(possible) > 1 else ""
    return words


def _none(value: object, language: Language) -> str:
    return language.gettext("none") if isinstance(value, list | tuple) else language.gettext("nothing")


def _suggestions(name: str, known: list[str], language: Language) -> dict[str, str]:
    """The word that was probably meant, and the words that there are; of a long list only where none is near."""
    close = get_close_matches(name, known, 1)
    names = _value_text(known[:_MAX_KNOWN]) or language.gettext("none")
    if len(known) <= _MAX_KNOWN:
        listed = language.gettext(" Known are: %(names)s.", names=names)
    else:
        listed = "" if close else language.gettext(" Known are, among others: %(names)s.", names=names)
    return {
        "close": language.gettext(' Did you mean "%(close)s"?', close=_value_text(close[0])) if close else "",
        "known": listed,
    }


def _description(value: object, language: Language) -> str:
    """What stands in a file where something else is wanted."""
    match value:
        case bool():
            return _value_text(value)
        case str():
            return language.gettext('the text "%(text)s"', text=_value_text(value))
        case list():
            return language.gettext("a list")
        case dict():
            return language.gettext("a mapping")
        case _:
            return language.gettext("the number %(number)s", number=_value_text(value))


def _value_text(value: object) -> str:
    """A value as it stands in a sentence; of a long text the beginning."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}" if abs(value.adjusted()) < _MAX_QUOTED else f"{value}"
        case str():
            text = " ".join(value.split())
            return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}..."
        case list() | tuple():
            return ", ".join(map(_value_text, value))
        case dict():
            return ", ".join(f"{name}: {_value_text(member)}" for name, member in value.items())
        case _:
            return str(value)
