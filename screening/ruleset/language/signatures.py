"""How the functions of the language are written."""

from __future__ import annotations

SIGNATURES = {
    "definitely": "definitely(condition)",
    "possibly": "possibly(condition)",
    "known": "known(question)",
    "any_of": 'any_of(question, "option", ...)',
    "sqrt": "sqrt(number)",
    "score": "score(question)",
    "days_since": "days_since(question)",
    "months_since": "months_since(question)",
    "years_since": "years_since(question)",
    "sum": "sum(number, number, ...)",
    "min": "min(number, number, ...)",
    "max": "max(number, number, ...)",
    "round": "round(number, digits)",
    "power": "power(number, constant)",
    "may_be": 'may_be("category")',
    "holds": 'holds("ground")',
}
"""Every function of the language with the way it is written, for messages and the author's manual."""
OF_LISTS = {"any": "any(list, condition)", "count": "count(list, condition)", "sum": "sum(list, number)"}
"""What reads all copies of a page that repeats."""
