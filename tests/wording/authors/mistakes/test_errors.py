"""Every way in which an answer or a rule file can be wrong has a sentence, with its values in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import AnswerError
from screening.wording.authors.mistakes.problems import PROBLEMS
from screening.wording.document.answers import ANSWER_ERRORS, answer_error
from tests.conftest import ROOT
from tests.support.cases import ENGLISH, RULES
from tests.support.every import for_every

PACKAGES = ("ruleset", "rulefiles", "cohort", "documents")
"""The packages that find mistakes in files."""

FROM_FORMS = {
    "unanswered",
    "unanswered_required",
    "nothing_ticked",
    "date_empty",
    "date_empty_required",
    "date_and_unsure",
}
"""Codes that fields make themselves; the tests of forms see their sentences."""
VARIANTS = {"nothing_ticked_no_none", "unit_typed", "slip_unit", "out_of_range_in_parts", "out_of_range_whole"} | {
    f"{code}_by_name" for code in ("unit_missing", "unit_other", "unit_typed", "slip_unit")
}
"""Sentences that stand in for another one where they say it better."""
NEVER_RAISED = {"unsure_and_number"}
"""A form cannot send both any more."""

RAW: list[tuple[str, str, object, str]] = [
    ("not_a_code", "told", 5, "The answer is one of these codes: none, scarring_not_said, liver_no_scar,"),
    ("not_a_list", "cause", "hbv", "The answer is a list of these codes: hbv, hcv,"),
    ("option_unknown", "told", "gone", "There is no option gone. Use one of these codes: none,"),
    ("option_unknown", "cause", ["gone"], "There is no option gone. Use one of these codes: hbv,"),
    ("number_shape", "age", {"amount": 5}, "A number is written as 4.2 or as"),
    ("unit_unknown", "bilirubin", {"value": 5, "unit": "kg"}, "There is no unit kg. Use one of these: umol/L, mg/dL."),
    ("nothing_ticked", "situation", [], 'Tick what is true, or "None of these", or'),
    ("nothing_ticked", "cause", [], 'Tick what is true, or "I\'m not sure".'),
    ("exclusive", "situation", ["none", "pregnant"], 'You ticked "None of these" together'),
    ("not_a_text", "words", 5, "The answer is a text in quotation marks."),
    ("text_empty", "words", "\u200b ", "Nothing of this text can be seen."),
    ("not_a_date", "born", 2024, 'A date is a text: "2024-05-17"'),
    ("date_unreadable", "born", "yesterday", '"yesterday" cannot be read as a date.'),
    ("date_year", "born", "17/5/24", "Type the whole year"),
    ("date_day_first", "born", "5/17/2024", "Type the day first"),
    ("date_none", "born", "31/4/2024", 'There is no such day as "31/4/2024".'),
    ("date_calendar", "born", "2567", '"2567" seems to be a year of another calendar.'),
    ("date_future", "born", "2026-12", "This date, December 2026, is still to come."),
    ("date_past", "born", "1850", "This date, 1850, is more than 120 years ago."),
    ("date_ahead", "moved", "2030", "This date, 2030, is more than 2 years ahead."),
    ("text_too_long", "words", "x" * 11, "This has 11 characters. It may have 10."),
    ("empty", "age", " ", "Type a number. Where it is not known, send null."),
    ("not_a_number", "age", "fifty", '"fifty" is not a number.'),
    ("not_a_number", "age", True, '"True" is not a number.'),
    ("not_a_number", "age", Decimal("NaN"), '"NaN" is not a number.'),
    ("too_long", "age", "5" * 41, "This number is too long."),
    ("too_long", "age", Decimal("1e99"), "This number is too long."),
    ("two_readings", "alt", "1.200", '"1.200" can be read in two ways. Type 1200 or 1.2.'),
    ("two_readings", "platelets", {"value": "150.000", "unit": "/uL"}, "Type 150000 or 150."),
    ("two_numbers", "alt", "10 - 45", '"10 - 45" holds more than one number.'),
    ("reading_other", "alt", {"value": "45", "unit": "U/L", "reading": "4"}, "It can be read as 45."),
    ("inequality", "alt", "~50", '"~50" does not say one exact number'),
    ("two_readings", "alt", "<1.200", '"<1.200" can be read in two ways. Type <1200 or <1.2.'),
    ("negative", "alt", "-5", "Type the number without a minus sign."),
    ("negative", "alt", -5, "Type the number without a minus sign."),
    ("unit_unknown", "alt", "5 ng", 'We do not know "ng" behind the number. If your paper says U/L, type'),
    (
        "unit_other",
        "bilirubin",
        {"value": "5 mg/dL", "unit": "umol/L"},
        'You typed "mg/dL", but chose the range of µmol/L',
    ),
    ("unit_foreign", "alt", "0.76 µkat/L", "This result is in µkat/L."),
    ("unit_missing", "bilirubin", "5", "Choose the range that is printed beside your number."),
    ("out_of_range", "age", "130", "Type a number from 0 to 120 years."),
    ("out_of_range", "meld", "5", "Type a number from 6 to 40 points."),
    ("whole", "age", "5.5", "This is always a whole number."),
    ("slip", "bilirubin", {"value": "0.8", "unit": "umol/L"}, "it is beside this range: At about 1.0 - 1.3 (mg/dL)."),
    ("slip", "lsm", "250", "this looks like the CAP result (dB/m)"),
    ("slip", "alt", "0", "This looks like a result in µkat/L."),
    (
        "parts_shape",
        "height",
        {"value": "5-7", "unit": "[in_i]"},
        'We cannot read "5-7". Type both numbers, as in',
    ),
    ("parts_readings", "height", {"value": "5.7", "unit": "[in_i]"}, "Type both numbers: 5 ft 7 in or 5 ft 8.4 in."),
    ("parts_second", "height", "5 ft 12 in", '"5 ft 12 in" cannot be right: before "in" stands a number below 12.'),
    ("out_of_range", "height", "8 ft 1 in", "Type it from 4 ft 0 in to 7 ft 6 in. Check both numbers."),
    ("slip", "lsm", "1.3", "It may be a speed (m/s), or come from a scan with MRI."),
]


BMI = load_rule_file(ROOT / "tests" / "data" / "rules" / "bmi.yaml").rule_set
QUESTIONS = {
    **RULES.rule_set.question,
    **BMI.question,
    "words": Question("words", QuestionType.TEXT, "What?", "Words", most=10),
    "born": Question("born", QuestionType.DATE, "When?", "Born", within_years=120),
    "moved": Question("moved", QuestionType.DATE, "When?", "Move", within_years=2, future=True),
}


def error_of(name: str, raw: object) -> AnswerError:
    """What is wrong with a raw answer."""
    with pytest.raises(AnswerError) as caught:
        read_answer(QUESTIONS[name], raw, today=date(2026, 11, 30))
    return caught.value


@for_every(("code", "name", "raw", "said"), RAW)
def test_an_answer_that_cannot_be_read_is_told_why_with_what_was_meant(
    code: str, name: str, raw: object, said: str
) -> None:
    error = error_of(name, raw)
    assert error.code == code
    sentence = answer_error(error, ENGLISH)
    assert said in sentence
    assert not re.search(r"%\(|Decimal|\bNone\b(?! of)|\[|\{\}", sentence)


def calls(folder: str, name: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a function of this name, with the file it stands in."""
    for path in (ROOT / "screening" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                yield node, str(path)


def constants(node: ast.expr) -> list[str]:
    """The texts that an expression may be; of one that is put together, what each may look like."""
    match node:
        case ast.Constant(value=str(text)):
            return [re.escape(text)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*constants(body), *constants(orelse)]
        case ast.JoinedStr(values=values):
            return [
                "".join(
                    re.escape(str(expression.value)) if isinstance(expression, ast.Constant) else ".+"
                    for expression in values
                )
            ]
    return []


def test_every_code_of_an_answer_error_has_a_sentence_and_is_tried_here() -> None:
    raised = {text for node, _ in calls("ruleset", "AnswerError") for text in constants(node.args[1])}
    raised |= {text for node, _ in calls("ruleset", "TypedNumberError") for text in constants(node.args[0])}
    raised |= {text for node, _ in calls("ruleset", "TypedDateError") for text in constants(node.args[0])}
    raised |= {text for node, _ in calls("forms", "_refuse") for text in constants(node.args[0])}
    assert raised <= set(ANSWER_ERRORS)
    assert raised - FROM_FORMS - {"other_minus"} <= {code for code, *_ in RAW}
    assert set(ANSWER_ERRORS) - raised - VARIANTS == NEVER_RAISED


def test_every_code_of_a_problem_has_a_sentence() -> None:
    patterns = {text for name in PACKAGES for node, _ in calls(name, "Problem") for text in constants(node.args[0])}
    assert len(patterns) > 60
    for pattern in patterns:
        known = [*PROBLEMS, *(f"answer.{code}" for code in ANSWER_ERRORS)]
        assert any(re.fullmatch(pattern, code) for code in known), pattern


def test_every_sentence_about_a_rule_file_is_used() -> None:
    files = [path for package in PACKAGES for path in (ROOT / "screening" / package).rglob("*.py")]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert len(PROBLEMS) > 60
    assert [code for code in PROBLEMS if not any(spelling in sources for spelling in ways_to_write(code))] == []


def ways_to_write(code: str) -> list[str]:
    """How a code may stand in a source: whole, or as the beginning of several."""
    group, _, name = code.partition(".")
    last = name.split("_")[-1]
    return [f'"{code}"', f'"{group}.{{', f'"{group}.{name.removesuffix(last)}{{']


@for_every(("code", "text"), [*PROBLEMS.items(), *ANSWER_ERRORS.items()])
def test_a_sentence_ends_as_sentences_do(code: str, text: str) -> None:
    assert text.endswith((".", ")s")), code
    assert "  " not in text
