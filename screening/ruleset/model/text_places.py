"""Where each text that an outcome may tell stands, as conditions of the rule language: its place, and its own.

A place is on the page, on a paper, or in what staff read out in a call. Labels, questions asked and articles tell no
outcome, and have no place here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from screening.ruleset.model.expression import Holds, Membership, Name, Node, Not
from screening.ruleset.model.notes import Audience, Note, NoteKind
from screening.ruleset.model.outcome_conditions import SEVERAL_TOLD, Conditions, OutcomeConditions
from screening.ruleset.model.problem import Path
from screening.ruleset.model.rule_set import Category, Kind, RuleSet
from screening.ruleset.model.texts import Block, Blocks, Expression, Section


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A text, or the texts of one block, in one place."""

    id: str
    """How texts are named; that of a block without its members, such as `shared.care.blocks.first`."""
    path: Path
    texts: tuple[str, ...]
    topics: tuple[str, ...]
    when: Conditions
    open_ground: str = ""
    """A ground that must be open: neither met nor ruled out, and its category possible."""
    open_question: str = ""
    """A question that must be asked and have no definite answer."""

    def is_named(self, name: str) -> bool:
        """Whether a name stands for this text, for a member of it, or for all of a part that it belongs to."""
        return self.id == name or self.id.startswith(f"{name}.") or name.startswith(f"{self.id}.")


def text_places(rule_set: RuleSet) -> tuple[TextPlace, ...]:
    """Every place of every text that an outcome may tell; a text that is told in two ways has two."""
    places = tuple(_Places(rule_set).all())
    return (*places, *_of_values(rule_set, places))


