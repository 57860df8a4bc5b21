"""The same rules in other engines' languages, for the record; each is translated from our own syntax tree.

Needs the packages zen-engine, json-logic-qubit and common-expression-language; what is not installed is left out.
They know no unknown, so a condition is written out as "known and ...". What is asked, and FIB-4, is worked out for
them beforehand: they decide, and nothing more.
"""

from __future__ import annotations

import importlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Plain, State
from screening.ruleset.model.rule_set import RuleSet

Decide = Callable[[State], object]
NONLINEAR = "fib4"
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Language(ABC):
    """How one engine writes conditions."""

    @abstractmethod
    def all_of(self, parts: list[Any]) -> Any: ...

    @abstractmethod
    def any_of(self, parts: list[Any]) -> Any: ...

    @abstractmethod
    def negated(self, part: Any) -> Any: ...

    @abstractmethod
    def known(self, name: str) -> Any: ...

    @abstractmethod
    def compared(self, name: str, operator: str, number: Decimal) -> Any: ...

    @abstractmethod
    def among(self, name: str, options: tuple[str, ...]) -> Any: ...

    @abstractmethod
    def ticked(self, name: str, options: tuple[str, ...]) -> Any: ...


class JsonLogic(Language):
    def all_of(self, parts: list[Any]) -> Any:
        return {"and": parts}

    def any_of(self, parts: list[Any]) -> Any:
        return {"or": parts}

    def negated(self, part: Any) -> Any:
        return {"!": [part]}

    def known(self, name: str) -> Any:
        return {"!==": [{"var": name}, None]}

    def compared(self, name: str, operator: str, number: Decimal) -> Any:
        return {"and": [self.known(name), {operator: [{"var": name}, float(number)]}]}

    def among(self, name: str, options: tuple[str, ...]) -> Any:
        return {"in": [{"var": name}, list(options)]}

    def ticked(self, name: str, options: tuple[str, ...]) -> Any:
        return {"or": [{"in": [option, {"var": name}]} for option in options]}


class Infix(Language):
    """Languages written as text; they differ in a few words."""

    def __init__(self, conjunction: str, disjunction: str, negation: str, some: str) -> None:
        self.conjunction, self.disjunction, self.negation, self.some = conjunction, disjunction, negation, some

    def all_of(self, parts: list[Any]) -> Any:
        return "(" + f" {self.conjunction} ".join(parts) + ")"

    def any_of(self, parts: list[Any]) -> Any:
        return "(" + f" {self.disjunction} ".join(parts) + ")"

    def negated(self, part: Any) -> Any:
        return f"{self.negation}({part})"

    def known(self, name: str) -> Any:
        return f"{name} != null"

    def compared(self, name: str, operator: str, number: Decimal) -> Any:
        return f"({name} != null {self.conjunction} {name} {operator} {float(number)})"

    def among(self, name: str, options: tuple[str, ...]) -> Any:
        return f"{name} in {json.dumps(options)}"

    def ticked(self, name: str, options: tuple[str, ...]) -> Any:
        return self.some.format(name=name, options=json.dumps(options))


