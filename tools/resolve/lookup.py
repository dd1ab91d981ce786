"""Looks a key up in the gazetteer, as it is and with slips.

Does not judge whether somebody meant a name; see `mentions` for that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.fuzzy import FuzzyIndex
from tastemaker.tools.resolve.gazetteer import Form, Gazetteer, Name
from tastemaker.tools.resolve.title_forms import number_form

Kind = Literal["item", "person", "facet"]
How = Literal["exact", "alias", "normalised", "fuzzy", "meaning"]
_ARTICLES = frozenset({"the", "a", "an"})
_FORM_SCORES = {Form.WHOLE: 0.98, Form.ALIAS: 0.95, Form.INFLECTED: 0.95, Form.PART: 0.85}
_LESSER = 0.07
"""Taken off the score of a person in a field that is not what the person is known for."""
_MAINLY = 0.75
"""Share of what a person is best known for from which on the making of items is what is meant."""
_FEW = 1000
_FORM_FACTORS = {Form.WHOLE: 1.0, Form.ALIAS: 0.7, Form.INFLECTED: 0.7, Form.PART: 0.3}


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that a name may stand for."""

    field: str
    """Name of the schema's field; the title field for items."""
    values: tuple[str, ...]
    """Catalogue values; an alias may mean several."""
    item_id: str | None
    """The item, for titles."""
    how: How
    """How it was found."""
    score: float
    """How sure, from 0 to 1."""
    every: bool = False
    """Whether all the values are meant at once, and not one of them."""


