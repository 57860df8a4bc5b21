"""Loads a rule file with all that stands beside it: every mistake with file, line and column, or the checked rule set.

The checks come in stages, each only where the one before found nothing: YAML, shape, then references,
types and texts together, then cases, then signatures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath

from screening.rulefiles.cases.case_file import Case, read_cases, run_cases
from screening.rulefiles.checks.completions import check_completions
from screening.rulefiles.checks.expression_sizes import check_sizes
from screening.rulefiles.checks.grounds import never_or_always, silently_closed, without_open
from screening.rulefiles.checks.guarantee_members import check_guarantee_members
from screening.rulefiles.checks.number_scales import check_number_scales, time_frames
from screening.rulefiles.checks.papers import check_papers
from screening.rulefiles.checks.questions import check_questions, unread
from screening.rulefiles.checks.references import check_references
from screening.rulefiles.checks.short_labels import short_labels
from screening.rulefiles.checks.static_guarantees import check_static_guarantees
from screening.rulefiles.checks.tables import check_tables
from screening.rulefiles.checks.texts import check_texts
from screening.rulefiles.checks.told_values import check_told_values, told_values
from screening.rulefiles.checks.topics import check_topics
from screening.rulefiles.checks.units import printed_missing
from screening.rulefiles.loading.illustrations import load_illustrations
from screening.rulefiles.model.builder import build_rule_set
from screening.rulefiles.model.canonical import canonical_json, sha256
from screening.rulefiles.model.frames import left_out, put_into_frame
from screening.rulefiles.model.repeats import check_repeats, in_first_copy, where_written, written_path
from screening.rulefiles.model.scales import check_scales, in_its_scale
from screening.rulefiles.model.shape import Schema, cases_schema, check_shape, review_schema, rule_file_schema
from screening.rulefiles.model.texts import Text, texts
from screening.rulefiles.review.signatures import Signed, read_review, review_path
from screening.rulefiles.review.state import Review
from screening.rulefiles.yaml.parsed import Data, Parsed
from screening.rulefiles.yaml.reader import MAX_BYTES, read_yaml
from screening.rulefiles.yaml.source_columns import Position
from screening.ruleset.compiler.completions.completion_plan import plan_completions
from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.language.type_checks import check
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.rule_set import RuleSet


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A mistake in a file, and where it stands."""

    file: str
    position: Position
    problem: Problem


class RuleFileError(Exception):
    """A rule file, or a file beside it, has mistakes: `problems` holds all that could be told apart."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__(f"{len(problems)} problems in {problems[0].file}")
        self.problems = problems


@dataclass(frozen=True)
class LoadedRules:
    """A checked rule set, ready to decide, and what its file held."""

    path: FilePath
    """The rule file; what belongs to it stands beside it."""
    rule_set: RuleSet
    engine: Engine
    explainer: Explainer
    hash: str
    """SHA-256 of the file's canonical JSON: the rule set's identity."""
    data: Data
    texts: tuple[Text, ...]
    cases: tuple[Case, ...]
    completions: int
    """How many completions are gone through where every strict question is unknown."""
    parsed: Parsed
    """Where each part of the file stands."""
    frame: int | None = None
    """The version of the frame that says what the file does not say itself."""
    illustrations: Mapping[str, str] = field(default_factory=dict)
    """The SVG of each picture, by name."""
    review: Review = field(default_factory=Review)
    """Who has signed this very rule set."""
    translation: str = ""
    """SHA-256 of the translation that the texts are from; empty where they are the rule file's own."""
    failing: tuple[FileProblem, ...] = ()
    """What is wrong with the cases, where it was asked to load the rules all the same."""
    _without: dict[frozenset[str], Explainer] = field(default_factory=dict, repr=False)

    @cached_property
    def canonical(self) -> str:
        """What the rule file holds, as its canonical JSON; written once."""
        return canonical_json(self.data)

    @property
    def identity(self) -> dict[str, object]:
        """What names the rule set in a record: id, version and SHA-256."""
        return {"id": self.rule_set.id, "version": self.rule_set.version, "sha256": self.hash}

    @cached_property
    def warnings(self) -> tuple[FileProblem, ...]:
        """What stands in the file as nobody may mean it, and does not keep it from being used; looked for on demand."""
        checks = (silently_closed, never_or_always, printed_missing)
        problems = where_written([problem for check in checks for problem in check(self.rule_set)], self.data)
        return tuple(located_problems(problems, self.parsed, self.path))

    def explainer_without(self, parts_off: frozenset[str]) -> Explainer:
        """What explains, and by its engine decides, with these parts switched off; compiled once."""
        if not parts_off:
            return self.explainer
        if parts_off not in self._without:
            engine = Engine(self.rule_set, parts_off, self.engine.plan)
            self._without[parts_off] = Explainer(engine, candidates=self.explainer.candidates)
        return self._without[parts_off]

    def line(self, path: Path) -> int:
        """The line in which a part of the rule file begins."""
        return self.parsed.position(written_path(path, self.data)).line


