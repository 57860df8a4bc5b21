"""The PDF of a summary: always the same bytes, open to every reader, and made of nothing from outside."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import cycle
from pathlib import Path

import pikepdf
import pytest

from screening.documents.pdf import make_pdf, render_pdf
from screening.documents.record import FILE_NAME
from screening.documents.summary import Copy, summary_pdf, summary_printing
from screening.rulefiles.review.state import ReviewState
from screening.ruleset.reading.answer_types import Unsure
from screening.wording.document.blocks import Document
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import TypedBy
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader, summary_of
from tests.conftest import ROOT
from tests.documents.full_sets import TAGS, pdf_of, told_in
from tests.support.cases import ONE_OF_EACH, RULES, document_of, given
from tests.support.patience import PATIENCE
from tests.support.pdf import info_of, pages_of, squeezed, tagged_text, words_of
from tests.support.reviewing import signature
from tests.support.spoken import speech_of

one_of_each = pytest.mark.parametrize("kind", ONE_OF_EACH)
FONTS = {path.stem for path in (ROOT / "screening" / "documents" / "fonts").glob("*.ttf")}


def opened(content: bytes) -> pikepdf.Pdf:
    """A PDF, to look into."""
    return pikepdf.open(io.BytesIO(content))


def everything_in(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every object of a PDF that is a dictionary or a stream."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item


# --- the same for ever ---------------------------------------------------------------------------


@pytest.mark.slow
def test_the_same_input_makes_the_same_bytes_in_this_process(pdfs: Mapping[str, bytes]) -> None:
    for kind in ("urgent", "fibrosis"):
        assert summary_pdf(replace(given(ONE_OF_EACH[kind]), demonstration=True)) == pdfs[kind]


SCRIPT = """
import sys
from dataclasses import replace
from screening.documents.record import FILE_NAME
from screening.documents.summary import Copy, summary_pdf, summary_printing
from tests.support.cases import ONE_OF_EACH, given
sys.stdout.buffer.write(summary_pdf(replace(given(ONE_OF_EACH[sys.argv[1]]), demonstration=True)))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Kuala_Lumpur"), ("2", "America/Los_Angeles")])
def test_the_same_input_makes_the_same_bytes_in_another_process(
    pdfs: Mapping[str, bytes], seed: str, zone: str, tmp_path: Path
) -> None:
    environment = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LANG": "C"}
    command = [sys.executable, "-c", SCRIPT, "decompensated"]
    made = subprocess.run(command, capture_output=True, check=True, env=environment, cwd=tmp_path, timeout=PATIENCE)
    assert made.stdout == pdfs["decompensated"]


@pytest.mark.slow
def test_threads_that_make_pdfs_together_make_the_same_ones(pdfs: Mapping[str, bytes]) -> None:
    kinds = ["urgent", "fibrosis", "no_sign"] * 2
    inputs = [replace(given(ONE_OF_EACH[kind]), demonstration=True) for kind in kinds]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(summary_pdf, inputs)) == [pdfs[kind] for kind in kinds]


@pytest.mark.slow
def test_whatever_is_different_in_the_input_makes_another_file() -> None:
    one = given(ONE_OF_EACH["fibrosis"])
    others = [
        replace(one, answers={**one.answers, "cause": Unsure()}),
        replace(one, answered_on=one.answered_on.replace(day=21)),
        replace(one, typed_by=TypedBy.HELPER),
        replace(one, amended=True),
        replace(one, demonstration=True),
        replace(one, review=ReviewState((signature(),))),
        replace(one, parts_off=frozenset(part.id for part in RULES.rule_set.parts)),
    ]
    copy = Copy(key=b"a key")
    printings = [summary_printing(Assessment(given_input), copy) for given_input in (one, *others)]
    printings.append(summary_printing(Assessment(one), replace(copy, reader=Reader.DOCTOR)))
    printings.append(summary_printing(Assessment(one), replace(copy, with_record=False)))
    printings.append(summary_printing(Assessment(one), replace(copy, key=b"another key")))
    made = [render_pdf(printing) for printing in printings]
    assert len(set(made)) == len(made)
    identifiers = {bytes(opened(content).trailer.ID[0]) for content in made}
    assert len(identifiers) == len(made)


