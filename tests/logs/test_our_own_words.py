"""What our own modules write into the log: constant sentences, and nothing in them but what is on a list."""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from screening.logs.failure import failure_of
from screening.logs.records import SafeRecord, TextFormatter
from screening.logs.request_id import end_request
from tests.conftest import ROOT

METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
ALLOWED = {
    "request.endpoint",  # the name of a view
    "failure_of(error)",  # types and places
    "failure_of(args.exc_value)",
    "warned(category, filename, lineno)",
    "error.failure or error",  # of a worker: types and places, or that it hung or died
    "error",  # where it is ours, of the store: says to an operator what to mend; of others its type
    "str(error) or type(error).__name__",
    "recipient.channel",  # email or webhook
    "error.failure",  # why a notice did not arrive: a constant
    "reason",  # why a worker was ended: one of two constant sentences
}
"""What may stand in a sentence of the log. Nothing that a person typed, chose or is called."""


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted((ROOT / "screening").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("log.") in METHODS:
                yield path, node


def test_every_sentence_of_the_log_is_constant_and_holds_only_what_is_on_the_list() -> None:
    seen = 0
    for path, call in calls():
        message, *arguments = call.args
        assert isinstance(message, ast.Constant), f"{path}:{call.lineno}"
        assert isinstance(message.value, str)
        assert {ast.unparse(expression) for expression in arguments} <= ALLOWED, f"{path}:{call.lineno}"
        assert not call.keywords, f"{path}:{call.lineno}"
        seen += 1
    assert seen >= 12


def own(message: str, *arguments: object) -> SafeRecord:
    """A record as a module of ours makes it."""
    path = str(ROOT / "screening" / "health.py")
    return SafeRecord("screening.health", logging.ERROR, path, 7, message, arguments, None, "ready")


def test_a_sentence_of_ours_is_written_on_one_line() -> None:
    end_request()  # of another test in this thread, whose response nobody read to its end
    line = TextFormatter().format(own("not ready: %s", "a\n2026 ERROR forged\x1b[31m\u2028"))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert line.endswith("ERROR screening.health: not ready: a 2026 ERROR forged [31m ")


@pytest.mark.parametrize("error", [ValueError("an answer"), OSError(2, "an answer", "an answer")])
def test_an_error_of_others_in_a_sentence_of_ours_is_its_name(error: Exception) -> None:
    assert own("not ready: %s", error).getMessage() == f"not ready: {type(error).__name__}"


def test_a_failure_in_a_sentence_is_its_type_and_its_frames_follow() -> None:
    try:
        int("an answer")
    except ValueError as error:
        text = TextFormatter().format(own("not ready: %s", failure_of(error)))
    first, kind, frame = text.splitlines()
    assert first.endswith("not ready: ValueError")
    assert kind == "  ValueError"
    assert frame.startswith("    tests/logs/test_our_own_words.py:")
    assert frame.endswith(" in test_a_failure_in_a_sentence_is_its_type_and_its_frames_follow")
