"""The variables of a Questionnaire: of each question whether it is asked and the answer that counts, and each value.

They stand before all items, each after those that it reads: `askedX`, `answeredX`, `answerX` and, of a strict choice
that a ground reads, `optionsX`; `valueX` of a value. A number is in its stored unit. An answer with a comparator, such
as "less than 0.5", is no number here: it is empty, as one that is not known. Of a date there are `firstX` and `lastX`,
and the least and the most that the time since it may be (`leastMonthsSinceX`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from screening.fhir.elapsed_time import EMPTY, TODAY, WRITTEN_TODAY, first_day, last_day, least_since, most_since
from screening.fhir.exactness import Exactness
from screening.fhir.expressions import FhirPath, chosen_by_code, collection, literal
from screening.fhir.names import ASKED_UNKNOWN, STRUCTURES, Resource, VariableNames, page_link
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.date_numbers import times_read
from screening.ruleset.language.evaluation_mode import EvaluationMode, not_asked
from screening.ruleset.language.rendering import render
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.parts import places
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import Ground, Value

ROUNDED = (
    "Rounded: a decimal of FHIRPath has 8 digits behind its point, and this number has more. "
    "It is told, and neither asks nor shows anything."
)


class NotExactError(ValueError):
    """What is asked, or urgent, hangs on numbers that FHIRPath rounds: `places` says where, with the numbers."""

    def __init__(self, places: dict[str, list[str]]) -> None:
        super().__init__(", ".join(places))
        self.places = places


class Variables:
    """Writes the variables of one rule set, and the conditions over them."""

    def __init__(self, engine: Engine) -> None:
        """The parts that are off in this engine are never asked."""
        self.rule_set = engine.rule_set
        self.off = engine.off
        self.symbols = engine.names
        self.names = VariableNames([*engine.rule_set.question, *engine.rule_set.value])
        self.exactness = Exactness(engine.names)
        self._given = FhirPath(engine.names, self.names, EvaluationMode.GIVEN)
        self._open = FhirPath(engine.names, self.names, EvaluationMode.OPEN)

    # --- conditions ---

    def asked(self, question: Question) -> str:
        """Whether a question is asked."""
        return f"%{self.names.asked(question.id)}"

    def holds(self, ground: Ground) -> str:
        """Whether a ground is to be told at once: it is certain, and all is answered that it depends on."""
        return f"iif({self._all_answered(ground)} and {self._open.condition(ground.when.tree)}, true, false)"

    def is_left_open(self, ground: Ground) -> str:
        """Whether all that a ground depends on was answered, and the answers neither meet it nor rule it out."""
        condition = self._open.condition(ground.when.tree)
        return f"({self._all_answered(ground)} and ({condition}).empty())"

    def _all_answered(self, ground: Ground) -> str:
        read = self.symbols.depends_on(ground.when.tree)
        answered = [f"%{self.names.answered(name)}" for name in self.rule_set.question if name in read]
        return f"({' and '.join(answered)})" if answered else "true"

    def check_exactness(self, grounds: list[Ground]) -> None:
        """Raise `NotExactError` where a reader of FHIRPath could ask, or show, something else than we do."""
        trees = {f"interrupt {ground.id}": ground.when.tree for ground in grounds}
        trees |= {
            f"ask_if of {question.id}": question.ask_if.tree for question in self.rule_set.questions if question.ask_if
        }
        rounded = {
            place: [render(part) for part in (*self.exactness.rounded_parts(tree), *self._given.times.loose(tree))]
            for place, tree in trees.items()
        }
        if places := {place: parts for place, parts in rounded.items() if parts}:
            raise NotExactError(places)

    # --- variables ---

    def written(self, grounds: list[Ground]) -> list[Resource]:
        """The variables as extensions, each after those that it reads; `grounds`: those of which conditions are
        written.
        """
        opened = {name for ground in grounds for name in self.symbols.questions_in(ground.when.tree)}
        extensions: dict[str, Resource] = {}
        if self.rule_set.has_dates:
            self._add(extensions, TODAY, WRITTEN_TODAY)
        for question in self.rule_set.questions:
            self._place_question(question, extensions)
        for value in self.rule_set.values:
            self._place_value(value, extensions)
        for question in self.rule_set.questions:
            if question.id in opened and question.strict and question.type is QuestionType.CHOICE:
                self._add(extensions, self.names.options(question.id), self._options(question))
        return list(extensions.values())

    def _place_question(self, question: Question, extensions: dict[str, Resource]) -> None:
        names = self.names
        if names.answer(question.id) in extensions:
            return
        given = _given(question, page_link(self.rule_set.page_of[question.id]))
        answered = f"{given}.exists()"
        answer = _counted(question, f"{given}.value")
        if question.id in self.off:
            self._add(extensions, names.asked(question.id), "false")
            answered, answer = "true", _if_not_asked(question)
        elif question.ask_if:
            self._place_read(question.ask_if.tree, extensions)
            self._add(
                extensions, names.asked(question.id), f"iif({self._given.condition(question.ask_if.tree)}, true, false)"
            )
            asked = self.asked(question)
            answered = f"({asked}.not() or {answered})"
            answer = f"iif({asked}, {answer}, {_if_not_asked(question)})"
        self._add(extensions, names.answered(question.id), answered)
        self._add(extensions, names.answer(question.id), answer)
        if question.id in self._times:
            self._place_times(question, extensions)

    @cached_property
    def _times(self) -> Mapping[str, tuple[Elapsed, ...]]:
        return times_read(place.expression.tree for place in places(self.rule_set))

    def _place_times(self, question: Question, extensions: dict[str, Resource]) -> None:
        names, name = self.names, question.id
        answer = f"%{names.answer(name)}"
        self._add(extensions, names.first(name), first_day(answer))
        self._add(extensions, names.last(name), last_day(answer))
        for unit in self._times[name]:
            least, most = (names.time(name, unit, end) for end in ("least", "most"))
            self._add(extensions, most, most_since(question, unit, f"%{names.first(name)}"))
            self._add(extensions, least, least_since(question, unit, f"%{names.last(name)}", f"%{most}"))

    def _place_value(self, value: Value, extensions: dict[str, Resource]) -> None:
        name = self.names.value(value.id)
        if name not in extensions:
            tree = value.expression.tree
            self._place_read(tree, extensions)
            is_rounded = next(self.exactness.rounded_parts(tree), None) is not None
            self._add(extensions, name, self._given.expression(tree), ROUNDED if is_rounded else "")

    def _place_read(self, node: ex.Node, extensions: dict[str, Resource]) -> None:
        for part in node.walk():
            if isinstance(part, ex.Name) and part.name in self.rule_set.value:
                self._place_value(self.rule_set.value[part.name], extensions)
            elif isinstance(part, ex.Name) and part.name in self.rule_set.question:
                self._place_question(self.rule_set.question[part.name], extensions)

    def _options(self, question: Question) -> str:
        answer = f"%{self.names.answer(question.id)}"
        opened = {option.code: collection(option.leaves_open) for option in question.options if option.leaves_open}
        may_be = f"{answer}.select({chosen_by_code(opened, '$this')})" if opened else answer
        return f"iif({answer}.exists(), {may_be}, {collection(question.complete_codes)})"

    def _add(self, extensions: dict[str, Resource], name: str, expression: str, description: str = "") -> None:
        value: Resource = {"name": name, "language": "text/fhirpath", "expression": expression}
        if description:
            value["description"] = description
        extensions[name] = {"url": f"{STRUCTURES}/variable", "valueExpression": value}


def _given(question: Question, page: str) -> str:
    return f"%resource.item.where(linkId = {literal(page)}).item.where(linkId = {literal(question.id)}).answer"


def _counted(question: Question, values: str) -> str:
    """The answers as rules read them: what means "not sure" is not known, and a number is in its stored unit."""
    match question.type:
        case QuestionType.NUMBER:
            return f"{values}.where(comparator.empty()).select({_in_stored_unit(question)})"
        case QuestionType.CHOICE:
            unsure = [ASKED_UNKNOWN, *(option.code for option in question.options if option.means_unsure)]
            return f"{values}.code.where(($this in {collection(unsure)}).not())"
        case QuestionType.SEVERAL:
            return f"{values}.code"
        case QuestionType.TEXT:
            return f"{values}.where(hasValue()).select({literal(WRITTEN)})"
        case QuestionType.DATE:
            return f"{values}.where(hasValue())"


def _in_stored_unit(question: Question) -> str:
    if len(question.units) == 1:
        return "value"
    written = EMPTY
    for unit in reversed(question.units):
        amount = "value" if unit.factor == 1 else f"(value * {unit.factor:f})"
        written = f"iif(code = {literal(unit.code)}, {amount}, {written})"
    return written


def _if_not_asked(question: Question) -> str:
    """What counts as the answer where nothing is asked."""
    counted = not_asked(question)
    if question.type is QuestionType.SEVERAL:
        # No tick at all is known to be none of them: the code that says so stands for that.
        return literal(question.if_not_asked or ASKED_UNKNOWN)
    return literal(counted) if isinstance(counted, str) else EMPTY


def rounded_values(engine: Engine) -> list[str]:
    """The values that a reader of FHIRPath rounds; their variables are marked so."""
    exactness = Exactness(engine.names)
    values = engine.rule_set.values
    return [value.id for value in values if any(exactness.rounded_parts(value.expression.tree))]


def interrupts_of(engine: Engine) -> Iterator[Ground]:
    """The grounds that do not wait for the result."""
    return (ground for ground in engine.rule_set.grounds if ground.interrupt)
