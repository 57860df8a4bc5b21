"""YAML cut down to what JSON can hold, with the place of every key and value.

PyYAML alone would turn `1.10` into 1.1, `NO` into False, keep the last of two equal keys and follow
aliases into memory. Here texts stay texts, numbers are exact decimals, only `true` and `false` are
booleans, and duplicate keys, anchors, aliases, merge keys, tags and deep nesting are errors; so is
whatever another YAML program would not read as the text that it is here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

import yaml

from screening.rulefiles.yaml.invisible import code_point, invisible
from screening.rulefiles.yaml.plain_scalars import NO_VALUE, NUMBER, OTHER_YAML, VERSION_LIKE, is_text
from screening.rulefiles.yaml.raw_lines import open_quote, other_spaces
from screening.rulefiles.yaml.source_columns import Position, Source, position_in
from screening.rulefiles.yaml.syntax_errors import syntax_problem
from screening.ruleset.model.problem import Path, Problem

MAX_BYTES = 2_000_000
"""The largest rule file read: some ten times the largest one known."""
MAX_DEPTH = 30
"""Levels of nesting in a file; the schema needs about ten."""
_PARSER_TOO_DEEP = "exceeded maximum nesting depth"
"""What newer parsers say of a file before they hand out its thousandth level."""
MAX_DIGITS = 30
"""Characters of a number; longer ones are texts, and the schema refuses them where a number is wanted."""

_NO_TEXT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow anywhere; they tell a file that is no text."""

_CUT_OFF = re.compile(r"[ \t]+(#[^\s#!][^\n]*)")
"""A comment without a space behind its #: most likely a part of the text before it."""
_AFTER_DIGIT = re.compile(r"[0-9],[0-9]")

Data = dict[str, "Data"] | list["Data"] | str | Decimal | int | bool


@dataclass
class Parsed:
    """What a file says, where each part of it stands, and what is wrong with it."""

    data: Data | None = None
    positions: dict[Path, Position] = field(default_factory=dict)
    """Where each value begins."""
    keys: dict[Path, Position] = field(default_factory=dict)
    """Where the key of each value in a mapping begins."""
    sources: dict[Path, Source] = field(default_factory=dict)
    """Where the source of each text stands."""
    problems: list[tuple[Problem, Position]] = field(default_factory=list)
    text: str = ""

    def position(self, path: Path, column: int = 0) -> Position:
        """Where the part at `path` stands, or the nearest part around it; `column` characters into a text."""
        if path in self.sources:
            return position_in(self.text, self.sources[path], str(_at(self.data, path)), column)
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, Position(1, 1))


def _at(data: Data | None, path: Path) -> Data | None:
    for key in path:
        data = data[key]  # type: ignore[index]
    return data


def read_yaml(content: bytes) -> Parsed:
    """Read a file's content; every mistake that can be told apart is reported, `data` is what could be read."""
    parsed = Parsed()
    if len(content) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        parsed.problems.append((Problem("yaml.too_large", values={"limit": megabytes}), Position(1, 1)))
        return parsed
    try:
        parsed.text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        parsed.problems.append((Problem("yaml.encoding"), Position(line, 1)))
        return parsed
    if match := _NO_TEXT.search(parsed.text):
        values = {"character": f"U+{ord(match[0]):04X}"}
        parsed.problems.append((Problem("yaml.character", values=values), _at_index(parsed.text, match.start())))
        return parsed
    for match in invisible(parsed.text):
        problem = Problem("yaml.invisible", values={"character": code_point(match[0])})
        parsed.problems.append((problem, _at_index(parsed.text, match.start())))
    parsed.problems += other_spaces(parsed.text)
    if parsed.problems:
        return parsed
    _read_events(parsed)
    return parsed


