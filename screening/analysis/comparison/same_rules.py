"""Do two rule sets decide alike, word for word? Everything that a category depends on, without texts."""

from __future__ import annotations

from screening.ruleset.model.questions import Option, Question, Unit
from screening.ruleset.model.rule_set import RuleSet


def decide_alike(old: RuleSet, new: RuleSet) -> bool:
    """Whether the same answers are accepted, and read by the same conditions in the same order."""
    return _deciding(old) == _deciding(new)


def _deciding(rule_set: RuleSet) -> tuple[object, ...]:
    return (
        [(_question(question), rule_set.page_of[question.id].part) for question in rule_set.questions],
        {value.id: value.expression.tree for value in rule_set.values},
        [(rule.category, [ground.when.tree for ground in rule.grounds]) for rule in rule_set.rules],
        rule_set.undetermined.category,
    )


def _question(question: Question) -> tuple[object, ...]:
    ask_if = question.ask_if.tree if question.ask_if else None
    options = {option.code: _option(option) for option in question.options}
    units = [_unit(unit) for unit in question.units]
    flags = (question.strict, question.required, question.within_years, question.future)
    return question.id, question.type, flags, ask_if, question.if_not_asked, options, units


def _option(option: Option) -> tuple[object, ...]:
    return option.score, option.leaves_open, option.means_unsure, option.exclusive


def _unit(unit: Unit) -> tuple[object, ...]:
    return unit.code, unit.minimum, unit.maximum, unit.factor, unit.decimals, unit.whole
