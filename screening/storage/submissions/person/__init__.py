"""What the person does: sends, and sends again, changes how to be reached, takes it back; known by a word when called.

What staff do about it is in `next_steps` and in `desk`. Enter by `amendments.send`.
"""
