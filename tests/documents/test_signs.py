"""No character is lost on paper: what no font has stands there as its code, and everything else is read out again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.documents.coverage import lost_characters, printable
from screening.documents.pdf import make_pdf
from screening.documents.signs import sign, with_signs
from tests.support.pdf import words_of
from tests.support.verapdf import verapdf_verdicts

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title>
<meta name="dcterms.created" content="2026-11-22"><style>body {{ font-family: "Noto Sans"; }}</style></head>
<body><h1>t</h1>{}</body></html>"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><title>t</title><text y="9">{}</text></svg>'
NAMES = {
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Дмитрий Щёголев",
    "Vietnamese": "Nguyễn Thị Hồng",
    "two marks": "x\u030c\u0323 a\u0301 S\u0323",
    "hanzi of the second level": "龚翀 窦骁 鄢颇",
    "Tamil": "தமிழ்செல்வி நோயாளி கௌரி கொடு ஸ்ரீ",
    "Arabic": "محمد سلام علاء",
    "Arabic with marks": "مُحَمَّد",
    "Jawi": "ڠڤڽݢۏچ",
    "Hindi": "हिन्दी",
    "Thai": "สมชาย",
    "Korean": "김철수",
    "Hebrew": "שלום",
    "emoji": "Ali 😀 👨‍👩‍👧 ❤️",
    "directions": "ab\u202ecd\u202c",
    "private use and unassigned": "\ue000\U000e0fff\u0378",
    "all at once": "Ali தமிழ் 😀 محمد 陈 x\u030c हिन्दी z",
}


def paper(*texts: str) -> str:
    """What is read out of a PDF with these paragraphs, without what a program adds: line ends, marks of direction."""
    return read_out(make_pdf(PAGE.format("".join(f"<p>{escape(text)}</p>" for text in texts)), "t"))


def read_out(content: bytes) -> str:
    return comparable(words_of(content))


def comparable(text: str) -> str:
    """A text by the characters that mean something: canonically composed, ligatures as their letters."""
    visible = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter)[0] not in "ZC")
    return "".join(visible)


def runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text)


def assert_whole(text: str, found: str) -> None:
    """Each character or its sign, in order; what runs to the left in the order of the program that reads."""
    wanted = comparable(with_signs(text))
    if runs_left(wanted):
        missing = Counter(unicodedata.normalize("NFD", wanted)) - Counter(unicodedata.normalize("NFD", found))
        assert not missing, (text, found)
    else:
        assert wanted in found, (text, found)


def test_names_in_any_script_are_read_out_whole_or_as_their_codes() -> None:
    found = paper(*NAMES.values())
    for name in NAMES.values():
        assert_whole(name, found)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_name_alone_is_so_too(name: str) -> None:
    assert_whole(NAMES[name], paper(NAMES[name], "x a e S"))


def test_names_that_run_to_the_left_are_read_out_in_their_order() -> None:
    found = re.sub("[\u202a-\u202e]", "", words_of(make_pdf(PAGE.format("<p>محمد</p><p>علاء</p><p>سلام</p>"), "t")))
    assert "محمد علاء سلام" in unicodedata.normalize("NFKC", found)


def test_a_sign_names_the_character_by_its_code() -> None:
    assert sign("😀") == "[U+1F600]"
    assert with_signs("Ali 😀") == "Ali [U+1F600]"
    assert "[U+1F600]" in paper("Ali 😀")


def test_letters_after_a_name_are_those_that_stand_there() -> None:
    """What a line with marks says of its glyphs is said of no other line."""
    said = ("x\u030c கொ", "x plain க கெ கா", "\u037e", "a; b", "\u212a", "K")
    assert paper(*said) == "t" + "".join(map(comparable, said))


def test_a_drawing_has_signs_too() -> None:
    assert "[U+1F600]" in read_out(make_pdf(PAGE.format(DRAWING.format("a 😀")), "t"))


def test_nothing_is_lost_of_what_a_font_has() -> None:
    assert [*lost_characters("x µ Ω 陈 தமிழ் محمد\u00a0\u00ad\u2060")] == []
    assert [*lost_characters("ab\u202ec")] == [(2, "\u202e")]
    assert [character for _, character in lost_characters("a👨\u200d👩b")] == ["👨", "\u200d", "👩"]


def test_every_hanzi_of_gb_2312_greek_tamil_and_the_letters_of_jawi_are_shipped() -> None:
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    hanzi = {pair.decode("gb2312", "ignore") for pair in pairs} - {""}
    assert len(hanzi) == 6763
    greek = {chr(code) for code in range(0x0386, 0x03CF) if unicodedata.category(chr(code))[0] == "L"}
    tamil = {chr(code) for code in range(0x0B80, 0x0C00) if unicodedata.category(chr(code)) != "Cn"}
    arabic = {chr(code) for code in range(0x0620, 0x0700) if unicodedata.category(chr(code))[0] in "LM"}
    assert hanzi | greek | tamil | arabic | set("ݢڠڤۏچڽ١٢٣") <= printable()


ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
SHIPPED = st.text(st.sampled_from(sorted(printable())), min_size=1, max_size=12)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(ANY_TEXT, SHIPPED), min_size=8, max_size=8))
def test_of_random_texts_every_character_or_its_sign_is_read_out(texts: list[str]) -> None:
    found = paper(*texts)
    for text in texts:
        assert_whole(text, found)
    plain = [text for text in texts if not runs_left(text)]
    assert paper(*plain) == "t" + "".join(comparable(with_signs(text)) for text in plain)


@pytest.mark.slow
def test_a_pdf_with_names_in_every_script_is_pdf_a_3a_and_pdf_ua_1(tmp_path: Path) -> None:
    file = tmp_path / "names.pdf"
    drawn = "".join(DRAWING.format(escape(name)) for name in NAMES.values())
    listed = "".join(f"<p>{escape(name)}</p>" for name in NAMES.values())
    file.write_bytes(make_pdf(PAGE.format(listed + drawn), "t"))
    assert verapdf_verdicts([file]) == {"names.pdf": "OK"}
