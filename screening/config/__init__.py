"""What a deployment is told from outside: its settings, the clinic, notifications; read once, every mistake told.

Nothing here knows rules, pages or storage. Enter by `reading.read_settings`.
"""
