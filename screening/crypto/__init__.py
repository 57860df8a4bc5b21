"""Keys and everything made with them: seals, keyed hashes, passwords, codes of an app, signatures, certificates.

Nothing here knows what is sealed or signed. Enter by `keys.KeyRing`, by `box` (the cookie), `columns` (what is stored),
`phrase_box` (files that people keep), `signing` (reviews of rules).
"""
