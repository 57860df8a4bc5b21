"""Signs a rule file with a reviewer's form and key, and adds the signature to the file beside it."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

from screening.crypto.signing import SigningKey
from screening.rulefiles.authoring.review_form import FilledForm
from screening.rulefiles.loading.loader import LoadedRules, raise_if_any
from screening.rulefiles.review.signatures import (
    MONTHS,
    MONTHS_OF_LAW_AND_PRICES,
    Entry,
    Signed,
    months_after,
    review_path,
    signed_text,
)
from screening.rulefiles.review.state import Role
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Problem


def signed_entry(rules: LoadedRules, form: FilledForm, role: Role, language: str, key: SigningKey) -> Entry:
    """The signature of what stands here today, as the file holds it."""
    entry: Entry = {
        "role": str(role),
        "language": language,
        "name": form.name,
        "registration": form.registration,
        "paid_by_a_clinic": form.paid_by_a_clinic,
        "interests": form.interests,
        "rules_sha256": rules.hash,
    }
    if role is Role.TRANSLATION:
        entry["translation_sha256"] = Signed(rules.path, rules.rule_set, rules.hash).translation(language)
    entry |= {
        "signed_on": form.signed_on.isoformat(),
        "expires_on": months_after(form.signed_on, MONTHS).isoformat(),
        "law_and_prices_expire_on": months_after(form.signed_on, MONTHS_OF_LAW_AND_PRICES).isoformat(),
        "verdicts": {
            name: {"verdict": str(verdict), "comment": comment} for name, (verdict, comment) in form.verdicts.items()
        },
        "public_key": key.public,
    }
    return {**entry, "signature": key.sign(signed_text(entry))}


def add_signature(rules: LoadedRules, entry: Entry) -> FilePath:
    """Add a signature to the file beside a rule file, and say where that is. Nothing that stands there is changed."""
    path = review_path(rules.path)
    before = path.read_text(encoding="utf-8") if path.exists() else _beginning(rules.rule_set.id)
    parsed = read_yaml(before.encode())
    data: Any = parsed.data
    if "signatures" not in data:
        before = _with_line_end(before) + "signatures:\n"
    after = _with_line_end(before) + _entry_yaml(entry)
    if read_yaml(after.encode()).data != {**data, "signatures": [*data.get("signatures", []), entry]}:
        raise_if_any([Problem("review.signatures_last", ("signatures",))], parsed, path)
    path.write_text(after, encoding="utf-8")
    return path


def _beginning(rule_set_id: str) -> str:
    return (
        "# yaml-language-server: $schema=review.schema.json\n"
        "#\n"
        "# Who has signed the rule file beside this one, written by `screening sign`. An edit voids a signature.\n"
        f"\nrules: {rule_set_id}\n"
    )


def _with_line_end(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _entry_yaml(entry: Entry) -> str:
    """A signature as an item of a list; every text in quotation marks, so that it is read as it is."""
    lines = []
    for name, value in entry.items():
        if isinstance(value, dict):
            lines.append(f"{name}:")
            for key, members in value.items():
                pairs = ", ".join(f"{member}: {_quote(text)}" for member, text in members.items())
                lines.append(f"  {key}: {{{pairs}}}")
        else:
            lines.append(f"{name}: {str(value).lower() if isinstance(value, bool) else _quote(value)}")
    return "  - " + "\n    ".join(lines) + "\n"


def _quote(text: str) -> str:
    """A text in double quotation marks, with whatever YAML would read otherwise escaped."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(character if character.isprintable() else f"\\U{ord(character):08X}" for character in inner) + '"'
    )
