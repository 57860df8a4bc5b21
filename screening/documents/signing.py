"""A deployment's signature on a PDF (PAdES): who made it, and that nothing was changed since.

The only importer of pyHanko (the extra `sign`), which is imported where it is first needed.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.documents.pdf import Printing, render_pdf
from screening.wording.summary.verification import Seal

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Signature"


class SigningError(Exception):
    """The key or the certificate cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a deployment's key and certificate stand."""

    key: Path
    certificate: Path


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """A seal, and by whose certificate."""

    seal: Seal
    signer: str = ""
    fingerprint: str = ""
    """SHA-256 of the certificate, in hexadecimal."""


def render_and_sign(printing: Printing, signing: Signing | None) -> bytes:
    """The PDF, signed where a deployment signs."""
    content = render_pdf(printing)
    return sign_pdf(content, signing, printing.day) if signing else content


def sign_pdf(content: bytes, signing: Signing, day: datetime | None) -> bytes:
    """A PDF with a signature added. The same input, key and day make the same bytes, if the key is an RSA key.

    The time that the signature names is that of the answers: the moment of a download is nobody's business.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - optional
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415 - the same
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415 - the same

    moment = day or datetime.now(UTC)

    class Writer(IncrementalPdfFileWriter):  # type: ignore[misc, unused-ignore]
        @classmethod
        def _handle_id(cls, prev: Any) -> Any:
            """The identifiers stay: others would be drawn by lot."""
            return prev.trailer["/ID"]

        def _update_meta(self) -> None:
            """The dates of the file stay, too."""

    class Signer(PdfSigner):  # type: ignore[misc, unused-ignore]
        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:  # noqa: FBT001, FBT002
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = moment
            return session

    metadata = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signer = Signer(metadata, signer=_signer(signing))
    with ThreadPoolExecutor(1) as aside:  # pyHanko runs an event loop, and the caller's thread may run one already
        written = aside.submit(signer.sign_pdf, Writer(io.BytesIO(content))).result()
    return bytes(written.getvalue())


def is_usable(signing: Signing) -> Signing:
    """The same, if it can sign; else `SigningError`."""
    if find_spec("pyhanko") is None:
        raise SigningError("signing needs the extra `sign`: pip install 'screening[sign]'")
    _signer(signing)
    return signing


@cache
def _signer(signing: Signing) -> SimpleSigner:
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - optional

    try:
        signer: SimpleSigner | None = SimpleSigner.load(str(signing.key), str(signing.certificate))  # type: ignore[no-untyped-call]
    except Exception as error:
        raise SigningError(str(error)) from error
    if not signer:  # it logs the reason instead of raising it
        raise SigningError(f"{signing.key} and {signing.certificate} are no key and certificate in PEM")
    return signer


def seal_of(content: bytes, known: Collection[str]) -> SignatureVerdict:
    """What the signature of a file says that anybody may have sent; `known` are fingerprints of certificates.

    Certificates are known or not, whatever authority signed them and however old they are: so it works without a
    network, and years later.
    """
    if b"/ByteRange" not in content:
        return SignatureVerdict(Seal.UNSIGNED)
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - optional, and not needed before

    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if len(signatures) != 1:
            return SignatureVerdict(Seal.UNREADABLE)
        return _signature_verdict(signatures[0], known)
    except Exception:
        return SignatureVerdict(Seal.UNREADABLE)


def _fills_its_place(content: bytes) -> bool:
    """Whether nothing but zeros stands behind a signature, in the one place that it does not cover."""
    from asn1crypto.cms import ContentInfo  # noqa: PLC0415 - pyHanko brings it

    signature: bytes = ContentInfo.load(content).dump()
    return bytes(content).rstrip(b"\0") == signature.rstrip(b"\0")


def _signature_verdict(signature: Any, known: Collection[str]) -> SignatureVerdict:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415 - optional
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 - the same

    certificate = signature.signer_cert
    intact, valid = validate_sig_integrity(
        signature.signer_info, certificate, expected_content_type="data", actual_digest=signature.compute_digest()
    )
    name, fingerprint = str(certificate.subject.native.get("common_name", "")), certificate.sha256.hex()
    whole = signature.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    if not (whole and intact and valid and _fills_its_place(signature.pkcs7_content)):
        return SignatureVerdict(Seal.CHANGED, name, fingerprint)
    return SignatureVerdict(Seal.UNCHANGED if fingerprint in known else Seal.UNKNOWN, name, fingerprint)
