"""`screening verify` and `screening certificate`: files of this service are known again, others are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.documents.signing import Signing, render_and_sign
from screening.documents.summary import Copy, summary_pdf, summary_printing
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.selection import Reader
from tests.cli.conftest import Call
from tests.rulefiles.edited import SMALL
from tests.support.cases import LIVER, ONE_OF_EACH, given

ONE = given(ONE_OF_EACH["fibrosis"])


@pytest.fixture
def signing(call: Call, tmp_path: Path) -> Signing:
    """A key and a certificate as an operator makes them."""
    found = Signing(tmp_path / "key.pem", tmp_path / "certificate.pem")
    result = call("certificate", "--key", found.key, "--certificate", found.certificate, "--name", "A clinic")
    assert result.exit_code == 0, result.stderr
    assert "SHA-256: " in result.stdout
    return found


@pytest.fixture
def signed(signing: Signing, tmp_path: Path) -> Path:
    path = tmp_path / "signed.pdf"
    path.write_bytes(render_and_sign(summary_printing(Assessment(ONE)), signing))
    return path


def test_a_key_is_private_and_never_written_over(call: Call, signing: Signing) -> None:
    assert signing.key.stat().st_mode & 0o077 == 0
    before = signing.key.read_bytes()
    again = call("certificate", "--key", signing.key, "--certificate", signing.certificate, "--name", "A clinic")
    assert again.exit_code == 1
    assert "never written over" in again.stderr
    assert signing.key.read_bytes() == before


@pytest.mark.slow
def test_a_signed_file_is_known_again(call: Call, signing: Signing, signed: Path) -> None:
    result = call("verify", signed, "--certificate", signing.certificate)
    assert result.exit_code == 0, result.stdout
    assert result.stdout.startswith("Made by this service, and unchanged\n")
    assert "The same: these rules give the result" in result.stdout
    assert "nobody checked the answers" in result.stdout


@pytest.mark.slow
def test_without_the_certificate_the_signer_is_not_known(call: Call, signed: Path) -> None:
    result = call("verify", signed)
    assert result.exit_code == 1
    assert "Signed by somebody who is not known here" in result.stdout


@pytest.mark.slow
def test_a_file_is_judged_by_the_rules_given_and_by_todays(call: Call, signing: Signing, signed: Path) -> None:
    arguments = ("verify", signed, "--certificate", signing.certificate)
    result = call(*arguments, "--rules", LIVER)
    assert result.exit_code == 0
    assert "The same" in result.stdout


@pytest.mark.slow
def test_todays_rules_are_told_beside_the_very_ones(
    call: Call, signing: Signing, signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_RULES", str(SMALL))
    arguments = ("verify", signed, "--certificate", signing.certificate)
    without = call(*arguments)
    assert without.exit_code == 1
    assert "These very rules are not here" in without.stdout
    result = call(*arguments, "--rules", LIVER)
    assert result.exit_code == 0
    assert "What today's rules" in result.stdout


@pytest.mark.slow
def test_a_changed_file_ends_with_an_error(call: Call, signing: Signing, signed: Path) -> None:
    content = signed.read_bytes()
    signed.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    result = call("verify", signed, "--certificate", signing.certificate)
    assert result.exit_code == 1
    assert "Do not rely on it" in result.stdout


@pytest.mark.slow
def test_a_certificate_that_is_none_is_told(call: Call, signed: Path) -> None:
    result = call("verify", signed, "--certificate", signed)
    assert result.exit_code == 1
    assert "holds no certificate in PEM" in result.stderr


@pytest.mark.slow
def test_a_summary_for_a_doctor_and_one_without_data_are_written(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    arguments = ("summary", "-", "-o", out, "--date", "2026-11-22")
    assert call(*arguments, "--for", "doctor", text='{"age": 50}').exit_code == 0
    for_doctor = out.read_bytes()
    assert call(*arguments, "--without-data", text='{"age": 50}').exit_code == 0
    assert b"/EmbeddedFile" in for_doctor
    assert b"/EmbeddedFile/" not in out.read_bytes()
    assert len(summary_pdf(ONE, Copy(Reader.DOCTOR))) > 0
