"""Words planted in errors and in what libraries say reach no log; file, line and function of every frame do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from textwrap import dedent, indent

import pytest

from tests.support.patience import PATIENCE

WORD = "mangosteen"
"""An answer: each piece of code gets it from the environment, so that it stands in no source."""
FORMATS = ("text", "json")
LIBRARIES = (
    "werkzeug", "weasyprint", "fontTools.subset", "sqlalchemy.engine", "gunicorn.error", "gunicorn.access", "alembic",
    "pyhanko", "PIL.Image", "py.warnings", "flask_wtf.csrf", "screening", "screening.storage.store", "root", "x.y.z",
)  # fmt: skip

PREPARED = """
import atexit, gc, logging, os, sys, threading, warnings
from screening.logs.setup import configure, log_format_of
word = os.environ["WORD"]
configure(log_format_of(os.environ))

def fail(*parts):
    told = word
    raise ValueError(f"the answer is {word}", word, *parts)
"""
RAISED = {
    "a message": "fail()",
    "a cause": """
        try:
            fail()
        except ValueError as error:
            raise KeyError(word) from error
    """,
    "what it is raised over": """
        try:
            fail()
        except ValueError:
            raise KeyError(word)
    """,
    "what it is raised over, hidden": """
        try:
            fail()
        except ValueError:
            raise KeyError(word) from None
    """,
    "a note": """
        try:
            fail()
        except ValueError as error:
            error.add_note(word)
            raise
    """,
    "a group": """
        caught = []
        for _ in range(3):
            try:
                fail()
            except ValueError as error:
                caught.append(error)
        raise ExceptionGroup(word, [ExceptionGroup(word, caught), KeyError(word)])
    """,
    "a circle": """
        try:
            fail()
        except ValueError as error:
            other = KeyError(word)
            error.__cause__, other.__context__ = other, error
            raise
    """,
    "a recursion": """
        def again(number):
            return again(number + 1) if number < 500 else fail()
        again(0)
    """,
    "a representation that fails": """
        class Odd(Exception):
            def __repr__(self): return fail()
            __str__ = __repr__
        try:
            fail()
        except ValueError:
            raise Odd(word)
    """,
}
REACHING = {
    "to the end of the process": "{code}",
    "to the end of a thread": """
        def work():
        {nested}
        thread = threading.Thread(target=work, name=word)
        thread.start()
        thread.join()
    """,
    "while memory is cleared up": """
        class Cleared:
            def __repr__(self): return word
            def __del__(self):
        {deeper}
        Cleared()
        gc.collect()
    """,
    "as the process ends": """
        def work():
        {nested}
        atexit.register(work)
    """,
    "a library's log": """
        def work():
        {nested}
        try:
            work()
        except Exception as error:
            logging.getLogger("weasyprint").exception("%s", error)
    """,
}


def printed(code: str, log: str, status: int | None = None) -> str:
    """What a process that runs this code prints."""
    environment = {**os.environ, "WORD": WORD, "SCREENING_LOG": log}
    command = [sys.executable, "-c", PREPARED + code]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert status is None or result.returncode == status, result.stderr
    assert result.stdout == ""
    return result.stderr


def frames(lines: str) -> list[tuple[str, int, str]]:
    """The frames of every object in JSON lines."""
    objects = [json.loads(line) for line in lines.splitlines()]
    links = [link for logged in objects for link in logged.get("failure", [])]
    return [(frame["file"], frame["line"], frame["function"]) for link in links for frame in link["frames"]]


def filled(way: str, code: str) -> str:
    """The code where a way has a place for it."""
    text = dedent(way).replace("{code}", code)
    return text.replace("{nested}", indent(code, " " * 4)).replace("{deeper}", indent(code, " " * 8))


@pytest.mark.parametrize("log", FORMATS)
@pytest.mark.parametrize("way", REACHING)
@pytest.mark.parametrize("raised", ["a message", "a group"])
def test_an_error_that_nobody_catches_is_told_by_its_places_alone(way: str, raised: str, log: str) -> None:
    said = printed(filled(REACHING[way], dedent(RAISED[raised])), log)
    assert WORD not in said
    assert "ValueError" in said
    assert "fail" in said
    if log == "json":
        assert any(function == "fail" for _, _, function in frames(said))


@pytest.mark.parametrize("log", FORMATS)
@pytest.mark.parametrize("raised", RAISED)
def test_every_exception_of_a_chain_is_told_by_type_and_places(raised: str, log: str) -> None:
    said = printed(dedent(RAISED[raised]), log, status=1)
    assert WORD not in said
    assert "ValueError" in said
    assert ("KeyError" in said) == (raised in ("a cause", "a group", "a circle") or raised.startswith("what it is"))
    line = PREPARED.splitlines().index('    raise ValueError(f"the answer is {word}", word, *parts)') + 1
    if log == "json":
        assert ("<string>", line, "fail") in frames(said)
        assert len(said.splitlines()) == 1
    else:
        assert f"<string>:{line} in fail" in said


@pytest.mark.parametrize("log", FORMATS)
@pytest.mark.parametrize("name", LIBRARIES)
def test_what_a_library_says_is_told_by_its_place_alone(name: str, log: str) -> None:
    said = printed(
        f"""
