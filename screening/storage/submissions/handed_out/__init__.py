"""What leaves the service: exports, archives and what programs read, each in the audit before it leaves.

What a file or an answer looks like is made by `wording`, `desk` and `api`.
"""
