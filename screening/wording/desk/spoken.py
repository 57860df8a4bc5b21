"""What staff say or send in the person's own language: the call's warning signs, questions and messages.

These messages are read by patients, so that they stand in every catalogue; titles and help for staff do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.ruleset.model.rule_set import RuleSet
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class MessageText:
    """A text to copy into another program."""

    text: str
    subject: str = ""
    """Of an e-mail; empty for others."""


@dataclass(frozen=True, slots=True)
class SpokenCall:
    """A call in the person's language, beside the one that staff read."""

    language: Language
    messages: Mapping[str, MessageText]
    """By the ids that `message_texts` gives."""
    hang_up: str = ""
    """This and the following are empty where the rules of the submission are not those that are translated."""
    questions: Mapping[str, str] = field(default_factory=dict)
    """By id."""
    helps: Mapping[str, str] = field(default_factory=dict)
    """What is said beside a question, by its id; empty where nothing is."""
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The options that call for help at once, by the question."""


def spoken_call(
    messages: Mapping[str, MessageText],
    language: Language,
    rule_set: RuleSet | None,
    signs: Mapping[str, frozenset[str]],
) -> SpokenCall:
    """A call in a language. `rule_set`: the rules in it, if there are; `signs`: codes of warning signs by question."""
    if rule_set is None:
        return SpokenCall(language, messages)
    return SpokenCall(
        language,
        messages,
        hang_up_sentence(rule_set, language),
        {question.id: question.text for question in rule_set.questions},
        {question.id: question.help for question in rule_set.questions},
        {
            name: tuple(option.text for option in rule_set.question[name].options if option.code in codes)
            for name, codes in signs.items()
        },
    )


def hang_up_sentence(rule_set: RuleSet, language: Language) -> str:
    """What is said where there is a warning sign."""
    first = rule_set.emergency.numbers[0]
    return language.gettext(
        "Please hang up now and call %(number)s (%(country)s). I will not keep you on the telephone.",
        number=first.number,
        country=first.country,
    )


def message_texts(code: str, link: str, clinic: str, language: Language) -> Mapping[str, MessageText]:
    """Texts that hold the code and a link and nothing else about the person: neither a name nor what it is about."""
    say = language.gettext
    tried = say(
        "%(clinic)s tried to call you about your message %(code)s. See when we try again, or tell us when to call: "
        "%(link)s",
        clinic=clinic,
        code=code,
        link=link,
    )
    question = say(
        "%(clinic)s has a question about your message %(code)s. Please look here with your secret phrase: %(link)s",
        clinic=clinic,
        code=code,
        link=link,
    )
    never = say("We never ask for your secret words, neither in a message nor on the telephone.")
    return {
        "sms_tried": MessageText(f"{tried} {never}"),
        "sms_question": MessageText(f"{question} {never}"),
        "email": MessageText(
            "\n\n".join((say("Hello,"), question, never, clinic)), say("Your message %(code)s", code=code)
        ),
    }
