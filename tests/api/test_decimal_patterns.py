"""A decimal matches the pattern of two bounds if and only if it lies within them."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.api.decimal_patterns import any_decimal, decimal_pattern

BOUNDS = st.decimals(-2000, 2000, places=3) | st.integers(-120, 120).map(Decimal)
DIGITS = st.from_regex(r"-?(0|[1-9][0-9]{0,4})(\.[0-9]{1,5})?", fullmatch=True).filter(str.isascii)
STEPS = [Decimal(0), *(Decimal(10) ** -power * sign for power in range(5) for sign in (1, -1))]


@settings(max_examples=100)
@given(bounds=st.tuples(BOUNDS, BOUNDS), others=st.lists(DIGITS, max_size=5), whole=st.booleans())
def test_a_decimal_matches_if_and_only_if_it_lies_within(
    bounds: tuple[Decimal, Decimal], others: list[str], whole: bool
) -> None:
    low, high = sorted(bounds)
    if whole:
        low, high = low.to_integral_value(), high.to_integral_value()
    pattern = re.compile(decimal_pattern(low, high, whole=whole))
    beside = [f"{end + step:f}" for end in (low, high) for step in STEPS]
    for text in [*others, *beside, *(f"{number}0" for number in beside if "." in number)]:
        if not re.fullmatch(any_decimal(signed=True), text) or (text.startswith("-") and not Decimal(text)):
            continue
        within = low <= Decimal(text) <= high and not (whole and "." in text)
        assert bool(pattern.fullmatch(text)) == within, (low, high, text)


def test_nothing_but_plain_digits_is_a_decimal() -> None:
    signed, unsigned = re.compile(any_decimal(signed=True)), re.compile(any_decimal(signed=False))
    for text in ("", "00", "01.5", "1.", ".5", "+1", "1e3", "1,5", "٤", "４", " 1", "1 ", "1_0", "0x1", "−1", "1" * 19):
        assert not signed.fullmatch(text), text
    assert signed.fullmatch("-0.5")
    assert not unsigned.fullmatch("-0.5")
    assert unsigned.fullmatch("0.50")
