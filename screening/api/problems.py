"""What is wrong with a request, as `application/problem+json` (RFC 9457): all mistakes at once, each with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response

from screening.logs.request_id import request_id
from screening.rulefiles.cases.outcome_json import outcome_json

MEDIA_TYPE = "application/problem+json"
NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where it stands in the body, as a JSON pointer (RFC 6901), what it is, and what would be right."""

    path: tuple[str | int, ...]
    code: str
    detail: str

    @property
    def members(self) -> dict[str, object]:
        """It as JSON."""
        return {"pointer": pointer(self.path), "code": self.code, "detail": self.detail}


@dataclass
class ProblemError(Exception):
    """A request that is refused."""

    status: int
    code: str
    title: str
    mistakes: Sequence[Mistake] = ()
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def members(self) -> dict[str, object]:
        """It as JSON; the type is an address relative to this service, at which it is described."""
        members: dict[str, object] = {
            "type": f"/api/v1/reference#problem-{self.code}",
            "title": self.title,
            "status": self.status,
        }
        if self.detail:
            members["detail"] = self.detail
        if self.mistakes:
            members["errors"] = [mistake.members for mistake in self.mistakes]
        return members


def pointer(path: Sequence[str | int]) -> str:
    """A path as a JSON pointer; of a body as a whole it is empty."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def problem_response(problem: ProblemError) -> Response:
    """The response that tells it, with the id by which an operator finds the request in the log."""
    members = problem.members | {"instance": f"urn:request:{request_id()}"}
    return Response(outcome_json(members), problem.status, problem.headers, mimetype=MEDIA_TYPE)
