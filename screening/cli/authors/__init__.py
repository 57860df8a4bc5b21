"""Commands of rule authors and reviewers: check, prove, compare, book, sign, translate, scale."""