@pytest.mark.slow
def test_without_a_key_the_identifier_tells_nothing_of_the_answers() -> None:
    one = given(ONE_OF_EACH["fibrosis"])
    other = replace(one, answers={**one.answers, "cause": Unsure()})
    first, second = (opened(summary_pdf(given_input)).trailer.ID[0] for given_input in (one, other))
    assert bytes(first) == bytes(second)


# --- open to every reader ------------------------------------------------------------------------


@one_of_each
def test_the_pdf_is_tagged_and_says_its_language_and_title(
    pdfs: Mapping[str, bytes], kind: str, tmp_path: Path
) -> None:
    info = info_of(pdfs[kind], tmp_path)
    assert info["Tagged"] == "yes"
    assert info["Title"] == "What I answered about my liver, 22 November 2026"
    assert info["JavaScript"] == "no"
    assert info["Encrypted"] == "no"
    assert info["Form"] == "none"
    assert "210 x 297" in info["Page size"] or "A4" in info["Page size"]
    pdf = opened(pdfs[kind])
    root = pdf.Root
    assert str(root.Lang) == "en"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/StructTreeRoot" in root
    metadata = root.Metadata.read_bytes().decode()
    assert "pdfuaid:part" in metadata


@pytest.mark.slow
@one_of_each
def test_headings_lists_and_tables_are_tagged_as_such(pdfs: Mapping[str, bytes], kind: str) -> None:
    assert {"/H1", "/H2", "/P", "/L", "/LI"} <= tags_in(pdfs[kind])
    doctors = pdf_of(kind, "en", Reader.DOCTOR)
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD"} <= tags_in(doctors)


def tags_in(content: bytes) -> set[str]:
    """How the elements of a PDF are tagged."""
    return {str(item.S) for item in everything_in(opened(content)) if item.get("/Type") == "/StructElem"}


@one_of_each
def test_only_our_own_fonts_are_used_and_all_are_embedded(pdfs: Mapping[str, bytes], kind: str) -> None:
    pdf = opened(pdfs[kind])
    fonts = [item for item in everything_in(pdf) if item.get("/Type") == "/FontDescriptor"]
    names = {str(item.FontName).split("+")[-1].replace("-", "") for item in fonts}
    assert {"NotoSans"} <= names <= {"NotoSans", "NotoSansBold"}
    assert len(FONTS) == 8
    assert all("/FontFile2" in item for item in fonts)


@one_of_each
def test_a_screen_reader_is_told_help_first_then_what_was_matched_and_why(pdfs: Mapping[str, bytes], kind: str) -> None:
    check_order(document_of(ONE_OF_EACH[kind]), pdfs[kind])


@pytest.mark.slow
def test_another_program_reads_the_tags_in_the_same_order(pdfs: Mapping[str, bytes], tmp_path: Path) -> None:
    assert tagged_text(pdfs["no_sign"], tmp_path) == speech_of(pdfs["no_sign"])


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "tag"), [*zip(ONE_OF_EACH, cycle(TAGS[1:]), strict=False)])
def test_it_is_told_so_in_other_languages(kind: str, tag: str) -> None:
    check_order(result_document(told_in(tag, ONE_OF_EACH[kind])), pdf_of(kind, tag))


def check_order(document: Document, content: bytes) -> None:
    """The parts are read in the order in which they are printed."""
    document = summary_of(document)
    speech = speech_of(content)
    wanted = [squeezed(document.title), *(squeezed(part.title) for part in document.parts.values() if part.title)]
    places, after = [], 0
    for text in wanted:
        assert text in speech[after:], text
        after += speech[after:].index(text) + 1
        places.append(after)
    assert places == sorted(places)


