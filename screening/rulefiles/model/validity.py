"""Whether data is as a JSON Schema says, quickly: most files are right, and only of others is it asked what is wrong.

`jsonschema` makes another validator for every part of the data, so that each error knows its place. Here the keywords
are its own, but those that lead into parts judge these with the validator that is there. That is right only for
schemas that hold what they refer to (`written_out`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

Errors = Iterator[ValidationError]


def written_out(node: Any, definitions: Mapping[str, Any]) -> Any:
    """A schema with what it refers to in place of each reference: looking these up takes half of the time."""
    if isinstance(node, list):
        return [written_out(element, definitions) for element in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        node = definitions[node["$ref"].rsplit("/", 1)[1]]
    return {key: written_out(value, definitions) for key, value in node.items() if key != "$defs"}


def _errors(validator: Any, instance: Any, schema: Any) -> Errors:
    """The errors in a part of the data, without their places."""
    for keyword, value in schema.items():
        judge = validator.VALIDATORS.get(keyword)
        if judge is not None:
            yield from judge(validator, value, instance, schema) or ()


def _properties(validator: Any, properties: Mapping[str, Any], instance: Any, schema: Any) -> Errors:  # noqa: ARG001
    if isinstance(instance, dict):
        for name, subschema in properties.items():
            if name in instance:
                yield from _errors(validator, instance[name], subschema)


def _additional_properties(validator: Any, additional: Any, instance: Any, schema: Any) -> Errors:
    if not isinstance(additional, dict):
        yield from _LIBRARY["additionalProperties"](validator, additional, instance, schema) or ()
    elif isinstance(instance, dict):
        for name in instance.keys() - schema.get("properties", {}).keys():
            yield from _errors(validator, instance[name], additional)


def _items(validator: Any, items: Mapping[str, Any], instance: Any, schema: Any) -> Errors:  # noqa: ARG001
    if isinstance(instance, list):
        for item in instance:
            yield from _errors(validator, item, items)


_LIBRARY: Mapping[str, Any] = Draft202012Validator.VALIDATORS
ValidityValidator: type[Any] = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"properties": _properties, "additionalProperties": _additional_properties, "items": _items},
)
"""Asked for `is_valid` alone: its errors know no places."""
