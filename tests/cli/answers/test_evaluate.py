"""`screening evaluate`: outcomes for people and programs, and every mistake with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from screening.ruleset.reading.answer_reader import raw_answer
from screening.ruleset.reading.answer_types import Answer
from tests.cli.conftest import Call, Process
from tests.support.cases import CASES, ONE_OF_EACH, RULES, document_of, outcome_of
from tests.support.every import for_every

FINE = '{"age": 2, "soil": "dry", "light": "sun", "leaves": "upright", "signs": ["none"]}'
MISTAKES: list[tuple[str, str]] = [
    ('{"age": 2, "size": 5}', "there is no question size. Known are: signs, leaves, age,"),
    ('{"age": 2, "soil": "sandy"}', "soil: There is no option sandy. Use one of these codes: dry, moist, wet."),
    ('{"age": 2, "soil": 5}', "soil: The answer is one of these codes: dry, moist, wet."),
    ('{"age": 2, "signs": "lice"}', "signs: The answer is a list of these codes: lice, mould, none."),
    ('{"age": "two"}', 'age: "two" is not a number.'),
    ('{"age": -2}', "age: Type the number without a minus sign."),
    ('{"age": 200}', "age: Type a number from 0 to 100 years."),
    ('{"age": 1e400}', "age: This number is too long."),
    ('{"age": 2, "weight": {"value": 5}, "soil": "dry", "weigh": 1}', "there is no question weigh."),
    ('{"age": 2, "weight": {"value": 5, "unit": "t"}}', "weight: There is no unit t. Use one of these: kg, g."),
    ('{"soil": "dry"}', "there is no outcome without an answer to: age"),
    ('{"age": null}', "there is no outcome without an answer to: age"),
    ('{"age": NaN}', "line 1 is not JSON: NaN is not a number"),
    ('{"age": -Infinity}', "line 1 is not JSON: -Infinity is not a number"),
    ('{"age": 2, "age": 3}', "line 1 is not JSON: age stands twice"),
    ("[1, 2]", "an answer set is an object with an answer for each question id"),
    ("null", "an answer set is an object"),
    ('"age"', "an answer set is an object"),
    ("age: 2", "line 1 is not JSON: "),
    ('{"age": 2', "line 1 is not JSON: "),
    ("{'age': 2}", "line 1 is not JSON: "),
]


def json_of(answers: Mapping[str, Answer]) -> str:
    """Answers as JSON."""
    return json.dumps({name: raw_answer(answer) for name, answer in answers.items()})


def test_an_outcome_is_told_in_words(small: Call) -> None:
    result = small("evaluate", "-", text=FINE)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "thirsty (possible: thirsty)"
    assert "Your answers are like the part about thirst" in lines
    assert result.stderr == ""


def test_a_case_of_each_kind_is_told_as_its_page_tells_it(call: Call) -> None:
    cases = list(ONE_OF_EACH.values())
    result = call("evaluate", "-", text="\n".join(json_of(case.answers) for case in cases))
    assert result.exit_code == 0
    first, *told = re.split(r"^(?=\w+ \(possible: )", result.stdout, flags=re.MULTILINE)
    assert first == ""
    for case, text in zip(cases, told, strict=True):
        assert text.startswith(f"{case.expected['category']} (possible: "), case.name
        assert document_of(case).heading in text, case.name


@pytest.mark.slow
def test_every_case_is_evaluated_in_one_go_a_line_each(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text("\n".join(json_of(case.answers) for case in CASES))
    result = call("evaluate", file, "--json")
    assert result.exit_code == 0
    lines = [json.loads(line, parse_float=Decimal) for line in result.stdout.splitlines()]
    assert len(lines) == len(CASES)
    for case, line in zip(CASES, lines, strict=True):
        outcome = outcome_of(case)
        assert line["category"] == case.expected["category"]
        assert set(line["possible"]) == outcome.possible
        assert line["kind"] == outcome.kind
        assert line["underlying"] == (outcome.underlying.category if outcome.underlying else None)
        assert tuple(line["grounds"]) == outcome.grounds
        assert tuple(line["notes"]) == outcome.notes
        assert line["open_grounds"] == {name: list(value) for name, value in outcome.open_grounds.items()}
        assert set(line["not_asked"]) == set(RULES.rule_set.question) - outcome.asked
        assert tuple(line["ignored"]) == outcome.ignored
        assert line["rules"] == {"id": "liver", "version": RULES.rule_set.version, "sha256": RULES.hash}
        assert set(line["missing"]) >= set(case.expected.get("missing", ()))
        assert set(line["settled_by"]) <= set(line["possible"])


def test_values_are_exact_numbers(call: Call) -> None:
    answers = {"age": 50, "alt": 60, "ast": 85, "platelets": 140, "has_papers": "yes", "lsm": 6.5}
    line = json.loads(call("evaluate", "-", "--json", text=json.dumps(answers)).stdout, parse_float=Decimal)
    assert round(line["values"]["fib4"], 3) == Decimal("3.919")
    assert line["values"]["flare"] is False
    assert line["values"]["inr_used"] is None


def test_without_explanations_the_rest_is_the_same(small: Call) -> None:
    whole = json.loads(small("evaluate", "-", "--json", text=FINE).stdout)
    short = json.loads(small("evaluate", "-", "--json", "--no-explain", text=FINE).stdout)
    explained = ("missing", "settled_by", "disagree", "unknown_values", "cut_short")
    assert {name: value for name, value in whole.items() if name not in explained} == short


@pytest.mark.slow
def test_the_same_answers_give_the_same_bytes(process: Process) -> None:
    text = "\n".join(json_of(case.answers) for case in CASES[:40])
    first, second = (process("evaluate", "-", "--json", text=text) for _ in range(2))
    assert first.stdout == second.stdout
    assert len(first.stdout.splitlines()) == 40


@for_every(("text", "said"), MISTAKES)
def test_a_mistake_goes_to_standard_error_with_its_line_and_ends_with_1(small: Call, text: str, said: str) -> None:
    result = small("evaluate", "-", text=text)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.startswith("<stdin>:1: ")
    assert result.stderr.endswith("Some answers could not be read; see above.\n")
    assert result.stdout == ""
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "text",
    ['{"age": ' + "[" * 100_000, '{"age": ' + "9" * 5000 + "}", '{"age": "\\ud800"}', '{"age": ' + '{"a": ' * 100_000],
    ids=["deep list", "long number", "half a character", "deep object"],
)
def test_what_is_hostile_is_told_and_not_thrown(small: Call, text: str) -> None:
    result = small("evaluate", "-", text=text)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:1: ")


@pytest.mark.parametrize("text", [b'{"age": 2, "soil": "\xff"}', b"\xff\xfe{\x00}\x00"])
def test_a_file_that_is_not_utf_8_is_told_and_not_thrown(small: Call, text: bytes) -> None:
    result = small("evaluate", "-", text=text)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 1
    assert "UTF-8" in result.stderr


def test_every_mistake_of_an_answer_set_is_told(small: Call) -> None:
    result = small("evaluate", "-", text='{"age": 200, "soil": "sandy", "size": 5}')
    assert len(result.stderr.splitlines()) == 4


def test_lines_with_mistakes_do_not_keep_others_from_being_told(small: Call) -> None:
    text = "\n".join([FINE, "", '{"age": 200}', "  ", "{", FINE])
    result = small("evaluate", "-", "--json", text=text)
    assert result.exit_code == 1
    first, second, third, fourth = map(json.loads, result.stdout.splitlines())
    assert first == fourth
    assert first["category"] == "thirsty"
    assert list(second) == list(third) == ["errors"]
    assert [line.split(":")[1] for line in result.stderr.splitlines()[:-1]] == ["3", "5"]


@pytest.mark.parametrize("broken", ["{", "}", "age: 2", FINE[:-1]])
def test_a_broken_first_line_does_not_keep_the_others_from_being_told_either(small: Call, broken: str) -> None:
    result = small("evaluate", "-", "--json", text=f"{broken}\n{FINE}\n{FINE}\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:1: line 1 is not JSON")
    outcomes = [json.loads(line).get("category") for line in result.stdout.splitlines()]
    assert outcomes == [None, "thirsty", "thirsty"]


def test_one_object_may_stand_on_several_lines(small: Call) -> None:
    pretty = json.dumps(json.loads(FINE), indent=2)
    one, other = (small("evaluate", "-", "--json", text=text) for text in (FINE, "\n\n" + pretty + "\n"))
    assert other.exit_code == 0, other.stderr
    assert one.stdout == other.stdout


def test_a_mistake_in_a_long_object_is_told_with_its_line(small: Call) -> None:
    result = small("evaluate", "-", text='{\n  "age": 2,\n  "soil" "dry"\n}')
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:3: line 3 is not JSON")


def test_an_empty_file_has_no_outcome(small: Call) -> None:
    result = small("evaluate", "-", text="\n")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_file_is_named_in_its_mistakes(small: Call, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"age": 200}')
    assert small("evaluate", file).stderr.startswith(f"{file}:1: age: ")


def test_a_file_that_is_not_there_is_a_wrong_call(small: Call, tmp_path: Path) -> None:
    result = small("evaluate", tmp_path / "nothing.json")
    assert result.exit_code == 2
    assert "nothing.json" in result.stderr


def test_numbers_are_read_as_they_are_written(call: Call) -> None:
    for bilirubin, category in (("51.3", "early_cirrhosis"), ("51.30000000000001", "unclear")):
        text = '{"age": 50, "told": "cirrhosis_early", "red_flags": ["none"], "ascites": "never", "he": "never", '
        text += '"bleed": "never", "jaundice": "never", "cancer": "none", "situation": ["none"], "has_papers": "yes", '
        result = call("evaluate", "-", "--json", "--no-explain", text=text + f'"bilirubin": {bilirubin}}}')
        assert json.loads(result.stdout)["category"] == category


YOUNG = json.dumps(
    {
        **dict.fromkeys(("ascites", "he", "bleed", "jaundice"), "never"),
        "age": 30,
        "told": "liver_no_scar",
        "red_flags": ["none"],
        "cancer": "none",
        "situation": ["none"],
        "has_papers": "yes",
        "platelets": 90,
        "alt": 30,
        "ast": {"value": 40, "unit": "U/L"},
    }
)


def test_answers_that_do_not_fit_together_are_named_for_people_and_programs(call: Call) -> None:
    outcome = json.loads(call("evaluate", "-", "--json", text=YOUNG).stdout)
    assert outcome["kind"] == "disagree"
    assert outcome["disagree"] == [{"category": "no_sign", "against": ["platelets"], "for": ["told"]}]
    told = " ".join(call("evaluate", "-", text=YOUNG).stdout.split())
    assert "These answers do not fit together: - Platelets: 90 x 10⁹/L" in told
    assert "beside What a doctor told about scarring: A liver problem, but no scarring" in told


def test_a_value_that_is_not_worked_out_though_all_was_answered_says_by_which_condition(call: Call) -> None:
    outcome = json.loads(call("evaluate", "-", "--json", text=YOUNG).stdout)
    assert outcome["unknown_values"] == {"fib4": ["age < 35"]}
    older = call("evaluate", "-", "--json", text=YOUNG.replace('"age": 30', '"age": 35')).stdout
    assert json.loads(older)["unknown_values"] == {}


def test_unusual_numbers_are_told_as_the_form_tells_them(small: Call) -> None:
    text = FINE.replace("}", ', "weight": 30}')
    assert json.loads(small("evaluate", "-", "--json", text=text).stdout)["unusual"] == {
        "weight": "Few pots are that heavy."
    }
    assert "Weight: Few pots are that heavy." in small("evaluate", "-", text=text).stdout.splitlines()
    assert json.loads(small("evaluate", "-", "--json", text=FINE).stdout)["unusual"] == {}
