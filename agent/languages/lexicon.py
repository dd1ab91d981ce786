r"""The words of one language with the plain English that the rules read, from a TOML file beside this one.

Holds what people say of any catalogue: negations, bounds, numbers, questions. Words of one catalogue ("film",
"comedy") come from its schema. A phrase matches without case and accents, as people type, but the one that is written
as it was typed wins: `schön` is no `schon`. A pattern is a regular expression over the folded text with its English:
`(\d+)年代` is `the \1s`; what a group holds besides digits is read in its turn.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files

from tastemaker.tools.catalogue.normalise import normalise

LANGUAGES = ("es", "fr", "de", "pt", "it", "zh")
"""Codes of the languages that are read besides English."""
_SIGNS = str.maketrans("’‘´`，。、？！；：（）《》「」“”„¿¡", '\'\'\'\',.,?!;:()"""""""  ')
_HAN = "㐀-䶿一-鿿"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:'(?=[^\W_]))?")
_SIGN = re.compile(f"[{_HAN}]")
_WITHIN = re.compile(r"[\s\-·]*")
_JOINING = "und aber oder et mais ou y pero o e mas ma pois"
_JOINED = f"(?:{'|'.join(_JOINING.split())}) "
_SOME_WORDS = rf"((?!{_JOINED})(?:(?! {_JOINED})[^.,;!?]){{1,60}}?)"
_GROUP = re.compile(r"\\(\d)")
_LETTER = r"[^\W_]"
_SILENT = frozenset({"", "the", "a", "an", "of", "of the", "in", "in the", "and", "to", "some"})
_TELLING = 4


def plain_signs(text: str) -> str:
    """Return a text with its quotation marks and punctuation as English has them, as long as it was."""
    return text.translate(_SIGNS)


def folded(text: str) -> str:
    """Return a text in small letters without accents, as long as it was.

    >>> folded("Años Más")
    'anos mas'
    """
    return plain_signs(text).lower() if text.isascii() else "".join(map(_folded, plain_signs(text)))


def is_han(key: str) -> bool:
    """Return whether a word is a Chinese sign."""
    return bool(_SIGN.match(key))


def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].casefold()
    return base if len(base) == 1 else letter


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text; of Chinese, one sign. An elided article is a word: `l'`."""

    key: str
    """Folded."""
    typed: str
    """In small letters, as typed."""
    start: int
    """Place of its first letter."""
    end: int
    """Place after its last letter."""

    @property
    def number(self) -> bool:
        """Whether it starts with a digit."""
        return self.key[0].isdigit()


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order.

    >>> [word.key for word in words_of("L’été à 东京")]
    ["l'", 'ete', 'a', '东', '京']
    """
    key = folded(text)
    typed = key if text.isascii() else "".join(low if len(low := each.lower()) == 1 else each for each in text)
    return [Word(m.group(), typed[m.start() : m.end()], *m.span()) for m in _WORD.finditer(key)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with their English."""

    keys: tuple[str, ...]
    """Folded."""
    typed: tuple[str, ...]
    """As they are rightly written."""
    english: str
    """Empty for words that say nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text that has an English."""

    start: int
    """Place of its first letter."""
    end: int
    """Place after its last letter."""
    english: str
    """Its English; `\\1` stands for the group of that number."""
    groups: tuple[tuple[int, int], ...] = ()
    """Stretches that the groups hold, in order."""

    def moved(self, by: int) -> "Found":
        """Return the same so many letters later."""
        groups = tuple((low + by, high + by) if low >= 0 else (low, high) for low, high in self.groups)
        return Found(self.start + by, self.end + by, self.english, groups)


