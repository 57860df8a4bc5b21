"""`screening verify`: who made a PDF, whether it was changed, and whether the rules give its result."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import click

from screening.cli.input import english, fail, load_rules
from screening.crypto.certificates import fingerprints
from screening.crypto.keys import KeyFileError
from screening.documents.attachments import MAX_FILE
from screening.documents.text import parts_text
from screening.documents.verification import Verifier
from screening.resources import resource
from screening.wording.summary.verification import Attached, Seal, Verdict, verdict_parts

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--rules",
    type=FILE,
    help="The rule file by which the PDF was made. Default: that of today.",
)
@click.option(
    "--certificate",
    type=FILE,
    envvar="SCREENING_SIGNING_CERTIFICATE",
    help="PEM file with the certificates of the service. Default: $SCREENING_SIGNING_CERTIFICATE.",
)
def verify(file: IO[bytes], rules: Path | None, certificate: Path | None) -> None:
    """Say of a PDF (- for standard input) who signed it, and work its result out again. Needs no network.

    Today's rules are $SCREENING_RULES, else the liver file that ships with the service. Exit code 1 where the file is
    not signed by the service, was changed, or where the rules do not give the result that it names.
    """
    try:
        known = fingerprints(certificate) if certificate else ()
    except KeyFileError as error:
        fail(str(error))
    today = load_rules(Path(os.environ.get("SCREENING_RULES") or resource("rules") / "liver.yaml"))
    others = (load_rules(rules),) if rules else ()
    verdict = Verifier(today, others, known).verdict(file.read(MAX_FILE + 1))
    click.echo(parts_text(verdict_parts(verdict, english())).strip())
    if not _holds(verdict):
        raise SystemExit(1)


def _holds(verdict: Verdict) -> bool:
    """Whether all is well that could be found out."""
    same = verdict.again is not None and verdict.again.same
    return verdict.seal is Seal.UNCHANGED and (same or verdict.attached is Attached.NOTHING)
