"""A program that asks the API, as tests need it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PREFIX = "/api/v1"
JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass
class Asking:
    """Sends what it is given, and reads exact numbers."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> TestResponse:
        """What is answered to a GET."""
        return self.client.get(PREFIX + path, headers={**self.headers, **headers})

    def post(self, path: str, body: str | bytes | dict[str, Any], content_type: str = JSON) -> TestResponse:
        """What is answered to a body."""
        content = written(body) if isinstance(body, dict) else body
        return self.client.post(PREFIX + path, data=content, content_type=content_type, headers=self.headers)

    def evaluate(self, answers: dict[str, Any], **more: Any) -> Any:
        """The outcome of an answer set that is accepted."""
        response = self.post("/evaluate", {"answers": answers, **more})
        assert response.status_code == 200, response.text
        return read(response)


def read(response: TestResponse) -> Any:
    """The JSON of a response, its numbers exact."""
    return json.loads(response.text, parse_float=Decimal)


def written(data: object) -> str:
    """Data as JSON; a Decimal as the number that it is."""
    match data:
        case dict():
            return "{" + ",".join(f"{json.dumps(name)}:{written(member)}" for name, member in data.items()) + "}"
        case list():
            return f"[{','.join(map(written, data))}]"
        case Literal():
            return data.text
        case Decimal():
            return f"{data:f}"
        case _:
            return json.dumps(data)


@dataclass(frozen=True)
class Literal:
    """A JSON number, exactly as it is written."""

    text: str
