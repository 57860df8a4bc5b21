"""The report on a table of people as HTML that stands alone and as a tagged PDF; every drawing is said in words too."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from screening.documents.charts import bar_drawing, panel_drawings
from screening.documents.table_report import report_page, report_pdf
from screening.wording.authors.tables.blocks import Bars, CurveDrawing, Panel
from tests.documents.test_pdf import everything_in, opened
from tests.support.cases import ENGLISH
from tests.support.pdf import info_of, pages_of, squeezed
from tests.support.table_report import plants_report
from tests.support.verapdf import verapdf_verdicts

SVG = "{http://www.w3.org/2000/svg}"
STRANGE = '<b onload="x">$a_1$ & more</b>'


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return report_pdf(plants_report(), ENGLISH)


def test_the_page_asks_for_nothing_from_outside_and_no_id_stands_twice() -> None:
    page = report_page(plants_report(), ENGLISH)
    assert "<script" not in page
    assert not re.findall(r"\s(?:src|srcset|style)=|@import|url\(|<link\b", page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_number_that_is_drawn_stands_in_a_table() -> None:
    page = report_page(plants_report(), ENGLISH)
    cells = re.findall(r"<t[hd][^>]*>([^<]*)<", page)
    for part in plants_report().parts:
        for block in [*part.blocks, *(block for inner in part.parts for block in inner.blocks)]:
            drawn = block.numbers if isinstance(block, Bars) else ()
            if isinstance(block, CurveDrawing):
                drawn = tuple(number for panel in block.panels for number in panel.numbers)
            assert {str(number) for number in drawn} <= set(cells)


def test_a_drawing_says_in_words_what_it_shows_and_holds_texts_as_texts() -> None:
    bars = Bars("Rows: A 3; B 0", ("A: some", STRANGE), (3, 0))
    panel = Panel(STRANGE, "From 4 to 2", (4, 3, 2))
    curve = CurveDrawing("Stiffness (kPa)", (7.0, 8.0, 9.0), 8.0, (panel, panel))
    for drawn, said in (
        (bar_drawing(bars), "Rows: A 3; B 0"),
        *((markup, "From 4 to 2") for markup in panel_drawings(curve)),
    ):
        root = ET.fromstring(drawn)
        assert (root.get("role"), root.get("aria-label")) == ("img", said)
        texts = {text.text for text in root.iter(f"{SVG}text")}
        assert any(text and "<b onload" in text and "$a_1$" in text for text in texts), texts
        assert not [element for element in root.iter() if "id" in element.attrib or "style" in element.attrib]
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "path", "text"}


def test_a_moved_cut_off_lies_where_its_axis_says() -> None:
    panel = Panel("A", "", (10, 20, 40))
    (drawn,) = panel_drawings(CurveDrawing("x", (1.0, 2.0, 3.0), 2.0, (panel,)))
    lines = [
        re.findall(r"[ML] ([0-9.]+) ([0-9.]+)", path.get("d", "")) for path in ET.fromstring(drawn).iter(f"{SVG}path")
    ]
    (line,) = (points for points in lines if len(points) == 3)
    (x0, y0), (x1, y1), (x2, y2) = ((float(x), float(y)) for x, y in line)
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.05)
    assert (y0 - y1) * 2 == pytest.approx(y1 - y2, abs=0.05)
    assert any(all(float(x) == x1 for x, _ in points) for points in lines if len(points) == 2)


def test_the_pdf_is_tagged_and_each_of_its_drawings_has_a_text_alternative(pdf: bytes, tmp_path: Path) -> None:
    assert info_of(pdf, tmp_path)["Tagged"] == "yes"
    document = opened(pdf)
    elements = [item for item in everything_in(document) if item.get("/Type") == "/StructElem"]
    figures = [item for item in elements if str(item.S) == "/Figure" and isinstance(item, pikepdf.Dictionary)]
    assert len(figures) == report_page(plants_report(), ENGLISH).count("<svg")
    assert all(str(item.Alt) for item in figures)
    for page in pages_of(pdf, "-raw"):
        assert squeezed(plants_report().stamp) in squeezed(page)


def test_the_same_report_makes_the_same_bytes(pdf: bytes) -> None:
    assert report_pdf(plants_report(), ENGLISH) == pdf


@pytest.mark.slow
def test_the_pdf_is_pdf_a_3a_and_pdf_ua_1(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    assert verapdf_verdicts([file]) == {"report.pdf": "OK"}
