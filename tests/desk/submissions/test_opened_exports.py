"""The files of the desk as LibreOffice opens them: numbers are numbers, moments are whole, and what is hostile is text.

Skipped where LibreOffice is missing, everywhere: it is no part of what the tests need.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
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
    head, *rows = sheets({"submissions": content}, folder, how)["submissions"]
    names = [cell.text for cell in head if cell.text]
    return [dict(zip(names, row, strict=False)) for row in rows]


def sheets(files: dict[str, bytes], folder: Path, how: str) -> dict[str, list[list[Cell]]]:
    """The lines of CSV files, all opened by one LibreOffice; in none is a formula."""
    assert SOFFICE
    for name, content in files.items():
        (folder / f"{name}.csv").write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += [f"--infilter={AS_OPENED[how]}"]
    command += ["--convert-to", "fods", "--outdir", str(folder), *(str(folder / f"{name}.csv") for name in files)]
    subprocess.run(command, check=True, capture_output=True)
    found = {}
    for name in files:
        sheet = ET.parse(folder / f"{name}.fods").getroot()
        assert [place for element in sheet.iter() for place in element.attrib if place.endswith("}formula")] == []
        rows = [list(_cells(row)) for row in sheet.iter() if row.tag.endswith("}table-row")]
        found[name] = [row for row in rows if row and row[0].text]
    return found


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


def test_the_dictionary_names_every_column_and_the_overview_holds_numbers_and_whole_days(
    coordinator: Desk, tmp_path: Path
) -> None:
    clear(coordinator.store)
    send(coordinator.store, 30, assess_case(coordinator.service.rules, 0))
    addresses = {
        "dictionary": "/desk/export/dictionary.csv",
        "weeks": "/desk/overview/weeks.csv",
        "load": "/desk/overview/load.csv",
        "all": "/desk/overview.csv",
    }
    files = {name: coordinator.raw(address).get_data() for name, address in addresses.items()}
    files["submissions"] = taken(coordinator, "csv")
    clear(coordinator.store)
    found = sheets(files, tmp_path, "as the guide says")
    columns = [cell.text for cell in found["submissions"][0] if cell.text]
    assert [row[0].text for row in found["dictionary"][1:]] == columns
    assert {cell.kind for row in found["dictionary"] for cell in row} <= {"string", ""}
    for name in ("weeks", "load"):
        days = [date.fromisoformat(row[0].value) for row in found[name][1:]]
        assert days == sorted(days)
        assert {row[0].kind for row in found[name][1:]} == {"date"}
        numbers = [cell for row in found[name][1:] for cell in row[1:] if cell.text]
        assert {cell.kind for cell in numbers} == {"float"}
        assert sum(float(cell.value) for cell in numbers) > 0
    assert {row[3].kind for row in found["all"][1:]} <= {"float", ""}
