"""Whether data is right is said quickly as `jsonschema` itself says it, for every schema and whatever is put in."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from screening.rulefiles.model.shape import (
    Schema,
    cases_schema,
    check_shape,
    pins_schema,
    rule_file_schema,
    translation_schema,
)
from screening.rulefiles.model.validity import ValidityValidator, written_out
from screening.rulefiles.yaml.reader import read_yaml
from tests.rulefiles.edited import SMALL_CASES_TEXT, SMALL_TEXT

TRANSLATION = """
rules: small
language: ms
banned: {phrases: [x], exceptions: [{text: a, phrase: x, why: A name}]}
texts:
  title: {of: 0a1b2c3d, text: Apa}
  about: {of: 0a1b2c3d, same: true}
"""
PINS = """
rules: small
changes:
  - {version: 1.0.0, language: en, day: "2026-11-22", reason: The first pins, texts: {title: 0a1b2c3d}}
"""
FILES = {
    "rule file": (SMALL_TEXT, rule_file_schema()),
    "cases": (SMALL_CASES_TEXT, cases_schema()),
    "translation": (TRANSLATION, translation_schema()),
    "pins": (PINS, pins_schema()),
}
OTHERS: tuple[Any, ...] = (None, True, 0, -1, 7, "", "x", "a few words", [], ["x", "x"], {}, {"x": 1}, [{"id": "x"}])


def spoilt(data: Any, random: Random) -> Any:
    """Data with a part of it, anywhere, taken out, replaced or added."""
    spoilt_data = deepcopy(data)
    part, depth = spoilt_data, random.randrange(8)
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys or (depth := depth - 1) < 0:
            break
        key = random.choice(keys)
        if not isinstance(part[key], dict | list) or depth == 0:
            if random.random() < 0.4:
                del part[key]
            else:
                part[key] = random.choice(OTHERS)
            return spoilt_data
        part = part[key]
    if isinstance(part, dict):
        part["added"] = random.choice(OTHERS)
    else:
        part.append(random.choice(OTHERS))
    return spoilt_data


@pytest.mark.parametrize(("text", "schema"), FILES.values(), ids=FILES.keys())
def test_data_is_right_just_where_the_library_finds_no_error(text: str, schema: Schema) -> None:
    data, random = read_yaml(text.encode()).data, Random(14)
    whole = written_out(schema, schema.get("$defs", {}))
    quick, plain = ValidityValidator(whole), Draft202012Validator(whole)
    assert quick.is_valid(data)
    assert plain.is_valid(data)
    right = 0
    for _ in range(40):
        one = spoilt(data, random)
        assert quick.is_valid(one) is plain.is_valid(one)
        assert bool(check_shape(one, schema)) is not plain.is_valid(one)
        right += plain.is_valid(one)
    assert right < 40
