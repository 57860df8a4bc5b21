"""A submission as a document Bundle: our summary as narrative, the answers, coded values and the PDF, in one file.

It tells nothing of who the person is: a hospital that takes it knows whose it is, and sets the subject.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from uuid import UUID, uuid5

from screening.fhir.names import Addresses, Resource
from screening.fhir.narrative import paragraph_section, section
from screening.fhir.observations import observations
from screening.fhir.response import questionnaire_response
from screening.wording.document.blocks import Document
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.selection import Reader, parts_to_print, summary_of


class DocumentBundle:
    """Writes one Bundle; the same input gives the same."""

    def __init__(self, assessment: Assessment, base: str, identity: UUID) -> None:
        """`identity` names the document; the addresses of what it holds are made from it."""
        self._assessment = assessment
        self._addresses = Addresses(base, assessment.context.rule_set)
        self._base = base
        self._identity = identity

    def written(self, pdf: bytes) -> Resource:
        """The Bundle, with the paper as it was made for this outcome."""
        document = self._assessment.document
        held = [("questionnaire-response", self._response()), *self._observations(), ("pdf", self._paper(pdf))]
        composition = self._composition(document, [name for name, _ in held if name.startswith("observation-")])
        resources = [("composition", composition), *held, ("device", self._device())]
        return {
            "resourceType": "Bundle",
            "language": document.language,
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{self._identity}"},
            "type": "document",
            "timestamp": f"{document.answered_on.isoformat()}T00:00:00Z",
            "entry": [{"fullUrl": self._url(name), "resource": resource} for name, resource in resources],
        }

    def _url(self, name: str) -> str:
        return f"urn:uuid:{uuid5(self._identity, name)}"

    def _references(self, names: Iterable[str]) -> list[Resource]:
        return [{"reference": self._url(name)} for name in names]

    def _composition(self, document: Document, observed: list[str]) -> Resource:
        summary = summary_of(document, Reader.DOCTOR)
        parts = [summary.parts[name] for name in parts_to_print(document, Reader.DOCTOR) if name in summary.parts]
        language = document.language
        said = [document.watermark, document.disclaimer, document.review, document.stamp]
        return {
            "resourceType": "Composition",
            "language": language,
            "status": "final",
            "type": {"text": document.title},
            "date": document.answered_on.isoformat(),
            "author": self._references(["device"]),
            "title": document.doctor_title or document.title,
            "section": [
                *(section(part, language) for part in parts if part.blocks),
                *(paragraph_section(text, language) for text in said if text),
                {**paragraph_section(document.heading, language), "entry": self._references(self._entries(observed))},
            ],
        }

    def _entries(self, observed: list[str]) -> list[str]:
        return ["questionnaire-response", *observed, "pdf"]

    def _response(self) -> Resource:
        """The answers to questions that are asked."""
        source, asked = self._assessment.input, self._assessment.outcome.asked
        answers = {name: answer for name, answer in source.answers.items() if name in asked}
        rule_set = self._assessment.context.rule_set
        return questionnaire_response(rule_set, answers, self._base, source.answered_on)

    def _observations(self) -> list[tuple[str, Resource]]:
        source, asked = self._assessment.input, self._assessment.outcome.asked
        answers = {name: answer for name, answer in source.answers.items() if name in asked}
        url = self._url("questionnaire-response")
        by_question = observations(self._assessment.context.rule_set, answers, self._addresses, url)
        return [(f"observation-{name}", resource) for name, resource in by_question]

    def _paper(self, pdf: bytes) -> Resource:
        document = self._assessment.document
        attachment = {
            "contentType": "application/pdf",
            "language": document.language,
            "data": b64encode(pdf).decode("ascii"),
            "title": document.title,
        }
        return {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": attachment}]}

    def _device(self) -> Resource:
        """What has made the document: this service with these rules, and nobody."""
        rules = self._assessment.input.rules
        rule_set = rules.rule_set
        return {
            "resourceType": "Device",
            "deviceName": [{"name": rule_set.title, "type": "user-friendly-name"}],
            "version": [{"value": f"{rule_set.id} {rule_set.version} {rules.hash}"}],
        }
