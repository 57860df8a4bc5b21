"""What moves between two rule sets: every pair, with answers that both engines confirm; or the proof of none."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from screening.analysis.comparison.boundaries import Boundary
from screening.analysis.comparison.rule_sets import Comparison, Move, compare
from screening.analysis.solver.undecided import Reason
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from tests.rulefiles.edited import DATA
from tests.support.rules.small_rules import (
    Members,
    choice,
    engine,
    ground,
    number,
    rule,
    rule_file,
    several,
    unit,
    value,
)

SIZE = number("size", unit(minimum=0, maximum=50, decimals=1))
SEEN = choice("seen", "yes", "maybe_not", "no", strict=True)
SIGNS = several("signs", "red", "blue", {"code": "none", "exclusive": True}, strict=True)


def sized(limit: object, *pages: Members, **members: object) -> Engine:
    """A rule set that finds things large from some size on."""
    return looked(f"definitely(size >= {limit})", *pages, **members)


def looked(large: str, *pages: Members, **members: object) -> Engine:
    """A rule set that is strict about a sign, and has a condition for what is large."""
    rules = [
        rule("urgent", ground("red_sign", 'any_of(signs, "red")')),
        rule("seen_it", ground("was_seen", 'seen == "yes"')),
        rule("large", ground("is_large", large)),
    ]
    return engine(rule_file([SIGNS, SEEN, SIZE, *pages], rules, **members))  # type: ignore[arg-type]


def pairs(found: Comparison) -> set[tuple[str, str]]:
    """The pairs in short: the possible categories before and after."""
    return {(" ".join(sorted(move.before)), " ".join(sorted(move.after))) for move in found.moves}


def confirmed(found: Comparison, old: Engine, new: Engine) -> bool:
    """Whether both engines say of each answer set what the comparison says."""

    def possible(engine: Engine, move: Move) -> frozenset[str]:
        known = engine.rule_set.question
        return engine.possible({name: answer for name, answer in move.answers.items() if name in known})

    return all(possible(old, move) == move.before and possible(new, move) == move.after for move in found.moves)


def test_a_moved_threshold_moves_every_pair_it_can_and_no_other() -> None:
    old, new = sized(8), sized(10)
    found = compare(old, new)
    assert pairs(found) == {
        ("large", "other"),
        ("large urgent", "other urgent"),
        ("large seen_it", "other seen_it"),
        ("large seen_it urgent", "other seen_it urgent"),
    }
    assert confirmed(found, old, new)
    assert not found.capped
    assert not found.undecided
    assert not found.nothing_moves


def test_the_answers_are_few_and_say_how_far_the_number_goes() -> None:
    move = next(move for move in compare(sized(8), sized(10)).moves if move.is_settled)
    assert {**move.answers, "size": None} == {"signs": frozenset(), "seen": move.answers["seen"], "size": None}
    assert move.answers["seen"] in {"no", "maybe_not"}
    assert move.boundaries == (Boundary("size", Decimal(8), Decimal("9.9"), from_minimum=False, to_maximum=False),)


def test_a_boundary_is_the_closest_number_in_any_unit() -> None:
    weight = number("weight", unit("kg", 1, 50, decimals=1), unit("g", 1000, 50000, factor=Decimal("0.001")))

    def heavy(limit: int) -> Engine:
        return engine(rule_file([weight], [rule("heavy", ground("is_heavy", f"definitely(weight > {limit})"))]))

    (move,) = compare(heavy(20), heavy(30)).moves
    assert move.boundaries == (
        Boundary("weight", Decimal("20.001"), Decimal(30), from_minimum=False, to_maximum=False),
    )


def test_every_pair_that_trying_all_answers_finds_is_found() -> None:
    old = looked('definitely(size >= 9) or (seen == "no" and definitely(size >= 8))')
    new = looked('definitely(size >= 9) or (not any_of(signs, "blue") and definitely(size >= 8))')
    signs: list[frozenset[str | None]] = [
        frozenset(code for code in codes if code) for codes in product(("red", ""), ("blue", ""), (None, ""))
    ]
    signs += [ticked | {None} for ticked in signs]
    tried = set()
    for sign, seen, size in product(
        signs, ("yes", "maybe_not", "no", None), (Decimal(1), Decimal(8), Decimal(9), None)
    ):
        answers = {"signs": sign, "seen": seen, "size": size}
        before, after = old.possible(answers), new.possible(answers)
        if before != after:
            tried.add((" ".join(sorted(before)), " ".join(sorted(after))))
    found = compare(old, new)
    assert len(tried) > 3
    assert pairs(found) == tried
    assert confirmed(found, old, new)


def test_a_condition_written_otherwise_moves_nothing_by_proof() -> None:
    found = compare(sized(8), sized("(16 / 2) and not size < 8"))
    assert found.nothing_moves
    assert not found.identical


def test_the_same_conditions_need_no_search() -> None:
    found = compare(sized(8), sized("8.0", disagree_when="1 > 3"))
    assert found.identical
    assert found.nothing_moves


def test_a_difference_where_no_number_can_be_typed_is_no_proof_of_those_with_more_digits() -> None:
    found = compare(sized("8.01"), sized("8.09"))
    assert found.undecided == (Reason.UNTYPED,)
    assert not found.nothing_moves
    assert compare(sized("8.01"), sized("8.11")).moves


def test_where_only_whole_numbers_are_read_it_moves_nothing() -> None:
    def counted(limit: str) -> Engine:
        rules = [rule("many", ground("is_many", f"definitely(seeds > {limit})"))]
        return engine(rule_file([number("seeds", unit(whole=True))], rules))

    assert compare(counted("8.01"), counted("8.09")).nothing_moves
    assert compare(counted("7.99"), counted("8.09")).moves


def test_the_order_of_rules_counts() -> None:
    pages = [choice("one", "yes", "no"), choice("two", "yes", "no")]
    first, second = (rule(name, ground(f"is_{name}", f'definitely({name} == "yes")')) for name in ("one", "two"))
    old, new = engine(rule_file(pages, [first, second])), engine(rule_file(pages, [second, first]))
    found = compare(old, new)
    assert pairs(found) == {("one", "two")}
    assert found.moves[0].answers == {"one": "yes", "two": "yes"}


def test_a_number_that_is_computed_with_is_found_and_bounded() -> None:
    pages = [number("weight", unit(minimum=1)), number("height", unit(minimum=1))]

    def heavy(limit: str) -> Engine:
        rules = [rule("heavy", ground("is_heavy", f"definitely(ratio > {limit})"))]
        return engine(rule_file(pages, rules, values=[value("ratio", "weight / height")]))

    old, new = heavy("2"), heavy("2.5")
    found = compare(old, new)
    assert pairs(found) == {("heavy", "other")}
    assert confirmed(found, old, new)
    for move in found.moves:
        for boundary in move.boundaries:
            assert isinstance(boundary.most, Decimal)
            for edge in (boundary.least, boundary.most):
                assert isinstance(edge, Decimal)
                assert old.possible({**move.answers, boundary.question: edge}) == {"heavy"}
                assert new.possible({**move.answers, boundary.question: edge}) == {"other"}
            beyond = {**move.answers, boundary.question: boundary.most + 1}
            assert boundary.to_maximum or new.possible(beyond) == {"heavy"} or old.possible(beyond) == {"other"}


def test_no_more_pairs_than_wanted_are_listed_and_that_is_said() -> None:
    found = compare(sized(8), sized(10), most=2)
    assert found.capped
    assert len(found.moves) == 3
    assert sum(move.is_settled for move in found.moves) == 1


def test_what_moves_only_with_a_part_off_is_found_and_said() -> None:
    def asked(if_not_asked: str) -> Engine:
        extra = choice("extra", "x", "y", if_not_asked=if_not_asked)
        first = choice("first", "a", "b")
        extra = {"id": "extra", "title": "A page", "part": "more", "questions": [extra | {"ask_if": "known(first)"}]}
        parts = [{"id": "more", "text": "More."}]
        rules = [rule("hit", ground("is_x", 'definitely(extra == "x") and known(first)'))]
        return engine(rule_file([first, extra], rules, parts=parts))

    old, new = asked("x"), asked("y")
    (move,) = compare(old, new).moves
    assert pairs(compare(old, new)) == {("hit", "other")}
    assert move.parts_off == {"more"}
    assert set(move.answers) == {"first"}


# --- forms that differ ---------------------------------------------------------------------------


def test_an_option_that_one_form_lacks_is_no_common_answer() -> None:
    def told(condition: str, *options: str) -> Engine:
        return engine(rule_file([choice("told", *options)], [rule("bad", ground("told_bad", condition))]))

    old = told('definitely(told == "bad")', "bad", "good")
    new = told('definitely(told in {"bad", "worse"})', "bad", "worse", "good")
    assert compare(old, new).nothing_moves


def test_a_question_that_one_form_adds_may_have_any_answer() -> None:
    old, new = sized(8), sized('8 and not definitely(extra == "set_aside")', choice("extra", "set_aside", "counts"))
    found = compare(old, new)
    assert ("large", "other") in pairs(found)
    assert all(move.answers["extra"] == "set_aside" for move in found.moves)
    assert confirmed(found, old, new)
    assert pairs(compare(new, old)) == {(after, before) for before, after in pairs(found)}


@pytest.mark.parametrize(
    "changed",
    [
        several("told", "bad", "good", {"code": "none", "exclusive": True}),
        number("told", unit()),
    ],
    ids=["several", "number"],
)
def test_a_question_that_changed_its_kind_is_left_unknown(changed: Members) -> None:
    condition = 'any_of(told, "bad")' if changed["type"] == "several" else "told > 5"
    old = engine(
        rule_file([choice("told", "bad", "good")], [rule("bad", ground("is_bad", 'definitely(told == "bad")'))])
    )
    new = engine(rule_file([changed], [rule("bad", ground("is_bad", f"definitely({condition})"))]))
    assert compare(old, new).nothing_moves


def test_a_question_asked_of_others_than_before_is_seen() -> None:
    def asked(condition: str) -> Engine:
        pages = [choice("first", "a", "b"), choice("second", "x", "y", ask_if=condition, if_not_asked="y", strict=True)]
        return engine(rule_file(pages, [rule("hit", ground("is_x", 'second == "x"'))]))

    old, new = asked('definitely(first == "a")'), asked("known(first)")
    found = compare(old, new)
    assert pairs(found) == {("other", "hit"), ("other", "hit other")}
    assert confirmed(found, old, new)


def test_forms_without_a_common_answer_set_prove_nothing() -> None:
    def aged(low: int, high: int) -> Engine:
        pages = [number("age", unit(minimum=low, maximum=high), required=True)]
        return engine(rule_file(pages, [rule("old", ground("is_old", f"age > {low + 5}"))]))

    found = compare(aged(0, 17), aged(18, 99))
    assert found.disjoint
    assert not found.nothing_moves


# --- powers, for which there are no equations ---


def test_a_moved_threshold_of_a_formula_with_powers_is_found_and_shown(tmp_path: Path) -> None:
    file = DATA / "rules" / "egfr.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("when: definitely(egfr < 60)", "when: definitely(egfr < 60.2)")
    (tmp_path / "egfr.yaml").write_text(text.replace("egfr >= 60", "egfr >= 60.2"), encoding="utf-8")
    before, after = load_rule_file(file).engine, load_rule_file(tmp_path / "egfr.yaml").engine
    found = compare(before, after)
    assert ("usual", "lower") in pairs(found)
    assert confirmed(found, before, after)
