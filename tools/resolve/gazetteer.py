"""The gazetteer: every name of a catalogue under every form in which people write it.

Titles and their other names, names of facets, and the aliases of the schema, by comparison key. Looks up whole keys
only; near misses are the matter of `fuzzy` and `name_vectors`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.resolve.ordinary_words import is_ordinary
from tastemaker.tools.resolve.title_forms import full_forms, partial_forms

_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "du", "la", "le", "van", "von", "der", "den", "ten", "st", "o", "mc", "mac"}
)
_SEVERAL_FROM = 1.3  # values an item
_KNOWN_FROM = 8  # interactions
_FAMOUS = 50
_SINGULAR = 2.5
_NAME_ENDS = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Form(IntEnum):
    """How near a key is to the name it stands for; lower is nearer."""

    WHOLE = 0
    """The name itself, or its title without article or with its numbers as digits."""
    ALIAS = 1
    """Another word for it, from the schema or an alias field."""
    INFLECTED = 2
    """A plural of it."""
    PART = 3
    """A part of a title, or the last name of a person."""


class Name(NamedTuple):
    """One thing that a key stands for."""

    field: str
    """The schema's field that it is a value of; the title field for items."""
    values: tuple[str, ...]
    """Values as the catalogue has them; several for an alias that means several."""
    form: Form
    """How near the key is to the name."""
    weight: float
    """How well known: interactions of an item; of a facet, the roots of the interactions of its items, added up."""
    item_id: str | None = None
    """The item, for titles."""
    every: bool = False
    """Whether all the values are meant at once, and not one of them."""


