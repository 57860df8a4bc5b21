"""How much there may be to go through where strict answers are open, and that items of a sum count as one."""

from __future__ import annotations

from pathlib import Path

from screening.rulefiles.checks.completions import check_completions
from screening.ruleset.compiler.completions.completion_plan import MAX_COMPLETIONS, MAX_LOOPS, plan_completions
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet
from tests.rulefiles.edited import edited, mistakes, rule_set_of
from tests.support.rules.small_rules import built, choice, ground, rule, rule_file, value

OPTIONS = "options: [{code: a, text: a}, {code: b, text: b}]"


def problems(rule_set: RuleSet) -> list[Problem]:
    """What there is too much of."""
    return check_completions(plan_completions(rule_set), rule_set)


def many_strict(count: int) -> str:
    numbers = range(count)
    question = f"type: choice, strict: true, text: x, label: x, {OPTIONS}"
    added = "".join(f"      - {{id: s{number}, {question}}}\n" for number in numbers)
    # a test that both options pass tells nothing apart, so that only the number of questions is too large
    read = " and ".join(f's{number} in {{"a", "b"}}' for number in numbers)
    return edited(
        ("  - id: pot\n    title", f"  - id: many\n    title: x\n    questions:\n{added}  - id: pot\n    title"),
        ("when: dry\n", f"when: dry and {read}\n"),
    )


def test_as_many_strict_questions_as_allowed_can_be_decided_and_one_more_is_refused(tmp_path: Path) -> None:
    others = 2
    assert mistakes(tmp_path, many_strict(MAX_LOOPS - others)) == []
    [problem] = problems(rule_set_of(many_strict(MAX_LOOPS - others + 1)))
    assert problem.code == "strict.too_many_questions"
    assert problem.values == {"name": f"s{MAX_LOOPS - others}", "count": MAX_LOOPS + 1, "limit": MAX_LOOPS}


def scored(count: int, *grounds: str, share: str = "score({})") -> RuleSet:
    """Strict items of 0 to 3 that are added up to `total`."""
    items = [
        choice(f"i{number}", *({"code": code, "score": score} for score, code in enumerate("abcd")), strict=True)
        for number in range(count)
    ]
    total = f"sum({', '.join(share.format(f'i{number}') for number in range(count))})"
    found = [ground(f"g{number}", when) for number, when in enumerate(grounds)]
    return built(rule_file(items, [rule("found", *found)], values=[value("total", total)]))


def test_items_that_are_only_added_up_are_one_however_many_they_are() -> None:
    plan = plan_completions(scored(40, "total > 30"))
    assert [len(group.questions) for group in plan.groups] == [40]
    assert plan.completions == 2
    assert problems(scored(40, "total > 30")) == []


def test_a_sum_that_is_read_as_a_number_counts_with_all_that_it_can_be() -> None:
    assert plan_completions(scored(9, "total > 4", "total / 2 > 3")).completions == 3
    assert plan_completions(scored(9, "total > score(i8)")).completions == 25 * 4


def test_items_that_are_read_alone_too_are_gone_through_one_by_one() -> None:
    read_alone = " or ".join(f'i{number} == "d"' for number in range(6))
    assert plan_completions(scored(9, f"total > 9 and ({read_alone})")).completions == 4**6 * 10
    [problem] = problems(scored(9, f"total > 9 and ({read_alone})"))
    assert (problem.code, problem.values) == ("strict.too_many", {"count": 40_960, "limit": MAX_COMPLETIONS})


def test_items_that_add_up_to_too_many_numbers_are_gone_through_one_by_one() -> None:
    exponents = [f"score(i{number}) * {4**number}" for number in range(9)]
    items = [
        choice(f"i{number}", *({"code": code, "score": score} for score, code in enumerate("abcd")), strict=True)
        for number in range(9)
    ]
    values = [value("total", f"sum({', '.join(exponents)})")]
    [problem] = problems(built(rule_file(items, [rule("found", ground("g", "total > 9"))], values=values)))
    assert problem.values == {"count": 4**9, "limit": MAX_COMPLETIONS}
