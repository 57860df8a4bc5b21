"""The pictures of a rule file, in the folder `illustrations` beside it: small SVG files that hold shapes alone.

A picture that is not there is taken from those that ship with the service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from xml.etree import ElementTree as ET

from screening.resources import resource
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.rule_set import RuleSet

MAX_BYTES = 3_000
"""A picture stands in the page itself, and a page is for slow connections."""
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"svg", "g", "path", "circle", "ellipse", "line", "polyline", "polygon", "rect", "text", "tspan"}
_ATTRIBUTES = {
    *("viewBox", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "points"),
    *("fill", "fill-opacity", "opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
    *("font-size", "font-weight", "font-family", "text-anchor", "stroke-dasharray", "transform"),
}


def load_illustrations(folder: FilePath, rule_set: RuleSet) -> tuple[dict[str, str], list[Problem]]:
    """Each picture that a rule set names, as the text of its file, and what is wrong with them."""
    drawings: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in _illustration_names(rule_set):
        if name in drawings:
            continue
        content = _content(folder / f"{name}.svg") or _content(resource("rules") / "illustrations" / f"{name}.svg")
        mistake = _mistake(content)
        if mistake:
            values = {"name": name, "limit": MAX_BYTES, **mistake[1]}
            problems.append(Problem(mistake[0], path, values=values))
        drawings[name] = content or ""
    return drawings, problems


def _illustration_names(rule_set: RuleSet) -> Iterator[tuple[str, Path]]:
    """The name of every picture, and where the rule file gives it."""
    for at, name in enumerate(rule_set.emergency.illustrations):
        yield name, ("emergency", "illustrations", at)
    for number, page in enumerate(rule_set.pages):
        if page.illustration:
            yield page.illustration, ("pages", number, "illustration")
        for place, question in enumerate(page.questions):
            path: Path = ("pages", number, "questions", place)
            if question.illustration:
                yield question.illustration, (*path, "illustration")
            for at, option in enumerate(question.options):
                if option.illustration:
                    yield option.illustration, (*path, "options", at, "illustration")


def _content(file: FilePath) -> str | None:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _mistake(content: str | None) -> tuple[str, Mapping[str, object]] | None:
    """What is wrong with a picture: it stands in every page, so that it may hold nothing but shapes."""
    if content is None:
        return "illustration.missing", {}
    if len(content.encode()) > MAX_BYTES:
        return "illustration.too_large", {}
    if "<!" in content or "<?" in content:
        return "illustration.not_shapes", {"what": "<!"}
    try:
        root = ET.fromstring(content)  # noqa: S314 - small, and without entities, as was just seen
    except ET.ParseError:
        return "illustration.not_svg", {}
    if root.tag != f"{_SVG}svg" or "viewBox" not in root.attrib:
        return "illustration.not_svg", {}
    for element in root.iter():
        unknown = {element.tag.removeprefix(_SVG)} - _SHAPES or set(element.attrib) - _ATTRIBUTES
        if unknown:
            return "illustration.not_shapes", {"what": min(unknown)}
    return None
