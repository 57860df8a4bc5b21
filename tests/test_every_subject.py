"""Every rule file that ships is checked, proved, and served without a word of another subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.proof_receipt import matching_receipt
from tests.cli.conftest import Call, call
from tests.conftest import ROOT
from tests.support.page_checks import shown_text
from tests.support.pdf import words_of
from tests.support.person import answer_page, begin, inputs_of
from tests.support.web import Web
from tests.support.web_fixtures import make_app

__all__ = ["call"]

FILES = {path.stem: path for path in sorted((ROOT / "rules").glob("*.yaml")) if path.suffixes == [".yaml"]}
LIVERS = (
    r"liver|hepat|cirrho|fibro|\bscars?\b|stem.cell|transplant|biops|ascites|varic|jaundice|METAVIR|MELD|bilirubin|kPa"
)
DRINKING = r"\bbeer|\bwine|spirits|drinking|drinks with|AUDIT"
MOOD = r"\bmood|PHQ|depress|hopeless|better off dead|crisis line"
OF_OTHERS = {
    "liver": MOOD,
    "audit-c": f"{LIVERS}|{MOOD}",
    "phq-9": f"{LIVERS}|{DRINKING}",
    "trial": f"{MOOD}|creatinine|kidney table|eGFR",
    "ckd": f"liver|hepat|cirrho|stem.cell|ascites|{DRINKING}|{MOOD}",
}
"""Words of another subject, which have no place on a file's pages. What people with a liver disease are asked of
drinking belongs to theirs."""
PROVED_ELSEWHERE = {"liver", "audit-c"}
"""Files that tests of their own prove anew, and walk through; here they are for slow tests."""
EACH = [pytest.param(name, marks=[pytest.mark.slow] if name in PROVED_ELSEWHERE else []) for name in FILES]
STATIC = ("/", "/about", "/emergency", "/read/", "/who", "/privacy", "/delete")


@cache
def rules_of(name: str) -> LoadedRules:
    return load_rule_file(FILES[name])


def test_of_every_file_it_is_known_which_words_are_not_its_own() -> None:
    assert set(OF_OTHERS) == set(FILES)


@pytest.mark.parametrize("name", EACH)
def test_a_file_is_checked_pinned_and_proved_as_it_ships(name: str, call: Call) -> None:
    checked = call("check", FILES[name])
    assert checked.exit_code == 0, checked.output
    for said in ("No mistakes found.", "pins, all as they stand", "Proved on", "Translation ms:"):
        assert said in checked.output or (name, said) == ("audit-c", "Translation ms:"), said
    receipt = matching_receipt(FILES[name], rules_of(name).hash)
    assert receipt is not None, f"run `screening prove rules/{name}.yaml` after an edit"
    assert receipt.guarantees == tuple(guarantee.id for guarantee in rules_of(name).rule_set.guarantees)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FILES.keys() - PROVED_ELSEWHERE))
def test_a_file_is_proved_with_nothing_undecided(name: str, call: Call, tmp_path: Path) -> None:
    for suffix in (".yaml", ".cases.yaml"):
        (tmp_path / f"copy{suffix}").write_bytes(FILES[name].with_suffix(suffix).read_bytes())
    proved = call("prove", tmp_path / "copy.yaml")
    assert proved.exit_code == 0, proved.output
    count = len(rules_of(name).rule_set.guarantees)
    assert f"{count} of {count} guarantees kept" in proved.output


# --- what people see -----------------------------------------------------------------------------


@pytest.fixture(scope="module", params=EACH)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Flask]:
    """A file by its name, and the service with it."""
    return request.param, make_app(tmp_path_factory.mktemp("instance"), rules=str(FILES[request.param]))


@pytest.mark.slow
def test_no_page_or_paper_holds_a_word_of_another_subject(served: tuple[str, Flask]) -> None:
    name, app = served
    web = Web(app)
    articles = [f"/read/{article.id}" for article in rules_of(name).rule_set.articles]
    shown = {path: shown_text(web.get(path)) for path in (*STATIC, *articles)}
    shown |= dict(walked(web, rules_of(name).cases[0]))
    for address in ("/summary.pdf", "/summary.pdf?for=doctor"):
        shown[address] = words_of(web.raw(address).get_data())
    assert {path: found for path, text in shown.items() if (found := foreign(name, text))} == {}


def walked(web: Web, case: Case) -> Iterator[tuple[str, str]]:
    """The text of every page on the way of a case, by its path."""
    begin(web)
    inputs = inputs_of(web, case.answers)
    while web.path != "/check":
        yield web.path, shown_text(web.page)
        answer_page(web, inputs)
    for path in ("/check", "/before-result", "/result", "/summary"):
        yield path, shown_text(web.get(path))


def foreign(name: str, text: str) -> list[str]:
    """What stands around each word that is another subject's."""
    found = re.finditer(OF_OTHERS[name], text, re.IGNORECASE)
    return [text[max(0, match.start() - 40) : match.end() + 40] for match in found]
