"""How many of a table would be where with another cut-off, one cut-off at a time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from screening.cohort.reporting.cut_offs import CutOff, cut_offs
from screening.cohort.reporting.tally import NONE, Categories, Curve
from screening.ruleset.model.dates import Elapsed
from screening.wording.authors.tables.blocks import CurveDrawing, Figures, Panel, Points, TablePart, Text
from screening.wording.authors.tables.sets import Sets
from screening.wording.language.languages import N_

DRAWN = 3
"""Sets that are drawn of one cut-off, those that move most; its table holds all."""


_TIMES: Mapping[Elapsed, str] = {
    Elapsed.DAYS: N_("%(label)s: full days since then"),
    Elapsed.MONTHS: N_("%(label)s: full months since then"),
    Elapsed.YEARS: N_("%(label)s: full years since then"),
}


def cut_off_part(sets: Sets) -> TablePart:
    """Every cut-off: a curve where it moves somebody, and its name where it moves nobody."""
    say = sets.language.gettext
    curves = [curve for curve in sets.tally.curves if curve.moving]
    drawn = {curve.cut_off for curve in curves}
    still = [cut_off for cut_off in cut_offs(sets.rule_set) if cut_off not in drawn]
    blocks = [
        Text(
            say(
                "Each cut-off is moved by itself, wherever the rules compare with it; all else stays. A drawing shows "
                "the sets that gain or lose most, each on a scale of its own, which need not begin at zero; the dashed "
                "line marks the cut-off of today. Rows are counted, not weighted."
            )
        )
    ]
    parts = [_curve_part(curve, sets) for curve in curves]
    if still:
        names = tuple(_title(cut_off, sets) for cut_off in still)
        text = Text(say("As far as they were moved, these change nobody's possible categories in this table:"))
        parts.append(TablePart("", say("Cut-offs that move nobody here"), (text, Points(names))))
    return TablePart("cut-offs", say("If a cut-off moved"), tuple(blocks), tuple(parts))


def _curve_part(curve: Curve, sets: Sets) -> TablePart:
    moving = curve.moving
    title = _title(curve.cut_off, sets)
    drawing = CurveDrawing(
        axis=_axis(curve.cut_off, sets),
        places=tuple(map(float, curve.places)),
        now=float(curve.cut_off.number),
        panels=tuple(_panel(curve, names, sets) for names in moving[:DRAWN]),
    )
    columns = (_axis(curve.cut_off, sets), *(sets.in_short(names) for names in moving))
    rows = tuple(
        (_number(place, sets), *(str(counted.get(names, NONE).rows) for names in moving))
        for place, counted in zip(curve.places, curve.counts, strict=True)
    )
    table = Figures(title, columns, rows, marked=curve.now, folded=True)
    return TablePart("", title, (drawing, table))


def _panel(curve: Curve, names: Categories, sets: Sets) -> Panel:
    numbers = tuple(counted.get(names, NONE).rows for counted in curve.counts)
    description = sets.language.gettext(
        "%(set)s: %(first)s rows with a cut-off of %(low)s, %(now)s with %(number)s as today, %(last)s with %(high)s",
        set=sets.in_short(names),
        first=numbers[0],
        low=_number(curve.places[0], sets),
        now=numbers[curve.now],
        number=_number(curve.cut_off.number, sets),
        last=numbers[-1],
        high=_number(curve.places[-1], sets),
    )
    return Panel(sets.in_short(names), description, numbers)


def _title(cut_off: CutOff, sets: Sets) -> str:
    return f"{_label(cut_off, sets)}: {_number(cut_off.number, sets)}{_unit(cut_off, sets)}"


def _axis(cut_off: CutOff, sets: Sets) -> str:
    unit = _unit(cut_off, sets).strip()
    return f"{_label(cut_off, sets)} ({unit})" if unit else _label(cut_off, sets)


def _label(cut_off: CutOff, sets: Sets) -> str:
    name, _, unit = cut_off.name.partition(" ")
    question = sets.rule_set.question.get(name)
    if question and unit:
        return sets.language.gettext(_TIMES[Elapsed(unit)], label=question.label)
    return question.label if question else sets.rule_set.value[cut_off.name].label or cut_off.name


def _unit(cut_off: CutOff, sets: Sets) -> str:
    if " " in cut_off.name:  # a time, of which the label says the unit
        return ""
    question = sets.rule_set.question.get(cut_off.name)
    unit = question.stored_unit.counted if question else sets.rule_set.value[cut_off.name].unit
    return f" {unit}" if unit else ""


def _number(number: Decimal, sets: Sets) -> str:
    return sets.language.number(number)
