"""Files that a browser sends: how large each may be, read whole and in memory alone, whatever they hold."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser, MultiPartParser

MAX_FIELDS = 64 * 1024
"""Bytes in the fields of a form, all of them together, files not counted: far above any page's form."""
ENVELOPE = 16 * 1024
"""Bytes around a file in a request: the other fields of its form, its name, and the boundaries between them."""
_LIMIT = "screening_largest_file"

View = TypeVar("View", bound=Callable[..., Any])
Parsed = tuple[IO[bytes], Any, Any]


def takes_file(largest: int) -> Callable[[View], View]:
    """Mark a POST view whose form sends a file of at most so many bytes."""

    def mark(view: View) -> View:
        setattr(view, _LIMIT, largest)
        return view

    return mark


def largest_file() -> int | None:
    """The bytes that a file may have in the present request; None where none is taken."""
    limit: int | None = getattr(current_app.view_functions.get(request.endpoint or ""), _LIMIT, None)
    return limit if request.method == "POST" else None


def take_uploads(app: Flask) -> None:
    """Let larger requests in where a file is sent; it must be known before anything reads the form."""
    app.request_class = UploadRequest

    @app.before_request
    def larger() -> None:
        limit = largest_file()
        if limit is not None:
            request.max_content_length = limit + ENVELOPE


def sent_file() -> bytes | None:
    """What the file of the form holds; None where none was chosen. Raises `RequestEntityTooLarge` over its limit."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return None
    content = upload.stream.read()
    if len(content) > (largest_file() or 0):
        raise RequestEntityTooLarge
    return content


class WholeFormParser(FormDataParser):
    """Reads a form with a file in one piece.

    Werkzeug takes such a form 64 KiB at a time, and that is wrong at the borders. What it holds back there, because a
    boundary may begin with it, counts with the next piece against `max_form_memory_size`: where that is 64 KiB too, a
    line break before a border has a good file refused. And where a border falls inside the end of the last boundary,
    one byte of that is left at the end of the file. In one piece there are no borders; requests are small, and are
    held in memory anyway.
    """

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Parsed:
        """The stream, the fields and the files; none where the form cannot be read."""
        if mimetype != "multipart/form-data":
            if (content_length or 0) > MAX_FIELDS:
                raise RequestEntityTooLarge
            return super().parse(stream, mimetype, content_length, options)
        body = stream.read()
        try:
            fields, files = self._parts(body, (options or {}).get("boundary", "").encode("ascii"))
        except ValueError:
            return stream, self.cls(), self.cls()
        if sum(len(value) for values in fields.listvalues() for value in values) > MAX_FIELDS:
            raise RequestEntityTooLarge
        return stream, fields, files

    def _parts(self, body: bytes, boundary: bytes) -> tuple[Any, Any]:
        if not boundary or not body:
            raise ValueError
        parser = MultiPartParser(
            self.stream_factory, cls=self.cls, buffer_size=len(body), max_form_parts=self.max_form_parts
        )
        return parser.parse(BytesIO(body), boundary, len(body))


class UploadRequest(Request):
    """A request whose files never touch a disk: they may hold somebody's answers."""

    form_data_parser_class = WholeFormParser

    def _get_file_stream(self, *_arguments: object, **_named: object) -> IO[bytes]:
        return BytesIO()