def _at_index(text: str, index: int) -> Position:
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _read_events(parsed: Parsed) -> None:
    builder = _Builder(parsed)
    try:
        for event in yaml.parse(parsed.text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except _TooDeepError as error:
        parsed.problems.append((Problem("yaml.too_deep", values={"limit": MAX_DEPTH}), error.position))
    except yaml.MarkedYAMLError as error:
        if unclosed := list(open_quote(parsed.text)):
            # the parser gave up where the next quotation mark stands, which may be many lines later
            parsed.problems, parsed.data = unclosed, None
            return
        problem, position = syntax_problem(error, parsed.text)
        if error.problem == _PARSER_TOO_DEEP:
            problem = Problem("yaml.too_deep", values={"limit": MAX_DEPTH})
        # what was noticed earlier in the same line is most likely the same mistake
        parsed.problems = [problem for problem in parsed.problems if problem[1].line != position.line]
        parsed.problems.append((problem, position))
        parsed.data = None
    if builder.quoted_lines:
        parsed.problems += open_quote(parsed.text)
    if parsed.data is None and not parsed.problems:
        parsed.problems.append((Problem("yaml.nothing"), Position(1, 1)))


class _Mark(Protocol):
    """A place as the parser gives it, counted from zero."""

    line: int
    column: int


class _TooDeepError(Exception):
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


class _Builder:
    """Fills a `Parsed` from the parser's events; no recursion, so that no file can exhaust the stack."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.frames: list[_Frame] = []
        self.documents = 0
        self.quoted_lines = False
        """Whether a text in quotation marks goes on in another line."""

    def problem(self, code: str, event: yaml.Event, **values: object) -> None:
        self.parsed.problems.append((Problem(code, values=values), _position(event.start_mark)))

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():  # first, as nearly all are
                self.no_anchor_or_tag(event)
                self.scalar(event)
            case yaml.MappingStartEvent():
                self.no_anchor_or_tag(event)
                self.open({}, event)
            case yaml.SequenceStartEvent():
                self.no_anchor_or_tag(event)
                self.open([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.frames.pop()
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents == 2:
                    self.problem("yaml.documents", event)
            case yaml.AliasEvent():
                self.problem("yaml.alias", event, name=event.anchor)
                if self.expects_key():
                    self.frames[-1].key = ""
                else:
                    self.place("", _position(event.start_mark))

    def no_anchor_or_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self.problem("yaml.anchor", event, name=event.anchor)
        if event.tag:
            self.problem("yaml.tag", event, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def open(self, container: dict[str, Data] | list[Data], event: yaml.Event) -> None:
        if len(self.frames) >= MAX_DEPTH:
            raise _TooDeepError(_position(event.start_mark))
        if self.expects_key():
            self.problem("yaml.complex_key", event)
            self.frames[-1].key = ""
            self.frames.append(_Frame(container, (*self.frames[-1].path, "")))
            return
        path = self.place(container, _position(event.start_mark))
        in_braces = isinstance(event, yaml.MappingStartEvent) and bool(event.flow_style)
        self.frames.append(_Frame(container, path, in_braces=in_braces))

    def expects_key(self) -> bool:
        return bool(self.frames) and isinstance(self.frames[-1].container, dict) and self.frames[-1].key is None

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if self.expects_key():
            self.key(event)
            return
        value = self.value(event)
        start, end = event.start_mark, event.end_mark
        position = _position(start)
        path = self.place(value, position)
        if isinstance(value, str) and start and end:
            self.parsed.sources[path] = Source(position, start.index, end.index, event.style or "")
            self.quoted_lines = self.quoted_lines or (event.style in ('"', "'") and start.line != end.line)
            if not event.style:
                self.lost_mark(event, end.index)
        self.nothing_invisible(event)

    def lost_mark(self, event: yaml.ScalarEvent, end: int) -> None:
        """A text without quotation marks that holds half a pair, or that a # has cut off."""
        if event.value.endswith('"') and event.value.count('"') % 2:
            self.problem("yaml.quote_before", event)
        elif event.value and (match := _CUT_OFF.match(self.parsed.text, end)):
            self.problem("yaml.cut_off", event, text=match[1])

    def key(self, event: yaml.ScalarEvent) -> None:
        frame = self.frames[-1]
        if not event.style and not is_text(event.value):
            self.plain_key(event)
        self.nothing_invisible(event)
        frame.key = event.value
        frame.duplicate = frame.key in frame.container
        path = (*frame.path, frame.key)
        if frame.duplicate:
            self.problem("yaml.duplicate", event, key=frame.key, line=self.parsed.keys[path].line)
        else:
            self.parsed.keys[path] = _position(event.start_mark)

    def plain_key(self, event: yaml.ScalarEvent) -> None:
        """A key without quotation marks that is no text, or not in every YAML."""
        if event.value == "<<":
            self.problem("yaml.merge", event)
        elif self.is_rest_of_number(event):
            self.problem("yaml.comma_in_number", event)
        elif event.value in ("true", "false") or NUMBER.fullmatch(event.value):
            self.problem("yaml.key", event)
        else:
            self.value(event)

    def is_rest_of_number(self, event: yaml.ScalarEvent) -> bool:
        """Whether a key in braces is what stands behind the comma of a number, as in `{maximum: 50,000}`."""
        mark = event.start_mark
        in_braces = bool(self.frames) and self.frames[-1].in_braces
        return in_braces and mark is not None and bool(_AFTER_DIGIT.match(self.parsed.text, max(mark.index - 2, 0)))

    def nothing_invisible(self, event: yaml.ScalarEvent) -> None:
        """No escape in double quotation marks makes a character that could not stand there itself."""
        if event.style == '"':
            for match in invisible(event.value):
                self.problem("yaml.invisible", event, character=code_point(match[0]))

    def place(self, value: Data, position: Position) -> Path:
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

    def value(self, event: yaml.ScalarEvent) -> Data:
        text: str = event.value
        if event.style:
            return text
        if text in ("true", "false"):
            return text == "true"
        if NUMBER.fullmatch(text) and len(text) <= MAX_DIGITS:
            if VERSION_LIKE.fullmatch(text):
                self.problem("yaml.trailing_zero", event, text=text)
            return Decimal(text) if "." in text else int(text)
        if not text:
            self.no_value(event)
        elif NO_VALUE.fullmatch(text):
            self.problem("yaml.null", event, text=text)
        elif OTHER_YAML.fullmatch(text):
            self.problem("yaml.ambiguous", event, text=text)
        return text

    def no_value(self, event: yaml.ScalarEvent) -> None:
        """Nothing where a value belongs; in braces a comma has ended the value, or a placeholder was meant."""
        frame = self.frames[-1] if self.frames else None
        if frame and frame.in_braces and frame.key:
            position = self.parsed.keys[*frame.path, frame.key]
            if any(each.code == "yaml.comma_in_number" and place == position for each, place in self.parsed.problems):
                return
            self.forget_beginning(frame)
            self.parsed.problems.append((Problem("yaml.braces", values={"name": frame.key}), position))
        elif event.end_mark and (match := _CUT_OFF.match(self.parsed.text, event.end_mark.index)):
            self.problem("yaml.cut_off", event, text=match[1])
        else:
            self.problem("yaml.empty", event)

    def forget_beginning(self, frame: _Frame) -> None:
        """What was said of a value before a comma of its own text, as of the No in `{text: No, never}`."""
        earlier = [key for key in frame.container if isinstance(key, str)]
        before = self.parsed.positions.get((*frame.path, earlier[-1])) if earlier else None
        as_word = ("yaml.ambiguous", "yaml.null")
        self.parsed.problems = [
            (each, place) for each, place in self.parsed.problems if each.code not in as_word or place != before
        ]


def _position(mark: _Mark | None) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
