"""The report of `screening cohort report`, made of what is counted and what is said; loaded where its libraries are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl  # noqa: F401 - drawings need it later: it is missed here, before anything is counted

from screening.cli.input import english
from screening.cohort.judging.moving import reclassify_table
from screening.cohort.judging.opening import Place, open_source
from screening.cohort.judging.source import fingerprint
from screening.cohort.mapping import CohortMapping
from screening.cohort.reporting.whole import count_table
from screening.documents.table_report import report_page, report_pdf
from screening.rulefiles.loading.loader import LoadedRules
from screening.wording.authors.tables.report import Reported, table_report


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: a table, how it answers questions, the rules, and older ones beside them."""

    table: str
    """As it was called."""
    place: Place
    name: str
    """Of a table in a database."""
    assume: Path
    mapping: CohortMapping
    rules: LoadedRules
    older: LoadedRules | None


def report_file(request: Request, suffix: str) -> bytes:
    """The content of the file; raises `TableError`."""
    source = open_source(request.place, request.mapping.column_names, request.name)
    tally = count_table(request.place, request.mapping, request.rules.engine, request.name)
    moves = None
    if request.older:
        moves = reclassify_table(
            request.place, request.mapping, request.older.engine, request.rules.engine, request.name
        )
    report = table_report(
        Reported(
            name=request.name or Path(request.table).name,
            rule_set=request.rules.rule_set,
            rules_hash=request.rules.hash,
            mapping=request.mapping,
            mapping_hash=fingerprint(request.assume),
            table_hash=source.fingerprint(),
            tally=tally,
            older=request.older.rule_set if request.older else None,
            moves=moves,
        ),
        english(),
    )
    return report_pdf(report, english()) if suffix == ".pdf" else report_page(report, english()).encode()
