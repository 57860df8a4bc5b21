"""What people chose to share, and who works on it: in SQLite or PostgreSQL, sealed under a key for each submission.

Here live the tables, their migrations, the keys of stored columns, and every statement that reads or writes them.
Nothing of the web, of wording or of rules' meaning: contents come and go as JSON. Enter by `store.open_store`.
"""
