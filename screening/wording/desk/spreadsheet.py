"""Submissions as rows of a spreadsheet: a column a question and a ground, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.answer_reader import AnswerError
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.ruleset.engine.ground_status import GroundStatuses
from screening.storage.submissions.exporting import ExportedSubmission
from screening.wording.language.languages import Language
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.stored import input_from

NOT_SURE = "not_sure"
_RUNS = frozenset("=+-@\t\r\n|")
"""What a spreadsheet takes for the beginning of a formula, or of something else that it would run."""
PLAIN = ("code", "state", "reason", "received_at", "opened_at", "contacted_at", "ended_at", "answered_on", "language")
COUNTED = ("tries", "call_first", "conflicts", "unsure")
JUDGED = ("versions", "rules", "section", "rules_today", "section_today")


@dataclass(frozen=True, slots=True)
class AssessedRow:
    """What today's rules make of an export's row."""

    section: str
    grounds: Mapping[str, str]


def formula_safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what might be one."""
    seen = unicodedata.normalize("NFKC", cell).lstrip()
    return f"'{cell}" if cell and (cell[0] in _RUNS or (seen and seen[0] in _RUNS)) else cell


def spreadsheet(rows: Iterable[ExportedSubmission], rules: LoadedRules, language: Language) -> Iterator[str]:
    """The lines of a CSV file: its head, then one line a submission.

    Answers are those of the latest version. Grounds are by today's rules, which a column names by hash: rows that were
    judged by different rules could not share columns otherwise. The section as it was shown stands beside.
    """
    rule_set, statuses = rules.rule_set, GroundStatuses(rules.engine)
    questions, grounds = [question.id for question in rule_set.questions], [ground.id for ground in rule_set.grounds]
    named = [*(f"answer:{question}" for question in questions), *(f"ground:{ground}" for ground in grounds)]
    yield "\ufeff" + _line([*PLAIN, *COUNTED, *JUDGED, *named])
    for row in rows:
        latest = row.versions[-1]
        raw = latest.input.get("answers", {})
        judgement = _judgement(row, rules, statuses, language)
        cells = [row.code, *(_cell(getattr(row.row, name)) for name in (*PLAIN[1:], *COUNTED))]
        cells += [str(len(row.versions)), latest.rules_hash, str(row.row.category), rules.hash, judgement.section]
        cells += [answer_cell(raw[name]) if name in raw else "" for name in questions]
        cells += [judgement.grounds.get(name, "") for name in grounds]
        yield _line(cells)


def _judgement(
    submission: ExportedSubmission, rules: LoadedRules, statuses: GroundStatuses, language: Language
) -> AssessedRow:
    """By today's rules; empty where these cannot read the answers any more."""
    try:
        context = SummaryContext(input_from(submission.versions[-1].input, rules, language))
    except (AnswerError, RequiredAnswerMissingError, KeyError):
        return AssessedRow("", {})
    by_ground = statuses.of(context.plain, context.outcome)
    return AssessedRow(context.outcome.category, {name: status.value for name, status in by_ground.items()})


def answer_cell(raw: object) -> str:
    """A raw answer in one cell: codes, or a number with its unit; not sure is said."""
    match raw:
        case None:
            return NOT_SURE
        case list():
            return ";".join(NOT_SURE if code is None else str(code) for code in raw)
        case dict():
            return f"{raw.get('value', '')} {raw.get('unit') or NOT_SURE}"
        case _:
            return str(raw)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([formula_safe(cell) for cell in cells])
    return out.getvalue()
