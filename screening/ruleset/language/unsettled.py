"""Which parts of an expression of a rule may be unknown, and the mend that there is for each.

A lenient answer is settled by `definitely`, `possibly` or `known` around it. Where a strict question is read in the
same number that cannot be done, as around a strict question these have no place: then another mend is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.model.expression import Comparison, Name, Node
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import Question, QuestionType


def bare(part: Node) -> Problem:
    """A part that may be unknown and stands bare."""
    return Problem("settled.bare", column=part.column, values={"name": part.name if isinstance(part, Name) else ""})


def unsettled_parts(tree: Node, names: SymbolTable) -> Iterator[Problem]:
    """Each part by which what a rule reads may be unknown."""
    comparisons = [part for part in tree.walk() if isinstance(part, Comparison)]
    for part in names.unknown_parts(tree, Setting.RULE):
        around = [comparison for comparison in comparisons if any(inner is part for inner in comparison.walk())]
        if around and names.is_strict(around[-1]):
            yield _beside_strict(part, names)
        elif isinstance(part, Name) and part.name in names.values and names.is_strict(part):
            yield _in_value(part, names)
        else:
            yield bare(part)


def _in_value(part: Name, names: SymbolTable) -> Problem:
    """A value that may be unknown, and reads strict questions too: it can be mended only where it is written."""
    within = next(unsettled_parts(names.values[part.name].expression.tree, names))
    if within.code != "settled.bare":
        return replace(within, column=part.column)
    return Problem("settled.value", column=part.column, values={"name": part.name, "lenient": _lenient(part, names)})


def _beside_strict(part: Node, names: SymbolTable) -> Problem:
    """A part of a number that reads strict questions too."""
    lenient = _lenient(part, names)
    if not lenient:
        return Problem("settled.no_number", column=part.column)
    example = f"2 if definitely({_example(names.questions[lenient[0]])}) else 0"
    return Problem("settled.beside_strict", column=part.column, values={"name": lenient[0], "example": example})


def _example(question: Question) -> str:
    """A condition about a question."""
    code = next(iter(question.option), "")
    match question.type:
        case QuestionType.CHOICE:
            return f'{question.id} == "{code}"'
        case QuestionType.SEVERAL:
            return f'any_of({question.id}, "{code}")'
        case QuestionType.NUMBER:
            return f"{question.id} > 5"
        case QuestionType.TEXT:
            return f"known({question.id})"
        case QuestionType.DATE:
            return f"years_since({question.id}) >= 5"


def _lenient(part: Node, names: SymbolTable) -> list[str]:
    """The questions by which a part may be unknown to a rule, in the order asked."""
    read = names.questions_in(part)
    return [
        question.id
        for question in names.questions.values()
        if question.id in read and not question.strict and not question.required
    ]
