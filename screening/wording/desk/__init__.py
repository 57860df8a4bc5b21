"""Sentences for staff: what the desk says that is not simply printed by a template.

Nothing here is read by patients. No HTML, no web.
"""
