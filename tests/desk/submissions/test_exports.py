"""Exports: what is in the files, that no spreadsheet runs it, and that the audit knows."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from screening.documents.attachments import record_in
from screening.fhir.checks import bundle_mistakes
from screening.ruleset.reading.answer_reader import read_answer
from screening.storage.database.clock import now
from screening.storage.database.schema import audit
from screening.storage.submissions.record.records import State
from screening.wording.desk.export_columns import data_dictionary, question_columns
from screening.wording.desk.spreadsheet import answer_cells, csv_line, file_name, formula_safe
from screening.wording.language.languages import language
from tests.support.cases import RULES
from tests.support.desk import Desk
from tests.support.desk_submissions import assess_case, clear, code_of, send
from tests.support.every import for_every
from tests.support.pdf import words_of


@pytest.fixture
def empty_desk(coordinator: Desk) -> Iterator[Desk]:
    """A coordinator where nothing was sent yet."""
    clear(coordinator.store)
    yield coordinator
    clear(coordinator.store)


def taken(desk: Desk, kind: str, query: str = "") -> bytes:
    """The file that the page of exports gives."""
    page = desk.get(f"/desk/export?{query}")
    form = page.one("main").one("form")
    token = form.one("input", name="csrf_token")["value"]
    response = desk.raw(form["action"], "POST", {"csrf_token": token, "format": kind})
    if kind in ("pdf", "fhir"):
        assert response.status_code == 303
        response = desk.raw(desk.raw(response.headers["Location"]).headers["Refresh"].removeprefix("0; url="))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    content: bytes = response.data
    return content


def rows_of(content: bytes) -> list[Mapping[str, str]]:
    """The lines of a CSV file as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def actions(desk: Desk, subject: str) -> list[str]:
    """What the audit says about a submission."""
    with desk.store.reading() as transaction:
        query = select(audit.c.action).where(audit.c.subject == subject).order_by(audit.c.number)
        return list(transaction.connection.execute(query).scalars())


def test_a_spreadsheet_has_a_column_a_question_and_a_ground(empty_desk: Desk) -> None:
    rules = empty_desk.service.rules
    judgement = assess_case(rules, 7)
    sent = send(empty_desk.store, 2, judgement)
    (row,) = rows_of(taken(empty_desk, "csv"))
    assert row["code"] == code_of(empty_desk.store, sent)
    assert row["section"] == row["section_today"] == judgement.category
    assert row["rules_today"] == rules.hash
    for question in rules.rule_set.questions:
        cells = csv_line(answer_cells(question, rules.cases[7].answers.get(question.id)))
        assert [row[column] for column in question_columns(question)] == next(csv.reader([cells])), question.id
    met = {name for name in rules.cases[7].expected["grounds"] if row[f"ground:{name}"] == "met"}
    assert met == set(rules.cases[7].expected["grounds"])
    assert {row[f"ground:{ground.id}"] for ground in rules.rule_set.grounds} <= {
        "met",
        "not_met",
        "not_sure",
        "not_asked",
    }
    assert actions(empty_desk, sent)[-1] == "exported_csv"


def test_not_sure_is_never_no_in_a_spreadsheet(empty_desk: Desk) -> None:
    number = next(
        index
        for index, case in enumerate(empty_desk.service.rules.cases)
        if case.expected["answers"].get("ascites") == "unsure" and "category" in case.expected
    )
    send(empty_desk.store, 2, assess_case(empty_desk.service.rules, number))
    (row,) = rows_of(taken(empty_desk, "csv"))
    assert row["answer:ascites"] == "not_sure"
    assert "not_sure" in {value for name, value in row.items() if name.startswith("ground:")}


@for_every(
    ("name", "typed", "unit", "cells"),
    [
        ("lsm", "22,5", "kPa", '22.5,"kPa","22,5"'),
        ("lsm", "৬,৫", "kPa", '6.5,"kPa","৬,৫"'),
        ("lsm", "৬,৫ kPa", "kPa", '6.5,"kPa","৬,৫ kPa"'),
        ("age", "56 a", "a", '56,"a","56 a"'),
        ("platelets", "132000", "/uL", '132,"/uL","132000"'),
        ("lsm", "> 75", "kPa", '">75","kPa","> 75"'),
        ("platelets", "≤ 132000", "/uL", '"<=132","/uL","≤ 132000"'),
        ("platelets", "132000", None, '"not_sure","not_sure","132000"'),
    ],
)
def test_a_number_is_one_in_the_stored_unit_beside_what_was_typed(
    name: str, typed: str, unit: str | None, cells: str
) -> None:
    question = RULES.rule_set.question[name]
    answer = read_answer(question, {"value": typed, "unit": unit})
    assert csv_line(answer_cells(question, answer)) == f"{cells}\r\n"


