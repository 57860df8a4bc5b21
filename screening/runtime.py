"""What a process loads once, for every part of the web application: rules, settings, keys and the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import current_app

from screening.config.settings import Mode, Settings
from screening.crypto.keys import KeyRing
from screening.documents.font_checks import is_on_paper
from screening.documents.pdf import Printing
from screening.documents.record import record_json
from screening.documents.signing import Signing, render_and_sign
from screening.documents.summary import Copy, document_printing, summary_printing
from screening.documents.verification import Verifier
from screening.documents.workers import Workers
from screening.fhir.bundle import DocumentBundle
from screening.fhir.names import Resource
from screening.monitoring.meters import Meters
from screening.network import request_network
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.loading.stored_rules import rules_from
from screening.rulefiles.review.proof_receipt import Receipt
from screening.rulefiles.review.state import ReviewState
from screening.rulefiles.translation.loader import Translation
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.pages_left import page_counter
from screening.ruleset.model.rule_set import RuleSet
from screening.storage.statistics.tallies import Tallies
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.rule_texts import stored_rule_text
from screening.storage.submissions.assessments.versions import Version
from screening.storage.submissions.desk_list.name_index import NameIndex
from screening.wording.language.languages import language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.selection import Reader
from screening.wording.summary.stored import document_from, input_from

EXTENSION = "screening"
PROGRAMS = "api"
"""The blueprint of addresses for programs, which send no forms: without tokens, cookies and languages."""
RETRY_AFTER = {"Retry-After": "30"}
"""Seconds after which what cannot be stored now is worth trying again."""
FILES_RETRY_AFTER = {"Retry-After": "10"}
"""Seconds after which there is most likely a turn for a file that had none."""
_RULES = lru_cache(maxsize=8)(rules_from)
"""Rules of another day are compiled once a process."""


@dataclass(frozen=True)
class Service:
    """What a process loads once."""

    rules: LoadedRules
    engine: Engine
    """Decides with the parts that this deployment offers."""
    settings: Settings
    receipt: Receipt | None
    """Of the proof of this very rule file, if one stands beside it."""
    cookie_keys: KeyRing
    workers: Workers
    """Make PDFs, outside this process."""
    file_workers: Workers
    """Look into files that anybody may send, and seal and open saved answers: what is slow at a stranger's wish."""
    verifier: Verifier
    naming_key: bytes
    """By which PDFs are named."""
    signing: Signing | None
    """Where PDFs are signed."""
    store: Store | None = None
    """Where submissions are kept; None: sharing is off."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    """Every translation of the rules, offered or not, by its language."""
    tallies: Tallies | None = None
    """Counts without answers; None: sharing is off, so that nothing is stored at all."""
    meters: Meters = field(default_factory=Meters)
    """Told what happens, for operators."""
    name_index: NameIndex = field(default_factory=NameIndex)
    """The names of those who sent something, in the memory of this process alone; empty until somebody searches."""

    def pdf(self, printing: Printing) -> bytes:
        """A PDF, made outside this process and signed where this deployment signs."""
        return self.workers.run_for(request_network(), render_and_sign, printing, self.signing)

    def stored_pdf(self, store: Store, version: Version, *, with_record: bool = True) -> bytes:
        """The PDF of what was kept, as the person saw it, with the record of what it was made from.

        Of what was seen in a language that no PDF is in, it is in the rule file's own.
        """
        document = document_from(version.document)
        with store.reading() as transaction:
            rules = self.stored_rules(transaction, version.rules_hash)
        can_print = is_on_paper(document.language)
        document_language = language(document.language if can_print else rules.rule_set.language)
        assessment = Assessment(input_from(version.input, rules, document_language))
        if not can_print:
            document = assessment.document
        copy = Copy(with_record=with_record, key=self.naming_key)
        record = record_json(assessment)
        return self.pdf(document_printing(document, document_language, copy, record))

    def fhir_document(self, assessment: Assessment, identity: UUID) -> Resource:
        """The document of FHIR of an assessment, with the doctor's paper; `identity` names it."""
        paper = self.pdf(summary_printing(assessment, Copy(Reader.DOCTOR, key=self.naming_key)))
        return DocumentBundle(assessment, self.settings.fhir_base, identity).written(paper)

    def stored_fhir_document(self, store: Store, submission_id: str, version: Version) -> Resource:
        """The same of what was kept, judged by its own rules and told in their language.

        It has the same identity each time, so that who files it twice can tell.
        """
        with store.reading() as transaction:
            rules = self.stored_rules(transaction, version.rules_hash)
        assessment = Assessment(input_from(version.input, rules, language(rules.rule_set.language)))
        name = f"{self.settings.fhir_base}/submissions/{submission_id}/{version.number}"
        return self.fhir_document(assessment, uuid5(NAMESPACE_URL, name))

    def stored_rules(self, transaction: StoreTransaction, identity: str) -> LoadedRules:
        """The rules of this hash: today's, or those of another day that are kept."""
        return self.rules if self.rules.hash == identity else _RULES(stored_rule_text(transaction, identity))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages offered today, the rule file's own first."""
        everyone = self.settings.demonstration
        review = self.review
        more = (
            name for name, translation in self.translations.items() if everyone or translation.may_be_offered(review)
        )
        return (self.rules.rule_set.language, *more)

    def rules_in(self, name: str) -> LoadedRules:
        """The rules with their texts in a language."""
        return self.translations[name].rules if name in self.translations else self.rules

    @property
    def review(self) -> ReviewState:
        """What the review is worth today; it may expire while this process serves."""
        return self.rules.review.state(date.today())

    @property
    def parts_off(self) -> frozenset[str]:
        """The parts that this deployment does not offer."""
        return self.engine.parts_off

    @property
    def most_pages(self) -> int:
        """The most pages that anybody is shown before the answers are checked, this one and "who is it for" counted."""
        return page_counter(self.engine).most_left(plain_answers(self.rules.rule_set, {}, date.today()), ()) + 2

    @property
    def is_test(self) -> bool:
        """Whether every page and PDF is marked as a test."""
        return self.settings.demonstration or not self.review.signed


def parts_off(rules: LoadedRules, settings: Settings) -> frozenset[str]:
    """The parts of a rule file that a mode switches off."""
    return frozenset(part.id for part in rules.rule_set.parts) if settings.mode is Mode.MATCH else frozenset()


def wants_numbers(rule_set: RuleSet) -> bool:
    """Whether numbers of papers, which are read back before they count, are asked for with every part switched off."""
    pages = (page for page in rule_set.pages if page.read_back and not page.part)
    return any(question.units for page in pages for question in page.questions)


def current_service() -> Service:
    """The service of the present application."""
    service: Service = current_app.extensions[EXTENSION]
    return service