@dataclass(frozen=True)
class Lexicon:
    """Phrases and patterns of one language."""

    code: str
    """ISO 639-1."""
    phrases: Mapping[str, str]
    """English by phrase; an empty string for words that say nothing."""
    patterns: Mapping[str, str]
    """English templates by regular expression over folded text; `@` stands for a group of a few words."""
    endings: tuple[str, ...] = ()
    """Endings of inflected words, tried on words that are no phrase."""

    @classmethod
    def load(cls, code: str) -> "Lexicon":
        """Read the lexicon of a language.

        Raises:
            FileNotFoundError: there is none of that code.
        """
        read = tomllib.loads((files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))
        phrases = {phrase: english for english, several in read["phrases"].items() for phrase in several}
        return cls(code, phrases, read.get("patterns", {}), tuple(read.get("endings", ())))

    def with_words(self, words: Mapping[str, str]) -> "Lexicon":
        """Return the lexicon with words of a catalogue, which win over its own."""
        return replace(self, phrases={**self.phrases, **words})

    def with_small(self, facet: Callable[[str], bool]) -> "Lexicon":
        """Return the lexicon with facets in small letters, since capitals would make titles of them.

        Args:
            facet: says whether a comparison key names a facet of the catalogue.
        """
        phrases = {
            phrase: english.lower() if facet(normalise(english)) else english
            for phrase, english in self.phrases.items()
        }
        return replace(self, phrases=phrases)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Every word of the phrases as it is rightly written, in small letters."""
        return frozenset(word for several in self._by_first.values() for phrase in several for word in phrase.typed)

    @cached_property
    def telling(self) -> frozenset[str]:
        """Words that show the language where they are no English words: no articles, which titles are full of."""
        every = [phrase for several in self._by_first.values() for phrase in several]
        single = {phrase.keys[0] for phrase in every if len(phrase.keys) == 1 and phrase.english not in _SILENT}
        silent = {phrase.keys[0] for phrase in every if len(phrase.keys) == 1 and phrase.english in _SILENT}
        longer = {key for phrase in every if len(phrase.keys) > 1 for key in phrase.keys if len(key) >= _TELLING}
        return frozenset(single | longer - silent)

    def find(self, text: str, words: Sequence[Word]) -> list[Found]:
        """Return what has an English in a folded text, in order: patterns first, then the longest phrases.

        Args:
            text: the folded text.
            words: its words.
        """
        patterned = sorted(self._patterned(text), key=lambda each: each.start)
        found, place, ahead = list(patterned), 0, 0
        while place < len(words):
            while ahead < len(patterned) and patterned[ahead].end <= words[place].start:
                ahead += 1
            until = patterned[ahead].start if ahead < len(patterned) else len(text)
            length, english = self._phrase(text, words, place, until)
            if length:
                found.append(Found(words[place].start, words[place + length - 1].end, english))
            place += length or 1
        return sorted(found, key=lambda each: each.start)

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[Phrase]]:
        by_first: dict[str, list[Phrase]] = defaultdict(list)
        for phrase, english in self.phrases.items():
            # A phrase may end in an elided article, "qu'", where a letter follows in a text.
            words = words_of(f"{phrase}x" if phrase.endswith("'") else phrase)
            words = words[:-1] if phrase.endswith("'") else words
            keys = tuple(word.key for word in words)
            by_first[keys[0]].append(Phrase(keys, tuple(word.typed for word in words), english))
        for several in by_first.values():
            several.sort(key=lambda phrase: -len(phrase.keys))
        return dict(by_first)

    @cached_property
    def _compiled(self) -> "Sequence[tuple[re.Pattern[str], str]]":
        return [
            (re.compile(each if self.code == "zh" else rf"(?<!{_LETTER})(?:{each})(?!{_LETTER})"), template)
            for each, template in ((key.replace("@", _SOME_WORDS), text) for key, text in self.patterns.items())
        ]

    def _patterned(self, text: str) -> Iterator[Found]:
        taken: list[tuple[int, int]] = []
        for pattern, template in self._compiled:
            for match in pattern.finditer(text):
                start, end = match.span()
                if start < end and not any(left < end and start < right for left, right in taken):
                    taken.append((start, end))
                    yield Found(
                        start, end, template, tuple(match.span(k) for k in range(1, (match.lastindex or 0) + 1))
                    )

    def _phrase(self, text: str, words: Sequence[Word], place: int, until: int) -> tuple[int, str]:
        """Return how many words the longest phrase from a place on has, and its English; zero when there is none.

        Args:
            text: the folded text.
            words: its words.
            place: the phrase's first word.
            until: where in the text it must end at the latest.
        """
        length, english, exact = 0, "", False
        for phrase in self._by_first.get(words[place].key, ()):
            several = len(phrase.keys)
            if several < length:
                break
            if (
                place + several > len(words)
                or words[place + several - 1].end > until
                or any(
                    words[place + k].key != phrase.keys[k]
                    or (k and not _WITHIN.fullmatch(text, words[place + k - 1].end, words[place + k].start))
                    for k in range(several)
                )
            ):
                continue
            as_typed = all(words[place + k].typed == phrase.typed[k] for k in range(several))
            if not length or (as_typed and not exact):
                length, english, exact = several, phrase.english, as_typed
        return (length, english) if length or words[place].end > until else self._inflected(words[place])

    def _inflected(self, word: Word) -> tuple[int, str]:
        """Return one and the English of a word without its ending, when that is a phrase; else zero."""
        for ending in self.endings:
            stem = word.key.removesuffix(ending)
            if stem != word.key and len(stem) >= _TELLING:
                for phrase in self._by_first.get(stem, ()):
                    if len(phrase.keys) == 1:
                        return 1, phrase.english
        return 0, ""


def parts_of(template: str) -> list[str | int]:
    r"""Return the words of a template and the numbers of its groups, in order.

    >>> parts_of(r"shorter than \1")
    ['shorter than ', 1]
    """
    return [int(part) if k % 2 else part for k, part in enumerate(_GROUP.split(template)) if part]
