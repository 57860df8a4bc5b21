"""From a Document to HTML and PDF.

Here live the templates' own Jinja environment, the fonts, and the only import of WeasyPrint. No
sentence is made here: what is said is in the Document. Enter by `summary.summary_pdf`
(answers) and `summary.document_pdf` (a Document that was kept) in this process, by `summary.*_printing` and
`workers.Workers` from a server, and by `verification.Verifier`.
"""
