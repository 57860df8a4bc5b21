"""Which answers no rule tells apart, and one that stands for each class: options, numbers of a unit, days.

How the classes of several open questions are gone through together is in `completions`.
"""
