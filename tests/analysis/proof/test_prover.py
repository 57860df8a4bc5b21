"""Guarantees of every kind that hold and that fail, with answer sets that the engine confirms and that are smallest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from screening.analysis.proof.prover import KINDS, Prover, prove
from screening.analysis.proof.reachability import shows
from screening.analysis.proof.verdicts import Example, Proof
from screening.analysis.solver.minimal import Minimiser
from screening.analysis.solver.query import Query
from screening.analysis.solver.undecided import Reason
from screening.analysis.solver.witness import Answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.analysis.said import acceptable
from tests.rulefiles.edited import SMALL_TEXT, edited, rule_set_of
from tests.support.every import for_every
from tests.support.rules.random_rules import answers, rule_files
from tests.support.rules.small_rules import Members, built, choice, ground, number, rule, rule_file, unit, value

OLD_GUARANTEES = SMALL_TEXT[SMALL_TEXT.index("guarantees:") : SMALL_TEXT.index("banned:")]


@dataclass(frozen=True)
class Row:
    """A kind of guarantee with members that make it hold, and others that make it fail, about the small rule file."""

    kind: str
    holds: str
    fails: str
    edits: tuple[tuple[str, str], ...] = ()
    """What must be changed in the rule file for it to fail."""


LICE = "when: 'any_of(signs, \"lice\")'"
HANGING = "when: 'leaves == \"hanging\"'"
UPRIGHT = "when: 'leaves == \"upright\"'"
ROWS = (
    Row("implies", f"{LICE}, then: [rescue]", f"{LICE}, then: [fine]"),
    Row("never_with", f"{HANGING}, never: [fine]", f"{HANGING}, never: [thirsty]"),
    Row("never_with", "unsure: [leaves], never: [fine]", "unsure: [signs], never: [rescue]"),
    Row("keeps_possible", "unsure: [signs], categories: [rescue]", "unsure: [signs], categories: [thirsty]"),
    Row("reachable", f"{UPRIGHT}, categories: [fine]", f"{HANGING}, categories: [fine]"),
    Row(
        "never_milder_raised",
        "question: age, direction: down",
        "question: age, direction: down",
        (("definitely(thirst > 2.5)", "definitely(thirst >= 2.5)"),),
    ),
    Row("never_milder_changed", "question: soil, order: [wet, moist, dry]", "question: soil, order: [dry, moist, wet]"),
    Row("never_milder_changed", "question: soil, from: [moist], to: [dry]", "question: soil, from: [dry], to: [wet]"),
    Row(
        "never_milder_changed",
        "question: signs, to: [lice]",
        "question: signs, to: [mould]",
        (('"lice")\n        because', '"lice") and not any_of(signs, "mould")\n        because'),),
    ),
    Row(
        "never_milder_unknown",
        "question: soil",
        "question: soil",
        (('definitely(soil in {"moist", "wet"})', 'not definitely(soil == "dry")'),),
    ),
    Row("can_be_milder", "question: soil, from: [dry], to: [wet]", "question: soil, from: [wet], to: [dry]"),
    Row("unaffected_by", "questions: [light]", "questions: [weight]"),
    Row("unaffected_by", "options: {signs: []}, questions: [light]", "options: {signs: [mould]}"),
    Row("never_decides", "value: thirst, categories: [rescue, thirsty]", "value: thirst, categories: [thirsty, fine]"),
    Row(
        "never_shown",
        "when: 'category == \"fine\"', texts: [categories.thirsty.next_steps.water]",
        "when: 'category == \"thirsty\"', texts: [categories.thirsty.next_steps.water]",
    ),
    Row(
        "never_shown",
        "when: 'definitely(any_of(signs, \"lice\"))', texts: [categories.thirsty.sections, claims.talking, limit]",
        "when: 'definitely(soil == \"wet\")', texts: [notes.too_wet]",
        (('possibly(soil == "wet")', 'possibly(soil != "dry")'),),
    ),
    Row("same_as_unsure", "options: {leaves: [dark]}", "options: {leaves: [hanging]}"),
)


def rule_set_with(kind: str, members: str, *edits: tuple[str, str]) -> RuleSet:
    """The small rule set with one guarantee alone."""
    listed = f"guarantees: [{{id: one, kind: {kind}, text: The one., {members}}}]\n"
    return rule_set_of(edited((OLD_GUARANTEES, listed), *edits))


def named(row: Row) -> str:
    return f"{row.kind} {row.holds}"


@for_every("row", ROWS, ids=named)
def test_a_guarantee_that_holds_is_proved(row: Row) -> None:
    [verdict] = prove(Engine(rule_set_with(row.kind, row.holds))).verdicts
    assert verdict.holds
    assert (verdict.example is not None) == KINDS[row.kind].can_happen


@for_every("row", ROWS, ids=named)
def test_one_that_fails_is_shown_by_a_smallest_answer_set_that_the_engine_confirms(row: Row) -> None:
    prover = Prover(Engine(rule_set_with(row.kind, row.fails, *row.edits)))
    [guarantee] = prover.rule_set.guarantees
    verdict = prover.verdict(guarantee)
    assert not verdict.holds
    assert verdict.undecided is None
    if KINDS[row.kind].can_happen:
        assert verdict.example is None
    else:
        assert verdict.example is not None
        is_smallest(prover, guarantee, verdict.example)


def is_smallest(prover: Prover, guarantee: Guarantee, found: Example) -> None:
    """The engine confirms the answers, and no more once one of them is left out."""
    judge = prover.judge.without(found.parts_off)
    confirmed = partial(KINDS[guarantee.kind].confirmed, judge, guarantee)
    changed = found.answers if found.changed is None else found.changed
    assert confirmed(found.answers, changed)
    for name in found.answers.keys() & prover.rule_set.question.keys():
        if prover.rule_set.question[name].strict or prover.rule_set.question[name].required:
            continue  # to leave one out opens other categories, or leaves no outcome
        if found.answers.get(name) == changed.get(name):
            assert not confirmed(without(found.answers, name), without(changed, name)), name


def without(answers: Answers, name: str) -> Answers:
    return {key: answer for key, answer in answers.items() if key != name}


def can_be_settled(question: Question) -> bool:
    """Whether an answer can say that no option is true: else a category may only ever be one of several possible."""
    return not question.strict or question.type is not QuestionType.SEVERAL or bool(question.exclusive_codes)


@pytest.mark.slow
@given(rule_files(arithmetic=False), st.data())
@settings(max_examples=60)
def test_what_is_found_is_so_and_what_is_not_found_never_occurs(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    assume(all(can_be_settled(question) for question in rule_set.questions))
    prover = Prover(Engine(rule_set))
    for category in rule_set.category:
        guarantee = Guarantee("none", "never_with", "It never occurs.", never=(category,))
        verdict = prover.verdict(guarantee)
        if verdict.undecided:  # a threshold such as 2.5, where only whole numbers can be typed today
            assert verdict.undecided.reason is Reason.UNTYPED
            continue
        if verdict.example:
            is_smallest(prover, guarantee, verdict.example)
        else:
            for _ in range(5):
                said = acceptable(rule_set, drawn.draw(answers(rule_set)))
                assert category not in prover.judge.engine.possible(said)


def test_an_answer_is_left_out_too_where_only_a_later_one_made_ordinary_lets_it_go() -> None:
    questions = [choice("shoes", "old", "new"), choice("coat", "red", "blue", strict=True)]
    rules = [rule("found", ground("it", 'coat == "red" and definitely(shoes == "old")'))]
    minimiser = Minimiser(built(rule_file(questions, rules)))

    def shows(answers: Answers, _: Answers) -> bool:
        return answers["coat"] == "blue" or answers.get("shoes") == "old"

    told: Answers = {"shoes": "old", "coat": "red"}
    assert minimiser.smallest(told, told, shows) == ({"coat": "blue"}, {"coat": "blue"})


# --- interrupts ----------------------------------------------------------------------------------


def interrupting() -> Engine:
    """An engine whose interrupt is taken back by a size that is asked for because of another answer."""
    asked = [choice("told", "scar", "fine"), number("size", ask_if='definitely(told == "scar")')]
    small = ground("small", "not definitely(size > 3)", interrupt=True)
    return Engine(built(rule_file(asked, [rule("urgent", small)])))


KEPT = Guarantee("kept", "interrupt_kept", "It stays.")


def test_an_interrupt_that_waits_for_all_that_it_depends_on_is_kept() -> None:
    assert Prover(interrupting()).verdict(KEPT).holds


def test_one_that_waits_for_too_little_is_found_to_be_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        SymbolTable, "depends_on", SymbolTable.questions_in
    )  # a fault: what decides who is asked is forgotten
    verdict = Prover(interrupting()).verdict(KEPT)
    assert verdict.example is not None
    assert verdict.example.changed is not None
    assert (verdict.example.answers.get("told"), verdict.example.changed["told"]) == (None, "scar")


# --- numbers that a rule computes with -----------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        "result > 4000",
        "result < 5",
        "310 < result < 320",
        "definitely(0.51 < ratio < 0.52)",
        "definitely(100 < root < 105)",
    ],
)
def test_numbers_that_are_not_only_compared_are_found_where_no_round_ones_do(condition: str) -> None:
    """That they lie on the same sides of thresholds says nothing of their product."""
    numbers = [number(name, unit(minimum=1, maximum=80), required=True) for name in ("rows", "seats")]
    values = [
        value("result", "rows * seats"),
        value("ratio", "rows / seats"),
        value("root", "rows * sqrt(seats)"),
    ]
    prover = Prover(Engine(built(rule_file(numbers, [rule("found", ground("it", condition))], values=values))))
    query = Query(prover.model, (prover.model.printed(prover.model.formulas.holding["it"]),))
    found = prover.find(query, lambda judge, answers, _: "it" in judge.outcome(answers).grounds)
    assert found is not None
    assert "it" in prover.judge.outcome(found.answers).grounds


# --- the liver rules -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proof(liver: LoadedRules) -> Proof:
    """The whole proof of the liver rules."""
    return prove(liver.engine)


@pytest.mark.slow
def test_the_liver_rules_are_proved_to_keep_every_guarantee(proof: Proof, liver: LoadedRules) -> None:
    assert [verdict.guarantee for verdict in proof.verdicts if not verdict.holds or verdict.needless_exception] == []
    assert [verdict.guarantee for verdict in proof.verdicts] == [
        guarantee.id for guarantee in liver.rule_set.guarantees
    ]
    assert len(proof.verdicts) == 46
    assert proof.holds
    assert proof.approximated == ("fib4",)


@pytest.mark.slow
def test_everything_that_the_liver_rules_speak_of_can_occur_and_the_engine_confirms_it(
    proof: Proof, liver: LoadedRules
) -> None:
    judge = Prover(liver.engine).judge
    for reach in proof.reached:
        assert reach.example is not None, reach.target
        changed = reach.example.answers if reach.example.changed is None else reach.example.changed
        assert shows(reach.target, judge, reach.example.answers, changed), reach.target


@pytest.mark.slow
def test_every_answer_set_that_shows_what_can_happen_by_design_is_smallest(proof: Proof, liver: LoadedRules) -> None:
    prover = Prover(liver.engine)
    guarantees = {guarantee.id: guarantee for guarantee in liver.rule_set.guarantees}
    shown = [(guarantees[verdict.guarantee], verdict.example) for verdict in proof.verdicts if verdict.example]
    assert len(shown) == 6
    for guarantee, found in shown:
        is_smallest(prover, guarantee, found)
