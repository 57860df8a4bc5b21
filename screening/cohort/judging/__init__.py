"""Whole tables judged in a database: facts of each row, and what follows from them, by the extra `cohort`.

Here live the reading of cells as columns (`cells`, `facts`), numbers and how far off they may be (`numbers`), formulas
taken apart into facts (`leaves`), the query for these (`asking`) and what follows for each combination of them
(`combinations`), formulas as staged columns (`printing`) and all of them as one query (`query`), where the rows are
(`opening`, `source`, `postgresql`), what is found as named rows (`rows`, `naming`, `telling`), and the folder of parts
(`parts`). What the database is not certain of to the last digit, it does not judge: such a row is read and judged by
`cohort.answer_sets` and the engine, and counted. So nothing here decides what a cell or a rule means.
"""
