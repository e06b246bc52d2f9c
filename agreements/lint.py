"""What a seasoned colleague would say about a plan, as a list of findings.

Pure, and never an exception: a plan that could be built can be reviewed, whatever it names. The
rules stand in three tables, by what they are about; each is one function with a sentence that
names the place and a fix that says what to do. A `problem` can hurt people or break the session;
`advice` is what would make it better.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from agreements import lint_care, lint_names, lint_time
from agreements.model import Prompt, Protocol
from agreements.plan import Plan
from agreements.review import Finding, Review, Rule

__all__ = ["RULES", "Finding", "lint"]

RULES: tuple[Rule, ...] = (*lint_names.RULES, *lint_care.RULES, *lint_time.RULES)
"""Every rule, in the order in which findings are listed."""

ORDINARY_HEADS = (8, 40)
"""The rooms that a plan is looked at with when it does not say whom it is made for."""


def lint(
    plan: Plan,
    protocol: Protocol,
    *,
    prompts: Mapping[str, Prompt],
    moves: Collection[str],
    heads: tuple[int, int] | None = None,
) -> tuple[Finding, ...]:
    """Review a plan.

    Args:
        plan: The plan.
        protocol: The agreements, conditions and compass it refers to.
        prompts: Every prompt there is, by id; the plan's own come before these.
        moves: The id of every move there is.
        heads: The fewest and the most people to look at it with; by default those it is made for.

    Returns:
        What was found, in the order of the rules and then of the steps.
    """
    fewest, most = heads or _made_for(plan)
    fewest = max(1, fewest)
    review = Review(plan, protocol, prompts, frozenset(moves), (fewest, max(fewest, most)))
    return tuple(
        Finding(rule.id, rule.level, spot.step, spot.sentence, rule.fix)
        for rule in RULES
        for spot in rule.find(review)
    )


def _made_for(plan: Plan) -> tuple[int, int]:
    """Return the heads a plan says it is made for; where it does not say, an ordinary room."""
    said = plan.model_fields_set
    most = plan.max_heads if "max_heads" in said else max(ORDINARY_HEADS[1], plan.min_heads)
    return plan.min_heads if "min_heads" in said else min(ORDINARY_HEADS[0], most), most
