"""The walk over a rule set's parts misses none, and its paths lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model import parts
from screening.ruleset.model.parts import Context
from screening.ruleset.model.problem import Path
from screening.ruleset.model.texts import Block, Expression


def everything(part: object) -> Iterator[object]:
    """A part of a rule set and all that it holds."""
    yield part
    if is_dataclass(part) and not isinstance(part, Expression):
        for field in fields(part):
            yield from everything(getattr(part, field.name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from everything(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from everything(item)


def at(data: object, path: Path) -> object:
    """What a rule file holds at a path."""
    for key in path:
        data = data[key]  # type: ignore[index] # the test fails where the path leads nowhere
    return data


def test_every_expression_of_the_liver_rules_is_walked_once_and_stands_where_its_path_says(liver: LoadedRules) -> None:
    places = list(parts.places(liver.rule_set))
    written = [part for part in everything(liver.rule_set) if isinstance(part, Expression)]
    assert sorted(id(place.expression) for place in places) == sorted(map(id, written))
    for place in places:
        assert at(liver.data, place.path) == place.expression.text


def test_every_block_of_the_liver_rules_is_walked_once_and_stands_where_its_path_says(liver: LoadedRules) -> None:
    walked = [
        (block, (*path, index))
        for blocks, path in parts.block_lists(liver.rule_set)
        for index, block in enumerate(blocks)
    ]
    written = [part for part in everything(liver.rule_set) if isinstance(part, Block)]
    assert sorted(id(block) for block, _ in walked) == sorted(map(id, written))
    for block, path in walked:
        found = at(liver.data, path)
        assert isinstance(found, dict)
        assert found["id"] == block.id


def test_questions_and_grounds_stand_where_their_paths_say(liver: LoadedRules) -> None:
    for question, path in parts.questions(liver.rule_set):
        assert at(liver.data, (*path, "id")) == question.id
    for ground, path in parts.grounds(liver.rule_set):
        assert at(liver.data, (*path, "id")) == ground.id
    assert len(list(parts.questions(liver.rule_set))) == len(liver.rule_set.questions)
    assert len(list(parts.grounds(liver.rule_set))) == len(liver.rule_set.grounds)


def test_every_expression_knows_what_it_is_for(liver: LoadedRules) -> None:
    contexts = {place.path: place.context for place in parts.places(liver.rule_set)}
    for path, context in contexts.items():
        match path[0], path[-1]:
            case "values", _:
                assert context is Context.VALUE
            case "rules", _:
                assert context is Context.GROUND
            case "guarantees", _:
                kind = liver.rule_set.guarantees[int(path[1])].kind
                assert context is (Context.NOTE if kind == "never_shown" else Context.GUARANTEE)
            case _, "ask_if":
                assert context is Context.ASK_IF
            case _:
                assert context is Context.NOTE
    assert set(contexts.values()) == set(Context)


def test_only_an_ask_if_belongs_to_a_question(liver: LoadedRules) -> None:
    for place in parts.places(liver.rule_set):
        assert (place.question is not None) is (place.context is Context.ASK_IF)
        assert place.question is None or place.question.ask_if is place.expression
