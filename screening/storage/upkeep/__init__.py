"""What is done to the store by timers and operators: purging, backups, another master key.

Each is a command of `cli`.
"""