class Translator:
    """Writes settled conditions: where they are true, and where they are false."""

    def __init__(self, language: Language, names: SymbolTable) -> None:
        self.language = language
        self.names = names

    def true(self, node: ex.Node) -> Any:
        language = self.language
        match node:
            case ex.Not(operand=operand):
                return self.false(operand)
            case ex.And(operands=operands):
                return language.all_of([self.true(operand) for operand in operands])
            case ex.Or(operands=operands):
                return language.any_of([self.true(operand) for operand in operands])
            case ex.Definitely(operand=operand):
                return self.true(operand)
            case ex.Possibly(operand=operand):
                return language.negated(self.false(operand))
            case ex.Known(subject=subject):
                return language.known(subject.name)
            case ex.Membership(subject=subject, options=options):
                return language.among(subject.name, options)
            case ex.AnyOf(subject=subject, options=options):
                return language.ticked(subject.name, options)
            case ex.Comparison(left=left, operator=operator, right=ex.Number(value=value)):
                return self.compared(left, operator, value)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return language.any_of(
                    [
                        language.all_of([self.true(test), self.true(then)]),
                        language.all_of([self.false(test), self.true(otherwise)]),
                    ]
                )
            case ex.Name(name=name):
                return self.true(self.names.values[name].expression.tree)
            case _:
                raise AssertionError(node)

    def false(self, node: ex.Node) -> Any:
        if not self.names.may_be_unknown(node, Setting.RULE):
            return self.language.negated(self.true(node))
        match node:
            case ex.AnyOf(subject=subject):
                sure = self.language.negated(self.language.ticked(subject.name, ("?",)))
                return self.language.all_of([sure, self.language.negated(self.true(node))])
            case ex.Membership():
                return self.language.all_of(
                    [self.language.known(node.subject.name), self.language.negated(self.true(node))]
                )
            case ex.Comparison(left=left, operator=operator, right=ex.Number(value=value)):
                return self.compared(left, _OPPOSITE[operator], value)
            case _:
                raise AssertionError(node)

    def compared(self, left: ex.Node, operator: str, value: Decimal) -> Any:
        match left:
            case ex.Conditional(then=ex.Unknown(), test=test, otherwise=otherwise):
                return self.language.all_of([self.false(test), self.compared(otherwise, operator, value)])
            case ex.Name(name=name) if name in self.names.values and name != NONLINEAR:
                return self.compared(self.names.values[name].expression.tree, operator, value)
            case ex.Name(name=name):
                return self.language.compared(name, operator, value)
            case _:
                raise AssertionError(left)


def other_engines(rule_set: RuleSet) -> Mapping[str, Decide]:
    """Deciding functions of the engines that are installed, by name."""
    made = {"json_logic": _json_logic, "zen": _zen, "cel": _cel}
    return {f"{name} (other engine)": make(rule_set) for name, make in made.items() if find_spec(name)}


def context(engine: Engine, state: State) -> dict[str, Any]:
    """What another engine is told of an answer set."""
    counted, _ = engine.functions.effective(state)
    values = engine.evaluate(state).values
    told: dict[str, Plain] = {**counted, NONLINEAR: values[NONLINEAR]}  # type: ignore[dict-item]
    return {name: _told(answer) for name, answer in told.items()}


def _told(answer: Plain) -> Any:
    if isinstance(answer, frozenset):
        return ["?" if code is None else code for code in answer]
    return float(answer) if isinstance(answer, Decimal) else answer


def _chain(rule_set: RuleSet, translator: Translator) -> list[tuple[Any, str]]:
    return [
        (translator.language.any_of([translator.true(ground.when.tree) for ground in rule.grounds]), rule.category)
        for rule in rule_set.rules
    ]


def _json_logic(rule_set: RuleSet) -> Decide:
    json_logic = importlib.import_module("json_logic").jsonLogic
    chain = _chain(rule_set, Translator(JsonLogic(), SymbolTable.of(rule_set)))
    logic = {"if": [*(part for pair in chain for part in pair), rule_set.undetermined.category]}
    return lambda told: json_logic(logic, told)


def _text(rule_set: RuleSet, language: Infix) -> str:
    text = json.dumps(rule_set.undetermined.category)
    for condition, category in reversed(_chain(rule_set, Translator(language, SymbolTable.of(rule_set)))):
        text = f"{condition} ? {json.dumps(category)} : ({text})"
    return text


def _zen(rule_set: RuleSet) -> Decide:
    language = Infix("and", "or", "not", "some({name}, # in {options})")
    compiled = importlib.import_module("zen").compile_expression(_text(rule_set, language))
    evaluate: Decide = compiled.evaluate
    return evaluate


def _cel(rule_set: RuleSet) -> Decide:
    language = Infix("&&", "||", "!", "{name}.exists(x, x in {options})")
    compiled = importlib.import_module("cel").compile(_text(rule_set, language))
    execute: Decide = compiled.execute
    return execute
