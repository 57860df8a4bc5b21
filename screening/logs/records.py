"""Records of the log, which never hold a message that is not ours, and the two forms in which they are written."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from types import TracebackType
from typing import Any

from screening.logs.failure import PACKAGE, Failure, Frame, failure_of, relative
from screening.logs.request_id import request_id

_OURS = PACKAGE.name
_RELATIONS = {"": "", "caused_by": "caused by ", "while_handling": "raised over ", "in_group": "in the group "}
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class SafeRecord(logging.LogRecord):
    """A record without the words of others: they are left out as it is made, so that no handler at all sees them.

    Ours is what a logger of ours was told by a module of ours: Flask writes to a logger of the application's name.
    """

    def __init__(  # noqa: PLR0917 - as logging calls it
        self,
        name: str | None,
        level: int | None,
        pathname: str,
        lineno: int,
        msg: object,
        args: Any,
        exc_info: ExcInfo | None,
        func: str | None = None,
        sinfo: str | None = None,  # noqa: ARG002 - the lines of the stack hold code alone, and say nothing new
        **_more: object,
    ) -> None:
        name = name or ""
        self.is_ours = _is_ours(name, pathname)
        self.failure = _failure(exc_info, args)
        self.place = Frame(relative(pathname), lineno, func or "")
        self.request = request_id()
        if not (self.is_ours and isinstance(msg, str)):
            msg, args = "", ()
        super().__init__(name, level or 0, pathname, lineno, msg, _safe(args), None, func)


def _is_ours(name: str, pathname: str) -> bool:
    return name.split(".", maxsplit=1)[0] == _OURS and pathname.startswith(f"{PACKAGE}/")


def _failure(exc_info: ExcInfo | None, args: Any) -> Failure | None:
    """What a record tells of an exception, if anything."""
    if exc_info and exc_info[1] is not None:
        return failure_of(exc_info[1])
    return next((arg for arg in args if isinstance(arg, Failure)), None) if isinstance(args, tuple) else None


def _safe(args: Any) -> Any:
    """Arguments of a message; an exception of others becomes its name."""
    if not isinstance(args, tuple):
        return args
    return tuple(type(arg).__name__ if _is_others_error(arg) else arg for arg in args)


def _is_others_error(value: object) -> bool:
    return isinstance(value, BaseException) and type(value).__module__.split(".", maxsplit=1)[0] != _OURS


class TextFormatter(logging.Formatter):
    """Lines for people: one for the record, and one for each exception and frame."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record."""
        safe = _safe_record(record)
        said = f": {_one_line(safe.getMessage())}" if safe.is_ours else f", at {safe.place} (its words are left out)"
        request = f" [{safe.request}]" if safe.request else ""
        return "\n".join((f"{_time(safe)} {safe.levelname} {safe.name}{request}{said}", *_failure_lines(safe.failure)))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """The object of a record; members that say nothing are left out."""
        safe = _safe_record(record)
        members = {
            "time": _time(safe),
            "level": safe.levelname,
            "logger": safe.name,
            "process": safe.process,
            "request": safe.request,
            "message": safe.getMessage() if safe.is_ours else "",
            "place": _frame_members(safe.place),
            "failure": _failure_members(safe.failure),
        }
        return json.dumps({name: value for name, value in members.items() if value})


def _safe_record(record: logging.LogRecord) -> SafeRecord:
    """The record itself; one that was made otherwise is made anew."""
    if isinstance(record, SafeRecord):
        return record
    safe = SafeRecord(
        record.name, record.levelno, record.pathname, record.lineno, record.msg, record.args, None, record.funcName
    )
    safe.failure = _failure(record.exc_info, record.args)
    safe.created = record.created
    return safe


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


def _one_line(text: str) -> str:
    """The text as one line of what can be printed, so that no part of it passes for a line of its own."""
    return "".join(character if character.isprintable() else " " for character in text)


def _failure_lines(failure: Failure | None) -> list[str]:
    lines = []
    for link in failure.links if failure else ():
        lines.append(f"  {_RELATIONS[link.relation]}{link.type}")
        lines.extend(f"    {frame}" for frame in link.frames)
        lines.extend([f"    and {link.left_out} frames in between"] if link.left_out else [])
    return lines


def _failure_members(failure: Failure | None) -> list[dict[str, object]]:
    return [
        {
            "relation": link.relation,
            "type": link.type,
            "frames": [_frame_members(frame) for frame in link.frames],
            "left_out": link.left_out,
        }
        for link in (failure.links if failure else ())
    ]


def _frame_members(frame: Frame) -> dict[str, object]:
    return {"file": frame.file, "line": frame.line, "function": frame.function}
