"""The embedded database as a reader of answer sets: tables with a row each, by a mapping that can say all of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from screening.cohort.answer_sets import Reader as RowReader
from screening.cohort.answer_sets import RowAnswers
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.summary import DATABASE
from screening.cohort.mapping import CohortMapping, Column, Tick
from screening.cohort.table import Row
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.atoms import Atom, Unsure
from screening.ruleset.formulas.atoms import Ticked as TickedAtom
from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Written, unit_of
from tests.agreement.lines import Members, day_of
from tests.agreement.readers import EVERYTHING, Reader, Subject

NOT_SURE = "?"


class WholeTicks(RowReader):
    """Reads cells such as `ticked:lice:?:`, which say of several choices also that nothing else is true."""

    def read(self, row: Row) -> RowAnswers:
        read = super().read(row)
        ticked = {name: _ticked(row[name]) for name in self.mapping.ticks}
        return RowAnswers({**read.answers, **ticked}, read.unusable)


def _ticked(cell: str) -> frozenset[str | None]:
    return frozenset(None if code == NOT_SURE else code for code in cell.split(":")[1:] if code)


class WholeFacts(Facts):
    """The same of all rows at once."""

    def of(self, atom: Atom) -> ir.BooleanValue | bool | None:
        match atom:
            case TickedAtom(question=name, option=option):
                return self.cells[name].column.contains(f":{option}:")
            case Unsure(question=name):
                return self.cells[name].column.contains(f":{NOT_SURE}:")
            case _:
                return super().of(atom)


class WholeTable(JudgedTable):
    """A table of answer sets."""

    reads = WholeTicks
    speaks = WholeFacts


class Database(Reader):
    """`screening cohort judge`, in as many tables as units are needed."""

    agrees_on = EVERYTHING - {"not_asked", "ignored"}
    near = Decimal("1e-12")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.judged: list[str] = []
        """Who judged each row."""

    def outcomes(self, subject: Subject, sets: Sequence[Members]) -> Iterator[Members]:
        """What the tables tell, in the order of the sets."""
        read = [subject.read(answers) for answers in sets]
        places = {number: place for number, answers in enumerate(read) for place in [_units_of(subject, answers)]}
        found: dict[int, Members] = {}
        for place in sorted(set(places.values())):
            own = [number for number in places if places[number] == place]
            rows = [
                [_cell(question, read[number].get(question.id), place) for question in subject.rule_set.questions]
                for number in own
            ]
            told = self._told(subject, rows, place, day_of(sets[0]))
            found |= dict(zip(own, told, strict=True))
        yield from (found[number] for number in range(len(sets)))

    def _told(self, subject: Subject, rows: list[list[str]], place: int, today: date | None) -> list[Members]:
        path = self.folder / f"{subject.rule_set.id}{place}.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([[*subject.rule_set.question], *rows])
        by = replace(mapping(subject.rule_set, place), today=today)
        judged = self.rows(path, by, Engine(subject.rule_set))
        self.judged += [row["judged"] for row in judged]
        return [_members(subject.rule_set, row) for row in judged]

    def rows(self, path: Path, by: CohortMapping, engine: Engine) -> list[Members]:
        """What is told of each row of a table."""
        table = WholeTable(path, by, engine)
        told: list[Members] = pa.concat_tables(list(table.parts(0, table.source.count(), 300))).to_pylist()
        return told


def _units_of(subject: Subject, answers: Mapping[str, Answer]) -> int:
    """The last of the tables in whose units all numbers can be written: the first one has the stored units."""
    several = [question for question in subject.rule_set.questions if len(question.units) > 1]
    typed = [(question, answers.get(question.id)) for question in several]
    for place in reversed(range(max((len(question.units) for question in several), default=1))):
        if all(_in_unit(answer, question, place) is not None for question, answer in typed):
            return place
    return 0


def _unit(question: Question, place: int) -> Unit:
    return question.units[min(place, len(question.units) - 1)]


def _in_unit(answer: Answer | None, question: Question, place: int) -> str | None:
    """A number as it stands in a table in one unit; None where it has too many digits, or is out of range there."""
    if not isinstance(answer, Quantity) or answer.unit is None:
        return ""
    unit = _unit(question, place)
    amount = answer.amount * unit_of(question, answer.unit).factor / unit.factor
    kept = round(amount, 6)
    return f"{answer.sign}{kept:f}" if kept == amount and unit.minimum <= amount <= unit.maximum else None


def _cell(question: Question, answer: Answer | None, place: int) -> str:
    match answer:
        case Chosen(code=code):
            return code
        case Written(text=text):
            return text
        case PartialDate():
            return answer.text
        case Quantity():
            found = _in_unit(answer, question, place)
            assert found is not None or place == 0
            return found if found is not None else ""
        case Ticked(codes=codes, unsure_of_rest=unsure):
            ticked = [code for code in codes if code not in question.exclusive_codes]
            return ":".join(["ticked", *ticked, *([NOT_SURE] if unsure else []), ""])
        case _:
            return f"ticked:{NOT_SURE}:" if question.type is QuestionType.SEVERAL else ""


def mapping(rule_set: RuleSet, place: int) -> CohortMapping:
    """A column for each question, called as it is."""
    columns, ticks = {}, {}
    for question in rule_set.questions:
        match question.type:
            case QuestionType.NUMBER:
                columns[question.id] = Column(question.id, unit=_unit(question, place).code, has_decimal_points=True)
            case QuestionType.TEXT | QuestionType.DATE:
                columns[question.id] = Column(question.id)
            case QuestionType.CHOICE:
                columns[question.id] = Column(question.id, options={code: code for code in question.option})
            case QuestionType.SEVERAL:
                ticks[question.id] = {code: Tick(question.id, frozenset()) for code in question.option}
    return CohortMapping("", frozenset({""}), {}, (), columns, ticks, {})


def _members(rule_set: RuleSet, row: Mapping[str, object]) -> Members:
    opened: dict[str, list[str]] = {}
    for ground in row["open_grounds"]:  # type: ignore[attr-defined]
        opened.setdefault(rule_set.category_of[ground], []).append(ground)
    values = {value.id: row.get(f"value_{value.id}") for value in rule_set.values}
    told = {name: row[name] for name in ("category", "possible", "kind", "underlying", "grounds", "notes")}
    numbers = {name: Decimal(repr(value)) if isinstance(value, float) else value for name, value in values.items()}
    return {**told, "open_grounds": opened, "values": numbers}


def by_database(reader: Database, exact: int) -> float:
    """The share of the rows without bounds, of which there are so many, that the database judged by itself."""
    return reader.judged.count(DATABASE) / exact