def test_a_number_below_zero_is_no_formula_and_no_text() -> None:
    assert csv_line([Decimal("-1.50"), "-1"]) == '-1.5,"\'-1"\r\n'


def test_a_moment_is_told_in_the_clinics_own_time(empty_desk: Desk) -> None:
    send(empty_desk.store, 2, assess_case(empty_desk.service.rules, 7))
    (row,) = rows_of(taken(empty_desk, "csv"))
    received = datetime.fromisoformat(row["received_at"])
    ahead = timedelta(minutes=int(row["received_offset"]))
    assert received.tzinfo is None
    assert ahead == received.astimezone().utcoffset()
    assert abs(received.replace(tzinfo=timezone(ahead)) - (now() - timedelta(hours=2))) < timedelta(minutes=10)


def test_the_name_of_a_file_says_when_by_the_clinics_time_and_any_file_system_takes_it(empty_desk: Desk) -> None:
    name = file_name(datetime.fromisoformat("2026-11-29T23:59:58+00:00"), "csv")
    told = re.fullmatch(r"submissions-(\d{8}T\d{6}[+-]\d{4})\.csv", name)
    assert told
    assert datetime.fromisoformat(told[1]) == datetime.fromisoformat("2026-11-29T23:59:58+00:00")
    form = empty_desk.get("/desk/export").one("main").one("form")
    sent = {"csrf_token": form.one("input", name="csrf_token")["value"], "format": "json"}
    header = empty_desk.raw(form["action"], "POST", sent).headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="submissions-\d{8}T\d{6}[+-]\d{4}\.json"', header)


def test_what_is_no_longer_asked_is_not_exported(empty_desk: Desk) -> None:
    judgement = assess_case(empty_desk.service.rules, 7)
    asked_by_nobody = {**judgement.input, "answers": {**judgement.input["answers"], "has_papers": "no", "lsm": 12}}
    send(empty_desk.store, 2, replace(judgement, input=asked_by_nobody))
    (row,) = rows_of(taken(empty_desk, "csv"))
    assert (row["answer:has_papers"], row["answer:lsm"], row["typed:lsm"]) == ("no", "", "")


def test_the_dictionary_tells_every_column_of_the_spreadsheet(empty_desk: Desk) -> None:
    send(empty_desk.store, 2, assess_case(empty_desk.service.rules, 7))
    (row,) = rows_of(taken(empty_desk, "csv"))
    response = empty_desk.raw("/desk/export/dictionary.csv")
    told = rows_of(response.data)
    assert [row["column"] for row in told] == list(row)
    assert all(row["meaning"] for row in told)
    assert [row for row in told if set("[{") & set(row["meaning"])] == []
    by_column = {row["column"]: row for row in told}
    assert by_column["answer:lsm"]["unit"] == "kPa"
    assert "not_sure = " in by_column["answer:ascites"]["values"]
    assert {row["column"] for row in told} == {
        column.column for column in data_dictionary(RULES.rule_set, language("en"))
    }


