"""What every reader of expressions shares: how strict answers stand, what counts where nothing is asked, and types.

SETTLED: strict answers are complete. GIVEN: they may be unknown. OPEN: a strict choice is the set of the options that
may be the truth.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import assert_never

from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import Conditional, Name, Node, OnlyCondition, OnlyNumber, Unknown
from screening.ruleset.model.questions import Question, QuestionType


class EvaluationMode(Enum):
    """How the strict answers stand in the local variables of a generated function."""

    SETTLED = "settled"
    GIVEN = "given"
    OPEN = "open"


def common_score(scores: dict[str, Decimal], options: frozenset[str]) -> Decimal | None:
    """The score that all these options share, or None."""
    distinct = {scores[option] for option in options}
    return distinct.pop() if len(distinct) == 1 else None


def least_score(scores: dict[str, Decimal], options: frozenset[str]) -> Decimal:
    """The lowest score of these options."""
    return min(scores[option] for option in options)


def most_score(scores: dict[str, Decimal], options: frozenset[str]) -> Decimal:
    """The highest score of these options."""
    return max(scores[option] for option in options)


OPEN_SCORES = {"": common_score, "least": least_score, "most": most_score}
"""How a score is read from a set of open options, by the bound that is wanted."""


def not_asked(question: Question) -> str | frozenset[str | None] | None:
    """What counts as the answer to a question that is not asked."""
    if question.type is QuestionType.SEVERAL:
        if question.if_not_asked is None:
            return frozenset({None})
        return frozenset({question.if_not_asked}) - question.exclusive_codes
    return None if question.if_not_asked in question.unsure_codes else question.if_not_asked


def is_number(node: Node, names: SymbolTable) -> bool:
    """Whether a well-typed expression yields a number rather than a condition."""
    if isinstance(node, OnlyNumber | OnlyCondition):
        return isinstance(node, OnlyNumber)
    match node:
        case Unknown():
            return False
        case Conditional(then=then, otherwise=otherwise):
            return is_number(then, names) or is_number(otherwise, names)
        case Name(name=name):
            if name in names.values:
                return is_number(names.values[name].expression.tree, names)
            return name in names.questions and names.questions[name].type is QuestionType.NUMBER
        case _:
            assert_never(node)


def is_nothing(node: Node, names: SymbolTable) -> bool:
    """Whether an expression is `unknown` in every branch: it may then stand for a number and for a condition."""
    if isinstance(node, OnlyNumber | OnlyCondition):
        return False
    match node:
        case Unknown():
            return True
        case Conditional(then=then, otherwise=otherwise):
            return is_nothing(then, names) and is_nothing(otherwise, names)
        case Name(name=name):
            return name in names.values and is_nothing(names.values[name].expression.tree, names)
        case _:
            assert_never(node)
