"""What an operation is: one address and method with its scope, and the media types and sizes of bodies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screening.api.bodies import JSON

PREFIX = "/api/v1"
NDJSON = "application/x-ndjson"
PDF = "application/pdf"
FHIR = "application/fhir+json"
MAX_BODY = 64 * 1024
MAX_BATCH = 1024 * 1024
"""Bytes of a batch, all lines together."""
MAX_RESPONSE = 256 * 1024
"""Bytes of a QuestionnaireResponse, which repeats the texts of what was asked."""


class Scope(StrEnum):
    """What a key may be for."""

    RULES = "rules"
    """Read the rule set, its questions and its cases."""
    EVALUATE = "evaluate"
    """Have answers judged: outcomes, what is asked next, batches, papers."""
    VERIFY = "verify"
    """Have PDFs verified."""
    SUBMISSIONS = "submissions"
    """Read what people shared: only where the deployment allows it, and by a key that has a role."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method."""

    id: str
    """The endpoint, and the operationId."""
    method: str
    path: str
    scope: Scope | None
    """None: open to whoever may reach the service; it tells nothing of any answer."""
    summary: str
    description: str
    takes: str = ""
    """The media type of the body; empty: none."""
    body: str = ""
    """The name of its schema."""
    most: int = MAX_BODY
    """Bytes of a body."""
    gives: str = JSON
    answer: str = "Object"
    """The name of the schema of what is answered."""
    has_etag: bool = False
    query: tuple[str, ...] = ()
    """Names of what may stand in the query."""
    is_busy: bool = False
    """Whether it may be answered that there is no turn (429, 503)."""
