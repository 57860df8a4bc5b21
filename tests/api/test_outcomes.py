"""What is answered about answer sets: the document of `screening evaluate`, what is asked next, batches."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from screening.cli import main
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.reading.answer_reader import raw_answer
from tests.api.asking import Asking, Literal, read, written

STANDING = ("review", "test", "not_advice")
LINES = "application/x-ndjson"


def case_lines(answers: list[dict[str, Any]], **more: object) -> str:
    return "".join(f"{written({'answers': name, **more})}\n" for name in answers)


def test_every_case_gives_what_the_command_prints_and_what_it_expects(
    api: Asking, liver: LoadedRules, tmp_path: Path
) -> None:
    cases = read(api.get("/cases"))["cases"]
    assert [case["name"] for case in cases] == [case.name for case in liver.cases]
    file = tmp_path / "answers.jsonl"
    typed = [{name: raw_answer(answer) for name, answer in case.answers.items()} for case in liver.cases]
    file.write_text("".join(f"{json.dumps(typed_text)}\n" for typed_text in typed))
    printed = CliRunner().invoke(main, ["evaluate", str(file), "--json", "--no-explain"]).stdout.splitlines()
    response = api.post("/batch", case_lines([case["answers"] for case in cases], explain=False), LINES)
    lines = [json.loads(line, parse_float=Decimal) for line in response.text.splitlines()]
    assert len(lines) == len(printed) == len(cases) > 100
    for case, line, expected in zip(cases, lines, printed, strict=True):
        outcome = line["outcome"]
        told = {name: outcome.pop(name) for name in STANDING}
        assert outcome == json.loads(expected, parse_float=Decimal), case["name"]
        assert outcome["category"] == case["expected"]["category"]
        assert told["not_advice"] == liver.rule_set.disclaimer
        assert told["review"]["notice"] == "No clinician has reviewed these rules and texts yet."
        assert told["test"] is True


def test_an_explained_outcome_is_what_the_command_prints(api: Asking, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"age": 54, "lsm": 9.12345678901234567}')
    printed = CliRunner().invoke(main, ["evaluate", str(file), "--json"]).stdout
    outcome = api.evaluate({"age": "54", "lsm": Literal("9.12345678901234567")})
    assert outcome["settled_by"]
    assert {name: value for name, value in outcome.items() if name not in STANDING} == json.loads(
        printed, parse_float=Decimal
    )


def test_numbers_come_out_as_exactly_as_they_went_in(api: Asking) -> None:
    papers = {"age": 54, "has_papers": "yes", "alt": 40, "ast": 41, "platelets": Literal("200.00000000000000000001")}
    response = api.post("/evaluate", {"answers": papers})
    again = api.post("/evaluate", {"answers": {**papers, "platelets": {"value": Literal("200.00000000000000000001")}}})
    assert response.status_code == 200
    assert response.text == again.text
    value = read(response)["values"]["fib4"]
    assert isinstance(value, Decimal)
    assert len(value.as_tuple().digits) > 20


def test_all_mistakes_are_told_at_once_each_with_its_place(api: Asking) -> None:
    body = {"answers": {"red_flags": [], "a/b~c": 1, "ascites": True, "lsm": {"value": 9, "unit": "m"}}, "more": 1}
    response = api.post("/evaluate", body)
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    problem = read(response)
    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == {
        ("/more", "member_unknown"),
        ("/answers/red_flags", "nothing_ticked"),
        ("/answers/a~1b~0c", "question_unknown"),
        ("/answers/ascites", "not_a_code"),
        ("/answers/lsm", "unit_unknown"),
        ("/answers/age", "required"),
    }
    assert all(error["detail"] for error in problem["errors"])
    assert problem["status"] == 422


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"answers": {"age": 54, "age": 55}}', "stands twice"),
        (b'{"answers": {"age": NaN}}', "NaN"),
        (b'{"answers": {"age": 1e401}}', "number"),
        (b'{"answers": {"age": 54}', "Line 1, column 24"),
        (b"\xff{}", "UTF-8"),
        (b"[" * 20 + b"]" * 20, "nested"),
        (b'{"answers": {"age": 54.000000000000000000000000000000000000001}}', None),
    ],
)
def test_what_is_no_json_that_is_read_is_refused_with_a_reason(api: Asking, body: bytes, said: str | None) -> None:
    response = api.post("/evaluate", body)
    assert response.status_code == 400
    problem = read(response)
    if said is None:
        assert problem["errors"][0]["pointer"] == "/answers/age"
    else:
        assert said in problem["detail"]


@pytest.mark.parametrize("code", [Literal("9" * 38), Literal("1e30"), {"a": ["b"] * 99}, [[]], True, "x" * 9999])
def test_what_is_sent_for_a_code_is_refused_whatever_it_is(api: Asking, code: object) -> None:
    (error,) = read(api.post("/next", {"answers": {"red_flags": [code]}}))["errors"]
    assert error["code"] == "option_unknown"
    assert len(error["detail"]) < 300


def test_a_body_over_64_kb_is_refused_and_one_of_64_kb_is_read(api: Asking) -> None:
    body = b'{"answers": {"age": 54}}'
    assert api.post("/evaluate", body + b" " * (64 * 1024 - len(body))).status_code == 200
    assert api.post("/evaluate", body + b" " * (64 * 1024 - len(body) + 1)).status_code == 413
    assert api.post("/evaluate", b" " * 1_000_000).status_code == 413
    lines = body + b"\n" + b" " * (64 * 1024) + body + b"\n" + body
    told = [json.loads(line) for line in api.post("/batch", lines, LINES).text.splitlines()]
    assert [row.get("problem", {}).get("status") for row in told] == [None, 413, None]
    assert api.post("/batch", (b"{}\n") * 1001, LINES).status_code == 413
    assert api.post("/batch", b" " * (1024 * 1024 + 1), LINES).status_code == 413


def test_another_media_type_is_refused(api: Asking) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        assert api.post("/evaluate", b'{"answers": {"age": 54}}', kind).status_code == 415
    assert api.post("/evaluate", b"language=ms", "application/x-www-form-urlencoded").status_code == 415


def test_what_does_not_wait_comes_first_and_the_pages_left_never_rise(api: Asking, liver: LoadedRules) -> None:
    told = read(api.post("/next", {"answers": {"red_flags": ["collapse"]}}))
    assert next(iter(told)) == "interrupts"
    assert [(interrupt["category"], interrupt["speed"]) for interrupt in told["interrupts"]] == [("urgent", "now")]
    assert "Fainting" in told["interrupts"][0]["text"]
    unsure = read(api.post("/next", {"answers": {"red_flags": None}}))
    assert unsure["interrupts"] == []
    assert unsure["may_need_help"]
    answers: dict[str, Any] = {}
    case = max(read(api.get("/cases"))["cases"], key=lambda answer_set: len(answer_set["answers"]))
    pages = [10_000]
    while (told := read(api.post("/next", {"answers": answers})))["ask"]:
        assert told["at_most_pages"] <= pages[-1]
        assert set(told["ask"]) <= set(told["left"])
        pages.append(told["at_most_pages"])
        answers |= {name: case["answers"].get(name) for name in told["ask"]}
    assert told["page"] is None
    assert told["left"] == []
    assert told["at_most_pages"] == 0
    assert len(pages) > 15
    assert read(api.post("/evaluate", {"answers": answers}))["ignored"] == []


def test_an_answer_that_is_hidden_counts_for_nothing_and_is_told(api: Asking) -> None:
    plain = api.evaluate({"age": 54, "told": "none"})
    hidden = api.evaluate({"age": 54, "told": "none", "child_pugh": "C"})
    assert hidden["ignored"] == ["child_pugh"]
    assert hidden["possible"] == plain["possible"]


def test_a_bound_is_what_is_typed_with_its_sign(api: Asking, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"age": 54, "has_papers": "yes", "lsm": "≥4.1250", "alt": "<40"}')
    printed = CliRunner().invoke(main, ["evaluate", str(file), "--json"]).stdout
    units = {name: question["units"][0]["code"] for page in read(api.get("/questions"))["pages"]
             for question in page["questions"] for name in [question["id"]] if question["units"]}  # fmt: skip
    bounds = {
        "lsm": {"value": Literal("4.125"), "unit": units["lsm"], "sign": ">="},
        "alt": {"value": "40", "unit": units["alt"], "sign": "<"},
    }
    outcome = api.evaluate({"age": 54, "has_papers": "yes", **bounds})
    told = json.loads(printed, parse_float=Decimal)
    assert {name: value for name, value in outcome.items() if name not in STANDING} == told


def test_a_deployment_without_numbers_takes_none(match_api_app: Flask) -> None:
    asking = Asking(match_api_app.test_client())
    response = asking.post("/evaluate", {"answers": {"age": 54, "lsm": 9}})
    assert [error["pointer"] for error in read(response)["errors"]] == ["/answers/lsm"]
    questions = read(asking.get("/questions"))
    assert "lsm" not in [question["id"] for page in questions["pages"] for question in page["questions"]]
    assert asking.evaluate({"age": 54})["test"] is True
    cases = read(asking.get("/cases"))["cases"]
    assert len(cases) > 50
    response = asking.post("/batch", case_lines([case["answers"] for case in cases], explain=False), LINES)
    found = [json.loads(line)["outcome"]["category"] for line in response.text.splitlines()]
    assert found == [case["expected"]["category"] for case in cases]


def test_the_tag_is_the_hash_of_the_rules(api: Asking, liver: LoadedRules) -> None:
    for path in ("/questions", "/cases", "/openapi.json"):
        response = api.get(path)
        assert response.headers["ETag"] == f'"{liver.hash}"'
        again = api.get(path, **{"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert api.get(path, **{"If-None-Match": '"another"'}).status_code == 200
    assert api.get("/rule-set").headers["ETag"].startswith(f'"{liver.hash}-')
    assert read(api.get("/rule-set"))["rules"]["sha256"] == liver.hash


def test_the_same_answers_give_the_same_bytes_and_nothing_to_keep(api: Asking) -> None:
    first = api.post("/evaluate", {"answers": {"age": 54}})
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"
    api.post("/evaluate", {"answers": {"age": 70, "told": "fibrosis"}})
    assert first.data == api.post("/evaluate", {"answers": {"age": 54}}).data
