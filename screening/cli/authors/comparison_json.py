"""What `screening compare --json` prints: the members of one object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from screening.analysis.comparison.rule_sets import Move
from screening.analysis.comparison.weakening import GuaranteeChange
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, day_in
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import raw_answer
from screening.ruleset.reading.raw_plain import raw_plain
from screening.wording.authors.tables.cohort import CohortReport
from screening.wording.authors.versions.comparison import ComparedFiles


def comparison_members(files: ComparedFiles) -> dict[str, object]:
    """A comparison as data; answers are in the form that `screening evaluate` reads."""
    comparison = files.comparison
    rule_sets = (files.old.rule_set, files.new.rule_set)
    return {
        "old": _rules(files.old),
        "new": _rules(files.new),
        "nothing_moves": comparison.nothing_moves,
        "identical": comparison.identical,
        "no_common_answers": comparison.disjoint,
        "capped": comparison.capped,
        "undecided": "; ".join(comparison.undecided) or None,
        "moves": [_move(move, rule_sets) for move in comparison.moves],
        "guarantees": [_guarantee(guarantee, rule_sets) for guarantee in files.guarantees],
        "share_of_regions": asdict(files.share) if files.share else None,
        "changes": [asdict(item) for item in files.differences.items],
        "rule_order": asdict(files.differences.rule_order) if files.differences.rule_order else None,
        "texts": [asdict(text) for text in files.differences.texts],
    }


def _rules(rules: LoadedRules) -> dict[str, str]:
    return {"id": rules.rule_set.id, "version": rules.rule_set.version, "sha256": rules.hash}


def cohort_members(cohort: CohortReport) -> dict[str, object]:
    """What came of a table, with what was assumed in it."""
    moves, mapping = cohort.moves, cohort.mapping
    return {
        "table": cohort.name,
        "rows": moves.rows,
        "counted": moves.counted,
        "judged": moves.judged,
        "moved": moves.moved,
        "moves": [{"before": sorted(one), "after": sorted(other), "rows": n} for one, other, n in moves.moves],
        "no_answers": [{"question": name, "why": why, "cells": n} for (name, why), n in moves.unusable.items()],
        "columns": {
            name: {"column": column.name, "unit": column.unit or None} for name, column in mapping.columns.items()
        },
        "ticks": {name: {code: tick.column for code, tick in ticks.items()} for name, ticks in mapping.ticks.items()},
        "today": mapping.today.isoformat() if mapping.today else None,
        "assumed": {name: raw_answer(answer) for name, answer in mapping.assumed.items()},
    }


RuleSets = tuple[RuleSet, RuleSet]


def _move(move: Move, rule_sets: RuleSets) -> dict[str, object]:
    return {
        "before": _in_order(move.before, rule_sets[0]),
        "after": _in_order(move.after, rule_sets[1]),
        "answers": _answers(move.answers, rule_sets),
        "parts_off": sorted(move.parts_off),
        "each_alone": {boundary.question: [_end(boundary.least), _end(boundary.most)] for boundary in move.boundaries},
    }


def _in_order(names: Iterable[str], rule_set: RuleSet) -> list[str]:
    return [name for name in rule_set.category if name in set(names)]


def _guarantee(change: GuaranteeChange, rule_sets: RuleSets) -> dict[str, object]:
    answers = _answers(change.answers, rule_sets) if change.answers else None
    return {"id": change.id, "effect": change.effect, "promises_less_in": change.lost, "answers": answers}


def _answers(answers: Mapping[str, Plain], rule_sets: RuleSets) -> dict[str, object]:
    """Plain answers as a program would send them to either form."""
    old, new = rule_sets
    questions = {name: new.question.get(name) or old.question[name] for name in answers if name != TODAY}
    raw = {name: raw_plain(question, answers[name]) for name, question in questions.items()}
    raw |= {TODAY: day_in(answers).isoformat()} if TODAY in answers else {}
    return {name: _number(value) if isinstance(value, Decimal) else value for name, value in raw.items()}


def _end(end: Decimal | date) -> int | float | str:
    return end.isoformat() if isinstance(end, date) else _number(end)


def _number(number: Decimal) -> int | float:
    """A number of JSON that is read back as this very one."""
    return int(number) if number == number.to_integral_value() else float(number)
