"""What a program may ask: every address with its scope, what it takes and what it answers.

From here the routes are made (`blueprint`), the OpenAPI document (`openapi`) and the page to read (`reference`). An
address that is not named here is open to nobody. Those of FHIR stand in `fhir_operations`.
"""

from __future__ import annotations

from screening.api.bodies import JSON
from screening.api.fhir_operations import FHIR_OPERATIONS
from screening.api.operation import MAX_BATCH, NDJSON, PDF, Operation, Scope
from screening.config.settings import Settings
from screening.documents.attachments import MAX_FILE

OPERATIONS = (
    Operation(
        "rule_set",
        "GET",
        "/rule-set",
        Scope.RULES,
        "The rule set",
        "Which rules are served, by their hash; the categories; what the review is worth today.",
        answer="RuleSet",
        has_etag=True,
    ),
    Operation(
        "questions",
        "GET",
        "/questions",
        Scope.RULES,
        "The questions",
        "Every question by page, in the order asked, with its options, units and the JSON Schema of its answer.",
        answer="Questions",
        has_etag=True,
    ),
    Operation(
        "cases",
        "GET",
        "/cases",
        Scope.RULES,
        "The cases",
        "Named answer sets that travel with the rules, with what each expects: to try a client with.",
        answer="Cases",
        has_etag=True,
    ),
    Operation(
        "evaluate",
        "POST",
        "/evaluate",
        Scope.EVALUATE,
        "The outcome of an answer set",
        "Send all answers each time; nothing is kept. A question left out, or null, is unknown, which is never “no”. "
        "The document is the one that `screening evaluate --json` prints, with the review state and the not-advice "
        "text. `explain: false` leaves out what explains the outcome, which takes most of the time.",
        takes=JSON,
        body="EvaluateBody",
        answer="Outcome",
    ),
    Operation(
        "next",
        "POST",
        "/next",
        Scope.EVALUATE,
        "What is asked next",
        "What does not wait (`interrupts`) first, then the page to ask and its open questions, everything left, and "
        "the most pages that a person would still be shown (one whose numbers are read back counts twice).",
        takes=JSON,
        body="NextBody",
        answer="Next",
    ),
    Operation(
        "batch",
        "POST",
        "/batch",
        Scope.EVALUATE,
        "Outcomes of many answer sets",
        "One body of `evaluate` a line, at most 1000 lines and 1 MB; a line has at most 64 kB. Each is answered, "
        'in order: `{"line": 1, "outcome": {...}}`, or `{"line": 2, "problem": {...}}`.',
        takes=NDJSON,
        body="Lines",
        most=MAX_BATCH,
        gives=NDJSON,
        answer="Lines",
    ),
    Operation(
        "summary",
        "POST",
        "/summary.pdf",
        Scope.EVALUATE,
        "A paper of an answer set",
        "The PDF that the pages give: `for` the person or their doctor, in a `language`, with the answers attached as "
        "data unless `data` is false; `typed_by` says who gave the answers. It is dated today, and signed where this "
        "service signs.",
        takes=JSON,
        body="PaperBody",
        gives=PDF,
        answer="Pdf",
        is_busy=True,
    ),
    Operation(
        "verify",
        "POST",
        "/verify",
        Scope.VERIFY,
        "Is this paper ours?",
        "Send a PDF, as it is, of at most 2 MB: who signed it, whether it was changed, and whether the rules give the "
        "result that it names.",
        takes=PDF,
        body="Pdf",
        most=MAX_FILE,
        answer="Verdict",
        is_busy=True,
    ),
    Operation(
        "submissions",
        "GET",
        "/submissions",
        Scope.SUBMISSIONS,
        "What people shared",
        "The oldest first, 50 at once; send `next` as `after` for those behind them. Without how to reach anybody. "
        "It is recorded in the audit as read by a program, and counts for no opening by the clinic.",
        answer="Submissions",
        query=("after",),
    ),
    Operation(
        "submission",
        "GET",
        "/submissions/{code}",
        Scope.SUBMISSIONS,
        "One submission",
        "Every assessment of it, as it was judged by the rules of then. Recorded as the list is.",
        answer="Submission",
    ),
    *FHIR_OPERATIONS,
    Operation(
        "openapi",
        "GET",
        "/openapi.json",
        None,
        "This API as OpenAPI 3.1",
        "Made from the rule set: a body is valid by its schema if and only if it is accepted.",
        has_etag=True,
    ),
    Operation(
        "reference",
        "GET",
        "/reference",
        None,
        "This page",
        "Every address with a body that may be sent and what is answered to it here, by the rules served now.",
        gives="text/html",
        answer="Page",
    ),
)


def offered(settings: Settings) -> tuple[Operation, ...]:
    """Those of a deployment with these settings."""
    return tuple(
        operation for operation in OPERATIONS if settings.api_submissions or operation.scope is not Scope.SUBMISSIONS
    )


BY_ID = {operation.id: operation for operation in OPERATIONS}