def load_rule_file(path: FilePath, *, cases_may_fail: bool = False) -> LoadedRules:
    """Load and check a rule file with its cases and signatures, or raise `RuleFileError`.

    These stand beside `NAME.yaml`, in `NAME.cases.yaml` and `NAME.review.yaml`. With `cases_may_fail` what is wrong
    with the cases is kept in `failing` instead.
    """
    _refuse_companion(path)
    parsed, frame = _read_rule_file(path)
    data: Data = parsed.data  # type: ignore[assignment]
    raise_if_any([*check_scales(data), *check_repeats(data)], parsed, path)
    rule_set, unparsed = build_rule_set(data)
    own_texts = tuple(texts(data, rule_file_schema()))
    illustrations, unusable = load_illustrations(path.with_name("illustrations"), rule_set)
    placed = tuple(Text(text.id, *in_first_copy(text.path, text.text, data)) for text in own_texts)
    mistakes = [*unparsed, *_mistakes(rule_set, placed, unparsed), *unusable]
    raise_if_any(where_written(mistakes, data), parsed, path)
    plan = plan_completions(rule_set)
    raise_if_any(where_written([*check_completions(plan, rule_set)], data), parsed, path)
    engine = Engine(rule_set, plan=plan)
    explainer = Explainer(engine)
    cases, failing = _load_cases(path.with_name(f"{path.stem}.cases.yaml"), engine, explainer)
    if failing and not cases_may_fail:
        raise RuleFileError(failing)
    identity = sha256(canonical_json(data))
    return LoadedRules(
        path=path,
        rule_set=rule_set,
        engine=engine,
        explainer=explainer,
        hash=identity,
        data=data,
        texts=own_texts,
        cases=tuple(cases),
        completions=plan.completions,
        parsed=parsed,
        frame=frame,
        illustrations=illustrations,
        review=_load_review(Signed(path, rule_set, identity)),
        failing=tuple(failing),
    )


def _refuse_companion(path: FilePath) -> None:
    """Raise `RuleFileError` for what stands beside a rule file and begins with its name: cases, pins, a translation."""
    rule_file = path.with_name(f"{path.stem.partition('.')[0]}.yaml")
    if "." in path.stem and rule_file.is_file() and path in path.parent.iterdir():
        problem = Problem("file.companion", values={"rule_file": rule_file.name})
        raise RuleFileError([FileProblem(str(path), Position(1, 1), problem)])


