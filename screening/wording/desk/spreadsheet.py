"""Submissions as rows of a spreadsheet: columns for questions and grounds, and nothing that a spreadsheet would run."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.ruleset.engine.ground_status import GroundStatuses
from screening.ruleset.model.answers import Bound, Plain
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_reader import raw_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, Quantity, Unsure, Written, plain_answer
from screening.ruleset.reading.raw_plain import bound_text
from screening.storage.database.rows import SubmissionRow
from screening.storage.submissions.handed_out.exporting import ExportedSubmission
from screening.wording.desk.export_columns import (
    COUNTED,
    JUDGED,
    MOMENTS,
    NOT_SURE,
    PLAIN,
    ground_column,
    question_columns,
)
from screening.wording.language.languages import Language
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.stored import input_from

Cell = str | Decimal | date
"""A text; or a number, a day or a moment, which a spreadsheet may compute with."""
_RUNS = frozenset("=+-@\t\r\n|")
"""What a spreadsheet takes for the beginning of a formula, or of something else that it would run."""


@dataclass(frozen=True, slots=True)
class AssessedRow:
    """What today's rules make of an export's row."""

    section: str
    answers: Mapping[str, Answer]
    """Those that are asked."""
    grounds: Mapping[str, str]


def formula_safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what might be one."""
    seen = unicodedata.normalize("NFKC", cell).lstrip()
    return f"'{cell}" if cell and (cell[0] in _RUNS or (seen and seen[0] in _RUNS)) else cell


def spreadsheet(rows: Iterable[ExportedSubmission], rules: LoadedRules, language: Language) -> Iterator[str]:
    """The lines of a CSV file: its head, then one line a submission.

    Answers are those of the latest version that today's rules ask for. Grounds are by today's rules too, which a column
    names by hash: rows that were judged by different rules could not share columns otherwise. The section as it was
    shown stands beside. Where today's rules cannot read the answers, these stand as they were kept, not judged.
    """
    rule_set, statuses = rules.rule_set, GroundStatuses(rules.engine)
    named = [column for question in rule_set.questions for column in question_columns(question)]
    yield "\ufeff" + csv_line([*PLAIN, *COUNTED, *JUDGED, *named, *map(ground_column, rule_set.grounds)])
    for row in rows:
        latest = row.versions[-1]
        judged = _judged(row, rules, statuses, language)
        cells: list[Cell] = [row.code, *_plain_cells(row.row)]
        cells += [Decimal(len(row.versions)), latest.rules_hash, str(row.row.category), rules.hash]
        cells.append(judged.section if judged else "")
        raw = latest.input.get("answers", {})
        for question in rule_set.questions:
            answer = judged.answers.get(question.id) if judged else None
            cells += answer_cells(question, answer) if judged else _kept_cells(question, raw)
        cells += [judged.grounds.get(ground.id, "") if judged else "" for ground in rule_set.grounds]
        yield csv_line(cells)


def _judged(
    submission: ExportedSubmission, rules: LoadedRules, statuses: GroundStatuses, language: Language
) -> AssessedRow | None:
    """By today's rules; None where these cannot read the answers any more."""
    try:
        context = SummaryContext(input_from(submission.versions[-1].input, rules, language))
        category = context.outcome.category
    except (AnswerError, RequiredAnswerMissingError, KeyError):
        return None
    by_ground = statuses.of(context.plain, context.outcome)
    asked = {name: answer for name, answer in context.input.answers.items() if name in context.outcome.asked}
    return AssessedRow(category, asked, {name: status.value for name, status in by_ground.items()})


def answer_cells(question: Question, answer: Answer | None) -> list[Cell]:
    """What stands in the columns of a question; empty where it is not asked or has no answer.

    A number stands in the stored unit, so that a column can be computed with; then in which unit it was typed, and how.
    A bound is no number: it stands as a text with its sign, in the stored unit.
    """
    if answer is None:
        return [""] * len(question_columns(question))
    if question.type is QuestionType.TEXT:
        return [answer.text if isinstance(answer, Written) else ""]
    if not question.units:
        return [text_cell(raw_answer(answer))]
    match answer:
        case Unsure():
            return [NOT_SURE, "", ""]
        case Quantity(typed=typed, unit=unit):
            number = plain_answer(question, answer)
            return [NOT_SURE if number is None else _number_cell(number), unit or NOT_SURE, typed]
        case _:
            raise TypeError(f"{question.id} takes a number")


def _number_cell(number: Plain) -> Cell:
    match number:
        case Decimal():
            return number
        case Bound():
            return bound_text(number)
        case _:
            raise TypeError(number)


def _kept_cells(question: Question, raw: Mapping[str, object]) -> list[Cell]:
    """An answer that today's rules did not read, as it was kept."""
    if question.id not in raw:
        return [""] * len(question_columns(question))
    kept = text_cell(raw[question.id])
    return ["", "", kept] if question.units else [kept]


def text_cell(raw: object) -> str:
    """A raw answer as one text: codes, or a number with its unit; not sure is said."""
    match raw:
        case None:
            return NOT_SURE
        case list():
            return ";".join(NOT_SURE if code is None else str(code) for code in raw)
        case dict():
            return f"{raw.get('value', '')} {raw.get('unit') or NOT_SURE}"
        case _:
            return str(raw)


def _plain_cells(row: SubmissionRow) -> Iterator[Cell]:
    """What stands in the columns of the store, without the code: a moment by the clinic's clock, then its offset."""
    for name in PLAIN[1:]:
        if name in MOMENTS:
            moment = getattr(row, name)
            yield from _moment_cells(moment.astimezone()) if moment else ("", "")
        elif name not in MOMENTS.values():
            yield plain_cell(getattr(row, name)) if name != "answered_on" else _day_cell(row.answered_on)
    for name in COUNTED:
        number = getattr(row, name)
        yield "" if number is None else Decimal(number)


def _moment_cells(moment: datetime) -> tuple[Cell, Cell]:
    ahead = moment.utcoffset() or timedelta()
    return moment, Decimal(ahead // timedelta(minutes=1))


def _day_cell(day: str | None) -> Cell:
    try:
        return date.fromisoformat(day or "")
    except ValueError:
        return day or ""


def plain_cell(value: object) -> str:
    """A value of the store as a text; a moment in the clinic's own time, with how far that is from UTC."""
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone().isoformat(timespec="seconds")
        case _:
            return str(value)


def file_name(at: datetime, ending: str) -> str:
    """The name of an export that was begun at a moment: the clinic's own time and how far it is from UTC, in the basic
    form of ISO 8601, which has no colon that a file system might refuse.
    """
    return f"submissions-{at.astimezone():%Y%m%dT%H%M%S%z}.{ending}"


def csv_line(cells: Iterable[Cell]) -> str:
    """One line of a CSV file, in which no text is a formula. What a spreadsheet computes with alone is not quoted: a
    number, a day, or a moment, of which the clock is told and not the zone.
    """
    return ",".join(map(_csv_cell, cells)) + "\r\n"


def _csv_cell(cell: Cell) -> str:
    match cell:
        case Decimal():
            return f"{cell.normalize():f}"
        case datetime():
            return cell.replace(tzinfo=None).isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
    quoted = formula_safe(cell).replace('"', '""')
    return f'"{quoted}"'
