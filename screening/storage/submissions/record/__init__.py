"""The record of one submission: its sealed columns, how it is opened and changed, its codes, and what happened to it.

What was judged of the answers is in `assessments`; lists of many are in `desk_list`. Enter by `records`.
"""
