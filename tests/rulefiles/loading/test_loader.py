"""Loading: what a checked rule file holds, in which order its checks come, and that each mistake is told once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import RuleFileError, load_rule_file
from screening.rulefiles.model.canonical import canonical_json, parse_canonical, sha256
from screening.ruleset.compiler.completions.completion_plan import MAX_COMPLETIONS
from tests.conftest import ROOT
from tests.rulefiles.edited import SMALL, SMALL_CASES_TEXT, SMALL_TEXT, edited, load_text, mistakes


def test_a_rule_file_is_loaded_with_its_texts_cases_and_hash() -> None:
    loaded = load_rule_file(SMALL)
    assert loaded.rule_set.id == "small"
    assert loaded.hash == sha256(canonical_json(loaded.data))
    assert loaded.data == parse_canonical(canonical_json(loaded.data))
    assert len(loaded.cases) == 9
    assert len(loaded.texts) > 80
    assert loaded.engine.rule_set is loaded.rule_set
    assert loaded.explainer.engine is loaded.engine


def test_completions_are_those_of_an_empty_answer_set() -> None:
    # signs: two classes, each ticked or not; leaves: two definite options
    assert load_rule_file(SMALL).completions == 2 * 2 * 2


SERVED = sorted(path for path in (ROOT / "rules").glob("*.yaml") if path.suffixes == [".yaml"])


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_every_rule_file_that_is_served_loads_with_its_cases(path: Path) -> None:
    assert load_rule_file(path).cases


def test_a_rule_file_without_cases_is_loaded(tmp_path: Path) -> None:
    assert load_text(tmp_path, SMALL_TEXT).cases == ()


def test_the_cases_beside_a_rule_file_are_those_with_its_name(tmp_path: Path) -> None:
    shutil.copy(SMALL, tmp_path / "small.yaml")
    (tmp_path / "other.cases.yaml").write_text("nothing", encoding="utf-8")
    assert load_rule_file(tmp_path / "small.yaml").cases == ()


def test_an_error_counts_its_problems_and_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"2 problems in .*edited\.yaml") as raised:
        load_text(tmp_path, edited(("part: measures", "part: x"), ("unsure: now", "unsure: x")))
    assert [problem.problem.code for problem in raised.value.problems] == ["name.missing", "name.missing"]


def codes(folder: Path, text: str, cases: str = "") -> list[str]:
    with pytest.raises(RuleFileError) as raised:
        load_text(folder, text, cases)
    return [problem.problem.code for problem in raised.value.problems]


YAML_MISTAKE = ('text: "Yes"', "text: Yes")
SHAPE_MISTAKE = ("tone: calm", "tone: quiet")
NAME_MISTAKE = ("part: measures", "part: other")
WRONG_CASES = edited(("grounds: [dry_soil]", "grounds: [light]"), text=SMALL_CASES_TEXT)


def test_the_checks_come_in_stages_each_where_the_one_before_found_nothing(tmp_path: Path) -> None:
    assert codes(tmp_path, edited(YAML_MISTAKE, SHAPE_MISTAKE, NAME_MISTAKE), WRONG_CASES) == ["yaml.ambiguous"]
    assert codes(tmp_path, edited(SHAPE_MISTAKE, NAME_MISTAKE), WRONG_CASES) == ["shape.choice"]
    assert codes(tmp_path, edited(NAME_MISTAKE), WRONG_CASES) == ["name.missing"]
    assert codes(tmp_path, SMALL_TEXT, WRONG_CASES) == ["case.no_ground"]


def test_problems_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = edited(
        ("unsure: now", "unsure: later"),
        ("ask_if: known(soil)", "ask_if: known(earth)"),
        ("text: Water it.", "text: You must water it."),
        ("when: dry\n", 'when: dry and soil == "dry"\n'),
        ("then: [rescue]", "then: [help]"),
    )
    assert codes(tmp_path, text) == ["name.missing", "name.unknown", "text.banned", "settled.bare", "name.missing"]
    lines = [int(mistake.split(":")[1]) for mistake in mistakes(tmp_path, text)]
    assert lines == sorted(lines)


def test_two_problems_in_one_line_come_in_the_order_of_their_columns(tmp_path: Path) -> None:
    text = edited(("when: dry\n", "when: one or definitely(two) or three\n"))
    assert [mistake.split(":")[2] for mistake in mistakes(tmp_path, text)] == ["15", "33", "41"]


def test_an_expression_that_cannot_be_parsed_is_told_once_and_what_reads_it_is_not(tmp_path: Path) -> None:
    text = edited(('is: definitely(soil == "dry") or', 'is: definitely(soil = "dry") or'))
    assert codes(tmp_path, text) == ["expression.instead"]


def test_a_name_that_stands_for_two_things_hides_what_follows_from_it(tmp_path: Path) -> None:
    text = edited(
        ("  - {id: light_pot, is: definitely(weight < 0.5)}", "  - {id: weight, is: definitely(weight < 0.5)}")
    )
    assert codes(tmp_path, text) == ["id.repeated"]


def test_a_mistyped_name_is_not_told_a_second_time_as_one_that_nothing_reads(tmp_path: Path) -> None:
    text = edited(("    is: score(soil) + score(light)\n", "    is: score(soil) + score(lihgt)\n"))
    assert codes(tmp_path, text) == ["name.unknown"]


def test_an_unknown_undetermined_category_leaves_no_category_without_a_rule(tmp_path: Path) -> None:
    assert codes(tmp_path, edited(("  category: unclear\n", "  category: unclaer\n"))) == ["name.missing"]


def test_as_many_combinations_as_allowed_are_decided_and_more_are_refused(tmp_path: Path) -> None:
    def many(options: int) -> str:
        listed = ", ".join(f"{{code: o{number}, text: x}}" for number in range(options))
        read = " and ".join(f'any_of(many, "o{number}")' for number in range(options))
        page = f"  - id: many\n    title: x\n    questions: [{{id: many, type: several, strict: true, text: x, label: x, options: [{listed}]}}]\n"  # noqa: E501 - one question
        return edited(
            ("  - id: pot\n    title", f"{page}  - id: pot\n    title"), ("when: dry\n", f"when: dry and {read}\n")
        )

    assert load_text(tmp_path, many(9)).completions == 8 * 2**9 == MAX_COMPLETIONS
    assert codes(tmp_path, many(10)) == ["strict.too_many"]


def test_a_problem_in_a_folded_expression_stands_in_its_own_line(tmp_path: Path) -> None:
    text = edited(("when: dry\n", 'when: >-\n          dry or\n          soil == "dry"\n'))
    line = text[: text.index('soil == "dry"\n        because')].count("\n") + 1
    [said] = mistakes(tmp_path, text)
    assert said.startswith(f"edited.yaml:{line}:11: ")
