"""A test of one function starts at once: it loads neither the web, nor PDFs, nor the rules."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.support.patience import PATIENCE

NOT_NEEDED = {"flask", "weasyprint", "sqlalchemy", "babel", "jinja2", "yaml", "jsonschema", "z3", "playwright"}
COLLECTED = """
import sys, pytest
status = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "tests/ruleset/language/test_parsing.py"])
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(status)
"""


@pytest.mark.slow
def test_a_test_of_the_rule_language_loads_nothing_else() -> None:
    run = subprocess.run(
        [sys.executable, "-c", COLLECTED], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    _, said, loaded = run.stdout.partition("loaded: ")
    assert said
    assert "screening" in loaded.split()
    assert not NOT_NEEDED.intersection(loaded.split())
