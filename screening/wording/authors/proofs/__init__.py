"""What was proved of a rule file, in words: guarantees that hold or break, how strong they are, and who is told a text.

Two versions side by side are in `versions`, though a solver finds what moves there too. Enter by `proof`.
"""
