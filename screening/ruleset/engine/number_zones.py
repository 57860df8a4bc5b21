"""Where a number lies on its scale: the zones that usual limits and the outer marks of a note make.

An outer mark is read out of the note's own condition, so that a scale and the action it calls for cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.engine.read_answers import holding_parts
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.number_scales import NumberScale
from screening.ruleset.model.questions import Unit
from screening.ruleset.model.rule_set import RuleSet

_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
"""The operator that says the same with the sides changed."""


class ZoneWord(StrEnum):
    """The zones of a scale, the lowest first; each is the name of its word in a rule file."""

    VERY_LOW = "very_low"
    LOW = "low"
    USUAL = "usual"
    HIGH = "high"
    VERY_HIGH = "very_high"


OUTER = frozenset({ZoneWord.VERY_LOW, ZoneWord.VERY_HIGH})
"""The zones in which a number alone sends a person to a doctor."""


@dataclass(frozen=True, slots=True)
class ZoneMark:
    """Where one zone ends and the next begins."""

    limit: Decimal
    belongs_above: bool
    """Whether the limit itself lies in the zone above it."""

    def is_below(self, number: Decimal) -> bool:
        """Whether this number lies in the zone above the mark, or further up."""
        return number > self.limit or (number == self.limit and self.belongs_above)

    def ends(self, bound: Bound) -> bool:
        """Whether a bound reaches up to the mark, but not the mark itself."""
        return bound.high == self.limit and bound.high_open

    def in_unit(self, unit: Unit) -> ZoneMark:
        """The same mark in another unit of its question than the stored one."""
        return ZoneMark(EXACT.divide(self.limit, unit.factor), self.belongs_above)


@dataclass(frozen=True, slots=True)
class Zones:
    """Neighbouring zones, ascending, and the marks between them in the stored unit."""

    words: tuple[ZoneWord, ...]
    marks: tuple[ZoneMark, ...]

    def index(self, number: Decimal) -> int:
        """Which of the zones a number in the stored unit lies in."""
        return sum(mark.is_below(number) for mark in self.marks)

    def held(self, number: Decimal | Bound) -> tuple[ZoneWord, ...]:
        """The zone of a number in the stored unit; of a bound all those in which it may lie."""
        if isinstance(number, Decimal):
            return (self.words[self.index(number)],)
        first = sum(mark.limit < number.low or (mark.limit == number.low and number.low_open) for mark in self.marks)
        last = sum(mark.is_below(number.high) and not mark.ends(number) for mark in self.marks)
        return self.words[max(first, self.index(number.low)) : last + 1]

    def beside(self, number: Decimal | Bound) -> Zones:
        """The usual zone and those on the number's side of it: three at most. Beside a usual number stands the side
        on which the outer zone lies; around a bound that leaves both sides stand all of them.
        """
        usual = self.words.index(ZoneWord.USUAL)
        below, above = Zones(self.words[: usual + 1], self.marks[:usual]), Zones(self.words[usual:], self.marks[usual:])
        held = [self.words.index(word) for word in self.held(number)]
        if held[0] < usual < held[-1]:
            return self
        if held != [usual]:
            return below if held[0] < usual else above
        return max((below, above), key=lambda side: (not OUTER.isdisjoint(side.words), len(side.words)))


def zones_by_question(rule_set: RuleSet, names: SymbolTable) -> Mapping[str, Zones]:
    """The zones of every number that a rule set has a scale for."""
    if rule_set.numbers is None:
        return {}
    outer = outer_marks(rule_set, names)
    return {scale.id: _zones(scale, outer.get(scale.id, {})) for scale in rule_set.numbers.scales}


def _zones(scale: NumberScale, outer: Mapping[ZoneWord, ZoneMark]) -> Zones:
    words, marks = [ZoneWord.USUAL], []
    if scale.usual_from is not None:
        words.insert(0, ZoneWord.LOW)
        marks.append(ZoneMark(scale.usual_from, belongs_above=True))
        if ZoneWord.VERY_LOW in outer:
            words.insert(0, ZoneWord.VERY_LOW)
            marks.insert(0, outer[ZoneWord.VERY_LOW])
    if scale.usual_to is not None:
        words.append(ZoneWord.HIGH)
        marks.append(ZoneMark(scale.usual_to, belongs_above=False))
        if ZoneWord.VERY_HIGH in outer:
            words.append(ZoneWord.VERY_HIGH)
            marks.append(outer[ZoneWord.VERY_HIGH])
    return Zones(tuple(words), tuple(marks))


def outer_marks(rule_set: RuleSet, names: SymbolTable) -> Mapping[str, Mapping[ZoneWord, ZoneMark]]:
    """By question, from where its number alone makes the note hold that calls for a doctor soon.

    A number beside another condition ("platelets under 150 with fibrosis") makes none, as it does not call alone.
    """
    note = rule_set.note.get(rule_set.numbers.soon) if rule_set.numbers else None
    marks: dict[str, dict[ZoneWord, ZoneMark]] = {}
    for part in holding_parts(note.when.tree, names) if note else ():
        for question, word, mark in _mark_of(part, names):
            known = marks.setdefault(question, {}).setdefault(word, mark)
            if known.limit != mark.limit:
                outwards = (min if word is ZoneWord.VERY_HIGH else max)((known, mark), key=lambda one: one.limit)
                marks[question][word] = outwards
    return marks


def _mark_of(part: ex.Node, names: SymbolTable) -> Iterator[tuple[str, ZoneWord, ZoneMark]]:
    """The mark that one comparison of a number with a constant makes."""
    if not isinstance(part, ex.Comparison):
        return
    left, operator, right = part.left, part.operator, part.right
    if isinstance(left, ex.Number):
        left, operator, right = right, _TURNED.get(operator, operator), left
    question = number_behind(left, names)
    if question is None or not isinstance(right, ex.Number) or operator not in _TURNED:
        return
    if operator in (">", ">="):
        yield question, ZoneWord.VERY_HIGH, ZoneMark(right.value, belongs_above=operator == ">=")
    else:
        yield question, ZoneWord.VERY_LOW, ZoneMark(right.value, belongs_above=operator == "<")


def number_behind(node: ex.Node, names: SymbolTable) -> str | None:
    """The question whose number this is wherever it is known; None where it is anything else."""
    match node:
        case ex.Name(name=name) if name in names.values:
            return number_behind(names.values[name].expression.tree, names)
        case ex.Name(name=name):
            return name
        case ex.Conditional(then=ex.Unknown(), otherwise=number) | ex.Conditional(then=number, otherwise=ex.Unknown()):
            return number_behind(number, names)
        case _:
            return None
