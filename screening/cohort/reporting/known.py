"""What is known of rows, as formulas: which questions are answered, and which values can be worked out."""

from __future__ import annotations

from collections.abc import Mapping

from screening.ruleset.formulas.algebra import Formula, all_of, any_of, atom, negation
from screening.ruleset.formulas.atoms import Is, NumberGiven, Ticked, Unsure
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing
from screening.ruleset.model.expression import Known, Name
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType


def known(formulas: RuleFormulas) -> Mapping[str, Formula]:
    """By question and value, where it is known."""
    rule_set = formulas.rule_set
    values = [value.id for value in rule_set.values if not is_nothing(value.expression.tree, formulas.names)]
    asked = {name: all_of(formulas.asked(name), _told(question)) for name, question in rule_set.question.items()}
    return asked | {name: formulas.truth(Known(Name(name)), EvaluationMode.GIVEN).true for name in values}


def _told(question: Question) -> Formula:
    """Where the table says something of a question."""
    match question.type:
        case QuestionType.NUMBER | QuestionType.DATE:
            return atom(NumberGiven(question.id))
        case QuestionType.TEXT:
            return atom(Is(question.id, WRITTEN))
        case QuestionType.CHOICE:
            return any_of(
                *(atom(Is(question.id, option.code)) for option in question.options if not option.means_unsure)
            )
        case QuestionType.SEVERAL:
            ticked = (atom(Ticked(question.id, option.code)) for option in question.options)
            return any_of(*ticked, negation(atom(Unsure(question.id))))
