"""Cuts text into words with their comparison keys and their places in the text.

Knows nothing of names or grammar; how a misspelt word is mended is the matter of `spelling`. Joining the keys of
neighbouring words gives the key under which the gazetteer holds a name of several words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tastemaker.tools.catalogue.normalise import normalise

_WORD = re.compile(
    r"(?<![^\W_])(?:[wW]/o?|b/c)(?![^\W_])"  # shorthand: w/, w/o
    r"|"
    r"(?:[^\W_]\.){2,}[^\W_]?(?![^\W_])"  # initials: E.T., J.R.R.
    r"|\d+(?:[.,]\d+)*(?:['’]?[^\W_]+)?"  # numbers: 8.5, 1,000, 80s, 80's
    r"|[^\W_]+(?:['’`´][^\W_]+)*"  # words: don't, O'Brien
    r"|&",
)
_AFTER_FOR = frozenset({"the", "a", "my", "me", "us", "our", "kids", "someone", "tonight"})  # "sth 4 the kids"
_ABBREVIATIONS = frozenset({"mr", "mrs", "ms", "dr", "st", "vs", "vol", "jr", "sr", "no", "prof", "ft"})
_QUOTED = re.compile(
    r'"([^"\n]{1,120})"|“([^”\n]{1,120})”|«([^»\n]{1,120})»|(?<![^\W_])[\'‘]([^\'’\n]{2,80})[\'’](?![^\W_])'
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    text: str
    """The word as written."""
    key: str
    """Its comparison key; of a word that was mended, the key of the right one."""
    start: int
    """Place of its first letter in the text."""
    end: int
    """Place after its last letter."""
    gap: str
    """What stands between it and the next word, spaces stripped; at the end, what follows."""
    capital: bool
    """Whether it starts with a capital letter."""

    @property
    def ends_clause(self) -> bool:
        """Whether a full stop, question mark or the like follows."""
        if not self.gap:
            return False
        if self.gap.startswith(".") and (self.key in _ABBREVIATIONS or len(self.key) == 1):
            return False
        return any(mark in self.gap for mark in ".!?;\n")

    @property
    def stem(self) -> str:
        """The key without a possessive ending: `nolan` for `Nolan's`."""
        return normalise(self.text[:-2]) if re.search(r"['’`´]s$", self.text) else self.key


def tokens(text: str, mend: Callable[[str], str] | None = None) -> list[Token]:
    """Return the words of a text in order.

    Args:
        text: as typed.
        mend: returns the right key for the key of a misspelt word; words with capitals inside a sentence are names
            and are let alone.
    """
    found = list(_WORD.finditer(text))
    result: list[Token] = []
    for place, match in enumerate(found):
        key = _key(match.group())
        if not key:
            continue
        opens = not result or result[-1].ends_clause
        following = found[place + 1].start() if place + 1 < len(found) else len(text)
        between = text[match.end() : following]
        gap = between.strip() + ("\n" if "\n" in between else "")
        lower = not match.group()[0].isupper() or (opens and len(key) > 1)
        if mend is not None and lower and not gap.startswith("-"):
            after = found[place + 1].group().casefold() if place + 1 < len(found) and not gap else ""
            key = (
                "for"
                if key == "4" and after in _AFTER_FOR
                else mend(match.group().casefold() if "/" in match.group() else key)
            )
        result.append(Token(match.group(), key, match.start(), match.end(), gap, match.group()[0].isupper()))
    return result


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of every quoted stretch, quotation marks left out."""
    return [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text)]


@lru_cache(maxsize=4096)
def _key(word: str) -> str:
    return normalise(word)
