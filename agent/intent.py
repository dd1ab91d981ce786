"""What a person is after at this point of a conversation, in two or three short sentences for a model's prompt.

A small sequence model: the values that liked items share are weighted by how lately they were named, and where the
latest lean another way than those before, that is told as a shift. Made anew from the state every turn, so it is never
behind. Knows the schema's words and no domain.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from tastemaker.agent.state import State
from tastemaker.agent.wording import join, say_condition
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Catalogue

_FADING = 0.7
"""Weight of an item relative to the one named after it. A guess."""
_LATEST = 2
_MOST_ITEMS = 20
_MOST_WISHES = 8
_MOST_VALUES = 3
_CLEARLY = 0.34
"""Share of the weight from which a value is a leaning. A guess: a third."""
_LONGEST = 100


def intent(state: State, catalogue: Catalogue) -> str:
    """Return what is wanted now, what is liked of late, and what has shifted; empty when nothing is known."""
    schema = catalogue.schema
    wanted = [say_condition(each, schema)[:_LONGEST] for each in state.conditions[-_MOST_WISHES:]]
    wanted += [f"“{state.query[-_LONGEST:]}”"] if state.query else []
    wanted += [f"less “{each[:_LONGEST]}”" for each in state.avoid[-_MOST_VALUES:]]
    anchors = [each.title[:_LONGEST] for each in state.ratings if each.opinion == "anchor"]
    wanted += [f"like {join(anchors[-_MOST_VALUES:])}"] if anchors else []
    told = [f"Wanted now: {'; '.join(wanted)}."] if wanted else []
    liked = state.liked[-_MOST_ITEMS:]
    leanings = _leanings(liked, catalogue)
    if leanings:
        told.append(f"Liked of late: {join(list(leanings)[:_MOST_VALUES])}.")
    told += _shift(liked, catalogue)
    away = _leanings(state.opinions("dislike")[-_MOST_ITEMS:], catalogue)
    against = [each for each in away if each not in leanings]
    if against:
        told.append(f"Disliked: {join(against[:_MOST_VALUES])}.")
    return " ".join(told)


def _shift(liked: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Return the sentence that tells of a turn to something else; empty while the strongest leaning stays."""
    before, latest = _leanings(liked[:-_LATEST], catalogue), _leanings(liked[-_LATEST:], catalogue)
    gone = [each for each in before if each not in latest]
    new = [each for each in latest if each not in before]
    if not (gone and new) or next(iter(before)) in latest:
        return []
    return [f"A shift: from {join(gone[:_MOST_VALUES])} to {join(new[:_MOST_VALUES])}."]


def _leanings(items: Sequence[str], catalogue: Catalogue) -> Mapping[str, float]:
    """Return the values that items clearly share with their share of the weight, the greatest first."""
    weights: Counter[str] = Counter()
    total = 0.0
    fields = [field.name for field in catalogue.schema.facets() if field.role is Role.GENRE]
    for age, item in enumerate(reversed(catalogue.items([each for each in items if each in catalogue.row_of]))):
        weight = _FADING**age
        total += weight
        for name in fields:
            value = item.values.get(name)
            for each in value if isinstance(value, tuple) else ():
                weights[each] += weight  # type: ignore[assignment]
    shares = {value: weight / total for value, weight in weights.most_common() if weight >= _CLEARLY * total}
    return dict(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))
