"""From the parser's events to what a file says: which of them may stand there, and what a scalar is.

Texts stay texts, numbers are exact decimals, only `true` and `false` are booleans; duplicate keys, anchors, aliases,
merge keys, tags and deep nesting are errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

import yaml

from screening.rulefiles.yaml.invisible import code_point, invisible
from screening.rulefiles.yaml.parsed import Data, Parsed
from screening.rulefiles.yaml.plain_scalars import NO_VALUE, NUMBER, OTHER_YAML, VERSION_LIKE, is_text
from screening.rulefiles.yaml.source_columns import Position, Source
from screening.ruleset.model.problem import Path, Problem

MAX_DEPTH = 30
"""Levels of nesting in a file; the schema needs about ten."""
MAX_DIGITS = 30
"""Characters of a number; longer ones are texts, and the schema refuses them where a number is wanted."""


_CUT_OFF = re.compile(r"[ \t]+(#[^\s#!][^\n]*)")
"""A comment without a space behind its #: most likely a part of the text before it."""
_AFTER_DIGIT = re.compile(r"[0-9],[0-9]")


class _Mark(Protocol):
    """A place as the parser gives it, counted from zero."""

    line: int
    column: int


class TooDeepError(Exception):
    """A part of a file lies deeper than any file needs."""

    def __init__(self, position: Position) -> None:
        super().__init__()
        self.position = position


@dataclass
class _Frame:
    """A mapping or list that is being filled."""

    container: dict[str, Data] | list[Data]
    path: Path
    key: str | None = None
    """The key whose value comes next, in a mapping."""
    duplicate: bool = False
    in_braces: bool = False


