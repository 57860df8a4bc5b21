"""What people sent: stored once, found again, assessed, amended, listed, exported, erased.

Enter by `records` and `sharing`.
"""
