"""What a report on a table of people counts: who is where and why, what is open, and who moves as a cut-off moves.

Here live the cut-offs of a rule set and the rule set with one of them moved (`cut_offs`), what a report counts as data
(`tally`), what is told of rows as formulas (`curves`, `open_answers`, `known`), the one query that groups rows by the
facts from which that follows (`query`, `positions`), the groups (`groups`) and what they tell (`telling`), the same row
by row for rows of which the database is not certain (`by_row`), and the whole (`whole`). No sentence is made here.
"""
