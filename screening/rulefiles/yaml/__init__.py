"""YAML cut down to what JSON can hold, with the place of every key and value. Nothing here knows rules.

Enter by `reader.read_yaml`.
"""
