"""A rule set written out whole as YAML, with what its frame says: the same data, so the same hash."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.yaml.plain_scalars import is_text

WIDTH = 116


class _Dumper(yaml.SafeDumper):
    """Writes texts and numbers so that the strict reader reads them as what they are."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - an alias is refused, whatever stands there
        """A part that is held twice is written twice."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    plain = is_text(text) and not any(mark in text for mark in "\"'#")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


def _number(dumper: _Dumper, number: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{number:f}")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _number)


def written_out(rules: LoadedRules) -> str:
    """The rule set as the text of a rule file without a frame."""
    return yaml.dump(rules.data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
