"""Strangers who send files all the time: told calmly to wait, while everybody's own PDFs are made."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from screening.app import WAITING_FILES
from screening.crypto.phrase_box import seal_with_phrase
from screening.documents.workers import Became, Limits, TooCostlyError, WorkError, Workers
from screening.questionnaire.saved_answers import FIRST_LINE, SECRET_BYTES
from screening.runtime import EXTENSION, Service
from screening.wording.language.secret_phrases import phrase_words
from tests.documents.test_workers import burn, hang
from tests.support.page import Element, read_page
from tests.support.patience import wait_until
from tests.support.person import complete
from tests.support.web import Web
from tests.support.web_fixtures import make_app

FLOOD, VISITOR = "127.0.0.1", "203.0.113.7"
MADE = 3
JUNK = b"%PDF-1.7 a file"
_ENTRIES = 50_000
SLOW_PDF = b"".join(
    (
        b"%PDF-1.7\n%/ByteRange\n",
        b"xref\n0 %d\n" % _ENTRIES,
        b"0000000000 65535 f \n" * _ENTRIES,
        b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n21\n%%%%EOF" % _ENTRIES,
    )
)
"""Its table of objects, a megabyte long, is read before anything can be said of it."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application whose worker processes are its own."""
    made = make_app(tmp_path_factory.mktemp("instance"))
    yield made
    service: Service = made.extensions[EXTENSION]
    service.workers.close()
    service.file_workers.close()


@contextmanager
def flooded(app: Flask, folder: Path) -> Iterator[None]:
    """Whatever looks into files is at work for one network, and as many as may wait do."""
    workers: Workers = app.extensions[EXTENSION].file_workers
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1 + WAITING_FILES) as pool:
        pool.submit(workers.run_for, FLOOD, Path.read_text, pipe)
        with pipe.open("w") as end:  # opens once the worker reads from the other one
            for _ in range(WAITING_FILES):
                pool.submit(workers.run_for, FLOOD, len, "a file")
            wait_until(lambda: workers.waiting == WAITING_FILES)
            yield
            end.write("done")


def sent(web: Web, path: str, content: bytes, **more: str) -> tuple[int, Element, str]:
    """The status, the page and the time to wait after a file was sent."""
    token = web.get(path).one("main").one("input", name="csrf_token")["value"]
    data = {"csrf_token": token, "file": (io.BytesIO(content), "a file"), **more}
    response = web.client.post(
        path, data=data, content_type="multipart/form-data", base_url=web.base_url, follow_redirects=True
    )
    return response.status_code, read_page(response.text).one("main"), response.headers.get("Retry-After", "")


@pytest.mark.slow
def test_own_pdfs_are_all_made_while_strangers_files_flood(app: Flask, tmp_path: Path) -> None:
    web = Web(app)
    complete(web)
    with flooded(app, tmp_path):
        assert [web.raw("/summary.pdf").status_code for _ in range(MADE)] == [200] * MADE


def test_who_floods_is_told_calmly_to_wait_and_no_words_are_kept(app: Flask, tmp_path: Path) -> None:
    words = " ".join(phrase_words(bytes(SECRET_BYTES), "en"))
    with flooded(app, tmp_path):
        for path, typed in (("/verify", {}), ("/open", {"words": words})):
            status, page, wait = sent(Web(app), path, JUNK, **typed)
            assert (status, wait) == (429, "10")
            assert "Nothing is wrong with yours" in page.text
            assert not [name for name in typed if page.one("input", name=name)["value"]]


def test_a_visitor_from_elsewhere_has_a_turn_in_the_midst_of_a_flood(app: Flask, tmp_path: Path) -> None:
    workers: Workers = app.extensions[EXTENSION].file_workers
    with ThreadPoolExecutor(1) as pool:
        with flooded(app, tmp_path):
            visitor: Future[int] = pool.submit(workers.run_for, VISITOR, len, "abc")
            wait_until(lambda: visitor.done() or VISITOR in {one.network for one in workers._turns._waiting})
        assert visitor.result() == 3


@pytest.mark.slow
def test_one_hostile_file_keeps_a_worker_for_a_bounded_time_of_a_processor(app: Flask) -> None:
    workers: Workers = app.extensions[EXTENSION].file_workers
    assert workers.limits.processor <= 2
    became: list[Became] = []
    bounded = Workers(1, limits=Limits(processor=0.2), note=became.append)
    with pytest.raises(WorkError, match="processor time"):
        bounded.run_for(FLOOD, burn)
    assert bounded.run_for(VISITOR, len, "abc") == 3
    assert became == [Became.KILLED, Became.DONE]
    bounded.close()


def test_a_file_that_meets_the_limit_of_time_is_told_as_such_and_is_nobodys_mistake(app: Flask) -> None:
    words = " ".join(phrase_words(bytes(SECRET_BYTES), "en"))
    sealed = seal_with_phrase(b"{}", bytes(SECRET_BYTES).hex(), FIRST_LINE).encode()
    workers: Workers = app.extensions[EXTENSION].file_workers
    usual, workers.limits = workers.limits, Limits(processor=0.001)
    try:
        for path, content, typed in (("/verify", SLOW_PDF, {}), ("/open", sealed, {"words": words})):
            status, page, _ = sent(Web(app), path, content, **typed)
            assert status == 422, path
            assert "could not be read in the time that we allow for one file" in page.text
            assert "our mistake" not in page.text
            assert not [name for name in typed if page.one("input", name=name)["value"]]
    finally:
        workers.limits = usual


def use_memory() -> int:
    """Ask for more than a worker may have."""
    return len(bytearray(2**40))


@pytest.mark.slow
def test_all_that_a_file_can_do_to_its_worker_counts_as_too_costly_and_a_mistake_of_ours_does_not() -> None:
    """Died twice over it, used too much memory, waited too long; the next file is looked into all the same."""
    became: list[Became] = []
    bounded = Workers(1, note=became.append)
    for work, limits in ((partial(os._exit, 1), Limits()), (use_memory, Limits()), (hang, Limits(clock=1))):
        bounded.limits = limits
        with pytest.raises(TooCostlyError):
            bounded.run_for(FLOOD, work)
    bounded.limits = Limits()
    with pytest.raises(WorkError) as caught:
        bounded.run_for(FLOOD, int, "x")
    assert not isinstance(caught.value, TooCostlyError)
    assert bounded.run_for(VISITOR, len, "abc") == 3
    assert became == [*[Became.KILLED] * 3, Became.FAILED, Became.DONE]
    bounded.close()
