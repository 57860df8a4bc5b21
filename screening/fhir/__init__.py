"""FHIR R4: a rule set as a Questionnaire, answers as a QuestionnaireResponse and back, an outcome as a document Bundle.

Here live the writer of FHIRPath (`expressions`, with what a reader of it holds exactly: `exactness`), the Questionnaire
(`questionnaire`, made of `variables`, `items` and `safety_items`), responses out (`response`) and in (`reading`), the
document (`bundle`) and our own checks of what is written (`checks`). Resources are plain dictionaries; nothing here
opens a file, asks the network or decides: outcomes come from the engine. Enter by the function that each module names.
"""