class Builder:
    """Fills a `Parsed` from the parser's events; no recursion, so that no file can exhaust the stack."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.frames: list[_Frame] = []
        self.documents = 0
        self.quoted_lines = False
        """Whether a text in quotation marks goes on in another line."""

    def _problem(self, code: str, event: yaml.Event, **values: object) -> None:
        self.parsed.problems.append((Problem(code, values=values), _position(event.start_mark)))

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        match event:
            case yaml.ScalarEvent():  # first, as nearly all are
                self._no_anchor_or_tag(event)
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._no_anchor_or_tag(event)
                self._open({}, event)
            case yaml.SequenceStartEvent():
                self._no_anchor_or_tag(event)
                self._open([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.frames.pop()
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents == 2:
                    self._problem("yaml.documents", event)
            case yaml.AliasEvent():
                self._problem("yaml.alias", event, name=event.anchor)
                if self._expects_key():
                    self.frames[-1].key = ""
                else:
                    self._place("", _position(event.start_mark))

    def _no_anchor_or_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._problem("yaml.anchor", event, name=event.anchor)
        if event.tag:
            self._problem("yaml.tag", event, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _open(self, container: dict[str, Data] | list[Data], event: yaml.Event) -> None:
        if len(self.frames) >= MAX_DEPTH:
            raise TooDeepError(_position(event.start_mark))
        if self._expects_key():
            self._problem("yaml.complex_key", event)
            self.frames[-1].key = ""
            self.frames.append(_Frame(container, (*self.frames[-1].path, "")))
            return
        path = self._place(container, _position(event.start_mark))
        in_braces = isinstance(event, yaml.MappingStartEvent) and bool(event.flow_style)
        self.frames.append(_Frame(container, path, in_braces=in_braces))

    def _expects_key(self) -> bool:
        return bool(self.frames) and isinstance(self.frames[-1].container, dict) and self.frames[-1].key is None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._expects_key():
            self._key(event)
            return
        value = self._value(event)
        start, end = event.start_mark, event.end_mark
        position = _position(start)
        path = self._place(value, position)
        if isinstance(value, str) and start and end:
            self.parsed.sources[path] = Source(position, start.index, end.index, event.style or "")
            self.quoted_lines = self.quoted_lines or (event.style in ('"', "'") and start.line != end.line)
            if not event.style:
                self._lost_mark(event, end.index)
        self._nothing_invisible(event)

    def _lost_mark(self, event: yaml.ScalarEvent, end: int) -> None:
        """A text without quotation marks that holds half a pair, or that a # has cut off."""
        if event.value.endswith('"') and event.value.count('"') % 2:
            self._problem("yaml.quote_before", event)
        elif event.value and (match := _CUT_OFF.match(self.parsed.text, end)):
            self._problem("yaml.cut_off", event, text=match[1])

    def _key(self, event: yaml.ScalarEvent) -> None:
        frame = self.frames[-1]
        if not event.style and not is_text(event.value):
            self._plain_key(event)
        self._nothing_invisible(event)
        frame.key = event.value
        frame.duplicate = frame.key in frame.container
        path = (*frame.path, frame.key)
        if frame.duplicate:
            self._problem("yaml.duplicate", event, key=frame.key, line=self.parsed.keys[path].line)
        else:
            self.parsed.keys[path] = _position(event.start_mark)

    def _plain_key(self, event: yaml.ScalarEvent) -> None:
        """A key without quotation marks that is no text, or not in every YAML."""
        if event.value == "<<":
            self._problem("yaml.merge", event)
        elif self._is_rest_of_number(event):
            self._problem("yaml.comma_in_number", event)
        elif event.value in ("true", "false") or NUMBER.fullmatch(event.value):
            self._problem("yaml.key", event)
        else:
            self._value(event)

    def _is_rest_of_number(self, event: yaml.ScalarEvent) -> bool:
        """Whether a key in braces is what stands behind the comma of a number, as in `{maximum: 50,000}`."""
        mark = event.start_mark
        in_braces = bool(self.frames) and self.frames[-1].in_braces
        return in_braces and mark is not None and bool(_AFTER_DIGIT.match(self.parsed.text, max(mark.index - 2, 0)))

    def _nothing_invisible(self, event: yaml.ScalarEvent) -> None:
        """No escape in double quotation marks makes a character that could not stand there itself."""
        if event.style == '"':
            for match in invisible(event.value):
                self._problem("yaml.invisible", event, character=code_point(match[0]))

    def _place(self, value: Data, position: Position) -> Path:
        """Put a value where it belongs and note its position."""
        if not self.frames:
            if self.documents == 1:
                self.parsed.data = value
            path: Path = ()
        else:
            frame = self.frames[-1]
            if isinstance(frame.container, list):
                path = (*frame.path, len(frame.container))
                frame.container.append(value)
            else:
                path = (*frame.path, frame.key or "")
                if not frame.duplicate:
                    frame.container[frame.key or ""] = value
                frame.key = None
        self.parsed.positions.setdefault(path, position)
        return path

    def _value(self, event: yaml.ScalarEvent) -> Data:
        text: str = event.value
        if event.style:
            return text
        if text in ("true", "false"):
            return text == "true"
        if NUMBER.fullmatch(text) and len(text) <= MAX_DIGITS:
            if VERSION_LIKE.fullmatch(text):
                self._problem("yaml.trailing_zero", event, text=text)
            return Decimal(text) if "." in text else int(text)
        if not text:
            self._no_value(event)
        elif NO_VALUE.fullmatch(text):
            self._problem("yaml.null", event, text=text)
        elif OTHER_YAML.fullmatch(text):
            self._problem("yaml.ambiguous", event, text=text)
        return text

    def _no_value(self, event: yaml.ScalarEvent) -> None:
        """Nothing where a value belongs; in braces a comma has ended the value, or a placeholder was meant."""
        frame = self.frames[-1] if self.frames else None
        if frame and frame.in_braces and frame.key:
            position = self.parsed.keys[*frame.path, frame.key]
            if any(
                problem.code == "yaml.comma_in_number" and place == position for problem, place in self.parsed.problems
            ):
                return
            self._forget_beginning(frame)
            self.parsed.problems.append((Problem("yaml.braces", values={"name": frame.key}), position))
        elif event.end_mark and (match := _CUT_OFF.match(self.parsed.text, event.end_mark.index)):
            self._problem("yaml.cut_off", event, text=match[1])
        else:
            self._problem("yaml.empty", event)

    def _forget_beginning(self, frame: _Frame) -> None:
        """What was said of a value before a comma of its own text, as of the No in `{text: No, never}`."""
        earlier = [key for key in frame.container if isinstance(key, str)]
        before = self.parsed.positions.get((*frame.path, earlier[-1])) if earlier else None
        as_word = ("yaml.ambiguous", "yaml.null")
        self.parsed.problems = [
            (problem, place)
            for problem, place in self.parsed.problems
            if problem.code not in as_word or place != before
        ]


def _position(mark: _Mark | None) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
