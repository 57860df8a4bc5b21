"""`screening pin`: an author is led from a changed text to its reason, and a reviewer reads it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.rulefiles.edited import edited
from tests.support.reviewing import small_copy


@pytest.fixture
def file(call: Call, tmp_path: Path) -> Path:
    """A rule file of which everything is pinned."""
    path = small_copy(tmp_path)
    assert call("pin", path, "--reason", "First.").exit_code == 0
    return path


def change(path: Path, old: str, new: str) -> None:
    path.write_text(edited((old, new), text=path.read_text(encoding="utf-8")), encoding="utf-8")


def test_check_says_where_nothing_is_pinned(call: Call, tmp_path: Path) -> None:
    path = small_copy(tmp_path)
    assert "Nothing is pinned" in call("check", path).stdout
    call("pin", path, "--reason", "First.")
    assert "pins, all as they stand" in call("check", path).stdout


def test_check_and_sign_stop_at_a_change_and_name_the_command_that_pins_it(call: Call, file: Path) -> None:
    change(file, "text: Mould on the soil}", "text: Mushrooms}")
    for arguments in (("check", file), ("sign", file, "--form", "-o", file.with_name("form.yaml"))):
        result = call(*arguments)
        assert result.exit_code == 1
        assert f'screening pin {file} --reason "why"' in result.stderr
    assert not file.with_name("form.yaml").exists()


def test_without_a_reason_it_lists_what_differs_and_pins_nothing(call: Call, file: Path) -> None:
    assert call("pin", file).stdout == "Everything stands as it is pinned.\n"
    change(file, "text: Mould on the soil}", "text: Mushrooms}")
    for reason in ((), ("--reason", " ")):
        result = call("pin", file, *reason)
        assert result.exit_code == 1
        assert "changed: questions.signs.options.mould.text: Mushrooms" in result.stdout
        assert "--reason" in result.stderr
    assert call("check", file).exit_code == 1


def test_a_reviewer_reads_the_change_and_its_reason_before_anything_else(call: Call, file: Path) -> None:
    form = file.with_name("form.yaml")
    call("sign", file, "--form", "-o", form)
    assert "Nothing that carries safety was changed" in form.read_text(encoding="utf-8")
    change(file, "text: Mould on the soil}", "text: Mushrooms}")
    assert call("pin", file, "--reason", "Readers said mushrooms.").exit_code == 0
    form.unlink()
    assert call("sign", file, "--form", "-o", form).exit_code == 0
    text = form.read_text(encoding="utf-8")
    first = text.index("questions.signs.options.mould.text: Mushrooms")
    assert first < text.index("Readers said mushrooms.") < text.index("Fill in what stands")
