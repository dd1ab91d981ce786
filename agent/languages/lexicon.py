"""The words of one language with the plain English that the rules read, from a TOML file beside this one.

Holds what people say of any catalogue: negations, bounds, numbers, questions. Words of one catalogue ("film",
"comedy") come from its schema.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import tomlkit

LANGUAGES = ("es", "fr", "de", "pt", "it", "zh")
"""Codes of the languages that are read besides English."""
_UNSPACED = frozenset({"zh"})
_LETTER = r"[^\W_]"


def folded(text: str) -> str:
    """Return a text in small letters without accents, as long as it was.

    >>> folded("Años Más")
    'anos mas'
    """
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].casefold()
    return base if len(base) == 1 else letter


@dataclass(frozen=True)
class Lexicon:
    """Phrases and patterns of one language."""

    code: str
    """ISO 639-1."""
    phrases: Mapping[str, str]
    """English by folded phrase; an empty string for words that say nothing."""
    patterns: Mapping[str, str]
    """English templates by regular expression over folded text, for numbers within words: `(\\d+)年代`."""

    @classmethod
    def load(cls, code: str) -> "Lexicon":
        """Read the lexicon of a language.

        Raises:
            FileNotFoundError: there is none of that code.
        """
        read = tomlkit.parse((files(__package__) / f"{code}.toml").read_text(encoding="utf-8")).unwrap()
        return cls(code, {folded(key): english for key, english in read["phrases"].items()}, read.get("patterns", {}))

    def with_words(self, words: Mapping[str, str]) -> "Lexicon":
        """Return the lexicon with words of a catalogue, which win over its own."""
        return Lexicon(self.code, {**self.phrases, **{folded(key): text for key, text in words.items()}}, self.patterns)

    @property
    def spaced(self) -> bool:
        """Whether words are parted by spaces."""
        return self.code not in _UNSPACED

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word of the phrases, folded."""
        return frozenset(word for phrase in self.phrases for word in phrase.split())

    @cached_property
    def finder(self) -> "re.Pattern[str]":
        """Finds every pattern and phrase in folded text: patterns first, then the longest phrase."""
        longest = sorted(self.phrases, key=lambda phrase: (-len(phrase), phrase))
        whole = "|".join([*(f"(?:{each})" for each in self.patterns), *map(re.escape, longest)])
        return re.compile(rf"(?<!{_LETTER})(?:{whole})(?!{_LETTER})" if self.spaced else f"(?:{whole})")

    def english(self, found: str) -> str:
        """Return the English of what `finder` found."""
        if found in self.phrases:
            return self.phrases[found]
        for pattern, template in self.patterns.items():
            match = re.fullmatch(pattern, found)
            if match:
                return match.expand(template)
        return found
