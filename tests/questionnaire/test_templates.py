"""The templates as a whole: each is used, each is there, and each question type has its macro."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from screening.documents.html import _environment
from screening.forms.fields import FIELDS
from screening.resources import resource
from screening.wording.document import blocks, paper_blocks
from tests.conftest import ROOT
from tests.support.every import for_every

TEMPLATES = resource("templates")
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
REFERENCE = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+\"([^\"]+)\"")
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\s*\(")
IMPORTED = re.compile(r"{%-?\s*(?:import\s+\"[^\"]+\"\s+as\s+(\w+)|from\s+\"[^\"]+\"\s+import\s+([\w, ]+?)\s+with)")


@cache
def text_of(name: str) -> str:
    """What a template holds."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def rendered_by_code() -> set[str]:
    """The templates that Python renders by name."""
    found = set()
    for path in (ROOT / "screening").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("render_template", "get_template")):
                (first, *_) = node.args
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno} renders a template by a made-up name"
                found.add(str(first.value))
    return found


def referred_to() -> set[str]:
    """The templates that others extend, include or import."""
    return {name for template in NAMES for name in REFERENCE.findall(text_of(template))}


def test_every_template_is_used() -> None:
    assert set(NAMES) - rendered_by_code() - referred_to() == set()


@pytest.mark.slow
def test_every_template_that_is_named_is_there() -> None:
    assert (rendered_by_code() | referred_to()) - set(NAMES) == set()


@for_every("name", NAMES)
def test_a_template_imports_nothing_that_it_does_not_use(name: str) -> None:
    extending = [text_of(template) for template in NAMES if f'{{% extends "{name}" %}}' in text_of(template)]
    text = "\n".join([text_of(name), *extending])
    for whole, parts in IMPORTED.findall(text_of(name)):
        for imported in [whole] if whole else parts.split(","):
            uses = re.findall(rf"\b{imported.strip()}\b", IMPORTED.sub("", text))
            assert uses, f"{name} imports {imported} in vain"


@for_every("name", NAMES)
def test_every_macro_is_called_somewhere(name: str) -> None:
    everything = "\n".join(map(text_of, NAMES))
    for macro in MACRO.findall(text_of(name)):
        calls = re.findall(rf"(?<!macro )\b{macro}\b(?=\(|[,}}\s])", everything)
        assert len(calls) > 0, f"{macro} in {name} is never called"


@pytest.mark.parametrize("type_", FIELDS)
def test_every_question_type_has_a_macro_of_its_name_and_a_page_that_prints_with_it(type_: str) -> None:
    assert type_ in MACRO.findall(text_of(f"components/{type_}.html"))
    assert f'"{type_}": {type_}' in text_of("questionnaire/question.html")


def test_every_kind_of_block_has_a_macro_of_its_name() -> None:
    kinds = {
        member.kind for room in (blocks, paper_blocks) for member in vars(room).values() if hasattr(member, "kind")
    }
    assert kinds == {
        "paragraph",
        "subheading",
        "items",
        "table",
        "lines",
        "claim",
        "card",
        "phones",
        "scale",
        "decision",
        "step",
        "pair",
        "number",
        "open_point",
        "statements",
        "number_table",
    }
    module = _environment().get_template("documents/blocks.html").make_module({"_": str})
    printers: dict[str, object] = module.printers  # type: ignore[attr-defined]
    assert set(printers) == kinds
    macros = MACRO.findall(text_of("documents/blocks.html")) + MACRO.findall(text_of("documents/result_blocks.html"))
    assert kinds <= set(macros)


@for_every("name", [name for name in NAMES if name.startswith("questionnaire/")])
def test_a_page_is_named_as_its_view(name: str) -> None:
    shown = Path(name).stem
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "screening" / "questionnaire").glob("*.py"))
    assert f'"{name}"' in source, shown


@for_every("name", NAMES)
def test_no_template_marks_a_text_as_safe(name: str) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape", text_of(name))


@for_every("name", NAMES)
def test_every_sentence_of_a_template_goes_through_gettext(name: str) -> None:
    bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", text_of(name), flags=re.DOTALL)
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r'[\w-]+="[^"]*"', " ", bare))
    assert words == [], words
