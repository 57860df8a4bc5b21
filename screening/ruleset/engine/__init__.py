"""What follows from an answer set: outcome, explanation, status of each ground; and how one raw answer is read.

Enter by `engine.Engine` and `answer_reader.read_answer`.
"""
