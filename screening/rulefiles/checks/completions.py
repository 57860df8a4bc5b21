"""Can all completions of open strict answers be gone through?"""

from __future__ import annotations

from screening.ruleset.compiler.completion_plan import MAX_COMPLETIONS, MAX_LOOPS, CompletionPlan
from screening.ruleset.model.parts import questions
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet


def check_completions(plan: CompletionPlan, rule_set: RuleSet) -> list[Problem]:
    """There is no more to go through than can be, and no more loops than generated code may hold."""
    loops = plan.loops
    if len(loops) > MAX_LOOPS:
        name = loops[MAX_LOOPS].questions[0]
        at = next(path for question, path in questions(rule_set) if question.id == name)
        values: dict[str, object] = {"name": name, "count": len(loops), "limit": MAX_LOOPS}
        return [Problem("strict.too_many_questions", (*at, "strict"), values=values)]
    if plan.completions > MAX_COMPLETIONS:
        values = {"count": plan.completions, "limit": MAX_COMPLETIONS}
        return [Problem("strict.too_many", ("pages",), values=values)]
    return []
