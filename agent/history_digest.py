"""Digests what is known of a person, ten items or thousands, into a few lines of bounded length for a prompt.

Detail goes with time: opinions of this conversation and what was liked last are told one by one, what lies further
back as counts by facet, in two ages. Of what lies back, the few items closest in meaning to the request are told one
by one too. Knows no model and no tokeniser: tokens are estimated, rather too high than too low. What ranks items by
taste does not read the digest; it is given the whole history.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tastemaker.agent.fencing import fenced
from tastemaker.agent.plan import Rate
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.item import Item, names_in
from tastemaker.tools.catalogue.schema import CatalogueField, Role
from tastemaker.tools.workspace import Workspace

BUDGET = 400
"""Tokens of a digest at most."""
_CONVERSATION = 0.4
"""Share of the budget that opinions of this conversation may take."""
_LATEST = 0.4
"""Share of what then is left for what was liked last, where not everything can be told one by one."""
_COUNTS = 0.3
"""Share of it for the counts."""
_RECENT_AGE = 50
"""Items that the first of the two ages holds."""
_LONGEST_TITLE = 60
_LONGEST_WORDS = 80
_MOST_KINDS = 4
_MOST_NAMES = 2
_MOST_READ = 1000
"""Items that are looked at, the latest; what was liked before them is only counted in the total."""
_MOST_EXCHANGES_WHOLE = 3
"""Exchanges that the prompt holds as they were said; only earlier ones are told here."""


def tokens_of(text: str) -> int:
    """Return an estimate of how many tokens a text is: two for five bytes.

    Titles with their years are dense: SmolLM2 reads 444 tokens in 1,119 bytes of them, and 2.5 bytes a token is what
    that makes; plain prose has fewer.

    >>> tokens_of("likes Heat (1995; Crime)")
    10
    """
    return math.ceil(0.4 * len(text.encode("utf-8", "replace")))


@dataclass(frozen=True)
class Digest:
    """What a prompt is told of a person."""

    lines: tuple[str, ...] = ()
    """One line a part; none for a person of whom nothing is known."""
    told: tuple[str, ...] = ()
    """Ids of the items liked that are told one by one, no longer history being needed to name them."""

    @property
    def tokens(self) -> int:
        """Estimate of the length."""
        return sum(tokens_of(line) + 1 for line in self.lines)


class HistoryDigester:
    """Makes digests over one workspace. Safe to share between threads."""

    def __init__(self, workspace: Workspace, budget: int = BUDGET) -> None:
        """Prepare.

        Args:
            workspace: whose items are told of.
            budget: tokens of a digest at most.
        """
        self._workspace = workspace
        self._budget = budget
        schema = workspace.schema
        self._kinds = next(iter(schema.with_role(Role.GENRE) or schema.facets()), None)
        self._people = next(iter(schema.with_role(Role.PERSON)), None)
        self._year = next(iter(schema.with_role(Role.YEAR)), None)

    def digest(self, state: State, words: str = "") -> Digest:
        """Return what a prompt is told, within the budget.

        Args:
            state: what is known.
            words: the request, for the part of the history that is closest to it; without words, none is chosen.
        """
        lines: list[str] = []
        told: list[str] = []
        left = self._budget
        opinions = {each.item_id: each for each in state.ratings}
        items = self._items([*opinions])
        felt = [(items[key], rating) for key, rating in reversed(opinions.items()) if key in items]
        pieces = [_opinion(rating, self._short(item)) for item, rating in felt]
        kept = _line(lines, "In this conversation, latest first: ", pieces, int(_CONVERSATION * left))
        told += [item.id for item, rating in felt[:kept] if rating.opinion in ("like", "anchor")]
        left = self._budget - _length(lines)
        known = [each for each in reversed(state.known) if each not in opinions]
        held = self._items(known[:_MOST_READ])
        read = [held[each] for each in known[:_MOST_READ] if each in held]
        told += self._known(lines, read, len(known), words, left)
        earlier = [f"“{_cut(each.user, _LONGEST_WORDS)}”" for each in state.exchanges[:-_MOST_EXCHANGES_WHOLE]]
        _line(lines, "Said earlier, latest first: ", earlier[::-1], self._budget - _length(lines))
        return Digest(tuple(lines), tuple(told))

    def _known(self, lines: list[str], known: Sequence[Item], total: int, words: str, left: int) -> list[str]:
        """Add the lines of what was liked before, the latest first; return the ids told one by one."""
        if not known:
            return []
        title = "Liked before, latest first: "
        pieces = [self._short(item) for item in known]
        if tokens_of(title) + sum(tokens_of(each) + 1 for each in pieces) < left:
            kept = _line(lines, title, pieces, left)
            return [item.id for item in known[:kept]]
        kept = _line(lines, title, pieces, int(_LATEST * left))
        older = known[kept:]
        before = _length(lines)
        ages = ((older[:_RECENT_AGE], "Before that"), (older[_RECENT_AGE:], "Long before"))
        for age, name in ages:
            if age:
                share = int(_COUNTS * left) // (2 if len(older) > _RECENT_AGE else 1)
                count = len(age) if name == "Before that" else total - kept - min(len(older), _RECENT_AGE)
                _line(lines, f"{name}, {count} liked: ", self._counts(age), share)
        rest = left - int(_LATEST * left) - (_length(lines) - before)
        close = self._closest(older, words)
        chosen = _line(lines, "Of these, closest to the request: ", [self._short(item) for item in close], rest)
        return [item.id for item in (*known[:kept], *close[:chosen])]

    def _closest(self, items: Sequence[Item], words: str) -> list[Item]:
        """Return items by how close in meaning they are to some words, the closest first."""
        if not words.strip() or not items:
            return []
        row_of = self._workspace.catalogue.row_of
        vectors = self._workspace.vector_index.vectors[[row_of[item.id] for item in items]]
        closeness = vectors @ self._workspace.encoder.encode_query(words)
        return [items[k] for k in (-closeness).argsort(kind="stable")[: self._budget]]

    def _counts(self, items: Sequence[Item]) -> list[str]:
        """Return how many of some items carry the most frequent kinds, decades and people."""
        found = _most(self._values(items, self._kinds), _MOST_KINDS, 1)
        if self._year is not None:
            years = (item.values.get(self._year.name) for item in items)
            decades = (f"{int(year) // 10 * 10}s" for year in years if isinstance(year, int | float))
            found += _most(decades, _MOST_NAMES, 1)
        return [*found, *_most(self._values(items, self._people), _MOST_NAMES, 2)]

    @staticmethod
    def _values(items: Sequence[Item], field: CatalogueField | None) -> Iterable[str]:
        return [name for item in items for name in names_in(item.values, field.name)] if field is not None else []

    def _short(self, item: Item) -> str:
        """Return an item in a few words: its title, year and first kinds."""
        year = item.values.get(self._year.name) if self._year is not None else None
        if isinstance(year, int | float) and f"({year:.0f})" in item.title:
            year = None
        kinds = list(self._values([item], self._kinds))[:2]
        facts = "; ".join(
            [*([f"{year:.0f}"] if isinstance(year, int | float) else []), *filter(None, [", ".join(kinds)])]
        )
        return f"{_cut(item.title, _LONGEST_TITLE)}{f' ({_cut(facts, _LONGEST_TITLE)})' if facts else ''}"

    def _items(self, ids: Sequence[str]) -> dict[str, Item]:
        row_of = self._workspace.catalogue.row_of
        return {item.id: item for item in self._workspace.catalogue.items([each for each in ids if each in row_of])}


def _line(lines: list[str], title: str, pieces: Sequence[str], budget: int) -> int:
    """Add a line of as many pieces as fit into a budget, the first ones; return how many those are."""
    left = budget - tokens_of(title) - 1
    kept = 0
    for piece in pieces:
        left -= tokens_of(f"{piece}; ")
        if left < 0:
            break
        kept += 1
    if kept:
        lines.append(title + "; ".join(pieces[:kept]))
    return kept


def _length(lines: Sequence[str]) -> int:
    return Digest(tuple(lines)).tokens


def _opinion(rating: Rate, item: str) -> str:
    words = {"like": "likes", "dislike": "dislikes", "seen": "has seen", "anchor": "wants something like"}
    how = {"strong": " very much", "mild": " a little"}.get(rating.force, "")
    reason = f", because {_cut(rating.because, _LONGEST_WORDS)}" if rating.because else ""
    return f"{words[rating.opinion]} {item}{how if rating.opinion in ('like', 'dislike') else ''}{reason}"


def _most(names: Iterable[str], count: int, least: int) -> list[str]:
    common = Counter(names).most_common(count)
    return [f"{_cut(name, _LONGEST_TITLE)} {times}" for name, times in common if times >= least]


def _cut(text: str, longest: int) -> str:
    """Return a text on one line, fenced, no longer than so many letters."""
    plain = " ".join(fenced(text).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
