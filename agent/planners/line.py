"""One utterance as a line of comparison keys and marks, over which the rules' patterns run.

"I'd like 80's sci-fi, no horror!" reads "id like 80s sci fi , no horror .". Every stretch of the line knows its words
in the text, and a word that a rule has understood is claimed, so that no other rule understands it again.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from tastemaker.tools.resolve.tokens import Token, tokens

_MARKS = re.compile(r"<=|>=|[,:/+<>≤≥~$€£#?=()]|[.!;\n]")
_SAME = {"!": ".", ";": ".", "\n": ".", "≤": "<=", "≥": ">=", "(": ",", ")": ",", "=": ":"}
_DASH = re.compile(r"[-–—−]")
_SPACED_DASH = re.compile(r"\s[-–—]+\s|—")
_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+$")


class Line:
    """An utterance made ready for patterns."""

    def __init__(self, words: str, mend: Callable[[str], str] | None = None) -> None:
        """Read an utterance.

        Args:
            words: as typed.
            mend: mends the keys of misspelt words.
        """
        self.said = words
        """The utterance as typed."""
        self.words: list[Token] = tokens(words, mend)
        """Its words."""
        self.claimed = [False] * len(self.words)
        """Which words are understood."""
        parts: list[str] = _marks(words[: self.words[0].start] if self.words else "")
        self.places: list[int] = []
        """Place in the line of each word."""
        length = sum(len(part) + 1 for part in parts)
        for k, word in enumerate(self.words):
            following = self.words[k + 1] if k + 1 < len(self.words) else None
            between = words[word.end : following.start if following else len(words)]
            self.places.append(length)
            atoms = [_atom(word), *_between(word, following, between)]
            parts += atoms
            length += sum(len(atom) + 1 for atom in atoms)
        self.text = " ".join(parts)
        """The line."""

    def __len__(self) -> int:
        return len(self.words)

    def find(self, pattern: "re.Pattern[str]") -> Iterator["re.Match[str]"]:
        """Yield the matches of a pattern in the line none of whose words is claimed."""
        for match in pattern.finditer(self.text):
            if not any(self.claimed[k] for k in self.inside(match.start(), match.end())):
                yield match

    def inside(self, start: int, end: int) -> range:
        """Return the words that lie in a stretch of the line."""
        return range(bisect_left(self.places, start), bisect_left(self.places, end))

    def claim(self, start: int, end: int) -> None:
        """Mark the words of a stretch of the line as understood."""
        for k in self.inside(start, end):
            self.claimed[k] = True

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the line that covers a stretch of the text as typed."""
        inside = [k for k, word in enumerate(self.words) if start < word.end and word.start < end]
        if not inside:
            return 0, 0
        last = inside[-1]
        return self.places[inside[0]], self.places[last] + len(_atom(self.words[last]))

    def typed(self, start: int, end: int) -> str:
        """Return what was typed for a stretch of the line."""
        inside = self.inside(start, end)
        return self.said[self.words[inside[0]].start : self.words[inside[-1]].end] if len(inside) else ""


def _atom(word: Token) -> str:
    if not word.text[0].isdigit() or not word.key[0].isdigit():
        return word.key
    text = word.text.casefold().replace("'", "").replace("’", "")
    return text.replace(",", "") if _THOUSANDS.match(text) else text.replace(",", ".")


def _marks(between: str) -> list[str]:
    return [_SAME.get(mark, mark) for mark in _MARKS.findall(between)]


def _between(word: Token, following: Token | None, between: str) -> list[str]:
    marks = _marks(between)
    if "." in between and not word.ends_clause and "\n" not in between:
        # The point of an abbreviation ends nothing.
        marks = [mark for mark in marks if mark != "."]
    digits = word.text[0].isdigit() or (following is not None and following.text[0].isdigit())
    if _DASH.search(between):
        marks.insert(0, "-") if digits else None
        if not digits and _SPACED_DASH.search(between):
            marks.insert(0, ",")
    return [mark for k, mark in enumerate(marks) if k == 0 or mark != marks[k - 1]]
