"""What a program of a hospital may ask in FHIR R4: the same as `screening fhir`, and documents of what was shared."""

from __future__ import annotations

from screening.api.bodies import JSON
from screening.api.operation import FHIR, MAX_RESPONSE, Operation, Scope

FHIR_OPERATIONS = (
    Operation(
        "fhir_questionnaire",
        "GET",
        "/fhir/questionnaire",
        Scope.RULES,
        "The questions as a Questionnaire",
        "FHIR R4 (SDC), in every language offered today, with when each question is asked and what cannot wait as "
        "FHIRPath. Categories are not in it: send the response to `/fhir/outcome`. 404 where the rules decide by "
        "numbers that FHIRPath rounds; `detail` names them.",
        gives=FHIR,
        answer="Questionnaire",
        has_etag=True,
    ),
    Operation(
        "fhir_response",
        "POST",
        "/fhir/response",
        Scope.EVALUATE,
        "Answers as a QuestionnaireResponse",
        "An answer set as `/next` takes it, written as a response of today to the Questionnaire.",
        takes=JSON,
        body="NextBody",
        gives=FHIR,
        answer="QuestionnaireResponse",
    ),
    Operation(
        "fhir_outcome",
        "POST",
        "/fhir/outcome",
        Scope.EVALUATE,
        "The outcome of a QuestionnaireResponse",
        "What `/evaluate` answers, and in `set_aside` what was sent and does not count. Where something cannot be read "
        "there is no outcome: what was said is never taken for “not sure”. It must be completed, and answer this very "
        "Questionnaire in this version.",
        takes=FHIR,
        body="QuestionnaireResponse",
        most=MAX_RESPONSE,
        answer="FhirOutcome",
    ),
    Operation(
        "fhir_bundle",
        "POST",
        "/fhir/bundle",
        Scope.EVALUATE,
        "The document of a QuestionnaireResponse",
        "A document Bundle, dated today: the doctor's summary, the answers that count, Observations of coded values, "
        "and the paper as PDF. It names nobody: who files it sets the subject.",
        takes=FHIR,
        body="QuestionnaireResponse",
        most=MAX_RESPONSE,
        gives=FHIR,
        answer="Bundle",
        query=("language",),
        is_busy=True,
    ),
    Operation(
        "fhir_submission",
        "GET",
        "/fhir/submissions/{code}",
        Scope.SUBMISSIONS,
        "The document of one submission",
        "A document Bundle of its latest assessment, by the rules of then, as the desk gives it; the same each time. "
        "Without how to reach anybody. Recorded as read by a program.",
        gives=FHIR,
        answer="Bundle",
        is_busy=True,
    ),
)
