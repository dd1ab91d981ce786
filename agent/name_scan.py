"""Finds every name of a catalogue in a text, in any case, ordinary words among them.

The resolver reads requests, where an ordinary word is likely just that; here nothing may be missed, and the caller
judges. Knows nothing of evidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tastemaker.agent.ordinary_words import is_function_word
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.gazetteer import Form, Gazetteer

_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐‑.](?=[^\W\d_])[^\W\d_]+)*|\d+")


@dataclass(frozen=True)
class Word:
    """One word of a text."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """Whether a letter of it is a capital."""
        return any(letter.isupper() or letter.istitle() for letter in self.text)

    @property
    def plain(self) -> str:
        """The word without a possessive ending."""
        return re.sub(r"['’]s?$", "", self.text)


@dataclass(frozen=True)
class FoundName:
    """Words that are a name of the catalogue."""

    words: tuple[Word, ...]
    """The words, at least one."""
    values: tuple[tuple[str, str], ...]
    """Pairs of field and value that they may stand for."""
    facet: bool
    """Whether they may be a value that people write in lower case: neither a title nor a person."""

    @property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(word.plain for word in self.words)

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.words[0].start

    @property
    def telling(self) -> list[Word]:
        """The words that carry a meaning."""
        return [word for word in self.words if not is_function_word(word.text)]


class NameScanner:
    """Scans texts for the names of one catalogue. Safe to share between threads."""

    def __init__(self, gazetteer: Gazetteer, schema: CatalogueSchema) -> None:
        self._gazetteer = gazetteer
        self._people = frozenset(field.name for field in schema.with_role(Role.PERSON))
        self._facets = frozenset(field.name for field in schema.facets()) - self._people

    def scan(self, words: Sequence[Word]) -> Iterator[FoundName]:
        """Yield the longest names in order, not overlapping."""
        keys = [normalise(word.plain) for word in words]
        place = 0
        while place < len(words):
            found = next(filter(None, (self._name(words[place:end], keys[place:end])
                                       for end in range(self._reach(keys, place), place, -1))), None)  # fmt: skip
            if found is not None:
                yield found
            place += len(found.words) if found is not None else 1

    def _reach(self, keys: Sequence[str], place: int) -> int:
        first = keys[place].split(" ")[0]
        # An article before a title is not part of its key.
        longest = max(self._gazetteer.longest.get(first, 0), 12 if first in ("the", "a", "an") else 0)
        return min(place + longest + 1, len(keys))

    def _name(self, words: Sequence[Word], keys: Sequence[str]) -> FoundName | None:
        key = " ".join(part for part in keys if part)
        names = self._gazetteer.names.get(key, ())
        if not names or not any(letter.isalpha() for letter in key):
            return None
        counted = [each for each in names if each.form is not Form.PART or any(word.capital for word in words)]
        if not counted:
            return None
        values = tuple(dict.fromkeys((each.field, value) for each in counted for value in each.values))
        return FoundName(tuple(words), values, any(each.field in self._facets for each in counted))


def words_of(text: str) -> list[Word]:
    """Return the words of a text: letters with inner apostrophes, hyphens and points, and runs of digits."""
    return [Word(each.start(), each.end(), each.group()) for each in _WORD.finditer(text)]
