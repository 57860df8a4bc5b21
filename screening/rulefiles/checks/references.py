"""Does everything in a rule set exist that is named? One function a check; `CHECKS` names all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from screening.rulefiles.checks.ids import duplicate_ids, reserved_ids
from screening.ruleset.model.parts import block_lists, grounds, questions, section_lists
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet

Check = Callable[[RuleSet], Iterator[Problem]]


def check_references(rule_set: RuleSet) -> list[Problem]:
    """Every problem that the checks below find."""
    return [problem for check in CHECKS for problem in check(rule_set)]


# --- what is named exists ------------------------------------------------------------------------


def unknown_sources(rule_set: RuleSet) -> Iterator[Problem]:
    """Every source cited is listed."""
    yield from exists(rule_set.guide.source, rule_set.source, "source", ("guide", "source"))
    for sources, path in _citations(rule_set):
        for index, name in enumerate(sources):
            yield from exists(name, rule_set.source, "source", (*path, "sources", index))


def _citations(rule_set: RuleSet) -> Iterator[tuple[Iterable[str], Path]]:
    for member in ("values", "categories", "notes", "claims", "articles"):
        for index, item in enumerate(getattr(rule_set, member)):
            yield item.sources, (member, index)
    for ground, path in grounds(rule_set):
        yield ground.sources, path
    for index, number in enumerate(rule_set.emergency.numbers):
        yield number.sources, ("emergency", "numbers", index)
    for blocks, path in block_lists(rule_set):
        for index, block in enumerate(blocks):
            yield block.sources, (*path, index)
    for index, scale in enumerate(rule_set.numbers.scales if rule_set.numbers else ()):
        yield scale.sources, ("numbers", "scales", index)


def unknown_sources_of_codes(rule_set: RuleSet) -> Iterator[Problem]:
    """Every code names a source that is listed."""
    for question, path in questions(rule_set):
        coded = [(question.codes, path)]
        coded += [(option.codes, (*path, "options", at)) for at, option in enumerate(question.options)]
        for codes, place in coded:
            for index, code in enumerate(codes):
                yield from exists(code.source, rule_set.source, "source", (*place, "codes", index, "source"))


def unknown_names(rule_set: RuleSet) -> Iterator[Problem]:
    """Parts, passages, articles, labels, speeds and questions that are named by id are there."""
    for what, name, known, path in _references(rule_set):
        if name:
            yield from exists(name, known, what, path)


def _references(rule_set: RuleSet) -> Iterator[tuple[str, str, Iterable[str], Path]]:
    """What is named, its id, the ids there are, and where."""
    parts = [part.id for part in rule_set.parts]
    passages = [passage.id for passage in rule_set.guide.passages]
    articles = [article.id for article in rule_set.articles]
    labels = [claim_label.id for claim_label in rule_set.claim_labels]
    speeds = [speed.id for speed in rule_set.emergency.speeds]
    for index, page in enumerate(rule_set.pages):
        yield "part", page.part, parts, ("pages", index, "part")
        yield "chapter", page.chapter, [chapter.id for chapter in rule_set.chapters], ("pages", index, "chapter")
    for index, category in enumerate(rule_set.categories):
        yield "passage", category.passage, passages, ("categories", index, "passage")
        yield "article", category.article, articles, ("categories", index, "article")
    for index, claim in enumerate(rule_set.claims):
        yield "label", claim.label, labels, ("claims", index, "label")
        yield "passage", claim.passage, passages, ("claims", index, "passage")
    yield "speed", rule_set.emergency.unsure, speeds, ("emergency", "unsure")
    for ground, path in grounds(rule_set):
        yield "speed", ground.speed, speeds, (*path, "speed")
    yield from _references_of_blocks(rule_set)
    for number, line in enumerate(rule_set.doctor_lines):
        for index, name in enumerate(line.questions):
            yield "question", name, rule_set.question, ("doctor_lines", number, "questions", index)


def _references_of_blocks(rule_set: RuleSet) -> Iterator[tuple[str, str, Iterable[str], Path]]:
    claims = [claim.id for claim in rule_set.claims]
    for blocks, path in block_lists(rule_set):
        for number, block in enumerate(blocks):
            for index, name in enumerate(block.claims):
                yield "claim", name, claims, (*path, number, "claims", index)
            for index, name in enumerate(block.pair):
                yield "question", name, rule_set.question, (*path, number, "pair", index)


def exists(name: str, known: Iterable[str], what: str, path: Path) -> Iterator[Problem]:
    """A problem where a name is not among those known."""
    if name not in known:
        yield Problem("name.missing", path, values={"what": what, "name": name, "known": list(known)})


def category_rules(rule_set: RuleSet) -> Iterator[Problem]:
    """Every category but the undetermined one has exactly one rule."""
    undetermined = rule_set.undetermined.category
    yield from exists(undetermined, rule_set.category, "category", ("undetermined", "category"))
    ruled = [rule.category for rule in rule_set.rules]
    for index, name in enumerate(ruled):
        if name in ruled[:index]:
            yield Problem("category.two_rules", ("rules", index, "category"), values={"name": name})
        yield from exists(name, rule_set.category, "category", ("rules", index, "category"))
        if name == undetermined:
            yield Problem("undetermined.has_rule", ("rules", index, "category"), values={"name": name})
    if not rule_set.category.keys() >= {*ruled, undetermined}:
        return  # a mistyped name leaves another one without a rule
    for index, category in enumerate(rule_set.categories):
        if category.id not in ruled and category.id != undetermined:
            yield Problem("category.without_rule", ("categories", index, "id"), values={"name": category.id})


def titles(rule_set: RuleSet) -> Iterator[Problem]:
    """A part of a category's text has a title, of its own or among `section_titles`."""
    titled = {section_title.id for section_title in rule_set.section_titles}
    for sections, path in section_lists(rule_set):
        for index, section in enumerate(sections):
            if not section.title and section.id not in titled:
                yield Problem("section.untitled", (*path, index, "id"), values={"name": section.id})


