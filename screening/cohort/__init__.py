"""A table of people as answer sets: declared columns and units, declared assumptions, and all else unknown.

Here live the mapping of columns, the reading of CSV and Parquet, and the counting of rows that move
between two rule sets. Nothing is guessed: what a table does not hold is unknown, never "no", and a
number out of range is counted, never clipped. No sentence is made here. Parquet needs the extra `cohort`.
"""
