"""The pictures of a rule file: shapes alone, small, and looked for beside the file first."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rulefiles.loading.illustrations import MAX_BYTES, load_illustrations
from screening.rulefiles.loading.loader import LoadedRules
from tests.rulefiles.edited import SMALL_TEXT, edited, load_text, mistakes

RIGHT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h6"/></svg>'
NAMED = edited(("text: Mould on the soil}", "text: Mould on the soil, illustration: mould}"))


def said_of(folder: Path, picture: str) -> list[str]:
    """What is said of a rule file beside which this picture stands."""
    (folder / "illustrations").mkdir()
    (folder / "illustrations" / "mould.svg").write_text(picture, encoding="utf-8")
    return mistakes(folder, NAMED)


def test_a_picture_is_loaded_with_the_rules(tmp_path: Path) -> None:
    assert said_of(tmp_path, f"{RIGHT}\n") == []
    assert load_text(tmp_path, NAMED).illustrations == {"mould": RIGHT}


def test_a_rule_file_without_pictures_has_none(tmp_path: Path) -> None:
    assert load_text(tmp_path, SMALL_TEXT).illustrations == {}


def test_every_picture_of_the_liver_is_there(liver: LoadedRules, tmp_path: Path) -> None:
    assert len(liver.illustrations) >= 10
    elsewhere, problems = load_illustrations(tmp_path, liver.rule_set)
    assert (elsewhere, problems) == (liver.illustrations, [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<path", "<script>alert(1)</script><path", 'holds "script"'),
        ("<path", '<path onclick="alert(1)"', 'holds "onclick"'),
        ("<path", '<path style="fill: red"', 'holds "style"'),
        ("<path", '<a href="https://example.org"/><path', 'holds "a"'),
        ("<path", "<image/><path", 'holds "image"'),
        ("<path", '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/><path', 'holds "use"'),
        ("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg', 'holds "<!"'),
        (' viewBox="0 0 8 8"', "", "is no SVG with a viewBox"),
        ("</svg>", "", "is no SVG with a viewBox"),
        ("M1 1h6", "M1 1" + "h6" * MAX_BYTES, "is larger than 3000 bytes"),
    ],
)
def test_a_picture_that_is_more_than_shapes_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (message,) = said_of(tmp_path, RIGHT.replace(old, new, 1))
    assert said in message
    assert message.startswith("edited.yaml:")