def blocks_and_headings(rule_set: RuleSet) -> Iterator[Problem]:
    """No block is empty, and every heading has one that is shown where no other is."""
    for blocks, path in block_lists(rule_set):
        for index, block in enumerate(blocks):
            if not (block.text or block.items or block.table or block.claims):
                yield Problem("block.empty", (*path, index), values={"name": block.id})
        if path[-1] == "headings":
            if blocks[-1].when:
                yield Problem("heading.no_default", (*path, len(blocks) - 1), values={"name": blocks[-1].id})
            for index, block in enumerate(blocks[:-1]):
                if not block.when:
                    yield Problem("heading.hides", (*path, index), values={"name": block.id})


# --- guarantees ----------------------------------------------------------------------------------


def guarantees(rule_set: RuleSet) -> Iterator[Problem]:
    """What a guarantee names is there."""
    for index, guarantee in enumerate(rule_set.guarantees):
        at = ("guarantees", index)
        for member, known, what in _kinds_named(rule_set):
            yield from _unknown_names(getattr(guarantee, member), known, what, (*at, member))
        question = rule_set.question.get(guarantee.question)
        for member, key in (("order", "order"), ("changed_from", "from"), ("to", "to")):
            if question:
                yield from _unknown_names(getattr(guarantee, member), question.option, "option", (*at, key))
        for name, codes in guarantee.options.items():
            yield from exists(name, rule_set.question, "question", (*at, "options", name))
            if name in rule_set.question:
                yield from _unknown_names(codes, rule_set.question[name].option, "option", (*at, "options", name))


def guarantee_questions(rule_set: RuleSet) -> Iterator[Problem]:
    """A guarantee about higher or lower numbers asks for a number: of a choice it would be kept, and say nothing."""
    for index, guarantee in enumerate(rule_set.guarantees):
        question = rule_set.question.get(guarantee.question)
        if question is None:
            continue
        if guarantee.direction and question.type is not QuestionType.NUMBER:
            values = {"name": question.id, "guarantee": guarantee.id}
            yield Problem("guarantee.no_number", ("guarantees", index, "question"), values=values)


def guarantee_options(rule_set: RuleSet) -> Iterator[Problem]:
    """Options that say as little as "not sure" are options of a choice: a tick always says something."""
    for index, guarantee in enumerate(rule_set.guarantees):
        for name in guarantee.options if guarantee.kind == "same_as_unsure" else ():
            if name in rule_set.question and rule_set.question[name].type is not QuestionType.CHOICE:
                values = {"name": name, "guarantee": guarantee.id}
                yield Problem("guarantee.no_choice", ("guarantees", index, "options", name), values=values)


def _kinds_named(rule_set: RuleSet) -> Iterator[tuple[str, Iterable[str], str]]:
    for member in ("then", "never", "categories"):
        yield member, rule_set.category, "category"
    for member in ("unsure", "question", "questions"):
        yield member, rule_set.question, "question"
    yield "value", rule_set.value, "value"
    yield "grounds", rule_set.ground, "ground"
    yield "speed", [speed.id for speed in rule_set.emergency.speeds], "speed"


def _unknown_names(names: str | tuple[str, ...], known: Iterable[str], what: str, path: Path) -> Iterator[Problem]:
    """A problem for each name of a list, or the one name, that is not among those known."""
    if isinstance(names, tuple):
        for index, name in enumerate(names):
            yield from exists(name, known, what, (*path, index))
    elif names:
        yield from exists(names, known, what, path)


CHECKS: tuple[Check, ...] = (
    duplicate_ids,
    reserved_ids,
    unknown_sources,
    unknown_sources_of_codes,
    unknown_names,
    category_rules,
    titles,
    blocks_and_headings,
    guarantees,
    guarantee_questions,
    guarantee_options,
)
