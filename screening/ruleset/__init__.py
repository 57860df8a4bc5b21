"""The pure core: what a rule set is, what its expressions mean, and what follows from an answer set.

Here live the model, the expression language, the engine, the reading of one answer and the
explanation of an outcome, all as data. No file, clock, network, web or sentence for people may
enter: only the standard library is imported, and the same input gives the same output for ever.
Enter by `engine.engine.Engine(rule_set).evaluate(answers)`; `reading.answer_reader` makes the answers.
"""
