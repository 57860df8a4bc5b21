"""An option that means "not sure" in other words is read as that by the proof, too."""

from __future__ import annotations

from screening.analysis.proof.prover import prove
from tests.support.rules import small_rules as small
from tests.support.rules.small_rules import Members

GUARANTEES: dict[str, tuple[Members, bool]] = {
    "not_known_is_not_another": ({"kind": "never_with", "when": "not known(kind)", "never": ["other_kind"]}, True),
    "not_known_gives_it": ({"kind": "reachable", "when": "not known(kind)", "categories": ["other_kind"]}, False),
    "not_known_may_be": ({"kind": "implies", "when": "not known(kind)", "then": ["maybe"]}, True),
    "said_in_other_words": ({"kind": "same_as_unsure", "options": {"kind": ["cannot"]}}, True),
    "said_otherwise": ({"kind": "same_as_unsure", "options": {"kind": ["b"]}}, False),
    "saying_so_changes_nothing": ({"kind": "unaffected_by", "options": {"kind": ["cannot"]}}, False),
    "must_is_not_another": ({"kind": "never_with", "when": 'must != "a" and must != "b"', "never": ["last"]}, True),
}
"""Each with whether it is true."""


def test_what_is_proved_is_what_the_answers_give_as_they_are_read() -> None:
    kind = small.choice("kind", "a", "b", {"code": "cannot", "means_unsure": True})
    must = small.choice("must", "a", "b", {"code": "cannot", "means_unsure": True}, required=True)
    listed = [
        small.rule("other_kind", small.ground("other", 'definitely(kind != "a")')),
        small.rule("maybe", small.ground("open", 'possibly(kind == "a") and not known(kind)')),
        small.rule("last", small.ground("rest", 'must != "a"'), small.ground("first", 'must == "a"')),
    ]
    data = small.rule_file((kind, must), listed)
    data["guarantees"] = [{"id": name, "text": "T.", **members} for name, (members, _) in GUARANTEES.items()]
    engine = small.engine(data)

    proof = prove(engine)

    assert {verdict.guarantee: verdict.holds for verdict in proof.verdicts} == {
        name: is_true for name, (_, is_true) in GUARANTEES.items()
    }
    assert engine.evaluate({"must": "a", "kind": "cannot"}) == engine.evaluate({"must": "a"})
    told = {
        reached.target.name: reached.example is not None for reached in proof.reached if reached.target.what == "option"
    }
    assert told == {
        "kind.a": True,
        "kind.b": True,
        "kind.cannot": True,
        "must.a": True,
        "must.b": True,
        "must.cannot": False,
    }


def test_not_asked_it_counts_as_no_answer() -> None:
    must = small.choice("must", "a", "b", required=True)
    options = ("a", "b", {"code": "cannot", "means_unsure": True})
    kind = small.choice("kind", *options, ask_if='must == "a"', if_not_asked="cannot")
    listed = [small.rule("other_kind", small.ground("other", 'definitely(kind != "a")'))]
    data = small.rule_file((must, kind), listed)
    data["guarantees"] = [
        {"id": "unknown", "text": "T.", "kind": "never_with", "when": 'must == "b"', "never": ["other_kind"]}
    ]
    engine = small.engine(data)

    assert engine.evaluate({"must": "b"}).possible == {"other"}
    assert prove(engine).verdicts[0].holds
