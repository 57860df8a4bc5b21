"""What a guarantee about the rule file itself names, in words: grounds, categories, kinds of texts, numbers."""

from __future__ import annotations

from collections.abc import Mapping

from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.language.languages import N_, Language

_CITING: Mapping[str, str] = {
    "grounds": N_("grounds"),
    "notes": N_("notes"),
    "claims": N_("claims"),
    "emergency_numbers": N_("emergency numbers"),
}


def static_sentence(guarantee: Guarantee, rule_set: RuleSet, language: Language) -> str:
    """What such a guarantee speaks of; empty for one that speaks of answers."""
    say = language.gettext
    match guarantee.kind:
        case "interrupts":
            title = next((speed.title for speed in rule_set.emergency.speeds if speed.id == guarantee.speed), "")
            names = ", ".join(guarantee.grounds)
            if title:
                return say('Interrupt, with the heading "%(title)s": %(names)s.', title=title, names=names)
            return say("Interrupt, with no speed: %(names)s.", names=names)
        case "never_shared":
            names = ", ".join(rule_set.category[name].name for name in guarantee.categories)
            return say("Never shared with a clinic: %(names)s.", names=names)
        case "cites_sources":
            kinds = ", ".join(say(_CITING[kind]) for kind in guarantee.cited_by)
            sentence = say("Each of these cites a source: %(kinds)s.", kinds=kinds)
            uncited = ", ".join(guarantee.uncited)
            return f"{sentence} {say('Except: %(names)s.', names=uncited)}" if uncited else sentence
        case "numbers_shown":
            countries = {number.id: number.country for number in rule_set.emergency.numbers}
            told = [f"{countries[name]} {number}" for name, number in guarantee.numbers.items()]
            return say("Numbers to call: %(numbers)s.", numbers=", ".join(told))
    return ""
