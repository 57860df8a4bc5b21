"""What is proved where strict answers are open: pairs complete alike, and the undetermined category occurs."""

from __future__ import annotations

from typing import Any

from screening.analysis.proof.prover import prove
from screening.analysis.proof.verdicts import Proof
from tests.support.rules.small_rules import Members, choice, engine, ground, rule, rule_file, value

OFTEN = choice("often", {"code": "never", "score": 0}, {"code": "seldom", "score": 1}, {"code": "daily", "score": 2})
MUCH = choice("much", {"code": "little", "score": 0}, {"code": "lots", "score": 2})
RULES = [
    rule("high", ground("high", "total >= 3")),
    rule("low", ground("low", "total < 3")),
]


def proof(*guarantees: Members) -> Proof:
    """What is proved of two scored questions of which the second is not asked after "never"."""
    much = {**MUCH, "strict": True, "ask_if": 'not definitely(often == "never")', "if_not_asked": "little"}
    total = value("total", "sum(score(often), score(much))")
    data: dict[str, Any] = rule_file([{**OFTEN, "strict": True}, much], RULES, values=[total])
    data["categories"] = [
        {"id": name, "name": name, "tone": "plain", "headings": [{"id": "heading", "text": name}], **more}
        for name, more in (("high", {"severity": 1}), ("low", {"severity": 0}), ("other", {}))
    ]
    data["guarantees"] = [{"id": "kept", "text": "It is kept.", **guarantee} for guarantee in guarantees]
    return prove(engine(data))


MILDER = {"kind": "never_milder_changed", "question": "often", "order": ["never", "seldom", "daily"]}


def test_an_answer_that_decides_whether_another_is_asked_is_compared_with_the_same_completion_of_that() -> None:
    assert proof(MILDER).holds


def test_it_may_still_be_milder_because_of_what_counts_where_the_other_is_not_asked() -> None:
    (verdict,) = proof({**MILDER, "order": ["daily", "never"]}).verdicts
    assert not verdict.holds
    assert verdict.example is not None


def test_a_category_that_only_open_answers_give_can_be_given() -> None:
    found = proof({"kind": "everything_reachable"})
    assert found.holds
    (other,) = (reach for reach in found.reached if (reach.target.what, reach.target.name) == ("category", "other"))
    assert other.example is not None
