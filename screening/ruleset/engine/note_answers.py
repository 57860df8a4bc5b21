"""Which answers a note speaks of: those that the parts of its condition read by which it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.engine.read_answers import holding_parts
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.notes import Note
from screening.ruleset.model.outcome import Outcome


def answers_of_note(engine: Engine, note: Note, answers: Answers, outcome: Outcome) -> tuple[str, ...]:
    """The questions whose answers let a note hold that is one of the outcome's, in the order asked.

    What is only said to be otherwise (`not ...`, `!=`, `not in`), and what nobody answered, is no reason to name.
    """
    state, _ = engine.functions.effective(engine.state(answers))
    underlying = outcome.underlying.category if outcome.underlying else None
    inputs = (state, outcome.category, underlying, outcome.possible, outcome.grounds)

    def holds(part: ex.Node) -> bool:
        return bool(compile_condition(engine.rule_set, part)(*inputs))

    read = frozenset(_read(note.when.tree, engine, holds))
    return tuple(
        question.id
        for question in engine.rule_set.questions
        if question.id in read and question.id in outcome.asked and _is_known(state[question.id])
    )


def _read(condition: ex.Node, engine: Engine, holds: Callable[[ex.Node], bool]) -> Iterator[str]:
    """What the parts that hold read; of parts that hold together, what each of them does."""
    for part in holding_parts(condition, engine.names):
        match part:
            case ex.And(operands=operands):
                if holds(part):
                    for operand in operands:
                        yield from _read(operand, engine, holds)
            case ex.Possibly(operand=operand):
                yield from _read(operand, engine, holds)
            case ex.Comparison(operator="==" | "<" | "<=" | ">" | ">=") | ex.Membership() | ex.AnyOf():
                if holds(part):
                    yield from engine.names.questions_in(part)
            case _:
                pass


def _is_known(answer: Plain) -> bool:
    return answer is not None and answer != frozenset({None})
