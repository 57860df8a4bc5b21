"""One database, SQLite or PostgreSQL: its tables, connections, turns and clock, and the list of what was deleted.

What is stored and by whom is in the rooms beside. Enter by `connections.Database`.
"""
