"""Says what is believed of the person, each belief with the words it came from. Adds nothing to the state."""

from collections.abc import Sequence

from tastemaker.agent.plan import Rate
from tastemaker.agent.state import State
from tastemaker.agent.wording import join, say_condition
from tastemaker.tools.catalogue.schema import CatalogueSchema

_OPINIONS = {
    "like": "you like {title}",
    "dislike": "{title} is not for you",
    "seen": "you know {title}",
    "anchor": "you want something like {title}",
}
_STRONG = {"like": "you love {title}", "dislike": "you cannot stand {title}"}
_MILD = {"like": "you like {title} a little", "dislike": "{title} is not quite for you"}
_MOST_KNOWN = 3


def beliefs(state: State, schema: CatalogueSchema, known: Sequence[str]) -> str:
    """Return all that is believed.

    Args:
        state: what is known of the person.
        schema: the catalogue's schema.
        known: titles liked before this conversation, the latest last.
    """
    wishes = [
        _from(f"{'if possible, ' if each.strength == 'prefer' else ''}{say_condition(each, schema)}", each.said)
        for each in state.conditions
    ]
    wishes += [f"“{state.query}”"] if state.query else []
    wishes += [f"less “{each}”" for each in state.avoid]
    wishes += [_from(f"something for {each.name}", each.said) for each in state.motives]
    wishes += [word for word in [_daring(state.adventure)] if word]
    opinions = [_opinion(each) for each in state.ratings]
    lines = []
    if wishes:
        lines.append("You want:\n" + "\n".join(f"- {each}" for each in wishes))
    if opinions:
        lines.append("I believe:\n" + "\n".join(f"- {each}" for each in opinions))
    if known:
        latest = join([*known[-_MOST_KNOWN:]])
        lines.append(f"From before I know {len(known):,} {schema.plural} that you liked, the latest {latest}.")
    if not lines:
        return "Nothing yet: you have told me no wish and no liking so far."
    return "\n\n".join([*lines, "Say “forget” and any of it, and it is gone."])


def _opinion(rating: Rate) -> str:
    words = {"strong": _STRONG, "mild": _MILD}.get(rating.force, _OPINIONS).get(rating.opinion)
    told = (words or _OPINIONS[rating.opinion]).format(title=rating.title)
    reason = f", because {rating.because}" if rating.because else ""
    return _from(f"{told}{reason}", rating.said)


def _from(belief: str, said: str) -> str:
    return f"{belief} (from your words “{said}”)" if said else belief


def _daring(adventure: float) -> str:
    if not adventure:
        return ""
    return "to be surprised" if adventure > 0 else "nothing daring"
