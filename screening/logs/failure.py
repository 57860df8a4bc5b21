"""What may be told of an exception: its types, and file, line and function of every frame; no message, no value."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from traceback import walk_tb
from types import TracebackType

PACKAGE = Path(__file__).parent.parent
"""Where our own modules lie."""
_MOST_LINKS = 20
_FIRST, _LAST = 20, 60
"""Frames told of where there are more: enough to see where a recursion began, and where it ended."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a call stood."""

    file: str
    """Relative to the folder that it was imported from."""
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} in {self.function}" if self.function else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Link:
    """One exception of a chain."""

    relation: str
    """What it is to the one before: caused_by, while_handling, in_group; empty for the first."""
    type: str
    frames: tuple[Frame, ...]
    """The outermost call first."""
    left_out: int = 0
    """How many frames between the first and the last are not told."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception with its causes and parts; a process can hand it to another."""

    links: tuple[Link, ...]

    def __str__(self) -> str:
        return self.links[0].type


def failure_of(error: BaseException) -> Failure:
    """What may be told of an exception, of what caused it and of what it was raised over, `from None` or not."""
    links: list[Link] = []
    waiting: list[tuple[str, BaseException]] = [("", error)]
    seen: set[int] = set()
    while waiting and len(links) < _MOST_LINKS:
        relation, current = waiting.pop(0)
        if id(current) not in seen:
            seen.add(id(current))
            links.append(Link(relation, _type_name(current), *_frames(current.__traceback__)))
            waiting[:0] = _related(current)
    return Failure(tuple(links))


def warned(category: type[Warning], file: str, line: int) -> Failure:
    """What may be told of a warning."""
    return Failure((Link("", category.__qualname__, (Frame(relative(file), line, ""),)),))


def relative(file: str) -> str:
    """A file by its path below the folder that it was imported from; by its name where that is not known."""
    for folder in _folders(tuple(sys.path)):
        if file.startswith(folder):
            return file.removeprefix(folder)
    return PurePath(file).name


def _related(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    if error.__cause__ is not None:
        yield "caused_by", error.__cause__
    elif error.__context__ is not None:
        yield "while_handling", error.__context__
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield "in_group", part


def _type_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _frames(traceback: TracebackType | None) -> tuple[tuple[Frame, ...], int]:
    """The frames that are told of, and how many are not."""
    frames = [
        Frame(relative(frame.f_code.co_filename), line, frame.f_code.co_name) for frame, line in walk_tb(traceback)
    ]
    left_out = len(frames) - _FIRST - _LAST
    return (tuple(frames), 0) if left_out <= 0 else ((*frames[:_FIRST], *frames[-_LAST:]), left_out)


@lru_cache(maxsize=4)
def _folders(searched: tuple[str, ...]) -> tuple[str, ...]:
    """The folders that modules are imported from, the longest first; each ends with a slash."""
    standard = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))
    folders = {str(PACKAGE.parent), *standard, *(folder for folder in searched if PurePath(folder).is_absolute())}
    return tuple(sorted((f"{folder.rstrip('/')}/" for folder in folders), key=len, reverse=True))
