"""The names and numbers that marked requests of one domain speak of, and a catalogue's table made of them.

Every title becomes an item and every name of a facet stands on some item, all equally often, so that no name is less
known than another; which stands on which is settled by checksums, so the same names always give the same table.
Knows no workspace.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from tastemaker.eval.understanding.request_file import ITEM, PERSON, Dialogue, Mark
from tastemaker.tools.build.manifest import digest
from tastemaker.tools.build.table import Table
from tastemaker.tools.catalogue.normalise import normalise, normalise_title
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.resolve.gazetteer import plurals

_FEWEST_ITEMS = 40
_USERS, _KNOWN_TO = 80, 70
_SHORTEST_TITLE, _SHORTEST_NAME = 4, 3
"""Letters below which a part between strokes is no name of its own: "Face/Off", "AC/DC", but "War/Family"."""
_SEVERAL = 2
"""Names that an item carries of a field that may have several."""
_YEARS = (1955, 2022)
_SMALL = 20
_VALUE = 5.0
"""Value of every interaction: all who know an item of these catalogues like it."""


def alternatives(mark: Mark) -> tuple[str, ...]:
    """Return the names that a mark may mean: what is typed where no other is given, several where `/` divides them.

    A title or a name with a stroke of its own ("AC/DC") is one name.

    >>> from tastemaker.eval.understanding.request_file import plain
    >>> [alternatives(mark) for mark in plain("[a=Action/Adventure|genres|wanted], [acdc=AC/DC|person|wanted]")[1]]
    [('Action', 'Adventure'), ('AC/DC',)]
    """
    name = mark.canonical or mark.text
    parts = tuple(part.strip() for part in name.split("/"))
    shortest = _SHORTEST_TITLE if mark.field == ITEM else _SHORTEST_NAME
    whole = len(parts) == 1 or any(len(part) < shortest for part in parts)
    return (name,) if whole else parts


@dataclass
class Vocabulary:
    """What the requests of one domain speak of."""

    schema: CatalogueSchema
    titles: dict[str, Counter[str]] = field(default_factory=dict)
    """Spellings of each title with how often each is used, by key."""
    names: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    """Likewise the names of the facets, by field."""
    numbers: dict[str, list[float]] = field(default_factory=dict)
    """Numbers spoken of, by field."""

    @classmethod
    def of(cls, schema: CatalogueSchema, dialogues: Iterable[Dialogue]) -> "Vocabulary":
        """Return what the dialogues of the schema's domain speak of."""
        vocabulary = cls(schema)
        fields = {each.name: each for each in schema.fields}
        people = schema.with_role(Role.PERSON)
        for turn in (turn for dialogue in dialogues if dialogue.domain == schema.name for turn in dialogue.turns):
            for title in turn.shown:
                vocabulary._add_title(title)
            for mark in turn.marks:
                if mark.field == ITEM:
                    for title in alternatives(mark) if mark.place is None else ():
                        vocabulary._add_title(title)
                elif mark.field in fields and fields[mark.field].ordered:
                    vocabulary.numbers.setdefault(mark.field, []).extend(mark.numbers or ())
                else:
                    declared = people[0] if mark.field == PERSON else fields[mark.field]
                    for name in alternatives(mark):
                        vocabulary._add_name(declared, name)
        return vocabulary

    def fingerprint(self) -> str:
        """Return a text that changes when the table does."""
        numbers = {name: (min(found), max(found)) for name, found in self.numbers.items() if found}
        parts = [self.schema.model_dump(), sorted(map(_spelling, self.titles.values())), sorted(numbers.items())]
        parts += [(name, sorted(map(_spelling, found.values()))) for name, found in sorted(self.names.items())]
        return digest(*map(repr, parts))

    def items(self) -> Table:
        """Return the items: an id, a title, names and numbers."""
        titles = sorted(map(_spelling, self.titles.values()))
        columns = {each.name: sorted(map(_spelling, self._merged(each))) for each in self.schema.facets()}
        single = [len(columns[each.name]) for each in self.schema.facets() if each.type is FieldType.CATEGORY]
        fewest = max(_FEWEST_ITEMS, *single) if single else _FEWEST_ITEMS
        titles += [f"{self.schema.noun.capitalize()} number {n}" for n in range(1, fewest - len(titles) + 1)]
        rows: list[dict[str, Any]] = [{"id": _id(k), self.schema.title.name: title} for k, title in enumerate(titles)]
        for each in self.schema.fields:
            if columns.get(each.name):
                for row, names in zip(rows, _dealt(each, columns[each.name], len(rows)), strict=True):
                    row[each.name] = names if each.type is FieldType.CATEGORIES else next(iter(names), None)
            elif each.type is FieldType.NUMBER:
                for row, number in zip(rows, self._spread(each, titles), strict=True):
                    row[each.name] = number
            elif each.role is not Role.TITLE:
                for row in rows:
                    row[each.name] = None
        return Table.of(self.schema.plural, rows)

    def interactions(self) -> Table:
        """Return a log in which the titles spoken of are all equally well known, as what people speak of is."""
        rows = [
            {"user": f"u{(_checksum(title) + 7 * k) % _USERS}", "item": _id(row), "value": _VALUE, "time": 1e9 + k}
            for row, title in enumerate(sorted(map(_spelling, self.titles.values())))
            for k in range(_KNOWN_TO)
        ]
        return Table.of("interactions", rows)

    def _add_title(self, title: str) -> None:
        self.titles.setdefault(normalise_title(title), Counter())[title] += 1

    def _add_name(self, declared: CatalogueField, name: str) -> None:
        key = normalise(name)
        aliases = {normalise(alias): meant for alias, meant in declared.aliases.items()}
        for each in aliases.get(key, (name,)):
            found = self.names.setdefault(declared.name, {})
            found.setdefault(normalise(each), Counter())[each] += 1

    def _merged(self, declared: CatalogueField) -> list[Counter[str]]:
        """Return the names of a field, less the plurals of others and the last names of people named in full."""
        found = self.names.get(declared.name, {})
        kept: dict[str, Counter[str]] = {}
        for key in sorted(found, key=len):
            if declared.role is Role.PERSON:
                same = [each for each in found if each.endswith(f" {key}")]
            else:
                same = [each for each in plurals(key) if each in kept]
            if not same:
                kept[key] = found[key]
        return list(kept.values())

    def _spread(self, declared: CatalogueField, titles: Sequence[str]) -> list[float]:
        """Return a number for every title, spread somewhat wider than the numbers spoken of."""
        spoken = self.numbers.get(declared.name) or [1.0, 100.0]
        low, high = min(spoken) * 0.75, max(spoken) * 1.25
        whole = declared.role is Role.YEAR or all(number.is_integer() for number in spoken)
        if declared.role is Role.YEAR:
            low, high = min(_YEARS[0], *spoken), max(_YEARS[1], *spoken)
        elif max(spoken) <= _SMALL:
            low, high = max(1.0, min(spoken)), max(spoken)
        shares = [_checksum(declared.name, title) / 2**32 for title in titles]
        return [float(round(low + (high - low) * share)) if whole else round(low + share * (high - low), 1)
                for share in shares]  # fmt: skip


def _spelling(counts: Mapping[str, int]) -> str:
    """Return the best of some spellings of one name: with capitals, then the commonest."""
    return max(counts, key=lambda name: (any(letter.isupper() for letter in name), counts[name], name))


def _dealt(declared: CatalogueField, names: Sequence[str], rows: int) -> list[tuple[str, ...]]:
    """Return the names of one field for every row: each name as often as the others, some rows without any."""
    mixed = sorted(names, key=lambda name: _checksum(declared.name, name))
    several = declared.type is FieldType.CATEGORIES and declared.role in (Role.GENRE, Role.PLAIN)
    slots = len(mixed) * max(1, (_SEVERAL if several else 1) * rows // len(mixed))
    shift = rows % len(mixed) == 0
    dealt: list[list[str]] = [[] for _ in range(rows)]
    for slot in range(slots):
        dealt[slot % rows].append(mixed[(slot + slot // rows * shift) % len(mixed)])
    return [tuple(dict.fromkeys(each)) for each in dealt]


def _checksum(*parts: str) -> int:
    return crc32("\n".join(parts).encode())


def _id(row: int) -> str:
    return f"i{row:04d}"
