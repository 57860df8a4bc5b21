"""Whatever is done to a rule file, loading it gives a rule set or problems with a sentence each, and nothing else."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rulefiles.loading.loader import FileProblem, RuleFileError
from screening.rulefiles.yaml.reader import read_yaml
from screening.wording.authors.mistakes.problems import located_problem
from tests.rulefiles.edited import ENGLISH, SMALL_CASES_TEXT, SMALL_TEXT, load_text

CHARACTERS = "\n\t :-[]{}\"'#&*!|>%@,?=<>()~.0123456789aeinosyé€\u2028\x00"
WORDS = [
    "soil",
    "leaves",
    "none",
    "dark",
    "unsure",
    "category",
    "rescue",
    "definitely(",
    " and ",
    " or not ",
    " == ",
    '"dry"',
    "age",
    "dry",
    "light_pot",
    "true",
    "null",
    "yes",
    "1.10",
    "-5",
    "99999999999999999999",
    "0.000001",
    "1e3",
    "{soil}",
    "{}",
    "[]",
    '""',
    "*a",
    "&a ",
    "<<: ",
    "---\n",
    "  ",
    "- ",
    "id: ",
    "when: dry",
    "strict: true",
    "required: true",
    "leaves_open: [dry, wet]",
    "type: several",
    "type: number",
    "exclusive: true",
]
NEW = st.one_of(st.sampled_from(WORDS), st.text(CHARACTERS, min_size=1, max_size=4), st.text(max_size=3))


@st.composite
def with_other_characters(draw: st.DrawFn, text: str) -> str:
    """The text with some characters deleted, inserted or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 12))
        text = text[:start] + draw(st.one_of(st.just(""), NEW)) + text[end:]
    return text


@st.composite
def with_other_words(draw: st.DrawFn, text: str) -> str:
    """The text with some words replaced by others, so that it stays YAML more often."""
    words = text.split(" ")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words) - 1))
        words[at] = draw(st.one_of(st.sampled_from(WORDS), st.sampled_from(words)))
    return " ".join(words)


@st.composite
def with_other_lines(draw: st.DrawFn, text: str) -> str:
    """The text with some lines deleted, doubled, exchanged or indented."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "move", "exchange", "indent"])):
            case "delete":
                del lines[one]
            case "double":
                lines.insert(other, lines[one])
            case "move":
                lines.insert(other, lines.pop(one))
            case "exchange":
                lines[one], lines[other] = lines[other], lines[one]
            case _:
                lines[one] = draw(st.sampled_from(["  ", "    ", "- "])) + lines[one]
    return "\n".join(lines)


@cache
def as_json(text: str) -> str:
    """The data of a file, read once."""
    return json.dumps(read_yaml(text.encode()).data, default=float)


@st.composite
def with_other_values(draw: st.DrawFn, text: str) -> str:
    """The file's data, as JSON (which is YAML), with some parts replaced by other parts of it or by anything."""
    data = json.loads(as_json(text))
    parts = [data]
    for part in parts:
        parts.extend(part.values() if isinstance(part, dict) else part if isinstance(part, list) else ())
    anything = st.one_of(st.sampled_from(WORDS), st.booleans(), st.integers(-5, 99999), st.floats(-5, 5, width=16))
    for _ in range(draw(st.integers(1, 3))):
        around: Any = draw(st.sampled_from([part for part in parts if isinstance(part, dict | list) and part]))
        keys = list(around) if isinstance(around, dict) else range(len(around))
        key = draw(st.sampled_from(keys))
        if draw(st.booleans()):
            around[key] = draw(st.one_of(st.sampled_from(parts[1:]), anything))
        else:
            del around[key]
            if not around:
                break
    return written(data)


def written(data: Any) -> str:
    """JSON with numbers as decimals; a part that now holds itself has no end, and is left out."""
    try:
        return json.dumps(data, default=str, ensure_ascii=False)
    except ValueError:
        return "holds itself"


EDITS = [with_other_characters, with_other_words, with_other_lines, with_other_values]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edits")


def has_a_sentence_for_every_problem(folder: Path, text: str, cases: str) -> None:
    content = text.encode("utf-8", errors="surrogatepass")
    found = problems(folder, content, cases)
    positions = [problem.position for problem in found]
    assert positions == sorted(positions)
    for problem in found:
        said = located_problem(problem, ENGLISH)
        assert said.endswith((".", "?"))
        assert not re.search(r"%\([a-z]+\)s", said)
        assert "\n" not in said


def problems(folder: Path, content: bytes, cases: str) -> list[FileProblem]:
    try:
        load_text(folder, content, cases)
    except RuleFileError as error:
        return error.problems
    return []


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@settings(max_examples=150)
@given(data=st.data())
def test_an_edited_rule_file_loads_or_has_a_sentence_for_every_problem(
    folder: Path, edit: Any, data: st.DataObject
) -> None:
    has_a_sentence_for_every_problem(folder, data.draw(edit(SMALL_TEXT)), SMALL_CASES_TEXT)


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@settings(max_examples=80)
@given(data=st.data())
def test_an_edited_case_file_loads_or_has_a_sentence_for_every_problem(
    folder: Path, edit: Any, data: st.DataObject
) -> None:
    has_a_sentence_for_every_problem(folder, SMALL_TEXT, data.draw(edit(SMALL_CASES_TEXT)))


@settings(max_examples=200)
@given(text=st.text(st.sampled_from(CHARACTERS), max_size=60))
def test_any_text_loads_or_has_a_sentence_for_every_problem(folder: Path, text: str) -> None:
    has_a_sentence_for_every_problem(folder, text, "")


@settings(max_examples=100)
@given(content=st.binary(max_size=60))
def test_any_bytes_have_a_sentence_for_every_problem(folder: Path, content: bytes) -> None:
    with pytest.raises(RuleFileError) as raised:
        load_text(folder, content)
    for problem in raised.value.problems:
        assert located_problem(problem, ENGLISH)


def test_a_rule_file_written_as_json_is_the_same_rule_file(folder: Path) -> None:
    # `with_other_values` goes through JSON and floats, which must lose nothing of the small rule file
    data = json.loads(json.dumps(read_yaml(SMALL_TEXT.encode()).data, default=float))
    assert load_text(folder, written(data), SMALL_CASES_TEXT).hash == load_text(folder, SMALL_TEXT).hash