logger = logging.getLogger({name!r})
logger.warning("%s", word)
logger.error(word)
logger.warning("%(a)s", dict(a=word))
logger.warning("%d of it", word)
logger.warning(ValueError(word))
logger.warning("a", extra=dict(message_of=word, answer=word))
logger.warning(word, stack_info=True, stacklevel=1)
logger.handle(logging.makeLogRecord(dict(name={name!r}, msg=word, levelno=40, levelname="ERROR", pathname=word)))
made = logging.LogRecord({name!r}, 40, "/a/library.py", 9, word, (), None)
logger.handle(made)
try:
    fail()
except ValueError as error:
    logger.exception("it was %s", error)
    logger.warning(word, exc_info=error)
""",
        log,
        status=0,
    )
    assert WORD not in said
    if log == "json":
        objects = [json.loads(line) for line in said.splitlines()]
        assert len(objects) == 11
        assert {logged["logger"] for logged in objects} == {name}
        assert objects[0]["place"]["file"] == "<string>"
        assert objects[0]["level"] == "WARNING"
    else:
        assert said.count("its words are left out") == 11


@pytest.mark.parametrize("log", FORMATS)
def test_a_handler_that_a_library_brings_along_gets_no_words_either(log: str) -> None:
    said = printed(
        """
logger = logging.getLogger("library")
logger.propagate = False
logger.addHandler(logging.StreamHandler())
logger.handlers[0].setFormatter(logging.Formatter("%(name)s %(lineno)d %(message)s %(exc_text)s %(stack_info)s"))
try:
    fail()
except ValueError:
    logger.exception("it was %s", word, stack_info=True)
""",
        log,
        status=0,
    )
    assert WORD not in said
    assert said.startswith("library ")


@pytest.mark.parametrize("log", FORMATS)
def test_a_warning_is_told_by_its_kind_and_place(log: str) -> None:
    said = printed(
        """
warnings.simplefilter("always")
warnings.warn(word)
warnings.warn(DeprecationWarning(word), stacklevel=1)
warnings.warn_explicit(word, RuntimeWarning, "/a/library.py", 12, source=word)
""",
        log,
        status=0,
    )
    assert WORD not in said
    for kind in ("UserWarning", "DeprecationWarning", "RuntimeWarning"):
        assert kind in said
    assert "library.py" in said


@pytest.mark.parametrize("log", FORMATS)
def test_a_handler_of_before_is_taken_away(log: str) -> None:
    said = printed(
        """
earlier = logging.getLogger("earlier")
earlier.addHandler(logging.StreamHandler())
logging.getLogger().addHandler(logging.StreamHandler())
configure(log_format_of(os.environ))
earlier.warning("%s", word)
""",
        log,
        status=0,
    )
    assert WORD not in said
    assert len(said.splitlines()) == 1
