"""From data of the right shape to the model, led by the model's own type hints.

Expressions are parsed on the way; those that cannot be are reported and stand as `BROKEN`.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any

from screening.rulefiles.model.expression_syntax import Mistake, tell_apart
from screening.rulefiles.model.repeats import expanded, repeated_pages
from screening.rulefiles.model.scales import SCALES, scales_of
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.engine.ground_status import without_settling
from screening.ruleset.language.expression_text import ExpressionError
from screening.ruleset.language.parsing import parse
from screening.ruleset.language.repeated_groups import RepeatedGroup
from screening.ruleset.model.expression import Name, Node
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import Code
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Expression

BROKEN = Name("")
"""The tree of a text that is no expression: it names nothing, so that whatever reads it is not checked further."""


def build_rule_set(data: Data) -> tuple[RuleSet, list[Problem]]:
    """The rule set that data of the right shape describes, and every expression that could not be parsed."""
    builder = _Builder(scales_of(data), _groups(data))
    rule_set = builder.build(RuleSet, expanded(data), ())
    return rule_set, builder.problems


def _groups(data: Data) -> tuple[RepeatedGroup, ...]:
    """The pages that repeat. What is wrong with the condition of the first copy is told where that is built."""
    return tuple(
        RepeatedGroup(page.name, page.most, frozenset(page.questions), _first_copy_condition(page.ask_if))
        for page in repeated_pages(data)
    )


def _first_copy_condition(text: str) -> Node | None:
    """Where there is a first one: unknown where nobody knows, though it is not asked for then."""
    try:
        return without_settling(parse(text)) if text else None
    except ExpressionError:
        return BROKEN


class _Builder:
    def __init__(self, scales: Mapping[str, Any], groups: tuple[RepeatedGroup, ...] = ()) -> None:
        self.scales = scales
        self.groups = groups
        self.problems: list[Problem] = []

    def build(self, kind: Any, data: Any, path: Path) -> Any:
        """`data` as a `kind`: a model class, a text, a number, or a collection of these."""
        if isinstance(kind, UnionType):
            kind = next(part for part in typing.get_args(kind) if part is not type(None))
        if kind is Expression:
            return self.expression(data, path)
        if kind is Decimal:
            return Decimal(data)
        if kind in (str, int, bool):
            return data
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return kind(data)
        if is_dataclass(kind):
            return self.instance(kind, data, path)
        arguments = typing.get_args(kind)
        if typing.get_origin(kind) is tuple:
            return self.sequence(arguments[0], data, path)
        if typing.get_origin(kind) is Mapping:
            key, value = arguments
            return {
                self.build(key, name, path): self.build(value, member, (*path, name)) for name, member in data.items()
            }
        raise AssertionError(kind)

    def sequence(self, kind: Any, data: Any, path: Path) -> tuple[Any, ...]:
        if isinstance(data, str):  # the name of a shared list of options
            data, path = self.scales[data], (SCALES, data)
        if kind is Code and isinstance(data, Mapping):  # as files had them before codes had sources
            known = {"source": "", "confirmed": False}
            data = [{"system": system, "code": code, **known} for system, code in data.items()]
        return tuple(self.build(kind, item, (*path, index)) for index, item in enumerate(data))

    def instance(self, kind: Any, data: Any, path: Path) -> Any:
        members = {
            member.name: self.build(hint, data[key], (*path, key))
            for member, key, hint in _members(kind)
            if key in data or (member.default is MISSING and member.default_factory is MISSING)
        }
        return kind(**members)

    def expression(self, text: str, path: Path) -> Expression:
        try:
            return Expression(text, parse(text, self.groups))
        except ExpressionError as error:
            for problem in error.problems:
                code, column, values = tell_apart(text, Mistake(problem.code, problem.column, problem.values))
                self.problems.append(Problem(code, path, column, values))
            return Expression(text, BROKEN)


@cache
def _members(kind: Any) -> tuple[tuple[Field[Any], str, Any], ...]:
    """The fields of a model class, each with its key in the data and its type."""
    hints = typing.get_type_hints(kind)
    return tuple((field, field.metadata.get("key", field.name), hints[field.name]) for field in fields(kind))
