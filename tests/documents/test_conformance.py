"""PDF/A-3a and PDF/UA-1 in the same file, as veraPDF judges: every category, length and reader, signed or not."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from screening.documents.signing import Signing, printed_and_signed
from screening.documents.summary import Copy, summary_pdf, summary_printing
from screening.rulefiles.translation import load_translations
from screening.sealing.certificates import new_certificate
from screening.wording.language import language
from screening.wording.result import result_document
from screening.wording.summary import Reader
from screening.wording.telling import SummaryInput
from tests.cases import ONE_OF_EACH, RULES, given
from tests.documents.full_sets import LENGTHS
from tests.pdf import squeezed, words_of
from tests.verapdf import judged

EVERY = {**ONE_OF_EACH, **LENGTHS}
TRANSLATIONS = load_translations(RULES)
FIRST_PAGE = ("match", "reasons", "next_steps")


def judged_all(made: dict[str, bytes], folder: Path) -> dict[str, str]:
    """What veraPDF says of these files."""
    paths = [folder / f"{number}.pdf" for number in range(len(made))]
    for path, content in zip(paths, made.values(), strict=True):
        path.write_bytes(content)
    return dict(zip(made, judged(paths).values(), strict=True))


@pytest.mark.slow
def test_a_pdf_of_every_kind_length_and_reader_is_pdf_a_3a_and_pdf_ua_1(tmp_path: Path) -> None:
    made = {
        f"{kind}, {reader}, {demonstration}": summary_pdf(
            replace(given(EVERY[kind]), demonstration=demonstration), Copy(reader)
        )
        for kind, reader, demonstration in product(EVERY, Reader, (True, False))
    }
    found = judged_all(made, tmp_path)
    assert {name: each for name, each in found.items() if each != "OK"} == {}


def told_in(tag: str, kind: str) -> SummaryInput:
    """The input of a kind or length, told in another language."""
    one = given(EVERY[kind])
    return replace(one, rules=TRANSLATIONS[tag].rules, language=language(tag), demonstration=True)


@pytest.mark.slow
@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_pdfs_in_every_language_are_so_too(tmp_path: Path, tag: str) -> None:
    made = {kind: summary_pdf(told_in(tag, kind)) for kind in ("urgent", "early_cirrhosis", *LENGTHS)}
    found = judged_all(made, tmp_path)
    assert {name: each for name, each in found.items() if each != "OK"} == {}
    pages = {name: len(pikepdf.open(io.BytesIO(content)).pages) for name, content in made.items()}
    assert {name: count for name, count in pages.items() if count > 4} == {}


@pytest.mark.slow
@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_the_letters_of_every_language_can_be_read_out_of_a_pdf(tag: str) -> None:
    one = told_in(tag, "everything")
    text = squeezed(words_of(summary_pdf(one)))
    document = result_document(one)
    for said in (document.heading, document.title, *(each.title for each in map(document.part, FIRST_PAGE) if each)):
        assert squeezed(said) in text


@pytest.mark.slow
def test_copies_without_data_signed_files_are_so_too(tmp_path: Path) -> None:
    signing = Signing(tmp_path / "key.pem", tmp_path / "certificate.pem")
    new_certificate(signing.key, signing.certificate, "A clinic")
    one = given(LENGTHS["everything"])
    made = {
        "without data": summary_pdf(one, Copy(with_record=False)),
        "signed": printed_and_signed(summary_printing(one), signing),
        "signed without data": printed_and_signed(summary_printing(one, Copy(with_record=False)), signing),
    }
    assert judged_all(made, tmp_path) == dict.fromkeys(made, "OK")


@pytest.mark.slow
def test_verapdf_finds_what_is_wrong(tmp_path: Path) -> None:
    pdf, without = pikepdf.open(io.BytesIO(summary_pdf(given(LENGTHS["everything"])))), io.BytesIO()
    del pdf.Root.MarkInfo
    pdf.save(without)
    found = judged_all({"not tagged": without.getvalue(), "no file": b"%PDF-1.7\n"}, tmp_path)
    assert "3a 6.7.2.2-1" in found["not tagged"]
    assert "ua1 6.2-1" in found["not tagged"]
    assert "ModelParsingException" in found["no file"]
