"""What an outcome is, as conditions of the rule language: its kind, which categories are told, how fast help is needed.

Every reader of expressions reads them, so that what the engine says of an outcome can be proved of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from screening.ruleset.model.expression import And, Comparison, Holds, MayBe, Membership, Name, Node, Not, Number, Or
from screening.ruleset.model.rule_set import Category, Kind, RuleSet, Tone

Conditions = tuple[Node, ...]
"""All of them must hold."""
NEVER = Comparison(Number(Decimal(0)), ">", Number(Decimal(1)))
"""A condition that never holds; the language has no word for it."""
SEVERAL_TOLD = (Kind.UNLESS, Kind.SEVERAL)
"""The kinds in which the named categories that are possible are told."""


class OutcomeConditions:
    """What can be said of the outcomes of one rule set."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        undetermined = rule_set.undetermined.category
        self.undetermined = is_category(undetermined)
        self.urgent = tuple(category.id for category in rule_set.categories if category.tone is Tone.URGENT)
        self.calm: Conditions = (Not(is_category(*self.urgent)),) if self.urgent else ()
        """Where the category itself calls for no help."""
        self.no_help: Conditions = tuple(Not(MayBe(category)) for category in self.urgent)
        """Where no category that calls for help is possible."""
        self.may_need_help = some_of([MayBe(category) for category in self.urgent])
        self.named = tuple(
            category for category in rule_set.categories if not category.overrides and category.id != undetermined
        )
        """The categories that are told where several are possible."""

    # --- kinds ---

    def of_kind(self, *kinds: Kind) -> Conditions:
        """Where no single category was matched, for one of these reasons."""
        return (self.undetermined, some_of([every_of(self._kind(kind)) for kind in kinds]))

    def _kind(self, kind: Kind) -> Conditions:
        disagree = self.rule_set.undetermined.disagree_when.tree
        match kind:
            case Kind.DISAGREE:
                return Not(self._ground_of_named_holds), disagree
            case Kind.NOTHING_KNOWN:
                return Not(self._ground_of_named_holds), Not(disagree)
            case Kind.UNLESS:
                return self._ground_of_named_holds, self._one_alone
            case Kind.SEVERAL:
                return self._ground_of_named_holds, Not(self._one_alone)

    @property
    def _ground_of_named_holds(self) -> Node:
        names = {category.id for category in self.named}
        return some_of(
            [
                And((MayBe(rule.category), some_of([Holds(ground.id) for ground in rule.grounds])))
                for rule in self.rule_set.rules
                if rule.category in names
            ]
        )

    @property
    def _one_alone(self) -> Node:
        """Where one named category is possible, and the undetermined one is not."""
        names = [category.id for category in self.named]
        others = (*names, self.rule_set.undetermined.category)
        return some_of(
            [every_of((MayBe(name), *(Not(MayBe(other)) for other in others if other != name))) for name in names]
        )

    # --- which categories are told ---

    def told_among_others(self, category: Category) -> Conditions | None:
        """Where a category is one of several that are told; None where it never is."""
        return (*self.of_kind(*SEVERAL_TOLD), MayBe(category.id)) if category in self.named else None

    def told(self, category: Category) -> Iterator[Conditions]:
        """The ways in which a category is told: it is the outcome's, or one of several."""
        yield (is_category(category.id),)
        if among_others := self.told_among_others(category):
            yield among_others

    def most_serious(self, category: Category) -> Conditions:
        """Where a named category is the most serious of the several that are told."""
        order = sorted(self.named, key=lambda category: -(category.severity or 0))
        above = order[: order.index(category)]
        return (*self.of_kind(*SEVERAL_TOLD), MayBe(category.id), *(Not(MayBe(other.id)) for other in above))

    # --- how fast help is needed ---

    def called_for(self, speed: int) -> Iterator[Conditions]:
        """The ways in which a speed, by its number, is told; the fastest is also read out in every call."""
        emergency = self.rule_set.emergency
        if speed == 0:
            yield ()
            return
        held = [self._speed_holds(other.id) for other in emergency.speeds[: speed + 1]]
        for category in self.urgent:
            yield (is_category(category), held[-1], *(Not(faster) for faster in held[:-1]))
        if emergency.speeds[speed].id == emergency.unsure and self.urgent:
            yield (*self.calm, self.may_need_help)

    def _speed_holds(self, speed: str) -> Node:
        """Where a ground of the outcome's category, which calls for help, calls for this speed."""
        return some_of(
            [
                And((is_category(rule.category), Holds(ground.id)))
                for rule in self.rule_set.rules
                if rule.category in self.urgent
                for ground in rule.grounds
                if ground.speed == speed
            ]
        )


def is_category(*names: str) -> Node:
    """Where the outcome's category is one of these."""
    return Membership(Name("category"), names)


def every_of(conditions: Sequence[Node]) -> Node:
    """Where all of them hold."""
    return conditions[0] if len(conditions) == 1 else And(tuple(conditions))


def some_of(conditions: Sequence[Node]) -> Node:
    """Where one of them holds; of none, nowhere."""
    if not conditions:
        return NEVER
    return conditions[0] if len(conditions) == 1 else Or(tuple(conditions))
