"""What a test does where a program is missing: say which, and never pass for one that ran."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.support.system import PACKAGES, program


def test_without_a_program_a_test_of_a_path_is_skipped_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("TESTS_SKIP_NOTHING", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"java is not installed here: .* default-jre-headless"):
        program("java")


def test_without_a_program_a_test_of_the_whole_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("TESTS_SKIP_NOTHING", "1")
    with pytest.raises(pytest.fail.Exception, match="java is not installed here"):
        program("java")


def test_the_set_up_installs_every_program_that_a_test_needs() -> None:
    setup = (ROOT / "setup").read_text(encoding="utf-8")
    assert all(f'" {package} ' in setup for package in PACKAGES.values())