class Gazetteer:
    """All names of a catalogue by comparison key."""

    def __init__(
        self, names: Mapping[str, tuple[Name, ...]], year_of: Mapping[str, int], several: frozenset[str] = frozenset()
    ) -> None:
        self.names = names
        """What each key stands for, the nearest and best known first."""
        self.year_of = year_of
        """Calendar year by item id, where the catalogue has one."""
        self.several = several
        """Fields of which items usually carry more than one value."""
        longest: dict[str, int] = {}
        vocabulary: set[str] = set()
        for key, group in names.items():
            words = key.split(" ")
            if any(each.weight >= _KNOWN_FROM for each in group):
                vocabulary.update(words)
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
        self.longest: Mapping[str, int] = longest
        """Number of words of the longest key that starts with a word."""
        self.vocabulary: frozenset[str] = frozenset(vocabulary)
        """Every word of the keys that are known at all, so that a slip is not taken for a nobody's name."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Gazetteer":
        """Read all names of a catalogue."""
        schema = catalogue.schema
        # The square root lets somebody in many items weigh more than somebody in one that all know.
        roots = [(known + 1) ** 0.5 for known in catalogue.popularity.tolist()]
        several: set[str] = set()
        collected: dict[str, dict[tuple[str, tuple[str, ...], str | None], Name]] = {}

        def add(key: str, name: Name) -> None:
            place = collected.setdefault(key, {})
            identity = (name.field, name.values, name.item_id)
            if key and (identity not in place or name.form < place[identity].form):
                place[identity] = name

        for key, name in _titles(catalogue):
            add(key, name)
        for field in schema.facets():
            weights: dict[str, float] = {}
            by_row = catalogue.names_by_row(field.name)
            if sum(map(len, by_row)) > _SEVERAL_FROM * sum(map(bool, by_row)):
                several.add(field.name)
            for row, values in enumerate(by_row):
                for value in values:
                    weights[value] = weights.get(value, 0.0) + roots[row]
            for key, name in _facet_names(field, weights):
                add(key, name)
        for first, known in _first_names(collected.values()):
            if all(each.item_id for each in collected.get(first, {}).values()):
                for name in known:
                    add(first, name)
        names = {key: _ranked(place.values()) for key, place in collected.items() if key}
        return cls(names, _years(catalogue), frozenset(several))

    def keys(self, fields: Iterable[str], *, at_most: Form = Form.PART) -> Iterator[str]:
        """Yield the keys that stand for something in one of some fields."""
        wanted = frozenset(fields)
        for key, group in self.names.items():
            if any(each.field in wanted and each.form <= at_most for each in group):
                yield key


def _ranked(names: Collection[Name]) -> tuple[Name, ...]:
    """Return names in order; most keys have one name only, and there are tens of thousands of them."""
    if len(names) == 1:
        return tuple(names)
    return tuple(sorted(names, key=lambda each: (each.form, -each.weight, each.field, each.values)))


def plurals(key: str) -> Iterator[str]:
    """Yield the plural of a key: `comedies` for `comedy`; its singular when it looks like a plural."""
    if len(key) < 3 or not key[-1].isalpha() or not key.isascii():
        return
    if key.endswith("y") and key[-2] not in "aeiou":
        yield key[:-1] + "ies"
        yield key + "s"
    elif key.endswith(("s", "x", "ch", "sh", "z")):
        yield key + "es"
        if key.endswith("ies") and len(key) > 5:
            yield key[:-3] + "y"
        elif key.endswith("s") and not key.endswith("ss") and len(key) > 4:
            yield key[:-1]
    else:
        yield key + "s"


def _titles(catalogue: Catalogue) -> Iterator[tuple[str, Name]]:
    schema = catalogue.schema
    titles = catalogue.texts("_title")
    popularity = catalogue.popularity
    others: list[list[str]] = [[] for _ in titles]
    for field in schema.with_role(Role.ALIAS):
        if field.named:
            for row, names in enumerate(catalogue.names_by_row(field.name)):
                others[row].extend(names)
        elif field.type is FieldType.TEXT:
            for row, text in enumerate(catalogue.texts(field.name)):
                others[row].extend([text] if text else [])
    for row, title in enumerate(titles):
        item_id, weight = str(catalogue.ids[row]), float(popularity[row])
        for form, written in ((Form.WHOLE, [title or ""]), (Form.ALIAS, others[row])):
            for each in written:
                name = Name(schema.title.name, (title or "",), form, weight, item_id)
                for key in full_forms(each):
                    yield key, name
                part = Name(schema.title.name, (title or "",), Form.PART, weight, item_id)
                for key in partial_forms(each):
                    yield key, part


def _facet_names(field: CatalogueField, weights: Mapping[str, float]) -> Iterator[tuple[str, Name]]:
    for value, weight in weights.items():
        key = normalise(value)
        if not key:
            continue
        yield key, Name(field.name, (value,), Form.WHOLE, float(weight))
        if field.role is Role.PERSON:
            last = _last_name(key)
            if last:
                yield last, Name(field.name, (value,), Form.PART, float(weight))
        else:
            for plural in plurals(key):
                yield plural, Name(field.name, (value,), Form.INFLECTED, float(weight))
            squeezed = key.replace(" ", "")
            if squeezed != key and len(squeezed) > 4:
                yield squeezed, Name(field.name, (value,), Form.ALIAS, float(weight))
    said = [(False, *each) for each in field.aliases.items()] + [(True, *each) for each in field.compounds.items()]
    for every, alias, meant in said:
        key, known = normalise(alias), float(max((weights.get(value, 0) for value in meant), default=0))
        for form, written in ((Form.ALIAS, key), *((Form.INFLECTED, each) for each in plurals(key))):
            yield written, Name(field.name, tuple(meant), form, known, every=every and len(meant) > 1)


def _last_name(key: str) -> str | None:
    words = key.split(" ")
    while len(words) > 2 and words[-1] in _NAME_ENDS:
        words.pop()
    if len(words) < 2 or len(words[-1]) < 3:
        return None
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    last = " ".join(words[start:])
    return None if len(last) < 4 and is_ordinary(last) else last


def _first_names(
    places: Iterable[Mapping[tuple[str, tuple[str, ...], str | None], Name]],
) -> Iterator[tuple[str, list[Name]]]:
    """Yield the first names that make everybody think of one person, with that person."""
    people: dict[str, list[Name]] = {}
    for place in places:
        for name in place.values():
            if name.form is Form.PART and name.item_id is None:
                people.setdefault(name.values[0], []).append(name)
    known = sorted(people.values(), key=lambda names: -max(each.weight for each in names))
    seen: dict[str, float] = {}
    chosen: dict[str, list[Name]] = {}
    for rank, names in enumerate(known):
        first, weight = normalise(names[0].values[0]).split(" ")[0], max(each.weight for each in names)
        if first not in seen:
            seen[first] = weight
            if rank * _FAMOUS < len(known) and len(first) > 3 and not is_ordinary(first):
                chosen[first] = names
        elif weight * _SINGULAR > seen[first]:
            chosen.pop(first, None)
    yield from chosen.items()


def _years(catalogue: Catalogue) -> dict[str, int]:
    for field in catalogue.schema.with_role(Role.YEAR):
        if field.type is FieldType.NUMBER:
            years = catalogue.numbers(field.name)
            return {str(item): int(year) for item, year in zip(catalogue.ids, years, strict=True) if year == year}
    for field in catalogue.schema.fields:
        if field.type is FieldType.DATE:
            dates = catalogue.texts(field.name)
            return {
                str(item): int(date[:4])
                for item, date in zip(catalogue.ids, dates, strict=True)
                if date and date[:4].isdigit()
            }
    return {}
