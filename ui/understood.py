"""The strip that says what is believed of the person, each belief with a button that takes it back."""

from html import escape

from tastemaker.agent.beliefs import turned
from tastemaker.agent.dials import called as dial_called
from tastemaker.agent.languages.speech import say, word
from tastemaker.agent.profile import Profile
from tastemaker.agent.wishes import called
from tastemaker.agent.wording import join, say_condition
from tastemaker.tools.catalogue.schema import CatalogueSchema


def understood(profile: Profile, schema: CatalogueSchema) -> str:
    """Return the beliefs in force as HTML; empty when there are none."""
    made = [
        _belief("prefer" if each.strength == "prefer" else "must", say_condition(each, schema), each.said, called(each))
        for each in profile.conditions
    ]
    if profile.query:
        typed = profile.typed.get(profile.query, profile.query)
        made.append(_belief("query", say("“{name}”", name=typed), "", profile.query))
    if profile.mood:
        names = [word(each) for each in profile.mood.names]
        told = say("read as {names}", names=join(names))
        made.append(_belief("mood", told, profile.mood.said, profile.mood.names[0]))
    made += [
        _belief("avoid", say("less “{theme}”", theme=profile.typed.get(each, each)), "", each) for each in profile.avoid
    ]
    made += [
        _belief("dial", turned(dial, level), profile.dials.said.get(dial, ""), dial_called(dial))
        for dial, level in profile.dials.turned.items()
    ]
    made += [
        _belief("motive", say("for {motive}", motive=word(each.name)), each.said, each.name) for each in profile.motives
    ]
    made += [
        _belief("anchor", say("like {titles}", titles=each.title), each.said, each.title) for each in profile.anchors
    ]
    made += [_belief("like", f"♥ {each.title}", each.said, each.title) for each in profile.likes]
    made += [_belief("dislike", f"✕ {each.title}", each.said, each.title) for each in profile.dislikes]
    made += [_belief("seen", f"seen: {each.title}", each.said, each.title) for each in profile.seen]
    if not made:
        return ""
    return (
        '<section class="tm-understood" aria-label="What I understood"><h2>What I understood</h2>'
        f'<ul class="tm-pills">{"".join(made)}</ul></section>'
    )


def _belief(kind: str, words: str, said: str, what: str) -> str:
    title = f' title="from: {escape(said)}"' if said else ""
    return (
        f'<li class="tm-pill is-{kind}"{title}><span>{escape(words)}</span>'
        f'<button type="button" data-tm-action="forget" data-tm-value="{escape(what)}" '
        f'aria-label="Forget: {escape(words)}"><span aria-hidden="true">✕</span></button></li>'
    )
