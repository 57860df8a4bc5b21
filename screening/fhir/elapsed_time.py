"""How long ago a date is, in FHIRPath: whole numbers reckoned from the digits of dates, as the engine counts them.

FHIRPath compares dates of which one is known to the month as unknown, even where all days of the month say the same,
and has no number of months between two. So a month and a year are their first and their last day, texts such as
'2024-05-31', and the time since them lies between two numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screening.fhir.names import VariableNames
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.questions import Question

TODAY = "today"
"""The variable of the day that is today where the form is filled in."""
WRITTEN_TODAY = "today().toString()"
EMPTY = "{}"
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def first_day(answer: str) -> str:
    """The first day of a date, as a text."""
    written = _by_length("$this & '-01-01'", "$this & '-01'")
    return f"{answer}.toString().select({written})"


def last_day(answer: str) -> str:
    """The last day of a date, as a text."""
    year, month = "$this.substring(0, 4).toInteger()", "$this.substring(5, 2)"
    february = f"iif({_is_leap(year)}, '29', '28')"
    length = f"iif({month} = '02', {february}, iif({month} in ('04' | '06' | '09' | '11'), '30', '31'))"
    written = _by_length("$this & '-12-31'", f"$this & '-' & {length}")
    return f"{answer}.toString().select({written})"


def _by_length(of_year: str, of_month: str) -> str:
    return f"iif($this.length() = 4, {of_year}, iif($this.length() = 7, {of_month}, $this))"


def most_since(question: Question, unit: Elapsed, first: str) -> str:
    """The most that the time since a date may be; empty where all of it lies ahead and may not."""
    counted = f"{first}.select({_since(unit)})"
    return counted if question.future else f"{counted}.where($this >= 0)"


def least_since(question: Question, unit: Elapsed, last: str, most: str) -> str:
    """The least: of a date that may not lie ahead no day after today counts."""
    counted = f"{last}.select({_since(unit)})"
    return counted if question.future else f"iif({most}.exists(), {counted}.select(iif($this < 0, 0, $this)), {EMPTY})"


def _since(unit: Elapsed) -> str:
    """The time since the day `$this`."""
    (year, month, day), (this_year, this_month, this_day) = _parts("$this"), _parts(f"%{TODAY}")
    if unit is Elapsed.DAYS:
        return f"{_ordinal(this_year, this_month, this_day)} - {_ordinal(year, month, day)}"
    begun = f"12 * ({this_year} - {year}) + {this_month} - {month} - iif({this_day} < {day}, 1, 0)"
    return begun if unit is Elapsed.MONTHS else f"(({begun}) / 12).floor()"


def _parts(text: str) -> tuple[str, str, str]:
    year, month, day = (f"{text}.substring({start}, {size}).toInteger()" for start, size in ((0, 4), (5, 2), (8, 2)))
    return year, month, day


def _ordinal(year: str, month: str, day: str) -> str:
    """The number of a day in the calendar, as `date.toordinal`."""
    before = f"({year} - 1)"
    years = f"365 * {before} + {before} div 4 - {before} div 100 + {before} div 400"
    shorter = f"iif({month} <= 2, 0, iif({_is_leap(year)}, 1, 2))"
    return f"({years} + (367 * {month} - 362) div 12 - {shorter} + {day})"


def _is_leap(year: str) -> str:
    return f"{year} mod 4 = 0 and ({year} mod 100 != 0 or {year} mod 400 = 0)"


class TimeComparisons:
    """Comparisons of the time since a date with a constant, which alone are exact where only a month is known."""

    def __init__(self, names: SymbolTable, variables: VariableNames) -> None:
        self._names = names
        self._variables = variables

    def written(self, node: ex.Comparison) -> str:
        """Such a comparison; empty text for any other."""
        plain = _plain(self._inlined(node))
        if plain is None:
            return ""
        time, operator, number = plain
        least, most = self.ends(time)
        equal = f"{least} = {number} and {most} = {number}"
        apart = f"{least} > {number} or {most} < {number}"
        holds, fails = {
            "<": (f"{most} < {number}", f"{least} >= {number}"),
            "<=": (f"{most} <= {number}", f"{least} > {number}"),
            ">": (f"{least} > {number}", f"{most} <= {number}"),
            ">=": (f"{least} >= {number}", f"{most} < {number}"),
            "==": (equal, apart),
            "!=": (apart, equal),
        }[operator]
        return f"iif({holds}, true, iif({fails}, false, {EMPTY}))"

    def number(self, time: ex.Since) -> str:
        """The time where it is one number."""
        least, most = self.ends(time)
        return f"iif({least} = {most}, {least}, {EMPTY})"

    def known(self, value: str) -> str:
        """Whether a value is known that is nothing but a time; empty text for any other."""
        tree = self._names.inline(self._names.values[value].expression.tree)
        return f"{self.ends(tree)[1]}.exists()" if isinstance(tree, ex.Since) else ""

    def ends(self, time: ex.Since) -> tuple[str, str]:
        """The variables of the least and the most."""
        names = (self._variables.time(time.subject.name, time.unit, end) for end in ("least", "most"))
        least, most = (f"%{name}" for name in names)
        return least, most

    def loose(self, node: ex.Node) -> Iterator[ex.Node]:
        """What reads times otherwise in a condition, and a month or a year as not known therefore."""
        yield from self._loose(self._names.inline(node))

    def _loose(self, node: ex.Node) -> Iterator[ex.Node]:
        if isinstance(node, ex.Comparison) and _plain(node):
            return
        if isinstance(node, ex.Known) and node.subject.name in self._names.values:
            tree = self._names.inline(self._names.values[node.subject.name].expression.tree)
            if not isinstance(tree, ex.Since):
                yield from self._loose(tree)
            return
        if isinstance(node, ex.Since):
            yield node
        for child in node.children():
            yield from self._loose(child)

    def _inlined(self, node: ex.Comparison) -> ex.Comparison:
        inlined = self._names.inline(node)
        return inlined if isinstance(inlined, ex.Comparison) else node


def _plain(node: ex.Comparison) -> tuple[ex.Since, str, str] | None:
    """The time, the operator that stands after it, and the constant."""
    match node:
        case ex.Comparison(left=ex.Since() as time, operator=operator, right=ex.Number(value=value)):
            return time, operator, _written(value)
        case ex.Comparison(left=ex.Number(value=value), operator=operator, right=ex.Since() as time):
            return time, _FLIPPED[operator], _written(value)
        case _:
            return None


def _written(number: Decimal) -> str:
    return f"({number:f})" if number < 0 else f"{number:f}"
