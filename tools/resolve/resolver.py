"""The resolver: from names as people write them to values and items of the catalogue.

Tries a name as it is, as an alias, normalised, with slips of the keyboard, and last by meaning; says "not in the
catalogue" when nothing is close. Does not know what the person wants with the name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.index.encoder import Encoder
from tastemaker.tools.resolve.gazetteer import Gazetteer, Name
from tastemaker.tools.resolve.lookup import Kind, Lookup, Match, key_of
from tastemaker.tools.resolve.mentions import Mention, MentionFinder
from tastemaker.tools.resolve.name_vectors import NameVectors
from tastemaker.tools.resolve.spelling import Spelling, dictionary_at
from tastemaker.tools.resolve.title_forms import split_year

_BARE_YEAR = re.compile(r"^(.+?)[\s,]+(?:from |of )?(\d{4})$")
_SUGGESTIONS = 3
_LEAST_COSINE = {True: 0.62, False: 0.8}
"""Smallest cosine by which a name stands for a genre, and for another facet. Looked at for 40 words on the films of the
demo: "creepy" is .73 from Horror and "singing" .61 from Musical, while the wrong ones stay below .6; names of languages
and countries are near each other ("Nihongo" .58 from Mandarin, .53 from Japanese), true ones are above .8."""
_MEANINGS = 3
_LONGEST = 300


@dataclass(frozen=True)
class Resolution:
    """What a name stands for."""

    name: str
    """As written."""
    matches: tuple[Match, ...]
    """Best first; empty when the catalogue does not have it."""
    nearest: tuple[str, ...] = ()
    """Names that come nearest, when there is no match."""

    @property
    def best(self) -> Match | None:
        """The best match."""
        return self.matches[0] if self.matches else None


class Resolver:
    """Resolves names against one catalogue. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, encoder: Encoder | None = None, vectors: Path | None = None) -> None:
        """Read the catalogue's names.

        Args:
            catalogue: whose names are known.
            encoder: encodes a name that is looked up by meaning; without it, none is.
            vectors: file that `build_vectors` wrote.
        """
        self.catalogue = catalogue
        self.gazetteer = Gazetteer.of(catalogue)
        self.lookup = Lookup(self.gazetteer, catalogue.schema)
        self._encoder = encoder
        self._vectors = NameVectors.load(vectors) if vectors is not None and vectors.exists() else None
        dictionary = dictionary_at(encoder.path) if encoder is not None else frozenset()
        self.spelling = Spelling(catalogue.schema, self.gazetteer.vocabulary, dictionary)
        """Mends the words around names."""
        self._finder = MentionFinder(self.lookup, catalogue.schema, self.spelling)
        self._title = catalogue.schema.title.name

    @staticmethod
    def build_vectors(path: Path, catalogue: Catalogue, encoder: Encoder) -> None:
        """Write the vectors of the facets' names, a step of building a workspace."""
        NameVectors.build(path, catalogue, encoder)

    def warm(self) -> None:
        """Build what the first lookups would otherwise build."""
        self.lookup.warm()

    def resolve(self, name: str, fields: Sequence[str] | None = None) -> Resolution:
        """Resolve one name.

        Args:
            name: as the person or a model wrote it.
            fields: fields to look in; all when None.
        """
        name = name[:_LONGEST]
        wanted = [each for each in self.lookup.kinds if fields is None or each in fields]
        key = key_of(name)
        if not key or not wanted:
            return Resolution(name, ())
        found = self.lookup.matches([each for each in self.lookup.names(key) if each.field in wanted], name.strip())
        if not found and self._title in wanted:
            found = self._titles_by_year(name)
        if not found:
            near = [match for kind in self._kinds(wanted) for match in self.lookup.near_matches(key, kind)]
            found = sorted((match for match in near if match.field in wanted), key=lambda match: -match.score)
        if not found:
            found = self._by_meaning(name, wanted)
        if found:
            return Resolution(name, tuple(found))
        return Resolution(name, (), tuple(self.lookup.nearest(key, self._kinds(wanted), _SUGGESTIONS)))

    def resolve_item(self, name: str) -> Resolution:
        """Resolve a title; a year after it picks among items of one title, else the best known comes first."""
        name = name[:_LONGEST]
        found = self._titles_by_year(name)
        if found:
            return Resolution(name, tuple(found))
        if split_year(name.strip())[1] is None:
            return self.resolve(name, [self._title])
        # The title is there, but not of that year.
        bare = split_year(name.strip())[0]
        others = self.lookup.matches(self._titles(key_of(bare)), bare)
        nearest = [match.values[0] for match in others][:_SUGGESTIONS]
        nearest = nearest or self.lookup.nearest(key_of(bare), ["item"], _SUGGESTIONS)
        return Resolution(name, (), tuple(nearest))

    def mentions(self, text: str) -> list[Mention]:
        """Return the names mentioned in a text, in order, not overlapping.

        Names made of ordinary words count only where something announces them. A mention without matches is a name
        that was announced and is not in the catalogue.
        """
        return self._finder.find(text)

    def items_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of the items that a text names, in order, each by its best match."""
        best = (match.item_id for mention in self.mentions(text) for match in mention.matches[:1])
        return tuple(dict.fromkeys(each for each in best if each is not None))

    def year_of(self, item_id: str) -> int | None:
        """Return the calendar year of an item."""
        return self.gazetteer.year_of.get(item_id)

    def _titles(self, key: str) -> list[Name]:
        return [each for each in self.lookup.names(key) if each.item_id]

    def _titles_by_year(self, name: str) -> list[Match]:
        """Return the titles of the year that the name ends with; without a year, titles of that very key."""
        said = name.strip()
        whole = self._titles(key_of(said))
        if whole:
            return self.lookup.matches(whole, said)
        bare, year = split_year(said)
        if year is None:
            match = _BARE_YEAR.match(said)
            if match is None:
                return []
            bare, year = match.group(1), int(match.group(2))
        candidates = self._titles(key_of(bare))
        known = self.gazetteer.year_of
        for slack in (0, 1):
            right = [each for each in candidates if abs(known.get(str(each.item_id), -9) - year) <= slack]
            if right:
                return self.lookup.matches(right, bare)
        near = [match for match in self.lookup.near_matches(key_of(bare), "item") if match.item_id]
        return [match for match in near if known.get(str(match.item_id)) == year]

    def _by_meaning(self, name: str, fields: Sequence[str]) -> list[Match]:
        if self._vectors is None or self._encoder is None:
            return []
        facets = [each for each in fields if self.lookup.kinds[each] == "facet"]
        if not facets:
            return []
        near = self._vectors.near(self._encoder.encode_query(name), facets, min(_LEAST_COSINE.values()), _MEANINGS)
        return [
            Match(field, values, None, "meaning", round(0.8 * cosine, 4))
            for field, values, cosine in near
            if cosine >= _LEAST_COSINE[self.catalogue.schema.field(field).role is Role.GENRE]
        ]

    def _kinds(self, fields: Sequence[str]) -> list[Kind]:
        return list(dict.fromkeys(self.lookup.kinds[field] for field in fields))
