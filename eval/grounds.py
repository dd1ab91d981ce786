"""What a reply may say besides the facts of its items, and whether names and numbers are among it.

Compares words, not meanings: every capitalised word and every number must occur somewhere in the grounds. Knows
nothing of replies or catalogues.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tastemaker.agent.ordinary_words import is_function_word, looks_ordinary
from tastemaker.agent.said_numbers import said_numbers
from tastemaker.agent.sentences import split_sentences
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import shown_value

_SIGNS = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_WORD = re.compile(rf"[^\s{_SIGNS}]+")
"""Chinese signs have no capitals, and no blank parts them from a name."""
_OPENS = re.compile(r"(?:^|[:;“\"(])\s*$")


@dataclass(frozen=True)
class Grounds:
    """Words and numbers that may be said."""

    words: frozenset[str]
    """Comparison keys of single words."""
    numbers: frozenset[float]
    counted: frozenset[str] = frozenset()
    """Words after which any number counts items, and says nothing of one: `films`."""

    @classmethod
    def of(cls, texts: Iterable[str], numbers: Iterable[float], counted: Iterable[str] = ()) -> "Grounds":
        """Gather the grounds.

        Args:
            texts: texts whose words and numbers may be said.
            numbers: further numbers.
            counted: names of what is counted.
        """
        known = list(texts)
        read = [said.value for text in known for said in said_numbers(text) if said.value is not None]
        values = frozenset([*numbers, *read])
        words = frozenset(word for text in [*known, *map(shown_value, values)] for word in normalise(text).split())
        # Signs of numbers stand inside Chinese words.
        words |= {sign for text in known for sign in text if sign.isnumeric() and not sign.isdecimal()}
        return cls(words, values, frozenset(word for name in counted for word in normalise(name).split()))

    def lacking(self, text: str) -> list[str]:
        """Return the capitalised words and the numbers of a text that are not among the grounds, in order."""
        return [found for sentence in split_sentences(text) for found in self._lacking_in(sentence)]

    def _lacking_in(self, sentence: str) -> list[str]:
        numbers = [said for said in said_numbers(sentence) if not self._has(said.text)]
        found = [
            said.text
            for said in numbers
            if said.value not in self.numbers and normalise(said.after) not in self.counted
        ]
        for match in _WORD.finditer(sentence):
            word = match.group()
            if not any(letter.isupper() for letter in word) or self._has(word):
                continue
            plain = word.strip("*“”\"'.,;:!?()")
            opens = _OPENS.search(sentence[: match.start()]) is not None or match.start() == 0
            if is_function_word(plain) or (opens and looks_ordinary(plain)):
                continue
            found.append(plain)
        return found

    def _has(self, words: str) -> bool:
        keys = normalise(words).split()
        return all(key in self.words for key in keys)
