"""What is said of forms of others: what of a response does not count, or is refused; what cannot be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.ruleset.reading.answer_types import AnswerError
from screening.wording.document.answers import answer_error
from screening.wording.language.languages import N_, Language

REMARKS: Mapping[str, str] = {
    "not_asked": N_("was set aside: by the other answers this is not asked."),
    "yielded": N_('"%(option)s" was set aside: another answer is ticked beside it.'),
    "unknown_item": N_(
        "is no question of this Questionnaire. Send the response with linkIds of the Questionnaire alone."
    ),
    "several_answers": N_("has several answers and takes one. Send one answer."),
    "twice": N_("stands twice with an answer. Send each question once."),
    "no_code": N_("has an answer without a code. Send a valueCoding with a code of the Questionnaire."),
    "other_system": N_("has a code of %(found)s. Send codes of %(known)s."),
    "no_number": N_("has no number. Send a valueQuantity with a value."),
    "no_date": N_("has no date. Send a valueDate, such as 2024-05-17, 2024-05 or 2024."),
    "no_text": N_("has no text. Send a valueString."),
    "other_units": N_("has a unit of %(found)s. Send units of UCUM, as the Questionnaire offers them."),
    "comparator": N_('says "%(comparator)s", which is no exact number and cannot be judged. Leave the answer out.'),
    "missing": N_("has no answer, and there is no outcome without one."),
}
"""Sentences by the remark of a finding; each stands behind a linkId."""
RESPONSES: Mapping[str, str] = {
    "not_a_response": N_("This is no QuestionnaireResponse. Send one as JSON."),
    "status": N_("The response has the status %(status)s. Send it once it is completed."),
    "other": N_("The response answers %(found)s. Known here is %(known)s."),
    "shape": N_("The items of the response are not as FHIR has them: each is an object with a linkId."),
}


def finding_line(
    link: str, remark: str, values: Mapping[str, str], error: AnswerError | None, language: Language
) -> str:
    """One thing that is set aside or refused, with its linkId."""
    if error is not None:
        way_out = language.gettext("Where it is not known, leave the answer out.")
        return language.gettext("%(link)s: %(sentence)s", link=link, sentence=answer_error(error, language, way_out))
    return language.gettext("%(link)s %(sentence)s", link=link, sentence=language.gettext(REMARKS[remark], **values))


def response_error(code: str, values: Mapping[str, str], language: Language) -> str:
    """Why a resource cannot be read at all."""
    return language.gettext(RESPONSES[code], **values)


def not_exact_lines(places: Mapping[str, Sequence[str]], language: Language) -> list[str]:
    """What keeps a Questionnaire from being written."""
    head = language.gettext(
        "There is no Questionnaire of this rule file: what is asked, or cannot wait, hangs on numbers that it rounds, "
        "or on the time since a date otherwise than compared with a constant."
    )
    lines = [
        language.gettext("%(place)s reads %(numbers)s", place=place, numbers=", ".join(numbers))
        for place, numbers in places.items()
    ]
    way_out = language.gettext(
        "Compare numbers there that have 8 digits behind the point at most, without quotients and roots."
    )
    return [head, *lines, way_out]


def code_lines(
    questions: tuple[int, int], options: tuple[int, int], codes: tuple[int, int], language: Language
) -> list[str]:
    """How much of a rule file has codes of published terminologies: those that have one, of how many; and of how many
    codes how many were seen in a source.
    """
    return [
        language.gettext(
            "Codes: %(coded)s of %(all)s questions and %(coded_options)s of %(options)s options have one.",
            coded=questions[0],
            all=questions[1],
            coded_options=options[0],
            options=options[1],
        ),
        language.gettext(
            "%(confirmed)s of %(codes)s codes were seen with their meaning in the source that is named.",
            confirmed=codes[0],
            codes=codes[1],
        ),
    ]


def rounded_lines(rounded: Sequence[str], language: Language) -> list[str]:
    """The values that FHIRPath rounds."""
    if not rounded:
        return []
    return [language.gettext("Rounded by FHIRPath, and marked so: %(names)s", names=", ".join(rounded))]
