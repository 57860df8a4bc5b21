"""Dates as people type them, in four languages, and as programs send them: read in one way, or refused."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import AnswerError
from screening.ruleset.reading.typed_dates import ISO_DATE, TypedDateError, parse_typed_date
from screening.wording.language.languages import language
from tests.support.every import for_every
from tests.support.rules.random_dates import DAYS, partials

ON = date(2026, 11, 30)
PAST = Question("born", QuestionType.DATE, "When?", "Born", within_years=120)
AHEAD = Question("moved", QuestionType.DATE, "When?", "Move", within_years=2, future=True)


@for_every(
    ("typed", "wanted"),
    [
        *((text, "2024-05-17") for text in ("2024-05-17", "17/5/2024", "17.5.2024", "17-05-2024", "17 5 2024")),
        *(
            (text, "2024-05-17")
            for text in ("2024/5/17", "17 May 2024", "May 17, 2024", "17th of May 2024", "17 MEI 2024")
        ),
        *(
            (text, "2024-05-17")
            for text in ("17hb Mei 2024", "tanggal 17 Mei 2024", "2024年5月17日", "２０２４年５月１７日")
        ),
        *(
            (text, "2024-05-17")
            for text in (
                "١٧/٥/٢٠٢٤",
                "२०२४-०५-१७",
                "2024\u201105\u201117",
                "17–5–2024",
                "17\u22125\u22122024",
                "1\ufe0f7/5/2024",
            )
        ),
        *(
            (text, "2024-05")
            for text in ("2024-05", "5/2024", "05/2024", "May 2024", "Mei 2024", "2024年5月", "2024年 5月份")
        ),
        *((text, "2024") for text in ("2024", " 2024 ", "2024年", "tahun 2024")),
        *((text, "2023-03") for text in ("Mac 2023", "Maret 2023", "mar 2023", "bulan 3 2023")),
        *((text, "2023-08") for text in ("Ogos 2023", "Agustus 2023", "Aug 2023")),
        *((text, "2023-12-01") for text in ("1 Disember 2023", "1 Desember 2023", "1st Dec 2023", "1\u200e/12/2023")),
        ("29/2/2024", "2024-02-29"),
        ("3/4/2024", "2024-04-03"),
    ],
)
def test_a_date_is_read_as_it_is_written_where_these_languages_are_spoken(typed: str, wanted: str) -> None:
    assert parse_typed_date(typed).text == wanted


@for_every(
    ("typed", "code"),
    [
        *(
            (text, "date_unreadable")
            for text in ("", "yesterday", "5 or 6/2024", "17052024", "1/2/3/2024", "~2024", "2024 2025")
        ),
        *((text, "date_unreadable") for text in ("May June 2024", "17 of 5 May 2024", "x" * 41, "二〇二四年")),
        *((text, "date_year") for text in ("17/5/24", "17/5", "17 May", "May 24", "5", "24年5月")),
        *((text, "date_day_first") for text in ("5/17/2024", "12/31/2023")),
        *(
            (text, "date_none")
            for text in ("31/4/2024", "29/2/2023", "13/2024", "0/2024", "2024-00", "32 May 2024", "0000")
        ),
        *(
            (text, "date_calendar")
            for text in ("2567", "17/5/2567", "พ.ศ. 2567", "1445", "12/1445 H", "民国113年", "5/2024 BE")
        ),
    ],
)
def test_what_cannot_be_read_in_one_way_is_refused(typed: str, code: str) -> None:
    with pytest.raises(TypedDateError) as raised:
        parse_typed_date(typed)
    assert raised.value.code == code


@given(DAYS, st.sampled_from(["en", "ms", "id", "zh-Hans"]))
def test_what_is_shown_of_a_date_is_read_as_the_same_date(day: date, tag: str) -> None:
    for partial in partials(day):
        assert parse_typed_date(language(tag).partial_date(partial)) == partial
        assert read_answer(PAST, raw_answer(partial)) == partial


@given(st.integers(0, 9999), st.none() | st.integers(0, 13), st.none() | st.integers(0, 32))
def test_programs_send_just_the_dates_that_there_are(year: int, month: int | None, day: int | None) -> None:
    known = [
        f"{year:04}",
        *(f"{part:02}" for part in ((month,) if day is None else (month or 1, day)) if part is not None),
    ]
    text = "-".join(known)
    try:
        exists = bool(PartialDate(year, *(int(part) for part in known[1:])).days)
    except ValueError:
        exists = False
    assert (re.fullmatch(ISO_DATE, text) is not None) is exists


@for_every(
    ("question", "typed", "code"),
    [
        (PAST, "2026-12-01", "date_future"),
        (PAST, "2026-12", "date_future"),
        (PAST, "2027", "date_future"),
        (PAST, "1906-11-29", "date_past"),
        (PAST, "1905", "date_past"),
        (AHEAD, "2028-12-01", "date_ahead"),
        (AHEAD, "2024-11-29", "date_past"),
        (PAST, 2024, "not_a_date"),
        *((PAST, typed, "") for typed in ("2026-11-30", "2026-11", "2026", "1906-11-30", "1906")),
        *((AHEAD, typed, "") for typed in ("2028-11-30", "2028", "2024")),
    ],
)
def test_a_date_is_plausible_if_some_of_its_days_are(question: Question, typed: object, code: str) -> None:
    try:
        read_answer(question, typed, today=ON)
        found = ""
    except AnswerError as error:
        found = error.code
    assert found == code
