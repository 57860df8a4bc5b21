"""Random small rule files in which answers to strict questions decide what else is asked."""

from __future__ import annotations

from random import Random

from tests.support.rules import small_rules as small
from tests.support.rules.interpreter import Given
from tests.support.rules.small_rules import Members

CODES = ("a", "b", "c")


def steering_rule_file(random: Random) -> Members:
    """Three or four choices, most of them strict and most asked only after some answer to one before."""
    questions: list[Members] = []
    for number in range(random.choice((3, 4, 4))):
        members: Members = {}
        if number and random.random() < 0.7:
            members = {"ask_if": _ask_if(random, number), "if_not_asked": random.choice(CODES)}
        options: list[str | Members] = [*CODES]
        strict = random.random() < 0.7
        if strict and random.random() < 0.5:
            options.append({"code": "open", "leaves_open": random.sample(CODES, 2)})
        questions.append(small.choice(f"q{number}", *options, strict=strict, **members))
    rules = [
        small.rule(category, *(small.ground(f"{category}{number}", _ground(random, questions)) for number in range(2)))
        for category in ("one", "two")
    ]
    return small.rule_file(questions, rules)


def _ask_if(random: Random, number: int) -> str:
    name = f"q{random.randrange(number)}"
    test = f'{name} == "{random.choice(CODES)}"'
    return random.choice((f"definitely({test})", f"possibly({test})", f"known({name})", f"not known({name})"))


def _ground(random: Random, questions: list[Members]) -> str:
    parts = []
    for question in random.sample(questions, random.choice((1, 2, 2, 3))):
        codes = ", ".join(f'"{code}"' for code in random.sample(CODES, random.choice((1, 2))))
        test = f"{question['id']} in {{{codes}}}"
        parts.append(test if question["strict"] else f"definitely({test})")
    return random.choice((" and ", " or ", " and ")).join(parts)


def some_answers(random: Random, data: Members) -> dict[str, Given]:
    """Answers to few of the questions."""
    questions = [question for page in data["pages"] for question in page["questions"]]
    return {
        question["id"]: random.choice([option["code"] for option in question["options"]])
        for question in questions
        if random.random() < 0.3
    }
