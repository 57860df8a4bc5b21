"""Reviewers for tests: forms filled in, keys made on the spot, and rule files signed with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from screening.crypto.signing import SigningKey, load_signing_key, new_signing_key
from screening.rulefiles.authoring.review_form import FilledForm
from screening.rulefiles.authoring.signing import add_signature, signed_entry
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.points import points
from screening.rulefiles.review.state import Role, Signature, Verdict
from tests.rulefiles.edited import SMALL_TEXT, edited

DAY = date(2026, 11, 22)
REVIEWERS = {Role.CLINICAL: "Dr Tan", Role.SAFETY: "Ms Lim", Role.TRANSLATION: "Mr Ali"}
GROUND = "ground.dry_soil"


def signature(role: Role = Role.CLINICAL, **more: object) -> Signature:
    """A signature of the middle of 2026, as it is read."""
    name = REVIEWERS[role]
    members: dict[str, object] = {
        "role": role,
        "language": "en",
        "name": name,
        "registration": f"{name.split()[1]} 12345",
        "paid_by_a_clinic": False,
        "interests": "",
        "signed_on": date(2026, 7, 1),
        "expires_on": date(2027, 7, 1),
        "law_and_prices_expire_on": date(2026, 10, 1),
        "key": name.encode().hex(),
    }
    return Signature(**{**members, **more})  # type: ignore[arg-type]


def form(rules: LoadedRules, role: Role, signed_on: date, verdicts: dict[str, Verdict], name: str = "") -> FilledForm:
    """What a reviewer states who agrees with everything else."""
    return FilledForm(
        name=name or REVIEWERS[role],
        registration="12345",
        paid_by_a_clinic=role is Role.SAFETY,
        interests='Says "yes"\nand \\ no.',
        signed_on=signed_on,
        verdicts={point.id: (verdicts.get(point.id, Verdict.AGREE), "") for point in points(rules.rule_set, role)},
    )


def key_of(folder: Path, name: str) -> SigningKey:
    """The key of a reviewer, the same whenever it is asked for."""
    file = folder / f"{name}.pem"
    return load_signing_key(file) if file.exists() else new_signing_key(file)


def small_copy(folder: Path) -> Path:
    """The small rule file in a folder of its own, without cases."""
    path = folder / "small.yaml"
    path.write_text(SMALL_TEXT, encoding="utf-8")
    return path


def small_copy_on_law(folder: Path) -> Path:
    """The same with an article on law or prices."""
    path = small_copy(folder)
    summary = "    summary: What the leaflet says about water.\n"
    path.write_text(edited((summary, f"{summary}    expires: law_and_prices\n")), encoding="utf-8")
    return path


def signed(
    path: Path,
    *roles: Role,
    on: date = DAY,
    language: str = "en",
    name: str = "",
    verdicts: dict[str, Verdict] | None = None,
) -> LoadedRules:
    """The rule file at `path`, once it is signed in these roles, each by a person of their own."""
    for role in roles:
        rules = load_rule_file(path)
        key = key_of(path.parent, name or role)
        add_signature(rules, signed_entry(rules, form(rules, role, on, verdicts or {}, name), role, language, key))
    return load_rule_file(path)
