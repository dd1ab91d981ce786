"""Finds the stretches of a request that no lexicon may touch: names as the catalogue has them, and what is quoted.

Looks for whole names only, so that it is quick; what a name stands for is the resolver's matter.
"""

from collections.abc import Iterator

from tastemaker.agent.languages.lexicon import is_han, plain_signs
from tastemaker.tools.resolve.gazetteer import Form
from tastemaker.tools.resolve.lookup import Lookup
from tastemaker.tools.resolve.tokens import Token, quoted_spans, tokens

_LONGEST = 12
_SHORTEST_SIGNS, _LONGEST_SIGNS = 2, 14


class KnownNames:
    """The names of one catalogue. Safe to share between threads."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return the start and end of every quoted stretch and every name of several words, in order."""
        text = plain_signs(text)
        found = quoted_spans(text)
        for start, end in [*self._several(tokens(text)), *self._signs(text)]:
            if not any(left < end and start < right for left, right in found):
                found.append((start, end))
        return sorted(found)

    def _several(self, words: list[Token]) -> Iterator[tuple[int, int]]:
        longest = self._lookup.gazetteer.longest
        place = 0
        while place < len(words):
            reach = min(longest.get(words[place].key, 0), _LONGEST, len(words) - place)
            for end in range(place + reach, place + 1, -1):
                within = words[place:end]
                if not any(word.gap.strip("-:&") for word in within[:-1]) and self._is_name(within):
                    yield within[0].start, within[-1].end
                    place = end
                    break
            else:
                place += 1

    def _is_name(self, words: list[Token]) -> bool:
        kinds = self._lookup.kinds
        names = self._lookup.gazetteer.names.get(" ".join(word.key for word in words), ())
        return any(
            each.form is Form.WHOLE or (each.form is Form.ALIAS and kinds[each.field] == "item")
            for each in names
            if kinds[each.field] != "facet"
        )

    def _signs(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the names written in Chinese signs, which nothing parts from the words around them."""
        names = self._lookup.gazetteer.names
        place = 0
        while place < len(text):
            if is_han(text[place]):
                for end in range(min(len(text), place + _LONGEST_SIGNS), place + _SHORTEST_SIGNS - 1, -1):
                    if text[place:end] in names and all(map(is_han, text[place:end])):
                        yield place, end
                        place = end - 1
                        break
            place += 1
