"""Files that are sent: up to the stated limit every one comes through whole, wherever line breaks and borders fall."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from werkzeug.exceptions import RequestEntityTooLarge

from screening.documents.attachments import MAX_FILE
from screening.forms.uploads import ENVELOPE, MAX_FIELDS, UploadRequest
from screening.questionnaire.saving import MAX_SAVED
from tests.support.uploads import form

PIECE = 64 * 1024
"""Bytes that werkzeug's parser reads at a time."""
BOUNDARY = st.text("abcdefghijklmnopqrstuvwxyzABC0123456789-", min_size=1, max_size=70)
NAME = st.text(st.characters(exclude_characters='"\\\r\n', codec="utf-8"), min_size=1, max_size=200)
LINE_BREAKS = st.sampled_from([b"\r", b"\n", b"\r\n", b"\r\n-", b"\r\n--", b"\n\n", b"\r\r\n"])


def request_of(body: bytes, boundary: str, limit: int) -> UploadRequest:
    """The request that brings a form, where a file of so many bytes is taken."""
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    request = UploadRequest(environ)
    request.max_form_memory_size = PIECE
    request.max_content_length = limit + ENVELOPE
    return request


def file_that_comes(body: bytes, boundary: str, limit: int = MAX_FILE) -> bytes:
    content: bytes = request_of(body, boundary, limit).files["file"].read()
    return content


@settings(max_examples=300, deadline=None)
@given(
    boundary=BOUNDARY,
    name=NAME,
    size=st.builds(lambda pieces, less: max(0, pieces * PIECE + 60 - less), st.integers(0, 4), st.integers(0, 120)),
    line_break=LINE_BREAKS,
    place=st.integers(0, 200),
)
@example(boundary="x", name="a.pdf", size=2 * PIECE, line_break=b"\r", place=1)
def test_a_file_with_a_line_break_before_a_border_comes_through_whole(
    boundary: str, name: str, size: int, line_break: bytes, place: int
) -> None:
    head = len(form(b"", boundary, name)) - len(f"\r\n--{boundary}--\r\n")
    content = bytearray(b"\x80" * size)
    for border in range(PIECE, size + head, PIECE):
        at = border - head - place
        if at >= 0 and at + len(line_break) <= size:
            content[at : at + len(line_break)] = line_break
    assert file_that_comes(form(bytes(content), boundary, name), boundary) == content


@settings(max_examples=200, deadline=None)
@given(boundary=BOUNDARY, name=NAME, pieces=st.integers(1, 3), cut=st.integers(0, 90))
@example(boundary="x", name="a.pdf", pieces=1, cut=3)
def test_a_border_within_the_last_boundary_adds_nothing_to_a_file(
    boundary: str, name: str, pieces: int, cut: int
) -> None:
    around = len(form(b"", boundary, name))
    content = b"\x80" * (pieces * PIECE + cut - around)
    assert file_that_comes(form(content, boundary, name), boundary) == content


@settings(max_examples=60, deadline=None)
@given(
    boundary=BOUNDARY,
    name=NAME,
    limit=st.sampled_from([MAX_FILE, MAX_SAVED]),
    less=st.integers(0, 3),
    line_breaks=st.lists(st.tuples(st.integers(0, 2**21), LINE_BREAKS), max_size=40),
)
def test_a_file_of_the_stated_limit_comes_through_whole(
    boundary: str, name: str, limit: int, less: int, line_breaks: list[tuple[int, bytes]]
) -> None:
    content = bytearray(b"\x80" * (limit - less))
    for at, line_break in line_breaks:
        content[at % len(content) : at % len(content) + len(line_break)] = line_break
    sent = bytes(content[: limit - less])
    assert file_that_comes(form(sent, boundary, name), boundary, limit) == sent


def test_fields_beside_a_file_come_through_and_are_bounded() -> None:
    request = request_of(form(b"a", "x", "a", {"words": "b" * 5000}), "x", MAX_FILE)
    assert (request.form["words"], request.files["file"].read()) == ("b" * 5000, b"a")
    with pytest.raises(RequestEntityTooLarge):
        _ = request_of(form(b"a", "x", "a", {"words": "b" * (MAX_FIELDS + 1)}), "x", MAX_FILE).form


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\n\r\n\r\n--x--", b"--x\r\nContent-Disposition: \xff\r\n\r\n"])
def test_a_form_that_cannot_be_read_brings_nothing(body: bytes) -> None:
    request = request_of(body, "x", MAX_FILE)
    assert (dict(request.form), dict(request.files)) == ({}, {})
