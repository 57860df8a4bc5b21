"""Drawings of a report on a table of people: vector graphics by Matplotlib (the extra `cohort`) within a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from screening.documents.coverage import FONTS
from screening.documents.text_width import wrap_text
from screening.wording.authors.tables.blocks import Bars, CurveDrawing, Panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = "NotoSans-Regular.ttf"
INK, LINE, QUIET = "#17242c", "#123c4f", "#41505a"
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_INCH = 72
_PANEL = (2.28, 1.55)
"""Inches: three beside each other between the margins of A4."""
_WIDE = 5.6
_BAR = 0.24
_SIZE = 7.5
_MOST_LABEL = 2.3
"""Inches of a bar's label."""


def bar_drawing(bars: Bars) -> Markup:
    """Bars below each other, each with its number behind it."""
    with _drawing():
        return _written(_bars(bars), bars.description)


def _bars(bars: Bars) -> Figure:
    figure = _figure(_WIDE, _BAR * len(bars.numbers) + 0.1)
    axes: Axes = figure.add_axes((0.42, 0.0, 0.48, 1.0))
    places = range(len(bars.numbers))
    axes.barh(places, bars.numbers, height=0.62, color=LINE, clip_on=False)
    axes.set_xlim(0, max(*bars.numbers, 1) * 1.02)
    axes.set_ylim(len(bars.numbers) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks(places, [_fitting(label) for label in bars.labels])
    axes.tick_params(length=0, labelcolor=INK)
    for place, number in zip(places, bars.numbers, strict=True):
        axes.annotate(str(number), (number, place), (3, 0), textcoords="offset points", va="center", color=INK)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    return figure


def panel_drawings(curve: CurveDrawing) -> Iterator[Markup]:
    """The lines of a curve, each a drawing of its own, so that a page lays them out as it has room."""
    for panel in curve.panels:
        with _drawing():
            drawn = _written(_panel(curve, panel), panel.description)
        yield drawn


def _panel(curve: CurveDrawing, panel: Panel) -> Figure:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - an extra, and slow to load

    figure = _figure(*_PANEL)
    axes: Axes = figure.add_axes((0.2, 0.27, 0.76, 0.58))
    now = panel.numbers[curve.places.index(curve.now)]
    axes.plot(curve.places, panel.numbers, color=LINE, linewidth=1.4, clip_on=False)
    axes.axvline(curve.now, color=QUIET, linewidth=0.9, linestyle=(0, (3, 2)), clip_on=False)
    axes.plot([curve.now], [now], color=LINE, marker="o", markersize=4, clip_on=False)
    right = now > (max(panel.numbers) + min(panel.numbers)) / 2
    offset = (5, -10 if right else 5)
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.annotate(str(now), (curve.now, now), offset, textcoords="offset points", color=INK, bbox=behind)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.tick_params(length=2.5, width=0.6, color=QUIET, labelcolor=INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(QUIET)
    axes.set_title(_fitting(panel.title), fontsize=_SIZE, color=INK, loc="left", x=-0.24)
    axes.set_xlabel(_fitting(curve.axis), color=QUIET, labelpad=1.5)
    return figure


def _fitting(text: str) -> str:
    """The text, cut where a line is too narrow for it; Matplotlib's own signs for formulas mean nothing here."""
    first, *more = wrap_text(text, _MOST_LABEL * _INCH, _SIZE)
    return (f"{first} …" if more else first).replace("$", r"\$")


# --- vector graphics ---------------------------------------------------------------------------------


@contextmanager
def _drawing() -> Iterator[None]:
    """Matplotlib with our font, drawing texts as texts."""
    import matplotlib as mpl  # noqa: PLC0415 - an extra, and slow to load

    _add_font()
    with mpl.rc_context({"svg.fonttype": "none", "font.family": "Noto Sans", "font.size": _SIZE}):
        yield


@cache
def _add_font() -> None:
    from matplotlib import font_manager  # noqa: PLC0415 - an extra, and slow to load

    font_manager.fontManager.addfont(FONTS / FONT)


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra, and slow to load

    return Figure(figsize=(width, height))


def _written(figure: Figure, description: str) -> Markup:
    """The figure as a graphic within a page: several stand in one, so it has no ids, and no style for all."""
    written = StringIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    root = ET.fromstring(written.getvalue())  # noqa: S314 - written by Matplotlib just now
    shapes = {path.get("id"): path for path in root.iter(f"{_SVG}path") if path.get("id")}
    box = " ".join(_short(number) for number in root.attrib["viewBox"].split())
    drawn = "".join(
        _element(element, shapes)
        for element in root.iter()
        if element.tag in (f"{_SVG}path", f"{_SVG}use", f"{_SVG}text")
    )
    width, height = box.split()[2:]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{0}" '
        'width="{1}pt" height="{2}pt" viewBox="{3}">'
        "<title>{0}</title>{4}</svg>"
    ).format(description, width, height, box, Markup(drawn))  # noqa: S704 - every text in it is escaped below


def _element(element: ET.Element, shapes: Mapping[str | None, ET.Element]) -> str:
    """A line, a mark or a text; what is only there to be repeated is drawn where it is."""
    if element.tag == f"{_SVG}use":
        shape = shapes[element.attrib[_LINK].removeprefix("#")]
        place = f"translate({_short(element.attrib['x'])} {_short(element.attrib['y'])})"
        return _tag("path", {"d": shape.attrib["d"], "transform": place, "style": element.attrib["style"]})
    if element.tag == f"{_SVG}text":
        names = ("x", "y", "transform", "style")
        return _tag(
            "text", {name: element.attrib[name] for name in names if name in element.attrib}, element.text or ""
        )
    if "id" in element.attrib:
        return ""
    return _tag("path", {name: element.attrib[name] for name in ("d", "style")})


def _tag(name: str, attributes: Mapping[str, str], text: str = "") -> str:
    written = {key: " ".join(_short(value).split()) for key, value in attributes.items()}
    if written.get("transform", "").startswith("rotate(-0"):
        del written["transform"]
    for declared in filter(None, map(str.strip, written.pop("style").split(";"))):
        # As attributes: in a style attribute the maker of PDFs looks for properties of pages.
        property_name, value = declared.split(":", 1)
        written[property_name] = value.strip().replace("'Noto Sans'", "'Noto Sans', sans-serif")
    listed = "".join(Markup(' {}="{}"').format(*attribute) for attribute in written.items())
    return f"<{name}{listed}>{escape(text)}</{name}>" if text else f"<{name}{listed}/>"


def _short(text: str) -> str:
    """Numbers in it with two digits after the point: a hundredth of a point is not seen."""
    return re.sub(r"[0-9]+[.][0-9]+", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), text)
