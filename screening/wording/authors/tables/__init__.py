"""What is said of a table of people: how it was read, who is where and why, what would move them, and its report whole.

Counting is the work of `cohort`, drawing that of `documents`. Enter by `report`; `blocks` is what a report is made of.
"""
