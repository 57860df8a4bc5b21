"""What each word of the expression language means, in a line, for whoever points at it in an editor."""

from __future__ import annotations

from collections.abc import Mapping

from screening.wording.language.languages import N_

MEANINGS: Mapping[str, str] = {
    "definitely": N_("True only where it is surely so, whatever is not known."),
    "possibly": N_("True unless it is surely not so."),
    "known": N_("There is an answer, or a value."),
    "any_of": N_("At least one of these options of a several-choice question is ticked."),
    "sqrt": N_("The square root; unknown of a number below zero."),
    "score": N_("The score that is written on the option chosen."),
    "days_since": N_("How many full days ago a date is; of a month or a year, between which numbers."),
    "months_since": N_("How many full months ago a date is."),
    "years_since": N_("How many full years ago a date is: an age, of a date of birth."),
    "sum": N_("All of them added up; unknown where one is."),
    "min": N_("The least of them."),
    "max": N_("The greatest of them."),
    "round": N_("Rounded to so many digits after the point, a half away from zero."),
    "power": N_("A power; the exponent or the number is written out."),
    "may_be": N_("In notes and texts: this category is still possible."),
    "holds": N_("In notes and texts: this ground holds."),
    "category": N_("In notes and texts: the category that was matched."),
    "underlying": N_("In notes and texts: the category beneath one that overrides."),
    "unknown": N_("No value at all."),
}
"""By the word."""
