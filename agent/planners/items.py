"""The items that a line names, points to by their place in the last list, or describes."""

import re
from collections.abc import Sequence

from tastemaker.agent.plan import NamedOpinion, Opinion
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.opinions import ItemUnit
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.references import References
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.resolve.mentions import Mention
from tastemaker.tools.resolve.ordinary_words import is_ordinary
from tastemaker.tools.resolve.resolver import Resolver
from tastemaker.tools.resolve.title_forms import split_year

_VERSION = r"(?<!\S)the (?P<year>1[89]\d\d|20\d\d) (?:one|version|original|{nouns})(?!\S)"
_ANCHORS = 3
_POINTS_AT = r"(?:^|(?<=\S )(?<!the )){title}(?= (?:it is|then|sounds|looks|seems|was|is|or|wins|will do|please)\b)"
_POINTED_AT = r"(?<=\bor ){title}(?= [.,?]|$)|(?<=\babout ){title}(?= [.,?]|$)|(?<=\bin ){title}(?= [?]|$)"
_SHORTEST_TITLE = 4
_DISMISSED = re.compile(
    r"(?:^| )(?:drop|skip|remove|lose|scrap|ditch|replace|swap|swap out|get rid of|leave|take|kick|cut|not|nix|no to"
    r"|anything but)$"
)
_REST = re.compile(
    r"(?:^|(?<=[.,?] )|(?<=and )|(?<=but )|(?<=hated )|(?<=not )|(?<=dislike )|(?<=seen )"
    r"|(?<=drop ))(?:all )?(?:the )?"
    r"(?:rest|others?|other (?:ones?|two|three|four))(?= (?:is |are |were |was |all )*(?:no|nah|nope|yes|meh"
    r"|out|boring|bad|good"
    r"|great|fine|seen|awful|not|can go|i)(?!\S)|(?: [.,?])*$)"
)
_TAKEN = re.compile(r"^ (?:it is|it shall be|it will be|then(?= [.,?]|$)|wins|will do)")


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
        units += self._titles_of(line, shown)
        references = [*self._references.find(line.text), *self._references.bare(line.text, len(shown))]
        for reference in references if shown else ():
            if any(line.claimed[k] for k in line.inside(reference.start, reference.end)):
                continue
            said = line.typed(reference.start, reference.end)
            units += self.pointed(reference.start, reference.end, said, reference.items(shown))
            line.claim(reference.start, reference.end)
        units += self._rest(line, shown, units)
        return sorted(units, key=lambda unit: unit.start)

    def _rest(self, line: Line, shown: Sequence[str], units: Sequence[ItemUnit]) -> list[ItemUnit]:
        """Return the shown items that are left when others are pointed to: "the first yes, the rest no"."""
        pointed = {unit.item_id for unit in units if unit.pointed}
        left = [each for each in shown if each not in pointed]
        for match in list(line.find(_REST)) if pointed and left else ():
            line.claim(match.start(), match.end())
            return self.pointed(match.start(), match.end(), line.typed(match.start(), match.end()), left)
        return []

    def pointed(self, start: int, end: int, said: str, items: Sequence[str]) -> list[ItemUnit]:
        """Return units for items that a stretch of the line points to."""
        return [ItemUnit(start, end, each.title, said, each.id, pointed=True) for each in self._catalogue.items(items)]

    def subject(self, units: Sequence[ItemUnit], state: State, *, of_list: bool) -> tuple[str, ...]:
        """Return the titles that a question is about: those named, the whole list, or the one that "it" means."""
        if units:
            return tuple(dict.fromkeys(unit.name[:300] for unit in units))[:10]
        ids = state.last_shown[:10] if of_list else (state.it,) if state.it else ()
        return tuple(item.title[:300] for item in self._catalogue.items(list(ids)))

    def _titles_of(self, line: Line, shown: Sequence[str]) -> list[ItemUnit]:
        """Return the shown items whose titles stand in the line, though ordinary words, claiming their words."""
        units: list[ItemUnit] = []
        found = self._catalogue.items(list(shown))
        titles = [normalise(item.title).split() for item in found]
        for item in found:
            key = normalise(split_year(item.title)[0])
            bare = key.removeprefix("the ")
            if not _holds(line, bare):
                bare = next((word for word in bare.split() if _telling(word, titles) and _holds(line, word)), "")
            if len(bare) < _SHORTEST_TITLE:
                continue
            plain = all(is_ordinary(word) for word in bare.split()) and " " not in bare
            free = rf"(?<!\S){re.escape(bare)}(?!\S)"
            told = f"{_POINTS_AT}|{_POINTED_AT}".replace("{title}", re.escape(bare))
            for match in list(line.find(re.compile(told if plain else free)))[:1]:
                said = line.typed(match.start(), match.end())
                units.append(ItemUnit(match.start(), match.end(), item.title, said, item.id, pointed=True))
                line.claim(match.start(), match.end())
        return units

    @staticmethod
    def read_choices(line: Line, units: Sequence[ItemUnit]) -> None:
        """Set what is done to shown items without a word of feeling: "drop the second", "Heat it is"."""
        for unit in units:
            if unit.opinion is not None or unit.silent:
                continue
            if _TAKEN.match(line.text[unit.end :]):
                unit.silent = unit.accepted = True
            elif unit.pointed and _DISMISSED.search(line.text[: unit.start].rstrip()):
                unit.opinion = "dislike"

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


def _holds(line: Line, words: str) -> bool:
    return f" {words} " in f" {line.text} "


def _telling(word: str, titles: Sequence[Sequence[str]]) -> bool:
    """Return whether a word alone tells which of some titles is meant: an unusual one that only one of them has."""
    unusual = len(word) >= _SHORTEST_TITLE and not is_ordinary(word)
    return unusual and not word.isdigit() and sum(word in title for title in titles) == 1
