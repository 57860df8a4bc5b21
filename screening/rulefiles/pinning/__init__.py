"""What of a rule file may not change by accident: chosen by rule, pinned by hash in NAME.pins.yaml beside it.

A change to it needs an entry there, with a reason. Enter by `comparison.unpinned` and `writer.pin`.
"""
