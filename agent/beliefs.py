"""Says what is believed of the person, each belief with the words it came from. Adds nothing to the state."""

from collections.abc import Sequence

from tastemaker.agent.dials import DialName
from tastemaker.agent.languages.speech import say, template, word
from tastemaker.agent.plan import Rate
from tastemaker.agent.state import State
from tastemaker.agent.wording import counted, join, say_condition
from tastemaker.tools.catalogue.schema import CatalogueSchema

_OPINIONS = {
    "like": template("you like {title}"),
    "dislike": template("{title} is not for you"),
    "seen": template("you know {title}"),
    "anchor": template("you want something like {title}"),
}
_STRONG = {"like": template("you love {title}"), "dislike": template("you cannot stand {title}")}
_MILD = {"like": template("you like {title} a little"), "dislike": template("{title} is not quite for you")}
_TURNED: dict[DialName, tuple[str, str]] = {
    "adventure": (template("nothing daring"), template("to be surprised")),
    "diversity": (template("more of one kind"), template("more variety")),
    "recency": (template("rather older ones"), template("rather recent ones")),
    "fame": (template("lesser-known ones"), template("well-known ones")),
}
"""What a dial stands for, turned down and turned up."""
_MOST_KNOWN = 3


def beliefs(state: State, schema: CatalogueSchema, known: Sequence[str]) -> str:
    """Return all that is believed.

    Args:
        state: what is known of the person.
        schema: the catalogue's schema.
        known: titles liked before this conversation, the latest last.
    """
    wishes = [
        _from(say("if possible, {wish}", wish=wish) if each.strength == "prefer" else wish, each.said)
        for each in state.conditions
        for wish in [say_condition(each, schema)]
    ]
    wishes += [say("“{name}”", name=state.as_typed(state.query))] if state.query else []
    if state.mood:
        wishes.append(
            _from(say("read as {names}", names=join([word(name) for name in state.mood.names])), state.mood.said)
        )
    wishes += [say("less “{theme}”", theme=state.as_typed(each)) for each in state.avoid]
    wishes += [_from(say("something for {motive}", motive=word(each.name)), each.said) for each in state.motives]
    wishes += [_from(turned(name, level), state.dials.said.get(name, "")) for name, level in state.dials.turned.items()]
    opinions = [_opinion(each) for each in state.ratings]
    lines = []
    if wishes:
        lines.append(say("You want:") + "\n" + "\n".join(f"- {each}" for each in wishes))
    if opinions:
        lines.append(say("I believe:") + "\n" + "\n".join(f"- {each}" for each in opinions))
    if known:
        latest = join([*known[-_MOST_KNOWN:]])
        lines.append(
            say(
                "From before I know {items} that you liked, the latest {titles}.",
                items=counted(len(known), schema),
                titles=latest,
            )
        )
    if not lines:
        return say("Nothing yet: you have told me no wish and no liking so far.")
    return "\n\n".join([*lines, say("Say “forget” and any of it, and it is gone.")])


def _opinion(rating: Rate) -> str:
    words = {"strong": _STRONG, "mild": _MILD}.get(rating.force, _OPINIONS).get(rating.opinion)
    told = say(words or _OPINIONS[rating.opinion], title=rating.title)
    if rating.because:
        told = say("{belief}, because {reason}", belief=told, reason=rating.because)
    return _from(told, rating.said)


def _from(belief: str, said: str) -> str:
    return say("{belief} (from your words “{said}”)", belief=belief, said=said) if said else belief


def turned(dial: DialName, level: float) -> str:
    """Return how a person wants to be served who has turned a dial.

    Args:
        dial: the dial.
        level: where it stands; not 0.
    """
    down, up = _TURNED[dial]
    return say(up if level > 0 else down)
