"""The texts of a rule file in another language: read, checked and written, each tied to the original it was made from.

Enter by `loader.load_translations`.
"""
