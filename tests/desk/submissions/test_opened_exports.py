"""The spreadsheet as LibreOffice opens it: numbers are numbers, moments are whole, and what is hostile is text.

Skipped where LibreOffice is missing, everywhere: it is no part of what the tests need.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from screening.storage.database.clock import now
from screening.storage.submissions.assessments.versions import AssessmentRecord
from tests.desk.submissions.test_exports import taken
from tests.support.desk import Desk
from tests.support.desk_submissions import assess_case, clear, code_of, send

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here (Debian's libreoffice-calc)"),
]
AS_OPENED = {
    "as the guide says": "CSV:44,34,UTF8,1,,1033,true,false",
    "nothing ticked": "CSV:44,34,UTF8,1,,1033,false,false",
}
"""What is said on opening: parted by commas, UTF-8, English; whether what is quoted is text."""
STARTS = ("=", "+", "-", "@", "\t=", " =", "＝", "|", '=HYPERLINK("http://evil","')
WHOLE = ("umur saya lima puluh enam, kira-kira", "五十六岁，“大约”；也许", "৫৬ বছর", "a;b\nc")
"""Typed into a field for a number by somebody who reads another language, as it was kept."""


@dataclass(frozen=True)
class Cell:
    """A cell as LibreOffice has it."""

    kind: str
    """float, string, date, ...; empty where nothing stands in it."""
    value: str
    text: str


def opened(content: bytes, folder: Path, how: str) -> list[dict[str, Cell]]:
    """The lines of a CSV file once LibreOffice has opened it, by the names of its columns."""
    assert SOFFICE
    file = folder / "submissions.csv"
    file.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", f"--infilter={AS_OPENED[how]}", "--convert-to", "fods", "--outdir"]
    subprocess.run([*command, str(folder), str(file)], check=True, capture_output=True)
    sheet = ET.parse(file.with_suffix(".fods")).getroot()
    assert [name for element in sheet.iter() for name in element.attrib if name.endswith("}formula")] == []
    head, *rows = [list(_cells(row)) for row in sheet.iter() if row.tag.endswith("}table-row")]
    names = [cell.text for cell in head if cell.text]
    return [dict(zip(names, row, strict=False)) for row in rows if row and row[0].text]


def _cells(row: ET.Element) -> Iterator[Cell]:
    for cell in row:
        of = {name.rpartition("}")[2]: value for name, value in cell.attrib.items()}
        text = "\n".join("".join(element.itertext()) for element in cell if element.tag.endswith("}p"))
        made = Cell(of.get("value-type", ""), of.get("value") or of.get("date-value") or "", text)
        yield from [made] * min(int(of.get("number-columns-repeated", "1")), 1000)


def with_answers(judgement: AssessmentRecord, **answers: object) -> AssessmentRecord:
    return replace(judgement, input={**judgement.input, "answers": {**judgement.input["answers"], **answers}})


@pytest.mark.parametrize("how", AS_OPENED)
def test_numbers_are_numbers_moments_are_moments_and_hostile_texts_are_texts(
    coordinator: Desk, tmp_path: Path, how: str
) -> None:
    clear(coordinator.store)
    store, rules = coordinator.store, coordinator.service.rules
    number = next(place for place, case in enumerate(rules.cases) if "lsm" in case.answers and case.expected)
    judgement = assess_case(rules, number)
    typed = {
        code_of(store, send(store, 2, with_answers(judgement, lsm={"value": value, "unit": "kPa"}))): (value, stored)
        for value, stored in (("22,5", 22.5), ("৬,৫", 6.5), ("9.40", 9.4))
    }
    kept = {code_of(store, send(store, 3, with_answers(judgement, age=start + "1+1"))): start for start in STARTS}
    whole = {code_of(store, send(store, 3, with_answers(judgement, age=text))): text for text in WHOLE}
    content = taken(coordinator, "csv")
    rows = {row["code"].text: row for row in opened(content, tmp_path, how)}
    clear(store)
    assert set(rows) == {*typed, *kept, *whole}
    for code, (value, stored) in typed.items():
        cell = rows[code]["answer:lsm"]
        assert (cell.kind, float(cell.value)) == ("float", stored)
        if how == "as the guide says":
            assert (rows[code]["typed:lsm"].kind, rows[code]["typed:lsm"].text) == ("string", value)
    for row in rows.values():
        assert {name: row[name].kind for name in ("received_at", "answered_on")} == {
            "received_at": "date",
            "answered_on": "date",
        }
        ahead = timedelta(minutes=float(row["received_offset"].value))
        sent = datetime.fromisoformat(row["received_at"].value).replace(tzinfo=timezone(ahead))
        assert timedelta(hours=1) < now() - sent < timedelta(hours=4)
        assert {row[name].kind for name in ("tries", "unsure", "versions")} == {"float"}
    for code, start in kept.items():
        cell = rows[code]["typed:age"]
        assert (cell.kind, rows[code]["answer:age"].kind) == ("string", "")
        assert cell.text.lstrip("'").split() == f"{start}1+1".split()
    for code, text in whole.items():
        assert (rows[code]["typed:age"].kind, rows[code]["typed:age"].text) == ("string", text)