def _mistakes(rule_set: RuleSet, own_texts: tuple[Text, ...], unparsed: list[Problem]) -> list[Problem]:
    """What the checks of names, questions, texts and expressions find, each mistake told once."""
    references = [*check_references(rule_set)]
    problems = [
        *references,
        *check_papers(rule_set),
        *check_questions(rule_set),
        *check_texts(own_texts, rule_set),
        *check_tables(rule_set),
    ]
    if any(problem.code == "id.repeated" for problem in problems):
        return problems  # where a name stands for two things, every expression with it looks wrong
    problems += [*check_guarantee_members(rule_set), *check_static_guarantees(rule_set)]
    if not references:  # where a text stands is known by what it belongs to
        problems += check_topics(own_texts, rule_set)
    in_expressions = check_sizes(rule_set) or check(rule_set)
    if not in_expressions:
        # a mistyped name leaves another one unread
        problems += [
            *unread(rule_set, told_values(own_texts, rule_set)),
            *without_open(rule_set),
            *check_number_scales(rule_set),
            *time_frames(rule_set),
        ]
        problems += [*short_labels(rule_set), *(check_told_values(own_texts, rule_set) if not references else [])]
    broken = {problem.path for problem in unparsed}
    return [*problems, *(in_expression for in_expression in in_expressions if in_expression.path not in broken)]


def _load_cases(path: FilePath, engine: Engine, explainer: Explainer) -> tuple[list[Case], list[FileProblem]]:
    """The cases, and what is wrong with them; where they cannot be read, there are none."""
    if not path.exists():
        return [], []
    try:
        parsed = read_shaped(path, cases_schema())
    except RuleFileError as error:
        return [], error.problems
    cases, problems = read_cases(parsed.data, engine.rule_set)
    if problems:
        return [], located_problems(problems, parsed, path)
    return cases, located_problems(run_cases(cases, engine, explainer), parsed, path)


def _load_review(over: Signed) -> Review:
    path = review_path(over.file)
    if not path.exists():
        return Review()
    parsed = read_shaped(path, review_schema())
    review, problems = read_review(parsed.data, over)
    raise_if_any(problems, parsed, path)
    return review


def _read_rule_file(path: FilePath) -> tuple[Parsed, int | None]:
    """The content of a rule file of the right shape, its frame put in, and which one that is."""
    parsed = _read(path)
    frame, problems = put_into_frame(parsed)
    raise_if_any(problems or left_out(parsed.data, check_shape(parsed.data, rule_file_schema())), parsed, path)
    return parsed, frame


def read_shaped(path: FilePath, schema: Schema) -> Parsed:
    """The content of a file that is YAML of the right shape."""
    parsed = _read(path)
    raise_if_any(check_shape(parsed.data, schema), parsed, path)
    return parsed


def _read(path: FilePath) -> Parsed:
    parsed = read_yaml(_content(path))
    if parsed.problems:
        ordered = sorted(parsed.problems, key=lambda mistake: mistake[1])
        raise RuleFileError([FileProblem(str(path), position, problem) for problem, position in ordered])
    return parsed


def _content(path: FilePath) -> bytes:
    """What a file holds; of a file that is too large no more than shows that."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        problem = Problem("file.missing")
    except IsADirectoryError:
        problem = Problem("file.folder")
    except OSError as error:
        problem = Problem("file.unreadable", values={"reason": error.strerror or type(error).__name__})
    raise RuleFileError([FileProblem(str(path), Position(1, 1), problem)])


def raise_if_any(problems: list[Problem], parsed: Parsed, path: FilePath) -> None:
    """Raise `RuleFileError` with these problems, each with its place in the file."""
    if problems:
        raise RuleFileError(located_problems(problems, parsed, path))


def located_problems(problems: list[Problem], parsed: Parsed, path: FilePath) -> list[FileProblem]:
    """Problems with their places, in the order of the file."""
    problems = [replace(problem, path=in_its_scale(problem.path, parsed.data)) for problem in problems]
    told_once = [problem for index, problem in enumerate(problems) if problem not in problems[:index]]
    located = [FileProblem(str(path), _place(problem, parsed), problem) for problem in told_once]
    return sorted(located, key=lambda problem: problem.position)


def _place(problem: Problem, parsed: Parsed) -> Position:
    """The key of an unexpected member; of everything else the value."""
    if problem.code in ("shape.unexpected", "shape.misnamed", "shape.not_here"):
        return parsed.keys.get(problem.path, parsed.position(problem.path))
    return parsed.position(problem.path, problem.column)
