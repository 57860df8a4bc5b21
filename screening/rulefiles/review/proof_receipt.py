"""The receipt of a proof, kept beside the rule file: what was proved of which file, with which tool, and when."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Receipt:
    """A proof of one very rule file; any edit of the file voids it."""

    sha256: str
    """The hash of the rule set that was proved to keep its guarantees."""
    guarantees: tuple[str, ...]
    tool: str
    solver: str
    proved_on: str
    """Date, ISO 8601."""
    of_bounds: tuple[str, ...] = ()
    """Those of the guarantees that are proved of bounds, too; the others are of exact numbers alone."""

    @property
    def is_of_all(self) -> bool:
        """Whether all is proved for every answer set that the form accepts."""
        return set(self.guarantees) <= set(self.of_bounds)


def receipt_path(rule_file: Path) -> Path:
    """Where the receipt of a rule file stands."""
    return rule_file.with_name(f"{rule_file.stem}.proof.json")


def write_receipt(rule_file: Path, receipt: Receipt) -> None:
    """Write a receipt beside its rule file."""
    text = json.dumps(asdict(receipt), indent=2, ensure_ascii=False)
    receipt_path(rule_file).write_text(text + "\n", encoding="utf-8")


def matching_receipt(rule_file: Path, sha256: str) -> Receipt | None:
    """The receipt beside a rule file, if it is one of this very rule set."""
    try:
        members = json.loads(receipt_path(rule_file).read_text(encoding="utf-8"))
        members = dict(members)
        listed = {name: tuple(members.get(name, ())) for name in ("guarantees", "of_bounds")}
        receipt = Receipt(**(members | listed))
    except (OSError, ValueError, TypeError):
        return None
    return receipt if receipt.sha256 == sha256 else None
