"""The sentences for units of a question that are wrong by themselves, or contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

from screening.wording.language.languages import N_

UNIT_SENTENCES: Mapping[str, str] = {
    "unit.stored_factor": N_(
        "The first unit is the one that numbers are kept in, so its factor is 1. Remove `factor`."
    ),
    "unit.bounds": N_("The minimum (%(minimum)s) must be less than the maximum (%(maximum)s)."),
    "unit.unusual": N_("%(name)s must lie between the minimum (%(minimum)s) and the maximum (%(maximum)s)."),
    "unit.no_question": N_(
        '"%(name)s" has several units. Add `unit_question`, which asks for the range on the paper, or for the unit.'
    ),
    "unit.no_range": N_(
        "Nothing tells %(unit)s from the other units. Add `printed_range`: the range that a report prints beside it. "
        "Where no report is meant, as with kg and cm, write `units_by_name: true` in the question."
    ),
    "unit.range_by_name": N_(
        "With `units_by_name` a unit is chosen by its name, so the range of %(unit)s is shown to nobody. Remove one of "
        "the two."
    ),
    "unit.factor_inverted": N_(
        "With the factor %(factor)s the limits of %(unit)s and %(stored)s contradict each other. Write %(instead)s, "
        "since the factor is what 1 %(one)s is in %(stored)s."
    ),
    "unit.whole": N_(
        "Only whole numbers are read in %(unit)s (whole: true), but %(decimals)s decimals may be typed. Leave out "
        "one of the two."
    ),
    "unit.limits": N_(
        "The %(member)s of %(unit)s, %(limit)s, is by its factor %(by_factor)s %(stored)s, but there the %(member)s is "
        "%(other)s. Correct the factor (what 1 %(one)s is in %(stored)s) or one of the two; they may differ by 5 %%."
    ),
    "unit.printed_order": N_("The range that is printed goes from %(low)s to %(high)s. Write the lower number first."),
    "unit.printed_outside": N_(
        "A number of this range would not be accepted, as numbers in %(unit)s lie from %(minimum)s to %(maximum)s. "
        "Correct the range or these limits; two ranges may be swapped."
    ),
    "unit.printed_apart": N_(
        "By the factor this range is from %(low)s to %(high)s %(stored)s, but that of %(stored)s is from %(lowest)s to "
        "%(highest)s, and they do not meet. Correct one of them or the factor of %(unit)s; two ranges may be swapped."
    ),
    "unit.printed_text": N_(
        "This text does not hold %(missing)s of `printed`. Correct one of the two; two ranges may be swapped."
    ),
    "unit.printed_missing": N_(
        "Nothing compares this range with those of the other units. Give its numbers too, as in printed: [35, 50]."
    ),
    "unit.spelling_twice": N_(
        '"%(spelling)s" is a spelling of two units of this question (case and spaces do not matter). Nobody could tell '
        "which one is meant. Remove it from one of them."
    ),
    "unit.spelling_number": N_(
        '"%(spelling)s" behind a number is read as a part of the number, or as the flag of a result (H, L, *). Write '
        "another spelling."
    ),
    "unit.parts_negative": N_(
        "A number in %(unit)s is said in two parts, and nobody says one below zero so. Write a `minimum` from 0, or "
        "remove `parts`."
    ),
    "unit.parts_example": N_(
        "This example is shown to people, but would not be accepted. Write one from %(minimum)s to %(maximum)s "
        "%(unit)s, the second part."
    ),
}
"""Sentences by the code of a `Problem`."""
