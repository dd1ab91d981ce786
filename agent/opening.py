"""What a reply says before its list: what was understood, what was not found, what had to give way, what failed."""

from collections.abc import Sequence

from tastemaker.agent.executor import Execution
from tastemaker.agent.languages.notice import told
from tastemaker.agent.languages.speech import noun, say, word
from tastemaker.agent.plan import Act, Plan
from tastemaker.agent.state import State
from tastemaker.agent.trace import Relaxation
from tastemaker.agent.wording import counted, join, listed, say_condition
from tastemaker.tools.catalogue.schema import CatalogueSchema


def not_found(plan: Plan) -> str:
    """Return the sentences that tell of names the catalogue does not have; empty when it has all."""
    said = []
    for name in plan.unresolved:
        nearest = join([say("“{name}”", name=each) for each in name.nearest[:3]], "or")
        if nearest:
            said.append(
                say("“{name}” is not in the catalogue; the nearest is {nearest}.", name=name.name, nearest=nearest)
            )
        else:
            said.append(say("“{name}” is not in the catalogue.", name=name.name))
    return " ".join(said)


def notes(warnings: Sequence[str]) -> list[str]:
    """Return what degraded in a turn, as sentences."""
    return [say("Note: {warning}.", warning=told(warning).rstrip(".")) for warning in warnings]


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
    items = counted(count, schema)
    dropped = relaxation.dropped if relaxation else ()
    wishes = [say_condition(each, schema) for each in state.conditions if each not in dropped]
    anchors = [rating.title for rating in state.ratings if rating.opinion == "anchor"]
    if state.query:
        wishes.append(say("“{name}”", name=state.as_typed(state.query)))
    wishes += [say("less “{theme}”", theme=state.as_typed(each)) for each in state.avoid]
    wishes += [say("for {motive}", motive=word(each.name)) for each in state.motives]
    if anchors:
        wishes.append(say("like {titles}", titles=join(anchors)))
    if wishes and plan.act is not Act.ASK:
        told = listed(wishes)
        if count == 1:
            return say("Here is {items}: {wishes}.", items=items, wishes=told)
        return say("Here are {items}: {wishes}.", items=items, wishes=told)
    if state.liked:
        if count == 1:
            return say("Here is {items} chosen by what you like.", items=items)
        return say("Here are {items} chosen by what you like.", items=items)
    if count == 1:
        return say("Here is {items} that many people like, to begin with.", items=items)
    return say("Here are {items} that many people like, to begin with.", items=items)


def _gave_way(relaxation: Relaxation, schema: CatalogueSchema) -> str:
    gone = join([say_condition(each, schema) for each in relaxation.dropped])
    if not relaxation.before:
        item = noun(1, schema)
        return say("No {item} kept every preference, so I let go of: {wishes}.", item=item, wishes=gone)
    items = counted(relaxation.before, schema)
    return say("Only {items} kept every preference; the others let go of: {wishes}.", items=items, wishes=gone)


def _too_few(count: int, conditions: bool, schema: CatalogueSchema) -> str:
    if not conditions:
        return say("There are no more {items} left to show.", items=noun(2, schema))
    if count == 1:
        return say("Nothing else in the catalogue that I have not shown yet meets it all.")
    return say("Nothing else in the catalogue that I have not shown yet meets them all.")
