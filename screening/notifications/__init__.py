"""Telling the clinic that something arrived, by e-mail or a signed webhook; enter by `sending.send_due`.

A notice holds a code and a link. What a person answered, or who they are, never leaves the store by this way.
"""
