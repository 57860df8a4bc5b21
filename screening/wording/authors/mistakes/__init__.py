"""Everything that can be wrong in what authors write or programs send, as a sentence with its place.

Finding a mistake is the work of `rulefiles.checks`; here it has its words, one table of sentences a kind of file. What
people in front of a page read of their own answers is in `wording.document`. Enter by `problems.problem_sentence`.
"""
