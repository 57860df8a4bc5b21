"""The PDF, beside a plain call of WeasyPrint on the same HTML; and the memory of a process that makes many."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from screening.documents import pdf
from screening.documents.html import summary_html
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import UNREVIEWED
from screening.wording.language.languages import language
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.result import result_document
from tests.benchmarks.measuring import medians

MANY = 500


def report(rules: LoadedRules) -> Iterator[str]:
    """One line a figure."""
    english = language("en")
    case = max(rules.cases, key=lambda case: len(case.answers))
    given = SummaryInput(rules, case.answers, english, date(2026, 11, 22), UNREVIEWED)
    html = summary_html(result_document(given), english)
    pdf.warm_up()
    from weasyprint import CSS, HTML  # noqa: PLC0415 - after the fonts are set

    style = (Path(pdf.__file__).parent / "summary.css").read_text(encoding="utf-8")
    figures = medians(
        {
            "plain": lambda: HTML(string=html).write_pdf(stylesheets=[CSS(string=style)]),
            "ours": lambda: pdf.make_pdf(html, "benchmark"),
        },
        rounds=21,
    )
    yield f"plain write_pdf() of the same document, untagged: {figures['plain'] * 1e3:.0f} ms"
    yield f"our PDF, tagged: {figures['ours'] / figures['plain']:.2f} x plain (wanted: at most 0.9)"
    yield from _many(html)


def _many(html: str) -> Iterator[str]:
    seconds, memory = [], []
    for number in range(MANY):
        start = time.perf_counter()
        pdf.make_pdf(html, str(number))
        seconds.append(time.perf_counter() - start)
        memory.append(_resident())
    ninetieth = sorted(seconds)[int(MANY * 0.9)]
    yield f"p90 over {MANY} PDFs: {ninetieth / median(seconds):.2f} x the median (wanted: at most 1.15)"
    yield f"memory after 50 PDFs: {memory[49]} MB, after {MANY}: {memory[-1]} MB"


def _resident() -> int:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 // 1_000_000
