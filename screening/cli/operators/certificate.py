"""`screening certificate`: the key and certificate by which a deployment signs its PDFs."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.input import english, fail
from screening.crypto.certificates import YEARS, new_certificate
from screening.crypto.keys import KeyFileError
from screening.wording.summary.verification import grouped_fingerprint

NEW = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--key", type=NEW, required=True, help="The new file for the private key; keep it to yourself.")
@click.option(
    "--certificate", type=NEW, required=True, help="The new file for the certificate; give it to whoever asks."
)
@click.option("--name", required=True, help="Who makes the PDFs, as programs show it.")
def certificate(key: Path, certificate: Path, name: str) -> None:
    """Make a key and a certificate that no authority has signed, and print the certificate's fingerprint.

    Set SCREENING_SIGNING_KEY and SCREENING_SIGNING_CERTIFICATE to the two files. Publish the fingerprint where people
    trust you: by it they know your PDFs.
    """
    try:
        fingerprint = new_certificate(key, certificate, name)
    except KeyFileError as error:
        fail(str(error))
    say = english().gettext
    click.echo(say("%(key)s and %(certificate)s are written.", key=key, certificate=certificate))
    message = say(
        "Valid for %(years)s years. SHA-256: %(fingerprint)s", years=YEARS, fingerprint=grouped_fingerprint(fingerprint)
    )
    click.echo(message)
