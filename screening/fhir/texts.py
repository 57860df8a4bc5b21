"""Texts in every language there is: the rule file's own, with the others by FHIR's translation extension."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from screening.fhir.names import STRUCTURES, Resource
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import ReviewState
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Untranslated
from screening.wording.language.languages import Language
from screening.wording.language.languages import language as language_of
from screening.wording.summary.translations import translation_notice

Say = Callable[[RuleSet, Language], str]
"""Says one thing by the texts of a rule set in its language."""


@dataclass(frozen=True)
class Texts:
    """The rules in their own language, and the same rules in others."""

    rule_set: RuleSet
    others: Mapping[str, RuleSet] = field(default_factory=dict)
    """By language (BCP 47), in the order in which they are to stand."""
    notices: Mapping[str, str] = field(default_factory=dict)
    """By language, what is to be said of the translation itself, such as that nobody has reviewed it."""

    @property
    def language(self) -> Language:
        """The language in which the texts stand by themselves."""
        return language_of(self.rule_set.language)

    def put(self, element: Resource, member: str, say: Say) -> None:
        """Set a member of an element, with its translations beside it; nothing where there is nothing to say."""
        own = say(self.rule_set, self.language)
        if not own:
            return
        element[member] = str(own)
        translations = [
            _translation(tag, told)
            for tag, rules in self.others.items()
            if (told := say(rules, language_of(tag))) and not isinstance(told, Untranslated) and told != own
        ]
        if translations:
            element[f"_{member}"] = {"extension": translations}


def texts_of(rules: LoadedRules, translations: Mapping[str, LoadedRules], review: ReviewState) -> Texts:
    """The texts of a rule file with its translations, and what is to be said of these."""
    others = {tag: translated.rule_set for tag, translated in translations.items()}
    notices = {
        tag: translation_notice(translated, review, language_of(tag)) for tag, translated in translations.items()
    }
    return Texts(rules.rule_set, others, notices)


def _translation(tag: str, text: str) -> Resource:
    return {
        "url": f"{STRUCTURES}/translation",
        "extension": [{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": str(text)}],
    }
