"""Which open answers keep categories possible: where some answer to a question would rule one of them out.

An answer to a choice is any of its options that what was said leaves open; to several choices, that all the rest is
not so, or that one more is so. A question is told where one of these leaves fewer categories possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, atom, negation, rebuilt
from screening.ruleset.formulas.atoms import Is, Ticked, Unsure
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet


def open_questions(rule_set: RuleSet) -> list[Question]:
    """The questions whose answers can keep categories possible: strict ones with options."""
    return [question for question in rule_set.questions if question.strict and question.options]


def narrowing(formulas: RuleFormulas) -> Mapping[str, Formula]:
    """By question, where its answer is not known and some answer would rule a possible category out."""
    return {question.id: _narrowing(formulas, question) for question in open_questions(formulas.rule_set)}


def _narrowing(formulas: RuleFormulas, question: Question) -> Formula:
    found = []
    for where, known in _alternatives(question):
        done: dict[Formula, Formula] = dict(known)
        for possible in formulas.possible.values():
            left = rebuilt(possible, lambda formula: formula, done)
            found.append(all_of(where, possible, negation(left)))
    return all_of(formulas.is_open(question), any_of(*found))


def _alternatives(question: Question) -> Iterator[tuple[Formula, Mapping[Formula, Formula]]]:
    """Each answer that may be given: where it may be, and what is then known."""
    if question.type is QuestionType.SEVERAL:
        rest_is_not = {atom(Unsure(question.id)): FALSE}
        yield TRUE, rest_is_not
        for option in _ticks(question):
            yield TRUE, {**rest_is_not, atom(Ticked(question.id, option)): TRUE}
        return
    for code in question.complete_codes:
        if not question.option[code].means_unsure:
            others = [
                option.code for option in question.options if option.leaves_open and code not in option.leaves_open
            ]
            known = {
                atom(Is(question.id, option.code)): TRUE if option.code == code else FALSE
                for option in question.options
            }
            yield negation(any_of(*(atom(Is(question.id, other)) for other in others))), known


def _ticks(question: Question) -> list[str]:
    return [option.code for option in question.options if not option.exclusive]


# --- row by row --------------------------------------------------------------------------------------


def narrowing_of(engine: Engine, answers: Answers, outcome: Outcome) -> Iterator[str]:
    """The same of one answer set, by the engine."""
    for question in open_questions(engine.rule_set):
        answer = answers.get(question.id)
        settled = (engine.possible({**answers, question.id: given}) for given in _answers(question, answer))
        if _is_open(question, answer) and any(outcome.possible - possible for possible in settled):
            yield question.id


def _is_open(question: Question, answer: Plain) -> bool:
    if isinstance(answer, frozenset):
        return None in answer
    return answer is None or bool(question.option[str(answer)].leaves_open)


def _answers(question: Question, answer: Plain) -> Iterator[Plain]:
    if question.type is QuestionType.SEVERAL:
        ticked = (answer if isinstance(answer, frozenset) else frozenset()) - {None}
        yield ticked
        yield from (ticked | {option} for option in _ticks(question))
        return
    left = question.option[str(answer)].leaves_open if answer else question.complete_codes
    yield from (code for code in left if not question.option[code].means_unsure)
