"""The stylesheets hold to what the phones of 2018 know, wherever a page would break without it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

LATER = ("inset", "padding-block", "padding-inline", "margin-block", "margin-inline", "row-gap")
"""Properties that no browser knew then, and that older names of the same say as well."""
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
STYLES = ("style.css", "desk_style.css")


def rules(name: str) -> list[tuple[str, str]]:
    """Each rule of a stylesheet: its selector and its declarations."""
    text = (ROOT / "screening" / "static" / name).read_text(encoding="utf-8")
    return [
        (selector.strip(), body) for selector, body in RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    ]


@pytest.mark.parametrize("name", STYLES)
def test_no_property_is_used_that_an_older_name_says_as_well(name: str) -> None:
    used = {part.split(":")[0].strip() for _, body in rules(name) for part in body.split(";")}
    assert "padding-top" in used
    assert used.isdisjoint(LATER)


def test_a_row_on_a_phone_takes_its_spaces_from_margins() -> None:
    """A flexible row had no gap; a grid had."""
    rows = {selector for selector, body in rules("style.css") if "flex" in body and re.search(r"\bgap:", body)}
    assert rows <= {".phones li > a"}, "between its country and its number there is room anyway"


def test_a_selector_that_is_not_known_takes_nothing_else_along() -> None:
    """One unknown selector in a list puts out the whole rule."""
    lists = [selector for name in STYLES for selector, _ in rules(name) if ":has(" in selector and "," in selector]
    assert lists == []


def test_focus_is_seen_in_a_browser_that_shows_it_otherwise() -> None:
    hiding = [selector for selector, body in rules("style.css") if "outline: none" in body]
    assert hiding == [":focus:not(:focus-visible), main:focus", ".choice input:focus-visible"]
