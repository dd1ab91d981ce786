"""Says what a plan understood, in short words, for tables of requests."""

from tastemaker.agent.wording import say_condition


def understood(plan, workspace):
    """Return what a plan changes, one short text a change: `Comedy`, `~Comedy` for a preference, `like Heat`."""
    found = set()
    for change in plan.changes:
        if change.kind == "require":
            wish = change.condition
            found.add(("~" if wish.strength == "prefer" else "") + say_condition(wish, workspace.schema))
        elif change.kind == "rate":
            found.add(f"{change.opinion} {change.title}")
        elif change.kind == "forget":
            found.add(f"forget {change.what}")
        elif change.kind == "turn_dial":
            found.add(f"{change.dial} {change.level:+g}")
        else:
            found.add("start over")
    if plan.query:
        found.add(f"query {plan.query}")
    if plan.count:
        found.add(f"count {plan.count}")
    found |= {f"missing {each.name}" for each in plan.unresolved}
    found |= {f"about {item.title}" for item in workspace.catalogue.items(list(plan.subject))}
    return found