class _Places:
    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self.outcome = OutcomeConditions(rule_set)

    def all(self) -> Iterator[TextPlace]:
        """Every place."""
        rule_set = self.rule_set
        yield from _blocks(rule_set.short_answer, ("short_answer",), "short_answer", self.outcome.calm)
        yield from self._single_texts()
        for kind, texts in rule_set.undetermined.kinds.items():
            place, name = ("undetermined", "kinds", kind.value), f"undetermined.kinds.{kind.value}"
            when = self.outcome.of_kind(kind)
            yield from _first_of(texts.headings, (*place, "headings"), f"{name}.headings", when)
            yield from _blocks(texts.texts, (*place, "texts"), f"{name}.texts", when)
        for index, category in enumerate(rule_set.categories):
            yield from self._category_texts(category, ("categories", index))
            yield from self._steps(category, ("categories", index, "next_steps"))
            yield from self._category_sections(category, ("categories", index, "sections"))
        yield from self._grounds()
        for section, path, name in _sections(rule_set.shared, ("shared",), "shared"):
            yield from _blocks(section.blocks, path, name, ())
        yield from self._questions()
        yield from self._papers()

    def _single_texts(self) -> Iterator[TextPlace]:
        """Texts that are no blocks: the limit, speeds, what staff say, notes, claims and the sheet to fill in."""
        rule_set, calm = self.rule_set, self.outcome.calm
        if rule_set.limit:
            yield TextPlace("limit", ("limit",), (rule_set.limit,), _topics_of(rule_set, "limit"), calm)
        if rule_set.staff:
            yield TextPlace("staff.doctor", ("staff", "doctor"), (rule_set.staff.doctor,), rule_set.staff.topics, ())
        for index, speed in enumerate(rule_set.emergency.speeds):
            for when in self.outcome.called_for(index):
                path = ("emergency", "speeds", index)
                yield TextPlace(f"emergency.speeds.{speed.id}", path, speed.steps, speed.topics, when)
        for index, note in enumerate(rule_set.notes):
            when = (note.when.tree, *self._note(note))
            yield TextPlace(f"notes.{note.id}", ("notes", index), (note.text,), note.topics, when)
        for index, claim in enumerate(rule_set.claims):
            told = (claim.says, claim.research)
            yield TextPlace(f"claims.{claim.id}", ("claims", index), told, claim.topics, calm)
        yield from self._tick_sheet((self.outcome.undetermined,))

    def _tick_sheet(self, when: Conditions) -> Iterator[TextPlace]:
        for index, line in enumerate(self.rule_set.tick_sheet):
            name = f"tick_sheet.{index + 1}"
            yield TextPlace(name, ("tick_sheet", index), (line,), _topics_of(self.rule_set, name), when)

    def _note(self, note: Note) -> Conditions:
        """Where a note is told besides: to clinics always; in an emergency nothing stands beside the call for help."""
        if note.audience is not Audience.PATIENT or note.call_first:
            return ()
        return self.outcome.no_help if note.kind is NoteKind.ACTION else self.outcome.calm

    # --- what is told of one category ---

    def _category_texts(self, category: Category, path: Path) -> Iterator[TextPlace]:
        own, name = next(self.outcome.told(category)), f"categories.{category.id}"
        if category.id != self.rule_set.undetermined.category:  # else a kind has the heading
            yield from _first_of(category.headings, (*path, "headings"), f"{name}.headings", own)
        yield from _blocks(category.ask_doctor, (*path, "ask_doctor"), f"{name}.ask_doctor", own)

    def _steps(self, category: Category, path: Path) -> Iterator[TextPlace]:
        """What to do next: where several are told, the first of the undetermined one's and the most serious one's.

        Where help may be needed the most serious one's are not told beside it.
        """
        name, steps, no_help = f"categories.{category.id}.next_steps", category.next_steps, self.outcome.no_help
        if category.id == self.rule_set.undetermined.category:
            alone = self.outcome.of_kind(*(kind for kind in Kind if kind not in SEVERAL_TOLD))
            several = self.outcome.of_kind(*SEVERAL_TOLD)
            yield from _blocks(steps, path, name, alone)
            yield from _blocks(steps, path, name, (*several, self.outcome.may_need_help))
            yield from _first_of(steps, path, name, (*several, *no_help))
            return
        yield from _blocks(steps, path, name, next(self.outcome.told(category)))
        if category in self.outcome.named:
            yield from _blocks(steps, path, name, (*self.outcome.most_serious(category), *no_help))

    def _category_sections(self, category: Category, path: Path) -> Iterator[TextPlace]:
        titles = {title.id: title for title in self.rule_set.section_titles}
        own = next(self.outcome.told(category))
        among_others = self.outcome.told_among_others(category)
        underlies: Conditions = (Membership(Name("underlying"), (category.id,)),)
        for section, at, name in _sections(category.sections, path, f"categories.{category.id}.sections"):
            if section.id not in titles:
                continue
            yield from _blocks(section.blocks, at, name, own)
            if among_others and titles[section.id].when_several:
                yield from _blocks(section.blocks, at, name, among_others)
            is_first = section.id == self.rule_set.section_titles[0].id
            if is_first and category.id != self.rule_set.undetermined.category:
                yield from _blocks(section.blocks, at, name, underlies)

    # --- grounds and questions ---

    def _grounds(self) -> Iterator[TextPlace]:
        for number, rule in enumerate(self.rule_set.rules):
            category = self.rule_set.category[rule.category]
            for index, ground in enumerate(rule.grounds):
                path, name = ("rules", number, "grounds", index), f"rules.{rule.category}.grounds.{ground.id}"
                for when in self.outcome.told(category):
                    held = (*when, Holds(ground.id))
                    yield TextPlace(f"{name}.because", (*path, "because"), (ground.because,), ground.topics, held)
                for when in self._open_told(category) if ground.open else ():
                    at, opened = (*path, "open"), (ground.open,)
                    yield TextPlace(f"{name}.open", at, opened, ground.topics, when, open_ground=ground.id)

    def _open_told(self, category: Category) -> Iterator[Conditions]:
        """Where what is open about a category is told: beside a possible emergency, or by a text that lists it."""
        if category.id in self.outcome.urgent:
            yield self.outcome.calm
        for kind, texts in self.rule_set.undetermined.kinds.items():
            if kind is Kind.UNLESS and category in self.outcome.named:
                continue  # it is named itself, unless something else is open
            listing = (*_first_conditions(texts.headings), *((block, _own(block.when)) for block in texts.texts))
            for block, when in listing:
                if any("{open}" in text for text in (block.text, *block.items)):
                    yield (*self.outcome.of_kind(kind), *when)

    def _questions(self) -> Iterator[TextPlace]:
        """What to ask somebody who can tell, of each question that is open where no single category was matched."""
        when = (self.outcome.undetermined,)
        for number, page in enumerate(self.rule_set.pages):
            for index, question in enumerate(page.questions):
                if question.ask_doctor:
                    path = ("pages", number, "questions", index, "ask_doctor")
                    name, told = f"questions.{question.id}.ask_doctor", (question.ask_doctor,)
                    yield TextPlace(name, path, told, question.topics, when, open_question=question.id)

    def _papers(self) -> Iterator[TextPlace]:
        """What stands on a paper alone: remarks and lines to fill in for a doctor, and what the person can read out."""
        if paper := self.rule_set.doctor_paper:
            yield from _blocks(paper.remarks, ("doctor_paper", "remarks"), "doctor_paper.remarks", ())
            yield from _blocks(paper.fill_in, ("doctor_paper", "fill_in"), "doctor_paper.fill_in", ())
        yield from self._general_sheet(paper.fill_in if paper else ())
        if own := self.rule_set.person_paper:
            calm = self.outcome.calm
            yield from _blocks(own.read_out, ("person_paper", "read_out"), "person_paper.read_out", calm)

    def _general_sheet(self, fill_in: Blocks) -> Iterator[TextPlace]:
        """The sheet on the doctor's paper: it is filled in where no line of the paper's own stands."""
        conditions = [block.when for block in fill_in]
        if None not in conditions:
            yield from self._tick_sheet(tuple(Not(when.tree) for when in conditions if when))


