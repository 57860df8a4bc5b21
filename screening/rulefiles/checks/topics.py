"""Do texts carry the topics that they speak of, and is there a text wherever a topic or guarantee names one?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from screening.rulefiles.checks.references import exists
from screening.rulefiles.checks.texts import PhraseFinder
from screening.rulefiles.model.texts import Text
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.phrases import Topic
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.text_places import TextPlace, text_places


def check_topics(texts: Sequence[Text], rule_set: RuleSet) -> list[Problem]:
    """Every text that speaks of a topic without its tag, and every name of a topic or text that stands for nothing."""
    places = {place.path: place for place in text_places(rule_set)}
    told = [(text, place) for text in texts if (place := _place_of(text, places))]
    return [
        *(problem for place in places.values() for problem in _tags(place, rule_set)),
        *(problem for topic in rule_set.topics for problem in _untagged(topic, told, rule_set)),
        *(problem for guarantee in rule_set.guarantees for problem in _guarantee(guarantee, places, rule_set)),
    ]


def _place_of(text: Text, places: Mapping[Path, TextPlace]) -> TextPlace | None:
    """The place of a text, or of the block to which it belongs; None where no outcome tells it."""
    paths = (text.path[:length] for length in range(len(text.path), 0, -1))
    return next((places[path] for path in paths if path in places), None)


def _tags(place: TextPlace, rule_set: RuleSet) -> Iterator[Problem]:
    for name in place.topics:
        yield from exists(name, [topic.id for topic in rule_set.topics], "topic", place.path)


def _untagged(topic: Topic, told: Sequence[tuple[Text, TextPlace]], rule_set: RuleSet) -> Iterator[Problem]:
    """Texts that hold one of the topic's phrases and neither carry its tag nor are excepted; exceptions in vain."""
    finder = PhraseFinder(topic.phrases)
    needed: set[tuple[str, str]] = set()
    for text, place in told:
        for phrase, start in finder.find(text.text) if topic.id not in place.topics else ():
            named = {
                (exception.text, exception.phrase)
                for exception in topic.exceptions
                if exception.phrase == phrase and _is_named(text, exception.text)
            }
            needed |= named
            if not named:
                values = {"topic": topic.id, "phrase": phrase, "text": text.id}
                yield Problem("topic.untagged", text.path, start, values)
    at = ("topics", rule_set.topics.index(topic))
    for index, exception in enumerate(topic.exceptions):
        if (exception.text, exception.phrase) not in needed:
            values = {"text": exception.text, "phrase": exception.phrase}
            yield Problem("exception.unneeded", (*at, "exceptions", index), values=values)
    for index, name in enumerate(topic.texts):
        yield from exists(name, [text.id for text, _ in told], "text", (*at, "texts", index))


def _is_named(text: Text, name: str) -> bool:
    return text.id == name or text.id.startswith(f"{name}.")


def _guarantee(guarantee: Guarantee, places: Mapping[Path, TextPlace], rule_set: RuleSet) -> Iterator[Problem]:
    """Each topic of a guarantee is there and some text speaks of it; each text that it names is told somewhere."""
    at = ("guarantees", rule_set.guarantees.index(guarantee))
    if guarantee.kind == "never_shown" and not (guarantee.topics or guarantee.texts):
        yield Problem("guarantee.no_texts", at, values={"guarantee": guarantee.id})
    for index, name in enumerate(guarantee.topics):
        yield from exists(name, [topic.id for topic in rule_set.topics], "topic", (*at, "topics", index))
        if not any(name in place.topics for place in places.values()):
            yield Problem("topic.untold", (*at, "topics", index), values={"topic": name, "guarantee": guarantee.id})
    for index, name in enumerate(guarantee.texts):
        if not any(place.is_named(name) for place in places.values()):
            known = [place.id for place in places.values()]
            yield from exists(name, known, "text", (*at, "texts", index))
