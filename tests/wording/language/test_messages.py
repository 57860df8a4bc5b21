"""The catalogues of messages: every message that a person reads is in each of them, and nothing in it is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.util import pathmatch

from screening.rulefiles.checks.texts import PhraseFinder
from screening.wording.language.languages import CATALOGUES, language
from tests.conftest import ROOT
from tests.support.cases import translations
from tests.support.every import for_every

FILES = sorted(CATALOGUES.glob("*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")


@cache
def extracted() -> frozenset[tuple[str, ...]]:
    """Every message of code and templates, with its plural where it has one."""
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    named = {pattern.partition("/")[0] for pattern, _ in methods}

    def may_hold_some(folder: str) -> bool:
        """Whether a pattern fits anything in it: elsewhere lie ten thousand files, of which each is held to all."""
        return Path(folder).relative_to(ROOT).parts[0] in named and not Path(folder).name.startswith((".", "_"))

    keywords = {**DEFAULT_KEYWORDS, "say": None}
    walked = extract_from_dir(ROOT, methods, options, keywords=keywords, directory_filter=may_hold_some)
    found = {(message,) if isinstance(message, str) else tuple(message) for _, _, message, _, _ in walked}
    return frozenset(found)


@cache
def catalogue(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=file.stem.replace("-", "_"), abort_invalid=True)


def messages(file: Path) -> Iterator[Message]:
    return (message for message in catalogue(file) if message.id)


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def spoken_files() -> list[Path]:
    """The modules whose messages are translated."""
    with (ROOT / "babel.cfg").open() as config:
        methods, _ = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    modules = sorted((ROOT / "screening").rglob("*.py"))
    return [path for path in modules if method(path, methods) == "python"]


def method(path: Path, methods: list[tuple[str, str]]) -> str:
    """How messages are found in a file: the first pattern that fits it says so."""
    name = path.relative_to(ROOT).as_posix()
    return next((how for pattern, how in methods if pathmatch(pattern, name)), "")


@for_every("path", spoken_files(), ids=lambda path: path.stem)
def test_no_message_stands_within_another_text_where_it_is_not_found(path: Path) -> None:
    assert not re.findall(r"\{(?:say|_|gettext|[\w.]+\.(?:gettext|say))\(", path.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_there_are_messages() -> None:
    assert len(extracted()) > 200
    assert ("There is at most %(number)s short page.", "There are at most %(number)s short pages.") in extracted()
    assert ("Why",) in extracted()
    assert ('Choose an answer. "I\'m not sure" is fine.',) in extracted()
    assert not [message for message in extracted() if "yaml" in message[0].lower()]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_catalogue_has_every_message_and_no_other(file: Path) -> None:
    assert {ids(message) for message in messages(file)} == extracted(), "run ./translations"
    assert not catalogue(file).obsolete


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_message_is_translated(file: Path) -> None:
    assert [ids(message)[0] for message in messages(file) if message.fuzzy or not all(strings(message))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_value_stays_in_a_message(file: Path) -> None:
    for message in messages(file):
        wanted = sorted(PLACEHOLDER.findall(ids(message)[-1]))
        for string in strings(message):
            assert sorted(PLACEHOLDER.findall(string)) == wanted, ids(message)[0]
            assert "%" not in PLACEHOLDER.sub("", string), ids(message)[0]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_message_begins_and_ends_as_its_original_does(file: Path) -> None:
    for message in messages(file):
        for string in strings(message):
            assert (string[0].isspace(), string[-1].isspace()) == (
                ids(message)[0][0].isspace(),
                ids(message)[0][-1].isspace(),
            )
            assert (string.rstrip()[-1] in ":：") == (ids(message)[0].rstrip()[-1] == ":"), ids(message)[0]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_no_message_holds_a_word_that_nobody_is_told(file: Path) -> None:
    banned = translations()[file.stem].banned
    finder = PhraseFinder(banned)
    assert len(banned) > 10
    assert [string for message in messages(file) for string in strings(message) if list(finder.find(string))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_catalogue_is_spoken(file: Path) -> None:
    spoken = language(file.stem)
    assert spoken.gettext("Continue") != "Continue"
    said = spoken.ngettext("There is at most %(number)s short page.", "There are at most %(number)s short pages.", 5)
    assert "5" in said
    assert said != "There are at most 5 short pages."