# --- values ------------------------------------------------------------------------------------------


def _of_values(rule_set: RuleSet, places: Sequence[TextPlace]) -> Iterator[TextPlace]:
    """What is told of values: their own words in each text that tells them, and the zones of their lines."""
    for index, value in enumerate(rule_set.values):
        path, name = ("values", index), f"values.{value.id}"
        telling = [place for place in places if any(f"{{{value.id}}}" in text for text in place.texts)]
        beside = TextPlace(name, path, (), (), ())
        for member in ("unit", "singular", "if_unknown"):
            text, at = getattr(value, member), f"{name}.{member}"
            shown = [beside] if value.label and member != "if_unknown" else []
            for place in (*telling, *shown) if text else ():
                yield replace(place, id=at, path=(*path, member), texts=(text,), topics=_topics_of(rule_set, at))
        for number, zone in enumerate(value.zones):
            at = f"{name}.zones.{zone.id}"
            yield replace(
                beside, id=at, path=(*path, "zones", number), texts=(zone.text,), topics=_topics_of(rule_set, at)
            )


def _topics_of(rule_set: RuleSet, name: str) -> tuple[str, ...]:
    """The topics of a text that has no place for tags."""
    return tuple(topic.id for topic in rule_set.topics if name in topic.texts)


# --- blocks ------------------------------------------------------------------------------------------


def _blocks(blocks: Blocks, path: Path, name: str, place: Conditions) -> Iterator[TextPlace]:
    """Blocks that each stand where their own condition holds."""
    for index, block in enumerate(blocks):
        told = tuple(filter(None, (block.text, *block.items)))
        yield TextPlace(f"{name}.{block.id}", (*path, index), told, block.topics, (*place, *_own(block.when)))


def _first_of(blocks: Blocks, path: Path, name: str, place: Conditions) -> Iterator[TextPlace]:
    """Blocks of which the first whose condition holds stands, with its first text alone."""
    for index, (block, when) in enumerate(_first_conditions(blocks)):
        told = tuple(filter(None, (block.text, *block.items)))[:1]
        yield TextPlace(f"{name}.{block.id}", (*path, index), told, block.topics, (*place, *when))


def _first_conditions(blocks: Blocks) -> Iterator[tuple[Block, Conditions]]:
    """Blocks, each with where it is the first whose condition holds; what stands behind one without any never is."""
    before: list[Node] = []
    for block in blocks:
        yield block, (*before, *_own(block.when))
        if block.when is None:
            return
        before.append(Not(block.when.tree))


def _sections(sections: Iterable[Section], path: Path, name: str) -> Iterator[tuple[Section, Path, str]]:
    """Sections, with the path and name of their blocks."""
    for index, section in enumerate(sections):
        yield section, (*path, index, "blocks"), f"{name}.{section.id}.blocks"


def _own(when: Expression | None) -> Conditions:
    return (when.tree,) if when else ()
