"""What a reply says before its list: what was understood, what was not found, what had to give way, what failed."""

from collections.abc import Sequence

from tastemaker.agent.executor import Execution
from tastemaker.agent.plan import Act, Plan
from tastemaker.agent.state import State
from tastemaker.agent.trace import Relaxation
from tastemaker.agent.wording import counted, join, say_condition
from tastemaker.tools.catalogue.schema import CatalogueSchema


def not_found(plan: Plan) -> str:
    """Return the sentences that tell of names the catalogue does not have; empty when it has all."""
    said = []
    for name in plan.unresolved:
        nearest = join([f"“{each}”" for each in name.nearest[:3]], "or")
        said.append(f"“{name.name}” is not in the catalogue{f'; the nearest is {nearest}' if nearest else ''}.")
    return " ".join(said)


def notes(warnings: Sequence[str]) -> list[str]:
    """Return what degraded in a turn, as sentences."""
    return [f"Note: {warning.rstrip('.')}." for warning in warnings]


def opening(
    plan: Plan,
    state: State,
    execution: Execution,
    count: int,
    wanted: int,
    warnings: Sequence[str],
    schema: CatalogueSchema,
) -> str:
    """Return all that is said before a list.

    Args:
        plan: the turn's plan.
        state: the state after the plan's changes.
        execution: what the tools found.
        count: how many items are shown; at least 1.
        wanted: how many were wanted.
        warnings: what degraded before the tools ran.
        schema: the catalogue's schema.
    """
    parts = [
        not_found(plan),
        _headline(plan, state, execution.relaxation, count, schema),
        _gave_way(execution.relaxation, schema) if execution.relaxation else "",
        _too_few(count, bool(state.conditions), schema) if count < wanted else "",
        *notes([*warnings, *execution.warnings]),
    ]
    return " ".join(part for part in parts if part)


def _headline(plan: Plan, state: State, relaxation: Relaxation | None, count: int, schema: CatalogueSchema) -> str:
    here = f"Here {'is' if count == 1 else 'are'} {counted(count, schema)}"
    dropped = relaxation.dropped if relaxation else ()
    wishes = [say_condition(each, schema) for each in state.conditions if each not in dropped]
    anchors = [rating.title for rating in state.ratings if rating.opinion == "anchor"]
    if state.query:
        wishes.append(f"“{state.query}”")
    wishes += [f"less “{each}”" for each in state.avoid]
    wishes += [f"for {each.name}" for each in state.motives]
    if anchors:
        wishes.append(f"like {join(anchors)}")
    if wishes and plan.act is not Act.ASK:
        return f"{here}: {', '.join(wishes)}."
    if state.liked:
        return f"{here} chosen by what you like."
    return f"{here} that many people like, to begin with."


def _gave_way(relaxation: Relaxation, schema: CatalogueSchema) -> str:
    gone = join([say_condition(each, schema) for each in relaxation.dropped])
    if not relaxation.before:
        return f"No {schema.noun} kept every preference, so I let go of: {gone}."
    return f"Only {counted(relaxation.before, schema)} kept every preference; the others let go of: {gone}."


def _too_few(count: int, conditions: bool, schema: CatalogueSchema) -> str:
    if not conditions:
        return f"There are no more {schema.plural} left to show."
    return f"Nothing else in the catalogue that I have not shown yet meets {'it' if count == 1 else 'them'} all."
