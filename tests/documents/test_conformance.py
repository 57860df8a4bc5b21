"""PDF/A-3a and PDF/UA-1 in the same file, as veraPDF judges: every category, length and reader, signed or not."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from screening.crypto.certificates import new_certificate
from screening.documents.signing import Signing, render_and_sign
from screening.documents.summary import Copy, summary_pdf, summary_printing
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader
from tests.documents.full_sets import EVERY, LENGTHS, pdf_of, told_in
from tests.documents.test_layout import MOST
from tests.support.cases import TRANSLATED, given
from tests.support.pdf import squeezed, words_of
from tests.support.verapdf import verapdf_verdicts

FIRST_PAGE = ("match", "reasons", "next_steps")


def verdicts_of(made: dict[str, bytes], folder: Path) -> dict[str, str]:
    """What veraPDF says of these files."""
    paths = [folder / f"{number}.pdf" for number in range(len(made))]
    for path, content in zip(paths, made.values(), strict=True):
        path.write_bytes(content)
    return dict(zip(made, verapdf_verdicts(paths).values(), strict=True))


@pytest.mark.slow
def test_a_pdf_of_every_kind_length_and_reader_is_pdf_a_3a_and_pdf_ua_1(tmp_path: Path) -> None:
    made = {f"{kind}, {reader}": pdf_of(kind, "en", reader) for kind, reader in product(EVERY, Reader)}
    made |= {f"{kind}, not a test": summary_pdf(given(EVERY[kind])) for kind in EVERY}
    found = verdicts_of(made, tmp_path)
    assert {name: value for name, value in found.items() if value != "OK"} == {}


@pytest.mark.slow
@pytest.mark.parametrize("tag", TRANSLATED)
def test_pdfs_in_every_language_are_so_too(tmp_path: Path, tag: str) -> None:
    pdfs = {kind: pdf_of(kind, tag) for kind in ("urgent", "early_cirrhosis", *LENGTHS)}
    found = verdicts_of(pdfs, tmp_path)
    assert {name: value for name, value in found.items() if value != "OK"} == {}
    pages = {name: len(pikepdf.open(io.BytesIO(content)).pages) for name, content in pdfs.items()}
    assert {name: count for name, count in pages.items() if count > MOST} == {}


@pytest.mark.slow
@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_letters_of_every_language_can_be_read_out_of_a_pdf(tag: str) -> None:
    text = squeezed(words_of(pdf_of("everything", tag)))
    document = result_document(told_in(tag, EVERY["everything"]))
    for said in (document.heading, document.title, *(part.title for part in map(document.part, FIRST_PAGE) if part)):
        assert squeezed(said) in text


@pytest.mark.slow
def test_copies_without_data_signed_files_are_so_too(tmp_path: Path) -> None:
    signing = Signing(tmp_path / "key.pem", tmp_path / "certificate.pem")
    new_certificate(signing.key, signing.certificate, "A clinic")
    one = given(LENGTHS["everything"])
    names = {
        "without data": summary_pdf(one, Copy(with_record=False)),
        "signed": render_and_sign(summary_printing(Assessment(one)), signing),
        "signed without data": render_and_sign(summary_printing(Assessment(one), Copy(with_record=False)), signing),
    }
    assert verdicts_of(names, tmp_path) == dict.fromkeys(names, "OK")


@pytest.mark.slow
def test_verapdf_finds_what_is_wrong(tmp_path: Path) -> None:
    pdf, without = pikepdf.open(io.BytesIO(pdf_of("everything"))), io.BytesIO()
    del pdf.Root.MarkInfo
    pdf.save(without)
    found = verdicts_of({"not tagged": without.getvalue(), "no file": b"%PDF-1.7\n"}, tmp_path)
    assert "3a 6.7.2.2-1" in found["not tagged"]
    assert "ua1 6.2-1" in found["not tagged"]
    assert "ModelParsingException" in found["no file"]
