"""What follows from an answer set: its outcome, how each ground stands, numbers on their scales, pages that are left.

How one raw answer is read stands in `reading`, why an outcome is what it is in `explanation`. Enter by `engine.Engine`.
"""
