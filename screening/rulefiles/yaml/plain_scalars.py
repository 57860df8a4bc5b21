"""What stands in YAML without quotation marks: a number, a text, or what other YAML programs read as something else."""

from __future__ import annotations

import re
from functools import lru_cache

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
NO_VALUE = re.compile(r"(?i)null|~")
OTHER_YAML = re.compile(
    r"""(?ix)
      true | false | yes | no | on | off | y | n | =
    | [-+]? \.inf | \.nan
    | [-+]? 0b [01_]+ | [-+]? 0x [0-9a-f_]+ | [-+]? 0o [0-7]+
    | [-+]? [0-9] [0-9_]* (\. [0-9_]*)? (e [-+]? [0-9]+)?
    | [-+]? \. [0-9] [0-9_]* (e [-+]? [0-9]+)?
    | [-+]? [0-9] [0-9_]* (: [0-5]? [0-9])+ (\. [0-9_]*)?
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} ((t | [ \t]+) [0-9]{1,2} : [0-9.: \tz+-]+)?
    """
)
"""What YAML 1.1 or 1.2 reads as a truth value, a number or a time, and this reader does not."""
VERSION_LIKE = re.compile(r"-?[0-9]+\.[0-9]*[1-9][0-9]*0")


@lru_cache(maxsize=1024)
def is_text(plain: str) -> bool:
    """Whether what stands without quotation marks is a text in every YAML; remembered, as keys come again and again."""
    if plain in ("", "<<", "true", "false"):
        return False
    return not any(pattern.fullmatch(plain) for pattern in (NUMBER, NO_VALUE, OTHER_YAML))
