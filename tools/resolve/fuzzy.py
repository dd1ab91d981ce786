"""Near misses: keys that differ from a typed one by a slip or two.

Knows no catalogue. A near miss must be near as a whole and word by word, and its numbers must be the same, so that
`Rocky 2` is not taken for `Rocky 3`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

_LEAST_WORD = 74.0
_CANDIDATES = 12


class FuzzyIndex:
    """Finds keys near to a typed one among some."""

    def __init__(self, keys: Iterable[str]) -> None:
        by_length: dict[int, list[str]] = {}
        by_start: dict[tuple[int, str], list[str]] = {}
        for key in sorted(set(keys)):
            by_length.setdefault(len(key), []).append(key)
            by_start.setdefault((len(key), key[:1]), []).append(key)
        self._by_length = by_length
        self._by_start = by_start
        by_word: dict[str, list[str]] = {}
        for length in sorted(by_length):
            for key in by_length[length]:
                for word in set(key.split()):
                    by_word.setdefault(word, []).append(key)
        self._by_word = by_word
        # Bound to the instance, so that the cache goes with it.
        self.near = lru_cache(maxsize=4096)(self._near)

    def _near(self, key: str) -> tuple[tuple[str, int, float], ...]:
        """Return near keys with the number of slips and their likeness from 0 to 1, fewest slips first."""
        slips = allowed_slips(key)
        if not slips:
            return ()
        found = process.extract(key, self._pool(key, slips), scorer=OSA.distance, score_cutoff=slips, limit=_CANDIDATES)
        near = [
            (other, int(distance), fuzz.ratio(key, other) / 100)
            for other, distance, _ in found
            if other != key and _words_fit(key.split(), other.split())
        ]
        return tuple(sorted(near, key=lambda each: (each[1], -each[2], each[0])))

    def _pool(self, key: str, slips: int) -> list[str]:
        """Return the keys that a key is compared with: those that share a word with it, or those of about its length.

        Hardly anybody misspells a first letter, so of the latter only those that begin with one of its first two.
        """
        words = key.split()
        shared = [self._by_word[word] for word in words if len(words) > 1 and word in self._by_word]
        if shared:
            together = {other for others in shared for other in others if abs(len(other) - len(key)) <= slips}
            return sorted(together)
        pool: list[str] = []
        for length in range(len(key) - slips, len(key) + slips + 1):
            for letter in dict.fromkeys(key[:2]):
                pool += self._by_start.get((length, letter), ())
        return pool

    def nearest(self, key: str, limit: int) -> list[str]:
        """Return the keys that look most like a typed one, however far, to suggest; none when nothing looks alike."""
        if len(key) < 3:
            return []
        pool: list[str] = []
        for length in range(max(2, int(len(key) * 0.6)), int(len(key) * 1.6) + 2):
            pool += self._by_length.get(length, ())
        found = process.extract(key, pool, scorer=fuzz.ratio, score_cutoff=64, limit=limit)
        return [other for other, _, _ in found]


def allowed_slips(key: str) -> int:
    """Return how many letters may be wrong, missing, added or swapped in a key of this length."""
    letters = len(key.replace(" ", ""))
    if letters < 5:
        return 0
    return 1 if letters < 8 else 2 if letters < 16 else 3


def _words_fit(typed: Sequence[str], other: Sequence[str]) -> bool:
    if [word for word in typed if word.isdigit()] != [word for word in other if word.isdigit()]:
        return False
    if len(typed) != len(other):
        # A word split or joined: `spiderman`, `star war s`.
        return OSA.distance("".join(typed), "".join(other)) <= 1
    return all(fuzz.ratio(mine, theirs) >= _LEAST_WORD for mine, theirs in zip(typed, other, strict=True))
