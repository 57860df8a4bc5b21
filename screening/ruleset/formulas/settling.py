"""What follows for some completion of open strict answers, as a formula over the answers alone.

"Some completion" is written out question by question, and only as far as a formula still reads one. Completions with
which the same formula is left are one class, and are taken together. Questions of which only sums count are one step:
one completion for each kind of their sums, allowed where the answers let the items add up to one of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from screening.ruleset.compiler.classes.number_cells import NumberCells
from screening.ruleset.compiler.completions.completion_plan import CompletionPlan, Group, OfNumber, Together
from screening.ruleset.compiler.completions.reachable_sums import ReachableSums
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, negation, rebuilt, walk
from screening.ruleset.formulas.atoms import Atom, Settled
from screening.ruleset.formulas.bounds import is_bound
from screening.ruleset.formulas.counting import Counting, tickable
from screening.ruleset.formulas.date_numbers import one_time, time_question
from screening.ruleset.formulas.reads import Reads
from screening.ruleset.formulas.settled_numbers import Completing, settled_numbers, with_number
from screening.ruleset.formulas.terms import answer
from screening.ruleset.model.questions import Question, QuestionType


@dataclass
class Way:
    """One way to complete an answer: what becomes of the atoms that it settles."""

    code: str
    settles: dict[Settled, Formula]
    done: dict[Formula, Formula] = field(default_factory=dict)

    def left_of(self, formula: Formula) -> Formula:
        """What is left of a formula."""
        return rebuilt(formula, self._settled, self.done)

    def _settled(self, of: Formula) -> Formula:
        return self.settles.get(of.atom, of) if isinstance(of.atom, Settled) else of


@dataclass
class Step:
    """All ways to complete a choice, or one tick of several choices; `allowed` says where an answer allows some."""

    atoms: frozenset[Settled]
    ways: tuple[Way, ...]
    allowed: Callable[[frozenset[str]], Formula]


@dataclass
class NumberStep:
    """All ways to complete a number: the one given, any that a bound leaves in range, or any that is accepted."""

    completing: Completing
    given: Formula
    bound: Formula = FALSE
    """Where a bound was given."""

    @property
    def atoms(self) -> frozenset[Settled]:
        """What stands for the settled number, which is no option."""
        return frozenset({Settled(self.completing.question.id, "")})

    def some(self, formula: Formula) -> Formula:
        """Where some completion makes a formula true."""
        question = self.completing.question
        given = with_number(formula, question.id, answer(question.id))
        ways = [all_of(self.given, negation(self.bound), given)]
        if self.bound is not FALSE:
            ways.append(all_of(self.bound, self.completing.within_bound(formula)))
        if not question.required:
            ways.append(all_of(negation(self.given), self.completing.in_some_way(formula)))
        return any_of(*ways)


class Settling:
    """Writes "for some completion" out, over the strict questions of one rule set."""

    def __init__(
        self,
        counting: Counting,
        plan: CompletionPlan,
        first: Sequence[Formula],
        *,
        bounded: bool = False,
        beyond: frozenset[str] = frozenset(),
    ) -> None:
        """What fewest of the formulas in `first` read is settled last, so that most are through before.

        `bounded`: answers may be bounds; `beyond` are the numbers that lie beyond their range.
        """
        self._counting = counting
        self._bounded = bounded
        self._beyond = beyond
        self._reads_facts = Reads()
        self._reads: dict[Formula, frozenset[Settled]] = {}
        steps = [step for group in plan.groups for step in self._steps_of(group, plan)]
        steps = sorted(steps, key=lambda step: -sum(bool(step.atoms & self._read(formula)) for formula in first))
        self._steps = sorted(steps, key=lambda step: isinstance(step, NumberStep) is not bounded)
        self._done: dict[tuple[Formula, int], Formula] = {}

    def some(self, formula: Formula) -> Formula:
        """Where some completion makes a formula true."""
        return self._some(formula, 0)

    def _some(self, formula: Formula, start: int) -> Formula:
        read = self._read(formula)
        if not read:
            return formula
        number = next((n for n in range(start, len(self._steps)) if self._steps[n].atoms & read), None)
        if number is None:  # a number is settled after those that come later
            return formula
        key = (formula, number)
        if key not in self._done:
            classes: dict[Formula, list[str]] = {}
            step = self._steps[number]
            if isinstance(step, NumberStep):
                self._done[key] = step.some(self._some(formula, number + 1))
                return self._done[key]
            for way in step.ways:
                classes.setdefault(way.left_of(formula), []).append(way.code)
            ways = ((step.allowed(frozenset(codes)), left) for left, codes in classes.items() if left is not FALSE)
            self._done[key] = any_of(*(all_of(allowed, self._some(left, number + 1)) for allowed, left in ways))
        return self._done[key]

    def _read(self, formula: Formula) -> frozenset[Settled]:
        """The atoms of a completion in a formula."""
        if formula not in self._reads:
            for node in walk(formula):
                if node not in self._reads:
                    own = _settled(node.atom) if node.atom is not None else frozenset[Settled]()
                    self._reads[node] = own.union(*(self._reads[part] for part in node.operands))
        return self._reads[formula]

    # --- ways to complete an answer ---

    def _steps_of(self, group: Group, plan: CompletionPlan) -> Iterable[Step | NumberStep]:
        if isinstance(group, OfNumber):
            if group.cells.question.type is QuestionType.DATE:
                return self._date(group.cells.question, plan)
            return [self._number(group.cells)]
        if isinstance(group, Together):
            return [self._together(group.sums)]
        question = group.classes.question
        if question.type is QuestionType.SEVERAL:
            return [self._tick(question, code) for code in tickable(question)]
        return [self._choice(question)]

    def _number(self, cells: NumberCells) -> NumberStep:
        question, worked_with = cells.question, bool(cells.tests)
        given = self._counting.something_known(question)
        hangs_on = frozenset[str]().union(*map(self._hangs_on, {question.id, *cells.reads}))
        if not self._bounded:
            return NumberStep(Completing(question, worked_with, hangs_on=hangs_on), given)
        beside = any_of(*(self._is_bound(name) for name in sorted(cells.reads)))
        completing = Completing(question, worked_with, negation(beside), hangs_on)
        return NumberStep(completing, given, self._is_bound(question.id))

    def _date(self, question: Question, plan: CompletionPlan) -> Iterator[NumberStep]:
        """A date, as the one time since it that rules read; it is exact, or open where it may be."""
        if not question.strict:
            return
        times = one_time(question, plan.names, [ground.when.tree for rule in plan.rules for ground in rule.grounds])
        known, hangs_on = self._counting.something_known(question), self._hangs_on(question.id)
        for unit in times:
            yield NumberStep(Completing(time_question(question, unit), worked_with=False, hangs_on=hangs_on), known)

    def _hangs_on(self, name: str) -> frozenset[str]:
        """The questions on which it hangs what counts as the answer to one."""
        asked = self._reads_facts.of(self._counting.asked(name))
        return frozenset({name, *(fact.split()[0] for fact in asked)})

    def _is_bound(self, name: str) -> Formula:
        question = self._counting.rule_set.question[name]
        if question.type is not QuestionType.NUMBER:
            return FALSE
        if name in self._beyond:
            return TRUE
        return all_of(self._counting.something_known(question), is_bound(question))

    def _tick(self, question: Question, code: str) -> Step:
        """An option that is ticked, or not."""
        settled = Settled(question.id, code)
        ticked = self._counting.ticked(question.id, [code])
        maybe = any_of(ticked, self._counting.unsure(question.id))
        allowed = {frozenset({code}): maybe, frozenset({""}): negation(ticked)}
        ways = (Way(code, {settled: TRUE}), Way("", {settled: FALSE}))
        return Step(frozenset({settled}), ways, lambda codes: allowed.get(codes, TRUE))

    def _choice(self, question: Question) -> Step:
        """An option chosen: allowed where no answer was given that excludes it."""
        atoms = {code: Settled(question.id, code) for code in question.complete_codes}
        ways = (Way(code, {atom: TRUE if other == code else FALSE for other, atom in atoms.items()}) for code in atoms)
        return Step(frozenset(atoms.values()), tuple(ways), lambda codes: self._allowed(question, codes))

    def _allowed(self, question: Question, codes: frozenset[str]) -> Formula:
        """Where no answer was given that excludes all of some options."""
        meant = ((option.code, option.leaves_open or (option.code,)) for option in question.options)
        against = [code for code, left in meant if codes.isdisjoint(left)]
        return negation(self._counting.chosen(question.id, against))

    def _together(self, sums: ReachableSums) -> Step:
        """Items that are added up: for each kind of their sums the options that reach one of it."""
        questions = [item.classes.question for item in sums.items]
        where: dict[str, Formula] = {}
        ways: list[Way] = []
        reached = self._reached(sums)
        for number, (totals, options) in enumerate(sums.kinds):
            settles = {
                Settled(question.id, code): TRUE if code == option else FALSE
                for question, option in zip(questions, options, strict=True)
                for code in question.complete_codes
            }
            where[str(number)] = any_of(*(reached[total] for total in totals))
            ways.append(Way(str(number), settles))
        atoms = frozenset(ways[0].settles)
        return Step(atoms, tuple(ways), lambda codes: any_of(*(where[code] for code in sorted(codes))))

    def _reached(self, sums: ReachableSums) -> dict[int, Formula]:
        """For each total, where the answers let the items add up to it."""
        reached: dict[int, Formula] = {0: TRUE}
        for item, steps in zip(sums.items, sums.steps, strict=True):
            codes: dict[int, set[str]] = {}
            for code, step in steps.items():
                codes.setdefault(step, set()).add(code)
            allowed = {step: self._allowed(item.classes.question, frozenset(alike)) for step, alike in codes.items()}
            further: dict[int, list[Formula]] = {}
            for total, before in reached.items():
                for step, here in allowed.items():
                    further.setdefault(total + step, []).append(all_of(before, here))
            reached = {total: any_of(*formulas) for total, formulas in further.items()}
        return reached


def _settled(of: Atom) -> frozenset[Settled]:
    """What of a completion an atom reads."""
    if isinstance(of, Settled):
        return frozenset({of})
    return frozenset(Settled(question, "") for question in settled_numbers(of))
