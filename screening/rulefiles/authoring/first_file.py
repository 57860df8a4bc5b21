"""The first rule file of a new subject, made from five answers of its author: one question, two categories, its cases.

All words stand in `rules/new.skeleton.yaml` and its cases; a line with `$code` is written once for each answer.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from screening.resources import resource
from screening.rulefiles.cases.case_file import UNSURE
from screening.rulefiles.cases.case_writer import cases_path
from screening.rulefiles.loading.loader import load_rule_file

LEAST_ANSWERS = 2
MAX_CODE = 20
"""Characters of a code made from an answer."""
_EXTENSION = ".yaml"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an author says of a new subject; each of it can be told before the others are known."""

    subject: str = "an example"
    guide: str = "A leaflet"
    signs: str = "Is this an emergency?"
    question: str = "How is it?"
    answers: tuple[str, ...] = ("Well", "Not well")
    """From the mildest to the gravest."""


def is_file_name(path: Path) -> bool:
    """Whether a rule file can have this name: what stands beside it is named NAME.cases.yaml and the like."""
    return path.suffix == _EXTENSION and "." not in path.stem and bool(_id(path.stem))


def write_beginning(beginning: Beginning, path: Path) -> tuple[Path, Path]:
    """Write the rule file and its cases where neither stands yet, or raise `FileExistsError`."""
    files = (path, cases_path(path))
    for file in files:
        if file.exists():
            raise FileExistsError(str(file))
    for file, text in zip(files, _texts(beginning, path), strict=True):
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    return files


def check_beginning(beginning: Beginning) -> None:
    """Raise `RuleFileError` where the file would have a mistake, as with a word that nobody is told."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "beginning.yaml"
        write_beginning(beginning, path)
        load_rule_file(path)


def _texts(beginning: Beginning, path: Path) -> tuple[str, str]:
    codes = _codes(beginning.answers)
    said = {
        "subject": _quotable(beginning.subject),
        "guide": _quotable(beginning.guide),
        "signs": _quotable(beginning.signs),
        "question": _quotable(beginning.question),
        "file": str(path),
        "id": _id(path.stem),
        "gravest": codes[-1],
    }
    per_answer = [
        {**said, "code": code, "answer": _quotable(answer), "category": "like" if code == codes[-1] else "unlike"}
        for code, answer in zip(codes, beginning.answers, strict=True)
    ]
    rules, cases = (
        (resource("rules") / name).read_text(encoding="utf-8")
        for name in ("new.skeleton.yaml", "new.skeleton.cases.yaml")
    )
    return _filled(rules, said, per_answer), _filled(cases, said, per_answer)


def _filled(skeleton: str, said: dict[str, str], per_answer: list[dict[str, str]]) -> str:
    lines = [
        Template(line).substitute(values)
        for line in skeleton.splitlines()
        for values in (per_answer if "$code" in line else [said])
    ]
    return "\n".join(lines) + "\n"


def _quotable(text: str) -> str:
    """A text in one line, as it stands between double quotation marks."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')


def _codes(answers: tuple[str, ...]) -> list[str]:
    """A code for each answer: its own words as far as they make one, else its number."""
    codes: list[str] = []
    for number, answer in enumerate(answers, 1):
        code = _short(_id(answer))
        is_taken = not code or code in (*codes, UNSURE)
        codes.append(f"answer_{number}" if is_taken else code)
    return codes


def _short(code: str) -> str:
    """As many of its words as are easily typed."""
    return code if len(code) <= MAX_CODE else code[: MAX_CODE + 1].rpartition("_")[0] or code[:MAX_CODE]


def _id(text: str) -> str:
    """Small letters, digits and underscores, beginning with a letter; nothing where a text has no such letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")
