"""The report on a table of people, whole: what was read, who is where, and what would move them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.cohort.mapping import CohortMapping
from screening.cohort.reclassification import Reclassification
from screening.cohort.reporting.tally import Tally
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.authors.judged_day import today_in_words
from screening.wording.authors.tables.blocks import Points, TableBlock, TablePart, TableReport, Text
from screening.wording.authors.tables.curves import cut_off_part
from screening.wording.authors.tables.places import groups_part, known_part, open_part, places_part, why_part
from screening.wording.authors.tables.reading import (
    assumption_lines,
    lacking_sentence,
    mapping_lines,
    unusable_lines,
    wanted_rows,
)
from screening.wording.authors.tables.sets import Sets
from screening.wording.authors.tables.versions import versions_part
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class Reported:
    """A table, the rules it was judged by, and what was counted."""

    name: str
    """The table's."""
    rule_set: RuleSet
    rules_hash: str
    mapping: CohortMapping
    mapping_hash: str
    table_hash: str
    tally: Tally
    older: RuleSet | None = None
    """Another version beside which the rules are put."""
    moves: Reclassification | None = None
    """How many rows move from the older version to the rules."""


def table_report(reported: Reported, language: Language) -> TableReport:
    """The report."""
    say, rule_set, tally = language.gettext, reported.rule_set, reported.tally
    sets = Sets(rule_set, tally, language, weighted=bool(reported.mapping.weight))
    parts = [places_part(sets), why_part(sets), open_part(sets, reported.mapping), groups_part(sets)]
    parts += [cut_off_part(sets), known_part(sets, reported.mapping)]
    if reported.older and reported.moves:
        parts.append(versions_part(reported.older, reported.moves, sets))
    parts.append(_read_part(reported, language))
    return TableReport(
        title=say("%(table)s: whom the rules “%(rules)s” put where", rules=rule_set.id, table=reported.name),
        about=reported.mapping.about,
        stamp=f"{rule_set.id} {rule_set.version} · SHA-256 {reported.rules_hash[:16]} · {reported.name}",
        state=tuple(_state(reported, sets, language)),
        parts=tuple(part for part in parts if part),
    )


def _state(reported: Reported, sets: Sets, language: Language) -> Sequence[tuple[str, str]]:
    say, rule_set, tally = language.gettext, reported.rule_set, reported.tally
    rows = [
        say(
            "%(rows)s rows; %(counted)s of them count (%(wanted)s).",
            rows=tally.rows,
            counted=tally.counted,
            wanted=wanted_rows(reported.mapping, language),
        )
    ]
    if tally.lacking:
        rows.append(lacking_sentence(tally.lacking, language))
    if tally.by_row:
        rows.append(say("%(number)s were judged row by row, where the database is in doubt.", number=tally.by_row))
    if sets.weighted and tally.without_weight:
        rows.append(say("%(number)s have no weight; they count as rows alone.", number=tally.without_weight))
    assumed = "; ".join(assumption_lines(reported.mapping, rule_set.question, language))
    if reported.mapping.today:
        rows.append(say("In every row %(today)s.", today=today_in_words(reported.mapping.today, language)))
    return (
        (say("Table"), f"{reported.name} ({reported.table_hash})"),
        (say("Rules"), f"{rule_set.id} {rule_set.version} (SHA-256 {reported.rules_hash})"),
        (say("Columns and assumptions"), f"SHA-256 {reported.mapping_hash}"),
        (say("Rows"), " ".join(rows)),
        (say("Assumed"), assumed or say("Nothing. What the table does not hold is not known, never “no”.")),
    )


def _read_part(reported: Reported, language: Language) -> TablePart:
    """How the table was read: what a reader must agree with."""
    question = reported.rule_set.question
    blocks: list[TableBlock] = []
    lines = (
        *unusable_lines(reported.tally.unusable, question, language),
        *mapping_lines(reported.mapping, question, question, language),
    )
    below: list[str] = []
    for line in lines:
        if line.level:
            below.append(line.text)
            continue
        if below:
            blocks.append(Points(tuple(below)))
            below = []
        blocks.append(Text(line.text))
    if below:
        blocks.append(Points(tuple(below)))
    return TablePart("reading", language.gettext("How the table was read"), tuple(blocks))
