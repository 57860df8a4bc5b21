"""Formulas mean what their parts say, whatever is simplified, and equal ones are one object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, atom, negation, rebuilt, walk
from screening.ruleset.formulas.atoms import Is, Ticked, Unsure
from tests.ruleset.formulas.evaluation import Facts

A, B, C = (atom(Is("soil", code)) for code in "abc")
X, Y, Z = atom(Ticked("signs", "x")), atom(Ticked("signs", "y")), atom(Unsure("signs"))
ATOMS = (A, B, C, X, Y, Z)

Meaning = Callable[[Mapping[Formula, bool]], bool]


def of_atom(one: Formula) -> tuple[Formula, Meaning]:
    return one, lambda facts: facts[one]


def joined(parts: list[tuple[Formula, Meaning]], conjunction: bool) -> tuple[Formula, Meaning]:
    make, decide = (all_of, all) if conjunction else (any_of, any)
    return make(*(formula for formula, _ in parts)), lambda facts: decide([meaning(facts) for _, meaning in parts])


def negated(part: tuple[Formula, Meaning]) -> tuple[Formula, Meaning]:
    return negation(part[0]), lambda facts: not part[1](facts)


FORMULAS = st.recursive(
    st.sampled_from(ATOMS).map(of_atom),
    lambda inner: st.builds(joined, st.lists(inner, max_size=4), st.booleans()) | inner.map(negated),
    max_leaves=16,
)


def answer_sets() -> list[tuple[Facts, dict[Formula, bool]]]:
    """Every answer set over the atoms: of a choice one option at most is chosen."""
    found: list[tuple[Facts, dict[Formula, bool]]] = []
    for soil, (x, y, unsure) in product("abc-", product([False, True], repeat=3)):
        ticked = frozenset(code for code, yes in (("x", x), ("y", y), (None, unsure)) if yes)
        truths = {A: soil == "a", B: soil == "b", C: soil == "c", X: x, Y: y, Z: unsure}
        found.append((Facts({"soil": soil, "signs": ticked}), truths))
    return found


@given(FORMULAS)
@settings(max_examples=400)
def test_a_formula_means_what_it_was_made_of(made: tuple[Formula, Meaning]) -> None:
    formula, meaning = made
    for facts, truths in answer_sets():
        assert facts.hold(formula) == meaning(truths)


@given(FORMULAS)
def test_a_rebuilt_formula_means_the_same_with_its_atoms_replaced(made: tuple[Formula, Meaning]) -> None:
    formula, meaning = made
    without_x = rebuilt(formula, lambda formula: TRUE if formula is X else formula, {})
    assert X not in walk(without_x)
    for facts, truths in answer_sets():
        assert facts.hold(without_x) == meaning({**truths, X: True})


def test_equal_formulas_are_one_object_in_whatever_order_they_were_made() -> None:
    assert all_of(X, any_of(Y, Z)) is all_of(any_of(Z, Y), X)
    assert negation(negation(all_of(X, Y))) is all_of(Y, X)


def test_what_single_parts_decide_is_taken_out_of_the_joined_ones() -> None:
    assert all_of(X, any_of(X, Y)) is X
    assert all_of(X, any_of(negation(X), Y)) is all_of(X, Y)
    assert any_of(X, all_of(negation(X), Y)) is any_of(X, Y)
    assert any_of(all_of(X, Y), all_of(X, Z)) is all_of(X, any_of(Y, Z))
    assert all_of(X, negation(X)) is FALSE
    assert any_of(X, negation(X)) is TRUE


def test_two_options_of_one_choice_exclude_each_other() -> None:
    assert all_of(A, B) is FALSE
    assert all_of(A, negation(B)) is A
    assert any_of(negation(A), negation(B)) is TRUE
    assert any_of(negation(A), B) is negation(A)
    assert all_of(A, any_of(B, X)) is all_of(A, X)
