"""Slips and shorthand in the words around names: `wiht` is with, `smth` is something, `fiftis` is fifties.

Mends only words that no dictionary and no name knows, and only into words that say something to the planner: words of
the grammar, of time and liking, and the schema's own. Names with slips are the matter of `slips`.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, is_ordinary, item_words

_VOCABULARY = "vocab.txt"
_PIECE = "##"
_SHORTEST = 4
_LONG = 8
_SHORTHAND = {
    "w": "with", "u": "you", "ur": "your", "n": "and", "cuz": "because", "coz": "because", "cos": "because",
    "bcs": "because", "bc": "because", "smth": "something", "smthng": "something", "smthing": "something",
    "sth": "something", "sthg": "something", "sumthin": "something", "somethin": "something", "anythin": "anything",
    "nothin": "nothing", "nuthin": "nothing", "rly": "really", "rlly": "really", "luv": "love", "luvd": "loved",
    "luved": "loved", "luvs": "loves", "plz": "please", "pls": "please", "plsss": "please", "plss": "please",
    "gd": "good", "gr8": "great", "grt": "great", "fav": "favourite", "fave": "favourite", "favs": "favourites",
    "faves": "favourites", "wat": "what", "wats": "whats", "tho": "though", "abt": "about", "bt": "but",
    "frm": "from", "frum": "from", "teh": "the", "tht": "that", "taht": "that", "thx": "thanks", "thnx": "thanks",
    "moar": "more", "lk": "like", "lke": "like", "liek": "like", "similr": "similar", "defo": "definitely",
    "pref": "preferably", "recs": "recommendations", "tonite": "tonight", "2nite": "tonight", "nite": "night",
    "giv": "give", "hav": "have", "oen": "one", "ppl": "people", "b4": "before", "dnt": "dont", "favorit": "favourite",
    "w/": "with", "w/o": "without", "b/c": "because",
}  # fmt: skip
_TARGETS_TEXT = """
something anything nothing everything someone similar like loved love liked enjoyed enjoy hated hate watched seen
favourite favorite favourites already before after under over between around about without except preferably ideally
maybe please really again another others different recommend suggest looking shorter longer newer older earlier later
minutes hours hour twenties thirties forties fifties sixties seventies eighties nineties century decade years recent
modern classic first second third fourth fifth last with from that this these those because starring
written funny scary sad happy romantic violent short long very with kids children family instead
"""


class Spelling:
    """Mends words for one catalogue. Safe to share between threads."""

    def __init__(
        self, schema: CatalogueSchema, names: frozenset[str], dictionary: frozenset[str] = frozenset()
    ) -> None:
        """Prepare.

        Args:
            schema: whose words are mended into.
            names: every word of a name that the catalogue knows.
            dictionary: further words that are no slips, by comparison key.
        """
        self._names = names
        self._dictionary = dictionary
        self._targets = sorted(
            {word for word in (*_TARGETS_TEXT.split(), *FUNCTION_WORDS, *_words_of(schema)) if len(word) >= _SHORTEST}
        )
        self.mend: Callable[[str], str] = lru_cache(maxsize=8192)(self._mend)
        """Returns the key of the word that a key most likely stands for; the key itself when it needs no mending."""

    def is_word(self, key: str) -> bool:
        """Return whether a key is a word of the language, names aside."""
        return is_ordinary(key) or key in self._dictionary

    def _mend(self, key: str) -> str:
        if key in _SHORTHAND:
            return _SHORTHAND[key]
        if len(key) < _SHORTEST or not key.isalpha() or self.is_word(key) or key in self._names:
            return key
        slips = 1 if len(key) < _LONG else 2
        found = process.extract(key, self._targets, scorer=OSA.distance, score_cutoff=slips, limit=4)
        near = [
            (distance, abs(len(other) - len(key)), other)
            for other, distance, _ in found
            if other[0] == key[0] or sorted(other[:2]) == sorted(key[:2])
        ]
        return min(near)[2] if near else key


def dictionary_at(path: Path) -> frozenset[str]:
    """Return the whole words of a language model's vocabulary, as the sentence encoder carries one; none without it."""
    file = path / _VOCABULARY
    if not file.is_file():
        return frozenset()
    words = file.read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in words if len(word) > 2 and word.isalpha() and not word.startswith(_PIECE))


def _words_of(schema: CatalogueSchema) -> Iterable[str]:
    yield from item_words(schema.noun, schema.plural)
    for field in schema.fields:
        spoken = [field.name, field.label, *field.cues, *field.more, *field.less]
        if field.role is Role.GENRE:
            spoken += [*field.aliases, *field.compounds, *(each for meant in field.aliases.values() for each in meant)]
        for phrase in spoken:
            yield from normalise(phrase).split()
