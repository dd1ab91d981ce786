"""The items that a line names, points to by their place in the last list, or describes."""

from collections.abc import Sequence

from tastemaker.agent.plan import NamedOpinion, Opinion
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.opinions import ItemUnit
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.references import References
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.resolve.mentions import Mention
from tastemaker.tools.resolve.resolver import Resolver
from tastemaker.tools.resolve.title_forms import split_year

_VERSION = r"(?<!\S)the (?P<year>1[89]\d\d|20\d\d) (?:one|version|original|{nouns})(?!\S)"
_PRONOUNS = frozenset({"it", "that", "this", "its", "thats", "he", "she"})
_POINTING = frozenset({"it", "that", "this", "these", "those", "them", "one", "ones", "why", "its", "which", "they"})
_ANCHORS = 3


class Items:
    """Finds items in lines."""

    def __init__(self, catalogue: Catalogue, resolver: Resolver, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            catalogue: whose items they are.
            resolver: names to items.
            nouns: comparison keys of the words for items.
        """
        self._catalogue = catalogue
        self._resolver = resolver
        self._references = References(nouns)
        self._version = filled(_VERSION, nouns)

    def find(self, line: Line, mentions: Sequence[Mention], shown: Sequence[str]) -> list[ItemUnit]:
        """Return the items named or pointed to, in order, claiming their words."""
        units: list[ItemUnit] = []
        for mention in mentions:
            if mention.kind != "item":
                continue
            start, end = line.stretch(mention.start, mention.end)
            recent = next((match for match in mention.matches if match.item_id in shown), None)
            best = recent or next(iter(mention.matches), None)
            name, item_id = (best.values[0], best.item_id) if best else (mention.text, None)
            units.append(ItemUnit(start, end, name, mention.text, item_id))
            line.claim(start, end)
        for reference in self._references.find(line.text) if shown else ():
            if any(line.claimed[k] for k in line.inside(reference.start, reference.end)):
                continue
            said = line.typed(reference.start, reference.end)
            units += self.pointed(reference.start, reference.end, said, reference.items(shown))
            line.claim(reference.start, reference.end)
        return sorted(units, key=lambda unit: unit.start)

    def pointed(self, start: int, end: int, said: str, items: Sequence[str]) -> list[ItemUnit]:
        """Return units for items that a stretch of the line points to."""
        return [ItemUnit(start, end, each.title, said, each.id, pointed=True) for each in self._catalogue.items(items)]

    def subject(self, line: Line, units: Sequence[ItemUnit], state: State) -> tuple[str, ...]:
        """Return the titles that a question is about; for "it", those that the turn before was about."""
        if units:
            return tuple(dict.fromkeys(unit.name[:300] for unit in units))[:10]
        if not {word.key for word in line.words} & _PRONOUNS or not state.exchanges:
            return ()
        if state.shown and len(state.shown[-1]) == 1:
            return (self._catalogue.item(state.shown[-1][0]).title,)
        before = Line(state.exchanges[-1].user)
        earlier = state.shown[:-1] if state.shown and not state.shown[-1] else ()
        shown = next((ids for ids in reversed(earlier) if ids), state.last_shown)
        mentions = [each for each in self._resolver.mentions(before.said) if each.matches]
        return tuple(unit.name for unit in self.find(before, mentions, shown))[:1]

    @staticmethod
    def points_at_list(line: Line, shown: Sequence[str]) -> bool:
        """Return whether a question can be about the last list."""
        return bool(shown) and any(word.key in _POINTING for word in line.words)

    def of_list(self, shown: Sequence[str], opinion: Opinion | None) -> list[NamedOpinion]:
        """Return what is felt of the last list as a whole, as opinions on its items."""
        items = self._catalogue.items(shown[:_ANCHORS] if opinion == "anchor" else shown) if opinion else []
        return [NamedOpinion(opinion=opinion, name=item.title, said=item.title) for item in items if opinion]

    def other_version(self, line: Line, state: State) -> tuple[list[NamedOpinion], list[str]]:
        """Return the opinion moved to a namesake of the year now given, and the title it moves from; claims the words.

        "I meant the 1982 one" after "like The Thing".
        """
        for match in list(line.find(self._version)):
            for rating in reversed(state.ratings):
                bare, _ = split_year(rating.title)
                for found in self._resolver.resolve_item(f"{bare} ({match['year']})").matches:
                    item = str(found.item_id)
                    if self._resolver.year_of(item) == int(match["year"]) and item != rating.item_id:
                        line.claim(0, match.end())
                        said = line.typed(match.start(), match.end())
                        return [NamedOpinion(opinion=rating.opinion, name=found.values[0], said=said)], [rating.title]
        return [], []
