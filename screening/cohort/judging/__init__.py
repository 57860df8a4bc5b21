"""Whole tables judged in a database: the formulas of a rule set as columns, by the extra `cohort`.

Here live the reading of cells as columns (`cells`, `facts`), numbers and how far off they may be (`numbers`), formulas
as staged columns (`printing`), the one query (`query`), where the rows are (`opening`, `source`, `postgresql`), what is
found as named rows (`rows`, `telling`), and the folder of parts (`parts`). What the database is not certain of to the
last digit, it does not judge: such a row is read and judged by `cohort.answer_sets` and the engine, and counted. So
nothing here decides what a cell or a rule means.
"""
