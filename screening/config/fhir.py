"""The setting of FHIR: the address under which a deployment publishes its questions and codes."""

from __future__ import annotations

from screening.config.environment import Environment

NOBODYS = "https://example.org/fhir"
"""The address where none is set: nobody's own, so that it is never taken for somebody's."""
FHIR_SETTINGS = {
    "SCREENING_FHIR_BASE": (
        "The address under which you publish FHIR, such as https://clinic.example/fhir: the addresses of the "
        "Questionnaire and of its codes begin with it, at the desk and for programs. A response to another one is "
        f"refused. Default: {NOBODYS}, which is nobody's."
    ),
}
"""The setting with its meaning."""
_BEGINNINGS = ("https://", "http://", "urn:")


def is_base(address: str) -> bool:
    """Whether canonical addresses can begin so: neither a version nor a fragment stands in it."""
    return address.startswith(_BEGINNINGS) and not any(sign in "|#" or sign.isspace() for sign in address)


def read_fhir_base(environment: Environment) -> str:
    """The address that is set, without a slash at its end."""
    base = environment.text("SCREENING_FHIR_BASE", NOBODYS)
    if not is_base(base):
        environment.problems.append(
            f"SCREENING_FHIR_BASE is {base!r}. It must be an address such as https://clinic.example/fhir."
        )
        return NOBODYS
    return base.rstrip("/")
