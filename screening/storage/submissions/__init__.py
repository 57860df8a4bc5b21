"""What people sent: kept once, found again, judged, amended, listed, exported, erased.

Enter by `records` and `sharing`.
"""
