"""The nine questions on mood, judged by adding up, and what a person meets who has thoughts of death or is not sure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask

from screening.forms.fields import UNSURE
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.model.answers import Plain
from tests.conftest import ROOT
from tests.support.page_checks import shown_text
from tests.support.person import answer_until, begin
from tests.support.web import Web
from tests.support.web_fixtures import make_app

RULES: LoadedRules = load_rule_file(ROOT / "rules" / "phq-9.yaml")
ITEMS = [question.id for question in RULES.rule_set.pages[0].questions]
CODES = ["not_at_all", "several_days", "more_than_half", "nearly_every_day"]
BANDS = {0: "below_5", 5: "from_5", 10: "from_10", 15: "from_15", 20: "from_20"}


@pytest.fixture(scope="module")
def mood(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("instance"), rules=str(RULES.path))


def answers(scores: str, age: str | None = "from_18") -> dict[str, Plain]:
    """Nine answers, written by their scores; "?" for one that is not known."""
    given = {name: None if score == "?" else CODES[int(score)] for name, score in zip(ITEMS, scores, strict=True)}
    return {**given, "age": age}


# --- what the answers add up to ------------------------------------------------------------------


def parts(scores: str, age: str | None) -> set[str]:
    """What some answers to the open questions give, by adding up."""
    first, ninth = scores[:8], scores[8]
    least = sum(int(score) for score in first if score != "?")
    sums = range(least, least + 3 * first.count("?") + 1)
    found: set[str] = set()
    for thought, under in product(
        "0123" if ninth == "?" else ninth, (True, False) if age is None else (age == "under_18",)
    ):
        if thought != "0":
            found.add("urgent")
        elif under:
            found.add("not_covered")
        else:
            found |= {BANDS[max(low for low in BANDS if low <= total)] for total in sums}
    return found


def test_every_answer_set_keeps_open_what_its_open_answers_may_add_up_to() -> None:
    draw = random.Random(9)
    for _ in range(400):
        weights = draw.choice(["0123?", "00000123?", "01?????", "3333321?"])
        scores, age = "".join(draw.choices(weights, k=9)), draw.choice(["under_18", "from_18", "from_18", None])
        assert RULES.engine.possible(answers(scores, age)) == parts(scores, age), (scores, age)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ("331000000", "add up to 7 points."),
        ("100000000", "add up to 1 point."),
        ("33100?000", "Your total is between 7 and 10 points."),
        ("11111000?", "Your total is between 5 and 8 points."),
    ],
)
def test_the_total_is_told_or_the_range_that_open_answers_leave(mood: Flask, scores: str, told: str) -> None:
    web = at_the_result(mood, scores)
    assert told in shown_text(web.page)


def at_the_result(mood: Flask, scores: str, tag: str = "en") -> Web:
    web = Web(mood)
    web.client.set_cookie("language", tag)
    if tag == "en":
        begin(web)
    else:
        web.get("/who")
        web.submit({"who": "me"})
    answer_until(web, inputs(scores))
    web.get("/result")
    return web


def inputs(scores: str) -> dict[str, list[str]]:
    chosen = [UNSURE if score == "?" else CODES[int(score)] for score in scores]
    given = {name: [code] for name, code in zip(ITEMS, chosen, strict=True)}
    return {**given, "difficulty": ["somewhat"], "age": ["from_18"]}


# --- the ninth question --------------------------------------------------------------------------


def after_the_nine(mood: Flask, scores: str) -> Web:
    web = Web(mood)
    begin(web)
    assert [field["name"] for field in web.page.all("input", type="radio", value=CODES[0])] == ITEMS  # all on one page
    web.submit({name: value for name, value in inputs(scores).items() if name in ITEMS})
    return web


@pytest.mark.parametrize("score", "123")
def test_any_answer_but_not_at_all_is_told_before_the_next_question(mood: Flask, score: str) -> None:
    web = after_the_nine(mood, f"00000000{score}")
    assert web.path == "/help-first"
    assert web.page.one("h1").text == "Please talk with somebody today"
    numbers = [link["href"] for link in web.page.all("a") if link["href"].startswith("tel:")]
    assert numbers == ["tel:999", "tel:15555", "tel:995", "tel:1767", "tel:119"]
    web.submit()
    assert web.path == "/questions/difficulty"


def test_not_sure_is_told_that_help_may_be_needed(mood: Flask) -> None:
    assert after_the_nine(mood, "00000000?").path == "/help-may-be-needed"


def test_not_at_all_goes_on_with_the_next_question(mood: Flask) -> None:
    assert after_the_nine(mood, "100000000").path == "/questions/difficulty"


# --- what a clinician must judge -----------------------------------------------------------------


def test_every_judgement_and_every_source_that_nobody_confirmed_is_listed_on_the_page() -> None:
    page = (ROOT / "docs" / "clinical-phq-9.md").read_text(encoding="utf-8")
    sections = {part.partition("\n")[0]: set(re.findall(r"`([^`]+)`", part)) for part in page.split("\n## ")[1:]}
    marked = {str(part.get("id")) for part in parts_of(RULES.data) if part.get("review") == "needed"}
    assert sections["Judgements to confirm"] - {"review: needed"} == marked
    assert sections["Not confirmed"] == {source.id for source in RULES.rule_set.sources if not source.confirmed}


def parts_of(node: Data) -> Iterator[dict[str, Data]]:
    """Every part of the rule file that has members."""
    if isinstance(node, dict):
        yield node
    for member in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts_of(member)


# --- whose words they are ------------------------------------------------------------------------


def test_it_is_told_who_may_use_the_words_and_whose_the_malay_ones_are(mood: Flask) -> None:
    web = Web(mood)
    text = " ".join(shown_text(web.get("/read/who_may_use")).split())
    assert "nobody needs permission to reproduce, translate, display or distribute them" in text
    assert "the words here are our own translation" in text
    judged = RULES.rule_set.value["total"]
    assert judged.review
    assert "Copyright Pfizer Inc." in judged.judgement


def test_a_malay_reader_reads_malay_alone(mood: Flask) -> None:
    web = at_the_result(mood, "331000000", "ms")
    assert web.page.one("h1").text == "Jawapan anda serupa dengan bahagian tentang jumlah 5 hingga 9"
    assert "berjumlah 7 markah" in shown_text(web.page)
