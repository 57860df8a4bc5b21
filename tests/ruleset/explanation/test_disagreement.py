"""Which answers do not fit together, judged by trying every set of them."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.disagreement import DisagreementSearch
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.model.outcome import Disagreement
from screening.ruleset.model.rule_set import Kind
from tests.support.rules.brute_force import Answers, BruteForce
from tests.support.rules.random_rules import answers, rule_files
from tests.support.rules.small_rules import Members, built, choice, ground, number, rule, rule_file, value


def smallest_against(judge: BruteForce, category: str, said: Answers, free: list[str]) -> tuple[str, ...] | None:
    """The first of the smallest sets without which a ground of the category holds and it is possible."""
    for size in range(len(free) + 1):
        for left_out in combinations(free, size):
            rest = {name: answer for name, answer in said.items() if name not in left_out}
            outcome = judge.outcome(rest)
            held = {judge.rule_set.category_of[name] for name in outcome.grounds}
            if category in held & outcome.possible:
                return left_out
    return None


def smallest_for(judge: BruteForce, category: str, rest: Answers, free: list[str]) -> tuple[str, ...]:
    """The first of the smallest parts of the rest that keep the category possible."""
    required = {name: answer for name, answer in rest.items() if name not in free}
    for size in range(len(free) + 1):
        for kept in combinations(free, size):
            if category in judge.possible({**required, **{name: rest[name] for name in kept}}):
                return kept
    raise AssertionError(category)


def check(explainer: Explainer, said: Answers) -> bool:
    """Whether a pair was judged; what the explainer says is what trying everything says."""
    rule_set = explainer.engine.rule_set
    judge = BruteForce(rule_set)
    outcome = judge.outcome(said)
    explanation = explainer.explain(said)
    assert "disagreements" not in explanation.cut_short
    if outcome.kind is not Kind.DISAGREE:
        assert explanation.disagreements == ()
        return False
    answered = {name: answer for name, answer in said.items() if answer not in (None, frozenset({None}))}
    free = [
        question.id
        for question in rule_set.questions
        if question.id in answered and question.id in outcome.asked and not question.required
    ]
    wanted = {}
    for decided_by in rule_set.rules:
        category = rule_set.category[decided_by.category]
        if category.overrides or category.id in outcome.possible:
            continue
        against = smallest_against(judge, category.id, said, free)
        if against is not None:
            rest = {name: answer for name, answer in said.items() if name not in against}
            wanted[category.id] = against, smallest_for(judge, category.id, rest, [n for n in free if n not in against])
    found = {
        disagreement.category: disagreement
        for disagreement in explanation.disagreements
        if disagreement.category is not None
    }
    assert found.keys() == wanted.keys()
    for name, (against, speaking_for) in wanted.items():
        assert found[name].against == against
        assert found[name].speaking_for == speaking_for or not speaking_for
    assert wanted or [disagreement.category for disagreement in explanation.disagreements] == [None]
    return bool(wanted)


def disagreeing_rule_file(random: Random) -> Members:
    """Choices of which some answers speak for a category and others hold it back."""
    questions = [choice(f"q{index}", *"abc", strict=random.random() < 0.3) for index in range(5)]
    if random.random() < 0.5:
        questions[4].update(ask_if=f'{random.choice(("", "not "))}definitely(q0 == "a")', if_not_asked="b")

    def test() -> str:
        question = random.choice(questions)
        codes = ", ".join(f'"{code}"' for code in random.sample("abc", random.choice((1, 2))))
        told = f"{question['id']} in {{{codes}}}"
        return told if question["strict"] else f"definitely({told})"

    def held_back() -> str:
        return f"{test()} and not ({random.choice((' or ', ' and ')).join([test(), test(), 'warned'])})"

    rules = [rule(name, ground(f"{name}0", held_back()), ground(f"{name}1", held_back())) for name in ("one", "two")]
    return rule_file(questions, rules, values=[value("warned", test())], disagree_when="1 < 2")


@pytest.mark.parametrize("part", range(4))
def test_the_pairs_are_those_that_trying_every_set_of_answers_gives(part: int) -> None:
    judged = 0
    for seed in range(40 * part, 40 * part + 40):
        random = Random(seed)
        explainer = Explainer(Engine(built(disagreeing_rule_file(random))))
        for _ in range(4):
            said = {f"q{index}": random.choice("abc") for index in range(5) if random.random() < 0.85}
            judged += check(explainer, said)
    assert judged > 8


@pytest.mark.slow
@given(rule_files(most_questions=4), st.data())
@settings(max_examples=80, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_the_pairs_of_rule_files_of_every_kind_are_those_that_trying_gives(data: Members, drawn: st.DataObject) -> None:
    data["undetermined"]["disagree_when"] = "1 < 2"
    explainer = Explainer(Engine(built(data)))
    for _ in range(3):
        check(explainer, drawn.draw(answers(explainer.engine.rule_set)))


# --- examples ------------------------------------------------------------------------------------

TOLD = choice("told", "scar", "fine")
PLATELETS = number("platelets")
HELD_BACK = rule("calm", ground("told_fine", 'definitely(told == "fine") and not definitely(platelets < 50)'))


def test_the_told_answer_is_named_beside_the_number() -> None:
    data = rule_file([number("age", required=True), TOLD, PLATELETS], [HELD_BACK], disagree_when="known(platelets)")
    said: Answers = {"age": Decimal(50), "told": "fine", "platelets": Decimal(20)}
    assert Explainer(Engine(built(data))).explain(said).disagreements == (
        Disagreement("calm", ("platelets",), ("told",)),
    )


def test_what_must_be_answered_is_named_where_nothing_else_speaks_for_the_category() -> None:
    old = rule("calm", ground("is_old", "age > 50 and not definitely(platelets < 50)"))
    data = rule_file([number("age", required=True), PLATELETS], [old], disagree_when="known(platelets)")
    said: Answers = {"age": Decimal(60), "platelets": Decimal(20)}
    assert Explainer(Engine(built(data))).explain(said).disagreements == (
        Disagreement("calm", ("platelets",), ("age",)),
    )


def test_without_a_pair_the_answers_are_named_that_make_the_file_say_so() -> None:
    low = value("low", "definitely(platelets < 50) or definitely(age < 18)")
    data = rule_file([number("age"), TOLD, PLATELETS], [HELD_BACK], values=[low], disagree_when="low")
    said: Answers = {"age": Decimal(50), "told": "scar", "platelets": Decimal(20)}
    assert Explainer(Engine(built(data))).explain(said).disagreements == (Disagreement(None, ("platelets",), ()),)


def test_a_search_that_ends_before_all_was_tried_says_so() -> None:
    engine = Engine(built(rule_file([TOLD, PLATELETS], [HELD_BACK], disagree_when="known(platelets)")))
    said = engine.state({"told": "fine", "platelets": Decimal(20)})
    found, complete = DisagreementSearch(engine, limit=1).disagreements(said, engine.evaluate(said))
    assert ([disagreement.category for disagreement in found], complete) == ([None], False)
