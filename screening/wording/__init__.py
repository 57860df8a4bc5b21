"""Every sentence for people that is not in a rule file: outcome and texts into a Document, errors into words.

Here live the Document model, the language (gettext and Babel), and what is said about answers,
outcomes and mistakes. No HTML, no web, no clock: a Document is data that `documents` turns into pages
and PDFs. Enter by `summary.assessment` and `summary.result`,
`document.answers`, and `authors.mistakes.problems`.
"""
