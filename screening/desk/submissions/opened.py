"""One submission opened: what was kept of it, and its latest judgement ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import abort

from screening.desk.access.current_request import current_language, current_store
from screening.desk.submissions.changes import none_where_gone
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.ground_status import GroundStatuses
from screening.runtime import current_service
from screening.storage.accounts.api_keys import program_names
from screening.storage.accounts.staff import Account, accounts
from screening.storage.database.rows import ProgramReadingRow
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments.versions import Version, versions
from screening.storage.submissions.handed_out.program_reading import program_readings
from screening.storage.submissions.record.events import Event, events
from screening.storage.submissions.record.records import Submission, open_submission
from screening.wording.desk.call_script import WarningSigns, warning_signs
from screening.wording.desk.conditions import Condition
from screening.wording.desk.grounds import conditions_by_ground
from screening.wording.desk.todays_rules import TodaysResult, by_todays_rules
from screening.wording.document.blocks import Document
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.result import result_document
from screening.wording.summary.stored import document_from, input_from


@dataclass(frozen=True)
class OpenedSubmission:
    """A submission and all that belongs to it."""

    submission: Submission
    versions: tuple[Version, ...]
    events: tuple[Event, ...]
    people: tuple[Account, ...]
    """All who have an account."""
    rules: LoadedRules
    """By which the latest judgement was made."""
    programs: tuple[ProgramReadingRow, ...] = ()
    """Which programs read it, the latest first."""
    program_names: Mapping[str, str] = field(default_factory=dict)
    """Names of programs, by how the audit names them."""

    @property
    def latest(self) -> Version:
        """The judgement that counts."""
        return self.versions[-1]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of staff by id, and of programs by how the audit names them."""
        return {**self.program_names, **{account.id: account.name for account in self.people}}

    @cached_property
    def context(self) -> SummaryContext:
        """The latest assessment, made again for staff."""
        return SummaryContext(input_from(self.latest.input, self.rules, current_language()))

    @cached_property
    def today(self) -> TodaysResult:
        """What the rules of today say."""
        return by_todays_rules(self.latest.input, self.context, current_service().rules)

    def in_own_words(self, version: Version) -> Document | None:
        """What a person saw in another language, in the one that staff read; None where they saw just that."""
        if document_of(version).language == current_language().tag or version.rules_hash != self.latest.rules_hash:
            return None
        return result_document(input_from(version.input, self.rules, current_language()))

    def version(self, number: int) -> Version:
        """The judgement of this number, or not found."""
        if not 0 <= number < len(self.versions):
            abort(404)
        return self.versions[number]


def document_of(version: Version) -> Document:
    """What the person saw."""
    return document_from(version.document)


def open_submission_page(submission_id: str) -> OpenedSubmission:
    """A submission with all that belongs to it; not found where it was never there, gone where it was erased."""
    with current_store().reading() as transaction, none_where_gone(submission_id):
        return load_submission(transaction, open_submission(transaction, submission_id))


def load_submission(transaction: StoreTransaction, submission: Submission) -> OpenedSubmission:
    """A submission that is open already, with all that belongs to it."""
    all_versions = tuple(versions(transaction, submission))
    return OpenedSubmission(
        submission=submission,
        versions=all_versions,
        events=tuple(events(transaction, submission)),
        people=tuple(accounts(transaction)),
        rules=current_service().stored_rules(transaction, all_versions[-1].rules_hash),
        programs=tuple(program_readings(transaction, submission.id)),
        program_names=program_names(transaction),
    )


@dataclass(frozen=True, slots=True)
class RulesInWords:
    """What is the same of a rule set whatever somebody answered: made once, and not at each opening."""

    conditions: Mapping[str, Condition]
    """Of each ground."""
    signs: tuple[WarningSigns, ...]


_IN_WORDS: dict[str, RulesInWords] = {}


def rules_in_words(rules: LoadedRules) -> RulesInWords:
    """A rule set in the words of the desk, made once for each that judged something that is still here."""
    if rules.hash not in _IN_WORDS:
        conditions = conditions_by_ground(rules.rule_set, current_language())
        _IN_WORDS[rules.hash] = RulesInWords(conditions, warning_signs(rules.rule_set))
    return _IN_WORDS[rules.hash]


_STANCES: dict[tuple[str, frozenset[str]], GroundStatuses] = {}


def ground_statuses_of(context: SummaryContext) -> GroundStatuses:
    """How grounds stand under these rules; made once for a rule set and its parts."""
    key = (context.input.rules.hash, context.input.parts_off)
    if key not in _STANCES:
        _STANCES[key] = GroundStatuses(context.engine)
    return _STANCES[key]
