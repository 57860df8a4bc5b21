"""Sets up the log of a process, once and in one place: the command line calls it, and so does each worker process."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from screening.logs.failure import failure_of, warned
from screening.logs.records import JsonFormatter, SafeRecord, TextFormatter

if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from threading import ExceptHookArgs

SETTING = "SCREENING_LOG"
log = logging.getLogger(__name__)


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


_FORMATTERS = {LogFormat.TEXT: TextFormatter, LogFormat.JSON: JsonFormatter}


class _Handler(logging.StreamHandler[TextIO]):
    """Writes to standard error; of a record that cannot be written only that is told."""

    def __init__(self, log_format: LogFormat) -> None:
        super().__init__(sys.stderr)
        self.log_format = log_format
        self.setFormatter(_FORMATTERS[log_format]())

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name in logging
        """Tell where a record was made that cannot be written: logging itself would print its arguments."""
        with suppress(OSError, ValueError):  # standard error itself may be what fails
            self.stream.write(f"a record of {record.name} could not be written, line {record.lineno}\n")


def log_format_of(environment: Mapping[str, str]) -> LogFormat:
    """The form that an environment asks for; text where it asks for none that there is."""
    chosen = environment.get(SETTING, "").strip()
    return LogFormat(chosen) if chosen in list(LogFormat) else LogFormat.TEXT


def current_format() -> LogFormat:
    """The form in which this process writes."""
    chosen = (handler.log_format for handler in logging.getLogger().handlers if isinstance(handler, _Handler))
    return next(chosen, LogFormat.TEXT)


def configure(log_format: LogFormat) -> None:
    """Let everything that is logged, warned of or raised to the end in this process go one way, without its words."""
    logging.setLogRecordFactory(SafeRecord)
    root = logging.getLogger()
    root.handlers[:] = [_Handler(log_format)]
    root.setLevel(logging.WARNING)
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):  # what libraries prepared as they were imported
            logger.handlers.clear()
            logger.propagate = True
    warnings.showwarning = _warn
    sys.excepthook = _end_of_process
    sys.unraisablehook = _nobody_can_be_told
    threading.excepthook = _end_of_thread


def _warn(  # noqa: PLR0917 - as `warnings` calls it
    message: Warning | str,  # noqa: ARG001 - it may say anything
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - everything goes one way
    line: str | None = None,  # noqa: ARG001 - code alone
) -> None:
    log.warning("a warning was given: %s", warned(category, filename, lineno))


def _end_of_process(_kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    log.critical("this is a mistake of the program; these lines say where, and hold no answers: %s", failure_of(error))


def _nobody_can_be_told(args: UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        log.error("an error while something was cleared up: %s", failure_of(args.exc_value))


def _end_of_thread(args: ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        log.error("a thread ended by an error: %s", failure_of(args.exc_value))