class Lookup:
    """Exact and near lookups over one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, schema: CatalogueSchema) -> None:
        self.gazetteer = gazetteer
        self.kinds: dict[str, Kind] = {
            field.name: "person" if field.role is Role.PERSON else "facet" for field in schema.facets()
        }
        """Kind of the names of each field."""
        self.kinds[schema.title.name] = "item"
        makers = [field.name for field in schema.with_role(Role.PERSON) if "by" in field.cues]
        self._maker = makers[0] if makers else ""

    def warm(self) -> None:
        """Build the indexes of near keys."""
        for kind in dict.fromkeys(self.kinds.values()):
            self._index(kind)

    def famous(self, names: Sequence[Name], share: int = 20) -> bool:
        """Return whether one of some names belongs to the best known of its kind, by default the twentieth part."""
        known = self._known(names)
        return any(known[each.values] >= self._weights_from(self.kinds[each.field], share) for each in names)

    def few(self, kind: Kind) -> bool:
        """Return whether the catalogue has so few names of a kind that none of them is a nobody's."""
        return len(self._weights.get(kind, ())) < _FEW

    def is_facet(self, key: str) -> bool:
        """Return whether a key stands for the name of a facet, people aside."""
        return any(self.kinds[each.field] == "facet" for each in self.gazetteer.names.get(key, ()))

    def names(self, key: str) -> tuple[Name, ...]:
        """Return what a key stands for, an article in front and the spelling of numbers in titles aside."""
        found = self.gazetteer.names.get(key)
        if found:
            return found
        first, _, rest = key.partition(" ")
        bare = rest if first in _ARTICLES and rest else key
        for form in dict.fromkeys((bare, number_form(bare))):
            titles = tuple(each for each in self.gazetteer.names.get(form, ()) if each.item_id)
            if titles:
                return titles
        return ()

    def near(self, key: str, kind: Kind) -> tuple[tuple[Name, float], ...]:
        """Return names of a kind within some slips of a key, with their likeness from 0 to 1; the best first."""
        first, _, rest = key.partition(" ")
        bare = rest if kind == "item" and first in _ARTICLES and rest else key
        found: dict[tuple[str, tuple[str, ...], str | None], tuple[Name, int, float]] = {}
        for other, slips, likeness in self._index(kind).near(bare):
            for name in self.gazetteer.names[other]:
                if self.kinds[name.field] == kind:
                    found.setdefault((name.field, name.values, name.item_id), (name, slips, likeness))
        ranked = sorted(found.values(), key=lambda each: (each[1], each[0].form, -each[0].weight, each[0].values))
        return tuple((name, likeness) for name, _, likeness in ranked)

    def nearest(self, key: str, kinds: Iterable[Kind], limit: int) -> list[str]:
        """Return names that look most like a key, to suggest."""
        suggestions: list[str] = []
        for kind in dict.fromkeys(kinds):
            for other in self._index(kind).nearest(key, limit):
                best = max(
                    (each for each in self.gazetteer.names[other] if self.kinds[each.field] == kind),
                    key=lambda each: each.weight,
                )
                suggestions.append(best.values[0])
        return list(dict.fromkeys(suggestions))[:limit]

    def matches(self, names: Sequence[Name], said: str) -> list[Match]:
        """Return names as matches, best first: nearer forms and better known names go ahead.

        A far better known item that bears only a part of the name as its title goes ahead of one that bears all.
        """
        known = self._known(names)

        def exact(name: Name) -> bool:
            return name.form is Form.WHOLE and name.values[0] == said

        def rank(name: Name) -> tuple[bool, float, float, str, tuple[str, ...]]:
            adjusted = _FORM_FACTORS[name.form] * (known[name.values] + 1)
            return not exact(name), -adjusted, -name.weight, name.field, name.values

        ranked = sorted(names, key=rank)
        result: list[Match] = []
        lowest: dict[Kind, float] = {}
        for name in ranked:
            kind = self.kinds[name.field]
            # Scores must not rise along the order of one kind.
            score = min(lowest.get(kind, 1.0), 1.0 if exact(name) else _FORM_SCORES[name.form])
            lowest[kind] = score
            score -= _LESSER * self._lesser(name, ranked)
            how: How = "exact" if exact(name) else "alias" if name.form is Form.ALIAS else "normalised"
            result.append(Match(name.field, name.values, name.item_id, how, score, name.every))
        return sorted(result, key=lambda match: -match.score)

    def _lesser(self, name: Name, names: Sequence[Name]) -> bool:
        """Return whether a person mainly makes items, and the field is another: cast, say."""
        if self.kinds[name.field] != "person":
            return False
        weights = {each.field: each.weight for each in names if each.values == name.values}
        return name.field != self._maker and weights.get(self._maker, 0.0) >= _MAINLY * max(weights.values())

    def near_matches(self, key: str, kind: Kind) -> list[Match]:
        """Return near names as matches, best first."""
        return [
            Match(
                name.field,
                name.values,
                name.item_id,
                "fuzzy",
                round(0.9 * likeness * _FORM_SCORES[name.form], 4),
                name.every,
            )
            for name, likeness in self.near(key, kind)
        ]

    def _index(self, kind: Kind) -> FuzzyIndex:
        return {"item": self._titles, "person": self._people, "facet": self._facets}[kind]

    def _known(self, names: Sequence[Name]) -> dict[tuple[str, ...], float]:
        """Return how well known each of some names is; a person who directs and writes is known for both."""
        known: dict[tuple[str, ...], float] = {}
        for name in names:
            person = self.kinds[name.field] == "person"
            before = known.get(name.values, 0.0)
            known[name.values] = before + name.weight if person else max(before, name.weight)
        return known

    def _weights_from(self, kind: Kind, share: int) -> float:
        weights = self._weights[kind]
        return weights[len(weights) // share]

    @cached_property
    def _weights(self) -> dict[Kind, list[float]]:
        weights: dict[Kind, list[float]] = {}
        for group in self.gazetteer.names.values():
            for each in group:
                if each.form is Form.WHOLE:
                    weights.setdefault(self.kinds[each.field], []).append(each.weight)
        return {kind: sorted(each, reverse=True) for kind, each in weights.items()}

    @cached_property
    def _titles(self) -> FuzzyIndex:
        return FuzzyIndex(self._keys("item"))

    @cached_property
    def _people(self) -> FuzzyIndex:
        return FuzzyIndex(self._keys("person"))

    @cached_property
    def _facets(self) -> FuzzyIndex:
        return FuzzyIndex(self._keys("facet"))

    def _keys(self, kind: Kind) -> Iterable[str]:
        return self.gazetteer.keys([field for field, each in self.kinds.items() if each == kind])


def key_of(name: str) -> str:
    """Return the comparison key of a name that somebody wrote, quotation marks aside."""
    return normalise(name.strip().strip("\"'“”«»‘’"))
