"""Values that may be anything: what a rule set says where one of its values is set, whatever it is worked out from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.witness import Answers
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.expression import Comparison, Node, Number, Unknown
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.texts import Expression

_ZERO, _ONE = Number(Decimal(0)), Number(Decimal(1))


def tells_apart(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    """Whether two results of a value, which the answer sets hold by its name, give two of the categories."""
    one, other = (_with_value(judge, guarantee.value, said.get(guarantee.value)) for said in (answers, changed))
    given = {one.category(answers), other.category(changed)}
    return len(given) == 2 and given.issubset(guarantee.categories) and one.may_speak_of(guarantee, answers)


def _with_value(judge: Judge, value: str, result: Plain) -> Judge:
    """The judge of the rule set in which a value is what it is set to."""
    tree = _constant(result)
    values = tuple(
        replace(member, expression=Expression(member.expression.text, tree)) if member.id == value else member
        for member in judge.rule_set.values
    )
    return Judge(Engine(replace(judge.rule_set, values=values), judge.engine.parts_off))


def _constant(result: Plain) -> Node:
    """A number, or a condition that is "true" or "false"; None: not known."""
    if isinstance(result, Decimal):
        return Number(result)
    if result is None:
        return Unknown()
    return Comparison(_ONE, "==", _ONE if result == "true" else _ZERO)
