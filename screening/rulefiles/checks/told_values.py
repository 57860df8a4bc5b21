"""Can every value that a text tells be told there, and be seen on its line?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.rulefiles.checks.papers import out_of_line
from screening.rulefiles.checks.texts import placeholders
from screening.rulefiles.model.texts import Text
from screening.ruleset.compiler.completions.completion_plan import MAX_COMPLETIONS
from screening.ruleset.engine.value_ranges import plan_value
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.parts import block_lists, grounds
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet, Value
from screening.ruleset.model.texts import Expression

_WITHOUT_OUTCOME = ("pages", "articles")
"""Where blocks stand that are read without an outcome."""


def told_values(texts: Sequence[Text], rule_set: RuleSet) -> tuple[str, ...]:
    """The values that people are told or shown, in the order of the file."""
    named = {name for text in texts for name in placeholders(text.text)}
    return tuple(value.id for value in rule_set.values if value.zones or value.id in named)


def check_told_values(texts: Sequence[Text], rule_set: RuleSet) -> list[Problem]:
    """Every value told where it cannot be, and every line of one that cannot be drawn; expressions are right by now."""
    names = SymbolTable.of(rule_set)
    conditions = dict(_conditions(rule_set))
    told = [(text, name) for text in texts for name in placeholders(text.text) if name in rule_set.value]
    problems = [problem for text, name in told for problem in _place(text, rule_set.value[name], conditions, names)]
    return [*problems, *_lines(rule_set, names), *_too_many(told_values(texts, rule_set), rule_set)]


def _conditions(rule_set: RuleSet) -> Iterator[tuple[Path, Expression | None]]:
    """Where texts stand in which a value is told, each with the condition under which it does."""
    for blocks, path in block_lists(rule_set):
        if path[0] not in _WITHOUT_OUTCOME:
            yield from (((*path, index), block.when) for index, block in enumerate(blocks))
    for ground, path in grounds(rule_set):
        yield (*path, "because"), ground.when
        yield (*path, "open"), None
    for index, note in enumerate(rule_set.notes):
        yield ("notes", index, "text"), note.when
    for number, page in enumerate(rule_set.pages):
        yield from ((("pages", number, "questions", index, "ask_doctor"), None) for index in range(len(page.questions)))
    if paper := rule_set.doctor_paper:
        for index, words in enumerate(paper.grounds):
            yield ("doctor_paper", "grounds", index), rule_set.ground[words.id].when
        for index, words in enumerate(paper.notes):
            yield ("doctor_paper", "notes", index), rule_set.note[words.id].when


def _place(
    text: Text, value: Value, conditions: dict[Path, Expression | None], names: SymbolTable
) -> Iterator[Problem]:
    """Whether a value can be told in a text: there is an outcome, and it is a number, always or with words besides."""
    values = {"name": value.id}
    at = next((path for length in range(len(text.path) + 1) if (path := text.path[:length]) in conditions), None)
    column = text.text.index(f"{{{value.id}}}")
    if at is None:
        yield Problem("value.no_outcome", text.path, column, values)
    elif not is_number(value.expression.tree, names):
        yield Problem("value.no_number", text.path, column, values)
    elif not value.if_unknown and _may_be_untold(value.expression.tree, names):
        when = conditions[at]
        if when is None or not _implies_known(when.tree, value.id, names):
            yield Problem("value.may_be_unknown", text.path, column, values)


def _may_be_untold(number: ex.Node, names: SymbolTable) -> bool:
    """Whether a number may be unknown though all open choices are completed; a strict number is never completed."""
    return names.may_be_unknown(number, Setting.RULE) or _reads_strict_number(number, names)


def _implies_known(condition: ex.Node, name: str, names: SymbolTable) -> bool:
    """Whether a condition plainly holds only where a value is known: it asks for that, or compares the value."""
    match condition:
        case ex.And(operands=operands):
            return any(_implies_known(operand, name, names) for operand in operands)
        case ex.Or(operands=operands):
            return all(_implies_known(operand, name, names) for operand in operands)
        case ex.Definitely(operand=operand):
            return _implies_known(operand, name, names)
        case ex.Known(subject=subject):
            return subject.name == name
        case ex.Comparison(left=left, right=right):
            return ex.Name(name) in (left, right) and not _reads_strict_number(condition, names)
        case ex.Name(name=other) if other in names.values:
            return _implies_known(names.values[other].expression.tree, name, names)
        case _:
            return False


def _reads_strict_number(node: ex.Node, names: SymbolTable) -> bool:
    read = (names.questions[name] for name in names.questions_in(node))
    return any(question.strict and question.type is QuestionType.NUMBER for question in read)


def _lines(rule_set: RuleSet, names: SymbolTable) -> Iterator[Problem]:
    """A value with zones is a number with a label, and its zones follow one another."""
    for index, value in enumerate(rule_set.values):
        path: Path = ("values", index, "zones")
        if not value.zones:
            continue
        if not is_number(value.expression.tree, names):
            yield Problem("value.no_number", path, values={"name": value.id})
        elif not value.label:
            yield Problem("value.no_label", path, values={"name": value.id})
        elif (wrong := out_of_line(value.zones)) is not None:
            yield Problem("scale.bounds", (*path, wrong), values={"name": value.id})
        twice = {zone.id for zone in value.zones if sum(zone.id == other.id for other in value.zones) > 1}
        yield from (Problem("id.repeated", path, values={"name": name}) for name in sorted(twice))


def _too_many(told: Sequence[str], rule_set: RuleSet) -> Iterator[Problem]:
    """All that a value may be can be gone through."""
    for index, value in enumerate(rule_set.values):
        completions = plan_value(value, rule_set).completions if value.id in told else 0
        if completions > MAX_COMPLETIONS:
            values = {"name": value.id, "count": completions, "limit": MAX_COMPLETIONS}
            yield Problem("value.too_many", ("values", index, "is"), values=values)