@one_of_each
def test_every_page_says_its_number_and_that_it_is_no_advice_and_the_last_one_which_rules_were_used(
    pdfs: Mapping[str, bytes], kind: str
) -> None:
    for content in (pdfs[kind], pdf_of(kind, "en", Reader.DOCTOR)):
        pages = [squeezed(page) for page in pages_of(content, "-raw")]
        for number, text in enumerate(pages, start=1):
            assert f"{number}/{len(pages)}" in text
            assert squeezed("Information, not medical advice") in text
            assert squeezed("not reviewed by a clinician") in text
        assert squeezed(f"{RULES.rule_set.id} {RULES.rule_set.version}") in pages[-1]
        assert squeezed(RULES.hash) in pages[-1]
        assert not any(RULES.hash[:12] in page for page in pages[:-1])


@one_of_each
def test_every_page_of_a_demonstration_is_marked(pdfs: Mapping[str, bytes], kind: str) -> None:
    for page in pages_of(pdfs[kind], "-raw"):
        assert squeezed("Test version") in squeezed(page)


def test_signed_rules_that_nobody_demonstrates_are_not_marked() -> None:
    content = summary_pdf(given(ONE_OF_EACH["fibrosis"]))
    assert "Test version" not in words_of(content)


def test_the_file_says_nothing_of_when_and_where_it_was_made(pdfs: Mapping[str, bytes], tmp_path: Path) -> None:
    info = info_of(pdfs["urgent"], tmp_path)
    assert info.get("ModDate", info["CreationDate"]) == info["CreationDate"]
    assert str(ROOT).encode() not in pdfs["urgent"]
    pdf = opened(pdfs["urgent"])
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261122")
    said = f"{[str(item) for item in pdf.docinfo.values()]} {pdf.Root.Metadata.read_bytes().decode()}"
    assert f"{os.uname().nodename}." not in said


# --- nothing from outside ------------------------------------------------------------------------


@one_of_each
def test_a_pdf_runs_nothing_and_holds_nothing_but_its_pages_and_its_data(pdfs: Mapping[str, bytes], kind: str) -> None:
    pdf = opened(pdfs[kind])
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Collection"} & set(pdf.Root.keys())
    assert list(pdf.attachments) == [FILE_NAME]
    actions = [item for item in everything_in(pdf) if item.get("/Type") == "/Action" or "/URI" in item]
    addresses = {str(item.URI) for item in actions if "/URI" in item}
    sources = {source.address for source in RULES.rule_set.sources}
    phones = {f"tel:{number.number}" for number in RULES.rule_set.emergency.numbers}
    assert addresses <= sources | phones
    assert {str(item.S) for item in actions if "/S" in item} <= {"/URI", "/GoTo"}


class _Counting(BaseHTTPRequestHandler):
    """A server that remembers what it was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def test_making_a_pdf_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of this machine")
    _Counting.asked = []
    server = HTTPServer(("127.0.0.1", 0), _Counting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}"
        html = f"""
            <html lang="en"><head><title>t</title><link rel="stylesheet" href="{address}/style.css">
            <link rel="attachment" href="file://{secret}"><style>@import "{address}/other.css";
            @font-face {{ font-family: x; src: url({address}/font.ttf) }} p {{ font-family: x;
            background: url({address}/back.png) }}</style></head>
            <body><p>text</p><img src="{address}/image.png"><img src="file://{secret}">
            <object data="{address}/object"></object><embed src="file://{secret}"></body></html>"""
        content = make_pdf(html, "test")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert _Counting.asked == []
    assert b"a secret of this machine" not in content
    pdf = opened(content)
    assert not list(pdf.attachments)
    assert "text" in pages_of(content)[0]
    assert all(b"a secret" not in item.read_bytes() for item in everything_in(pdf) if isinstance(item, pikepdf.Stream))


def test_the_fonts_that_ship_with_it_are_free_to_pass_on() -> None:
    licence = (ROOT / "screening" / "documents" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
