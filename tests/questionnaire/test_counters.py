"""Where people stop and how results come out is counted: without answers, without who, and each step once."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from screening.storage.statistics.counter_names import ANSWERED, OPEN, REACHED, RESULT, UNDETERMINED
from screening.storage.statistics.tallies import counts
from tests.support.person import answer_until, begin, complete, inputs_with
from tests.support.web import Web
from tests.support.web_fixtures import make_app


@pytest.fixture
def counted(tmp_path: Path) -> Web:
    """A browser at a service that has counted nothing yet."""
    return Web(make_app(tmp_path))


def read(web: Web, name: str) -> dict[str, int]:
    tallies, store = web.service.tallies, web.service.store
    assert tallies is not None
    assert store is not None
    tallies.flush()
    with store.reading() as transaction:
        return dict(counts(transaction, name))


def test_every_page_on_the_way_is_counted_once_as_reached_and_once_as_answered(counted: Web) -> None:
    complete(counted)
    reached, answered = read(counted, REACHED), read(counted, ANSWERED)
    assert set(reached) == set(answered)
    assert set(reached.values()) == set(answered.values()) == {1}
    assert "red_flags" in reached
    assert read(counted, RESULT) == {"early_cirrhosis": 1}


def test_where_somebody_stops_the_page_was_reached_and_not_answered(counted: Web) -> None:
    begin(counted)
    answer_until(counted, inputs_with(counted), "/questions/told")
    assert read(counted, REACHED)["told"] == 1
    assert "told" not in read(counted, ANSWERED)


def test_reloading_and_changing_an_answer_count_nothing_twice(counted: Web) -> None:
    complete(counted)
    for _ in range(2):
        counted.get("/questions/age")
        counted.submit({"age": "61"})
        counted.get("/result")
        counted.get("/continue")
    assert read(counted, REACHED)["age"] == read(counted, ANSWERED)["age"] == 1
    assert read(counted, RESULT) == {"early_cirrhosis": 1}


def test_a_page_sent_with_an_error_is_not_answered(counted: Web) -> None:
    begin(counted)
    counted.submit(status=400)
    assert read(counted, ANSWERED) == {}


def test_numbers_count_as_a_result_once_they_are_confirmed(counted: Web) -> None:
    complete(counted, has_papers="yes", lsm="6.5", scan_age="?")
    assert sum(read(counted, RESULT).values()) == 1


def test_why_a_result_is_open_is_counted_by_cause(counted: Web) -> None:
    complete(counted, told="?", stage="?", ascites="?")
    assert read(counted, RESULT) == {"unclear": 1}
    assert sum(read(counted, UNDETERMINED).values()) == 1
    assert read(counted, OPEN)


def test_where_sharing_is_off_nothing_is_counted(match_app: Flask) -> None:
    web = Web(match_app)
    assert web.service.tallies is None
    complete(web)
