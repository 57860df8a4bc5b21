"""`docs/clinical.md` speaks of the liver rules as they are: its names exist, and nothing to confirm is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.support.cases import LIVER
from tests.support.every import for_every

PAGE = (LIVER.parent.parent / "docs" / "clinical.md").read_text(encoding="utf-8")
RULES: dict[str, Any] = yaml.load(LIVER.read_text(encoding="utf-8"), yaml.CSafeLoader)
NAMED = set(re.findall(r"`([^`]+)`", PAGE))
MEMBERS = {"unusual_below", "unusual_above", "confirmed: true", "review: needed", "false", "code"}


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every part of the rule file that has members."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for member in node:
            yield from parts(member)


def name(part: dict[str, Any]) -> str:
    """The id of a part, or the code of an option."""
    found: str = part.get("id") or part.get("code") or ""
    return found


def section(title: str) -> str:
    """The text under a heading."""
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_name_on_the_page_is_one_of_the_rule_file_or_a_file() -> None:
    known = {name(part) for part in parts(RULES)} | MEMBERS
    files = {name for name in NAMED if (LIVER.parent.parent / name).exists()}
    assert files == {"rules/liver.yaml", "tests/support/rules/clinical_model.py"}
    assert NAMED - known - files == set()


def test_every_judgement_is_listed() -> None:
    judgements = {name(part) for part in parts(RULES) if part.get("review") == "needed"}
    assert judgements == set(re.findall(r"`([^`]+)`", section("Judgements to confirm"))) - {"review: needed"}


def test_the_sources_that_nobody_confirmed_are_listed_and_no_other() -> None:
    open_sources = {source["id"] for source in RULES["sources"] if not source["confirmed"]}
    assert open_sources == set(re.findall(r"`([^`]+)`", section("Not confirmed")))


@for_every("limit", ["51.3", "34.2", "85", "7.0", "8.0", "15 kPa", "2.67", "MELD from 15", "200 U/L"])
def test_the_limits_of_the_rules_stand_on_the_page(limit: str) -> None:
    number = re.sub(r"[^\d.]", "", limit)
    assert limit in PAGE
    assert re.search(rf"[<>]=? {re.escape(number)}\b", str(RULES))


def test_the_page_says_before_all_else_that_no_clinician_reviewed_it() -> None:
    assert PAGE.split("\n\n")[1].startswith("**Not reviewed by a clinician.**")
