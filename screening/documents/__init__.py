"""From a Document to HTML and PDF.

Here live the templates' own Jinja environment, the fonts, and the only import of WeasyPrint. No
sentence is made here: what is said is in the Document. Enter by `summary.SummaryMaker.pdf`.
"""
