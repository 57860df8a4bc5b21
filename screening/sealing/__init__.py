"""Keys and authenticated encryption: the answers cookie now; stored columns and carry-on files as they come.

Nothing here knows what is sealed. Enter by `keys.KeyRing` and `box.seal` / `box.open_sealed`.
"""
