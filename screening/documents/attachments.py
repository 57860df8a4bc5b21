"""The record in a PDF that anybody may have sent: found without reading the PDF as such, within fixed bounds.

Only files as this service writes them are understood: a program that saves one anew may pack the attachment otherwise,
and then it counts as not there.
"""

from __future__ import annotations

import re
import zlib

from screening.documents.record import MAX_RECORD, Record, RecordError, read_record

MAX_FILE = 2 * 1024 * 1024
"""Bytes of a PDF that is looked into; the largest of this service have a tenth of that."""
_NAME = b"/EmbeddedFile"
_MOST_NAMED = 20
"""How often the name may stand there, the list of attached files among them: each is looked at."""
_EMBEDDED = re.compile(rb"/EmbeddedFile\b([^\0]{0,600}?)\bstream\r?\n")
_LENGTH = re.compile(rb"/Length (\d{1,7})\b")


class NoRecordError(Exception):
    """There is nothing attached."""


def record_in(content: bytes) -> Record:
    """The record attached to a PDF; `NoRecordError` where nothing is, `RecordError` where it is something else."""
    if content.count(_NAME) > _MOST_NAMED:
        raise RecordError
    embedded = list(_EMBEDDED.finditer(content[:MAX_FILE]))
    if not embedded:
        raise NoRecordError
    if len(embedded) > 1:
        raise RecordError
    length = _LENGTH.search(embedded[0][1])
    if not length or b"/FlateDecode" not in embedded[0][1]:
        raise RecordError
    packed = content[embedded[0].end() : embedded[0].end() + int(length[1])]
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(packed, MAX_RECORD)
        text = plain.decode()
    except (zlib.error, UnicodeDecodeError):
        raise RecordError from None
    if not unpacker.eof:
        raise RecordError
    return read_record(text)
