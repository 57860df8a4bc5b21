"""The addresses for programs, under `/api/v1`: JSON in, the same outcome as everywhere out, nothing kept.

Here live what a program may ask (`operations`), the description of it (`openapi`, `openapi_schemas`, `answer_schemas`),
the reading of bodies and answers (`bodies`, `answers`), who may ask (`access`), the views (`views`), and what they hand
on to: `outcomes`, `papers`, `fhir`, `submissions`. What an answer means is said by `ruleset` alone, what an outcome
looks like by `wording.document.explained_outcome`. No session, no cookie, no form token: those belong to pages. Enter
by `blueprint.api_blueprint`.
"""
