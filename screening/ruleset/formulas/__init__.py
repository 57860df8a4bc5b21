"""A rule set as Boolean formulas over what was answered, without a solver: what every printer of formulas reads.

Here live the formulas (`algebra`) over atoms (`atoms`) and numbers (`terms`), the one reading of expressions as
formulas (`reading`), what follows for every completion of open answers (`settling`), and a whole rule set read so
(`rules`). Everything is made when it is first asked for. Nothing here decides an answer set or knows a solver: the
proof prints these formulas for one, and the compiled engine is the independent witness that confirms what is found.
Enter by `rules.RuleFormulas`.
"""
