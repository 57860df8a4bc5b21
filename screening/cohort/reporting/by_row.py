"""A row told to a tally by the engine itself: where the database is not certain of it, or knows not how."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from screening.cohort.answer_sets import Reader
from screening.cohort.cells import decimal
from screening.cohort.reporting.cut_offs import CutOff, moved_rules
from screening.cohort.reporting.open_answers import narrowing_of
from screening.cohort.reporting.tally import Count, Curve, Tally
from screening.cohort.table import Row
from screening.ruleset.engine.engine import Answers, Engine, RequiredAnswerMissingError
from screening.ruleset.model.outcome import Outcome


class RowTeller:
    """Tells rows of one table."""

    def __init__(self, engine: Engine, reader: Reader) -> None:
        self.engine = engine
        self.reader = reader
        self._engine_with = cache(self._moved_engine)

    def tell(self, row: Row, tally: Tally) -> None:
        """Count one row, if it counts."""
        if not self.reader.counts(row):
            return
        tally.counted += 1
        read = self.reader.read(row)
        tally.unusable.update(read.unusable.items())
        try:
            outcome = self.engine.evaluate(read.answers)
        except RequiredAnswerMissingError:
            tally.lacking += 1
            return
        tally.by_row += 1
        weight = self._weight(row)
        tally.without_weight += weight is None
        self._tell_outcome(row, read.answers, outcome, Count(1, weight or Decimal(0)), tally)

    def _weight(self, row: Row) -> Decimal | None:
        """What the row weighs; None where the table does not say."""
        column = self.reader.mapping.weight
        number = decimal(row[column]) if column else Decimal(0)
        return number if number is not None and number >= 0 else None

    def _tell_outcome(self, row: Row, answers: Answers, outcome: Outcome, count: Count, tally: Tally) -> None:
        opened = (name for names in outcome.open_grounds.values() for name in names)
        tally.add_outcome(outcome.possible, outcome.grounds, opened, count)
        tally.add_each("known", self._known(answers, outcome), count)
        if len(outcome.possible) > 1:
            tally.add_each("narrowing", narrowing_of(self.engine, answers, outcome), count)
        for title, group in self.reader.mapping.groups.items():
            for label, cells in group.cells.items():
                if row[group.column] in cells:
                    tally.groups[title][label][outcome.possible] += count
        for curve in tally.curves:
            self._tell_curve(curve, answers, outcome, count)

    def _known(self, answers: Answers, outcome: Outcome) -> Iterator[str]:
        for name, answer in answers.items():
            if name in outcome.asked and answer is not None and answer != frozenset({None}):
                yield name
        yield from (name for name, value in outcome.values.items() if value is not None)

    def _tell_curve(self, curve: Curve, answers: Answers, outcome: Outcome, count: Count) -> None:
        for place, counts in zip(curve.places, curve.counts, strict=True):
            now = place == curve.cut_off.number
            possible = outcome.possible if now else self._engine_with(curve.cut_off, place).possible(answers)
            counts[possible] += count

    def _moved_engine(self, cut_off: CutOff, place: Decimal) -> Engine:
        return Engine(moved_rules(self.engine.rule_set, cut_off, place), self.engine.parts_off)
