"""Verifies a summary that somebody sent: who signed it, and what rules make of its answers. Works without a network."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from typing import Any

from screening.documents.attachments import MAX_FILE, NoRecordError, record_in
from screening.documents.record import Record, RecordError, comparable
from screening.documents.signing import SignatureVerdict, seal_of
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.cases.outcome_json import first_members, outcome_members
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError
from screening.wording.summary.verification import Attached, ReassessedRecord, Seal, Verdict

SealOf = Callable[[bytes, Collection[str]], SignatureVerdict]


@dataclass(frozen=True)
class Verifier:
    """What this installation knows when it verifies."""

    today: LoadedRules
    """The rules served today."""
    others: tuple[LoadedRules, ...] = ()
    """Rule sets of former days."""
    known: tuple[str, ...] = ()
    """Fingerprints of the certificates by which this service signs or has signed."""
    seal_of: SealOf = seal_of
    """Looks at the signature; a server has a worker do it, which it can end."""

    def verdict(self, content: bytes) -> Verdict:
        """All that can be found out about a file."""
        if len(content) > MAX_FILE or not content.startswith(b"%PDF-"):
            return Verdict(Seal.UNREADABLE, Attached.OTHER)
        sealed = self._check_seal(content)
        verdict = Verdict(sealed.seal, Attached.NOTHING, sealed.signer, sealed.fingerprint)
        try:
            record = record_in(content)
        except NoRecordError:
            return verdict
        except RecordError:
            return replace(verdict, attached=Attached.OTHER)
        return self._check_outcome(verdict, record)

    def _check_seal(self, content: bytes) -> SignatureVerdict:
        if b"/ByteRange" in content and find_spec("pyhanko") is None:
            return SignatureVerdict(Seal.NOT_LOOKED_AT)
        return self.seal_of(content, self.known)

    def _check_outcome(self, verdict: Verdict, record: Record) -> Verdict:
        wanted = record.rules["sha256"]
        very = next((rules for rules in (self.today, *self.others) if rules.hash == wanted), None)
        return replace(
            verdict,
            attached=Attached.RECORD,
            recorded_rules=f"{record.rules['id']} {record.rules['version']} · {wanted[:12]}",
            answered_on=record.answered_on,
            answered_since=record.answered_since,
            again=reassess(very, record) if very else None,
            today=reassess(self.today, record) if very is not self.today else None,
        )


def reassess(rules: LoadedRules, record: Record) -> ReassessedRecord:
    """What a rule set makes of the answers of a record."""
    rule_set = rules.rule_set
    answers: dict[str, Answer] = {}
    unreadable = []
    for name, raw in record.answers.items():
        question: Any = rule_set.question.get(name)
        try:
            answers[name] = read_answer(question, raw)
        except (AnswerError, AttributeError):
            unreadable.append(question.label if question else name)
    label = f"{rule_set.id} {rule_set.version} · {rules.hash[:12]}"
    parts_off = record.parts_off & {part.id for part in rule_set.parts}
    engine = rules.explainer_without(frozenset(parts_off)).engine
    try:
        judged_on = date.fromisoformat(record.today or record.answered_on)
        outcome = engine.evaluate(plain_answers(rule_set, answers, judged_on))
    except RequiredAnswerMissingError:
        return ReassessedRecord(label, "", unreadable=tuple(unreadable))
    return ReassessedRecord(
        rules=label,
        category=rule_set.category[outcome.category].name,
        possible=tuple(category.name for category in rule_set.categories if category.id in outcome.possible),
        unreadable=tuple(unreadable),
        same=not unreadable
        and any(
            comparable(members(rule_set, outcome)) == record.outcome for members in (outcome_members, first_members)
        ),
    )