@for_every("cell", ["=1+1", "+60123", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1", "|cmd"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert formula_safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "fibrosis", "2026-11-22", "3.5 mg/dL", "a=b", "'quoted", "not_sure;none"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert formula_safe(cell) == cell


def test_a_formula_in_an_answer_is_defused_in_the_file(empty_desk: Desk) -> None:
    judgement = assess_case(empty_desk.service.rules, 7)
    hostile = {**judgement.input, "answers": {**judgement.input["answers"], "age": '=HYPERLINK("http://evil","x")'}}
    send(empty_desk.store, 2, replace(judgement, input=hostile))
    content = taken(empty_desk, "csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert row["typed:age"] == '\'=HYPERLINK("http://evil","x")'
    assert row["answer:age"] == ""
    assert row["section_today"] == ""


def test_json_holds_every_version_and_nothing_of_how_to_reach_anybody(empty_desk: Desk) -> None:
    sent = send(empty_desk.store, 2, assess_case(empty_desk.service.rules, 7), reach="+60123456789")
    content = taken(empty_desk, "json")
    (one,) = json.loads(content)
    assert one["code"] == code_of(empty_desk.store, sent)
    assert one["versions"][0]["input"]["answers"]
    assert b"60123456789" not in content
    assert actions(empty_desk, sent)[-1] == "exported_json"


@pytest.mark.slow
def test_an_archive_holds_the_pdf_of_each_as_the_person_saw_it(empty_desk: Desk) -> None:
    judgement = assess_case(empty_desk.service.rules, 7)
    sent = [send(empty_desk.store, age, judgement) for age in (2, 1)]
    with ZipFile(io.BytesIO(taken(empty_desk, "pdf"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "00-about.txt",
            *(f"{code_of(empty_desk.store, identity)}-0.pdf" for identity in sent),
        ]
        pdf = archive.read(archive.namelist()[1])
    assert pdf.startswith(b"%PDF-")
    assert empty_desk.service.rules.rule_set.disclaimer.split(".")[0] in words_of(pdf)
    assert record_in(pdf).rules["sha256"] == empty_desk.service.rules.hash
    assert [actions(empty_desk, identity)[-1] for identity in sent] == ["exported_zip", "exported_zip"]


def test_a_submission_is_handed_out_as_a_document_of_fhir_that_is_the_same_each_time(empty_desk: Desk) -> None:
    sent = send(empty_desk.store, 2, assess_case(empty_desk.service.rules, 7), reach="+60123456789")
    link = next(link["href"] for link in empty_desk.get(f"/desk/submissions/{sent}").all("a") if "FHIR" in link.text)
    first, again = empty_desk.raw(link), empty_desk.raw(link)
    assert (first.status_code, first.mimetype) == (200, "application/fhir+json")
    assert first.headers["Content-Disposition"] == 'attachment; filename="document.fhir.json"'
    bundle = json.loads(first.data, parse_float=Decimal)
    assert bundle_mistakes(bundle) == []
    assert first.data == again.data
    (paper,) = (
        entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "DocumentReference"
    )
    words = words_of(b64decode(paper["content"][0]["attachment"]["data"]))
    assert empty_desk.service.rules.rule_set.disclaimer.split(".")[0] in words
    assert b"60123456789" not in first.data
    assert actions(empty_desk, sent)[-2:] == ["exported_fhir", "exported_fhir"]


@pytest.mark.slow
def test_an_archive_holds_the_document_of_each_as_the_page_of_one_gives_it(empty_desk: Desk) -> None:
    judgement = assess_case(empty_desk.service.rules, 7)
    sent = [send(empty_desk.store, age, judgement) for age in (2, 1)]
    with ZipFile(io.BytesIO(taken(empty_desk, "fhir"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "00-about.txt",
            *(f"{code_of(empty_desk.store, identity)}-0.json" for identity in sent),
        ]
        assert b"FHIR documents of 2 submissions" in archive.read("00-about.txt")
        held = archive.read(archive.namelist()[1])
    assert [actions(empty_desk, identity)[-1] for identity in sent] == ["exported_fhir-zip", "exported_fhir-zip"]
    assert held == empty_desk.raw(f"/desk/submissions/{sent[0]}/document.fhir.json").data


def test_what_is_exported_is_what_the_list_shows(empty_desk: Desk) -> None:
    wanted = send(empty_desk.store, 3, language="ms")
    other = send(empty_desk.store, 2)
    closed = send(empty_desk.store, 2, language="ms", state=State.CLOSED, ended_at=now())
    empty_desk.get("/desk/?language=ms")
    page = empty_desk.follow("Export what is listed")
    assert "2 submissions" in page.text
    assert "Language: Malay" in page.text
    codes = {row["code"] for row in json.loads(taken(empty_desk, "json", "language=ms"))}
    assert codes == {code_of(empty_desk.store, wanted), code_of(empty_desk.store, closed)}
    (only,) = json.loads(taken(empty_desk, "json", "language=ms&group=later"))
    assert only["code"] == code_of(empty_desk.store, wanted)
    assert "exported_json" not in actions(empty_desk, other)


def test_many_are_read_a_few_at_a_time_up_to_a_bound(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.storage.submissions.handed_out.exporting.AT_ONCE", 3)
    sent = [send(empty_desk.store, 20 - number) for number in range(8)]
    codes = [code_of(empty_desk.store, identity) for identity in sent]
    assert [row["code"] for row in json.loads(taken(empty_desk, "json"))] == codes


def test_a_kind_of_file_must_be_chosen(empty_desk: Desk) -> None:
    empty_desk.get("/desk/export")
    page = empty_desk.submit({}, status=400)
    assert page.one(id="error-summary").one("a").text == "Choose a kind of file."
    empty_desk.submit({"format": "exe"}, status=400)


def test_a_manager_exports_nothing(manager: Desk) -> None:
    assert manager.raw("/desk/export").status_code == 403
