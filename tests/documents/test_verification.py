"""What can be found out about a PDF: whose it is, whether it was changed, and what rules make of its answers."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from screening.crypto.certificates import fingerprints, new_certificate
from screening.documents.attachments import MAX_FILE
from screening.documents.record import read_record, record_json
from screening.documents.signing import Signing, SigningError, is_usable, render_and_sign
from screening.documents.summary import Copy, document_pdf, summary_pdf, summary_printing
from screening.documents.verification import Verifier, reassess
from screening.rulefiles.cases.outcome_json import outcome_json, outcome_members
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.model.answers import Bound
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.two_parts import written_in
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.result import result_document
from screening.wording.summary.verification import Attached, Seal, Verdict, verdict_parts
from tests.documents.full_sets import LENGTHS
from tests.support.cases import ENGLISH, LIVER, ONE_OF_EACH, RULES, given
from tests.support.every import for_every
from tests.wording.summary.random_documents import texts_in

FULL = given(LENGTHS["everything"])


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Signing:
    folder = tmp_path_factory.mktemp("keys")
    found = Signing(folder / "key.pem", folder / "certificate.pem")
    new_certificate(found.key, found.certificate, "A clinic")
    return found


@pytest.fixture(scope="module")
def signed(signing: Signing) -> bytes:
    return render_and_sign(summary_printing(Assessment(FULL)), signing)


@pytest.fixture(scope="module")
def verifier(signing: Signing) -> Verifier:
    return Verifier(RULES, known=fingerprints(signing.certificate))


def verdict_text(verdict: Verdict) -> str:
    """All that is said of a verdict."""
    return " ".join(texts_in(list(verdict_parts(verdict, ENGLISH))))


# --- the signature -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_signed_file_begins_with_the_unsigned_one_and_is_always_the_same(signed: bytes, signing: Signing) -> None:
    assert signed.startswith(summary_pdf(FULL))
    assert render_and_sign(summary_printing(Assessment(FULL)), signing) == signed


def test_a_file_of_this_service_is_known_and_unchanged(signed: bytes, verifier: Verifier) -> None:
    verdict = verifier.verdict(signed)
    assert (verdict.seal, verdict.attached, verdict.signer) == (Seal.UNCHANGED, Attached.RECORD, "A clinic")
    assert verdict.again is not None
    assert verdict.again.same
    assert "Made by this service, and unchanged" in verdict_text(verdict)
    assert "nobody checked the answers" in verdict_text(verdict)


@pytest.mark.slow
def test_any_byte_that_is_changed_is_noticed(signed: bytes, verifier: Verifier) -> None:
    for place in range(20, len(signed) - 20, len(signed) // 150):
        changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        # one in the name of the signature leaves a file that has none, which is told as such
        assert verifier.verdict(changed).seal in (Seal.CHANGED, Seal.UNREADABLE, Seal.UNSIGNED), place


def test_what_is_added_behind_the_signature_is_a_change(signed: bytes, verifier: Verifier) -> None:
    assert verifier.verdict(signed + b"\n% more").seal in (Seal.CHANGED, Seal.UNREADABLE)
    assert verifier.verdict(signed + signed).seal in (Seal.CHANGED, Seal.UNREADABLE)


@pytest.mark.slow
def test_another_signer_is_not_known_whatever_name_they_use(verifier: Verifier, tmp_path: Path) -> None:
    other = Signing(tmp_path / "key.pem", tmp_path / "certificate.pem")
    new_certificate(other.key, other.certificate, "A clinic")
    verdict = verifier.verdict(render_and_sign(summary_printing(Assessment(FULL)), other))
    assert (verdict.seal, verdict.signer) == (Seal.UNKNOWN, "A clinic")


@pytest.mark.slow
def test_a_file_without_a_signature_is_told_as_such(verifier: Verifier) -> None:
    verdict = verifier.verdict(summary_pdf(FULL))
    assert verdict.seal is Seal.UNSIGNED
    assert "Its pages may say anything" in verdict_text(verdict)


def test_a_key_that_does_not_fit_is_refused_at_the_start(tmp_path: Path) -> None:
    for name in ("key", "certificate"):
        (tmp_path / name).write_text("nothing")
    with pytest.raises(SigningError):
        is_usable(Signing(tmp_path / "key", tmp_path / "certificate"))


# --- the result again ----------------------------------------------------------------------------


def forged(**outcome: object) -> bytes:
    """A PDF whose data names another outcome than the rules give."""
    record = json.loads(record_json(Assessment(FULL)))
    record["outcome"] |= outcome
    return document_pdf(result_document(FULL), ENGLISH, record=json.dumps(record))


@pytest.mark.slow
@pytest.mark.parametrize("member", [{"category": "fibrosis"}, {"notes": []}, {"values": {"fib4": 1}}, {"kind": None}])
def test_an_outcome_that_the_rules_do_not_give_is_told(verifier: Verifier, member: dict[str, object]) -> None:
    verdict = verifier.verdict(forged(**member))
    assert verdict.again is not None
    assert not verdict.again.same
    assert "Different" in verdict_text(verdict)


def test_a_record_made_while_the_kind_went_by_the_named_categories_alone_is_still_worked_out_again() -> None:
    answers = {"age": {"value": "50", "unit": "a"}}
    outcome = RULES.engine.evaluate({"age": Decimal(50)})
    record = json.loads(record_json(Assessment(FULL))) | {"answers": answers}
    for kind, same in (("several", True), ("nothing_known", True), ("unless", False)):
        record["outcome"] = json.loads(outcome_json(outcome_members(RULES.rule_set, outcome) | {"kind": kind}))
        judged = reassess(RULES, read_record(json.dumps(record)))
        assert judged.same == same, kind


@pytest.fixture(scope="module")
def stiffer(tmp_path_factory: pytest.TempPathFactory) -> LoadedRules:
    """Rules of another day, by which a scan tells of cirrhosis from another number."""
    path = tmp_path_factory.mktemp("rules") / "liver.yaml"
    text = LIVER.read_text(encoding="utf-8")
    path.write_text(re.sub(r'^version: ".*"$', 'version: "9.9.9"', text, flags=re.MULTILINE), encoding="utf-8")
    (path.parent / "illustrations").symlink_to(LIVER.parent / "illustrations")
    return load_rule_file(path)


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_a_result_of_which_an_answer_is_a_bound_is_worked_out_again(sign: str) -> None:
    values: set[str] = set()
    for question in RULES.rule_set.questions:
        for unit in question.units[:1]:
            middle = written_in(unit, (unit.minimum + unit.maximum) // 2)
            bound = read_answer(question, {"value": sign + middle, "unit": unit.code})
            assessment = Assessment(replace(FULL, answers={**FULL.answers, question.id: bound}))
            values |= {name for name, value in assessment.outcome.values.items() if isinstance(value, Bound)}
            assert reassess(RULES, read_record(record_json(assessment))).same, question.id
    assert values


@pytest.mark.slow
def test_the_very_rules_are_found_by_their_hash_and_todays_are_told_beside_them(stiffer: LoadedRules) -> None:
    content = summary_pdf(FULL)
    without = Verifier(stiffer).verdict(content)
    assert without.again is None
    assert without.today is not None
    assert "These very rules are not here" in verdict_text(without)
    with_them = Verifier(stiffer, (RULES,)).verdict(content)
    assert with_them.again is not None
    assert with_them.again.same
    assert with_them.today is not None
    assert not with_them.today.same or with_them.today.rules.startswith("liver 9.9.9")


@pytest.mark.slow
def test_answers_that_rules_do_not_know_are_named() -> None:
    record = json.loads(record_json(Assessment(FULL)))
    record["answers"] |= {"told": "nonsense", "nothing": 1, "cause": {"a": [1]}, "lsm": [[]]}
    verdict = Verifier(RULES).verdict(document_pdf(result_document(FULL), ENGLISH, record=json.dumps(record)))
    assert verdict.again is not None
    assert set(verdict.again.unreadable) == {
        "nothing",
        *(RULES.rule_set.question[text].label for text in ("told", "cause", "lsm")),
    }
    assert not verdict.again.same


def test_without_the_age_there_is_no_result() -> None:
    record = json.loads(record_json(Assessment(FULL)))
    del record["answers"]["age"]
    verdict = Verifier(RULES).verdict(document_pdf(result_document(FULL), ENGLISH, record=json.dumps(record)))
    assert "No result" in verdict_text(verdict)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_every_kind_of_result_is_worked_out_again(pdfs: Mapping[str, bytes], kind: str) -> None:
    verdict = Verifier(RULES).verdict(pdfs[kind])
    assert verdict.again is not None
    assert verdict.again.same


@pytest.mark.slow
def test_parts_that_were_off_are_off_again() -> None:
    parts = frozenset(part.id for part in RULES.rule_set.parts)
    verdict = Verifier(RULES).verdict(summary_pdf(replace(FULL, parts_off=parts)))
    assert verdict.again is not None
    assert verdict.again.same


@pytest.mark.slow
def test_a_copy_without_data_cannot_be_worked_out_again() -> None:
    verdict = Verifier(RULES).verdict(summary_pdf(FULL, Copy(with_record=False)))
    assert verdict.attached is Attached.NOTHING
    assert "The answers are not attached" in verdict_text(verdict)


# --- files of strangers --------------------------------------------------------------------------


def with_stream(packed: bytes, times: int = 1) -> bytes:
    """Something like a PDF with an attached file."""
    stream = b"1 0 obj\n<</Type /EmbeddedFile/Filter /FlateDecode/Length %d>>\nstream\n" % len(packed)
    return b"%PDF-1.7\n" + (stream + packed + b"\nendstream\nendobj\n") * times


BYTE_RANGE = b"%PDF-1.7\n1 0 obj <</Type /Sig /ByteRange [0 1 2 3] /Contents <00>>> endobj\ntrailer <</Root 1 0 R>>"
STRANGE = {
    "nothing": b"",
    "no PDF": b"GIF89a",
    "no more than a name": b"%PDF-",
    "zeros": b"%PDF-" + bytes(100_000),
    "too large": b"%PDF-" + bytes(MAX_FILE),
    "a bomb": with_stream(zlib.compress(bytes(50_000_000), 9)),
    "no zlib": with_stream(b"nothing"),
    "cut off": with_stream(zlib.compress(b'{"schema": 1}')[:-3]),
    "two files": with_stream(zlib.compress(b"{}"), 2),
    "many names": b"%PDF-" + b"/EmbeddedFile " * 100_000,
    "a signature of nothing": BYTE_RANGE,
    "a loop": b"%PDF-1.7\n/ByteRange\nxref\n0 1\ntrailer <</Size 1 /Root 1 0 R /Prev 10>>\nstartxref\n20\n%%EOF",
}


@for_every("name", STRANGE)
def test_a_strange_file_is_told_as_such_and_does_no_harm(verifier: Verifier, name: str) -> None:
    verdict = verifier.verdict(STRANGE[name])
    assert verdict.seal in (Seal.UNREADABLE, Seal.UNSIGNED)
    assert verdict.again is None
    assert "nobody checked the answers" in verdict_text(verdict)
