"""Reads a request of another language as plain English, phrase by phrase, so that one set of rules serves all.

A gloss is no translation: the rules look for wishes, bounds and negations, and names stay as they are. Every piece
knows the words it came from, so that a wish is shown in the person's own words.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tastemaker.agent.languages.lexicon import LANGUAGES, Lexicon, folded
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.resolve.mentions import Mention
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, is_ordinary
from tastemaker.tools.resolve.resolver import Resolver
from tastemaker.tools.resolve.tokens import tokens

ENGLISH = "en"
_MOSTLY = 0.5


@dataclass(frozen=True)
class Piece:
    """A stretch of the gloss."""

    start: int
    """Place of its first letter in the gloss."""
    end: int
    """Place after its last letter."""
    said: str
    """What the person typed there."""


@dataclass(frozen=True)
class Gloss:
    """A request as plain English."""

    language: str
    """Code of the language it came in; empty when it cannot be told."""
    text: str
    """The English, names as they were; the request itself when it is not in another language."""
    pieces: tuple[Piece, ...] = ()
    """Where the text came from; empty when it is the request itself."""

    def said(self, english: str) -> str:
        """Return the person's words for words of the gloss."""
        if not self.pieces or not english:
            return english
        found: list[str] = []
        at = self.text.find(english)
        stretches = [(at, at + len(english))] if at >= 0 else self._word_by_word(english)
        for start, end in stretches:
            found += [piece.said for piece in self.pieces if piece.start < end and start < piece.end]
        return " ".join(dict.fromkeys(found)) or english

    def _word_by_word(self, english: str) -> list[tuple[int, int]]:
        places = [(self.text.find(word), len(word)) for word in english.split()]
        return [(at, at + length) for at, length in places if at >= 0]


class Glosser:
    """Reads requests for one catalogue. Safe to share between threads."""

    def __init__(self, schema: CatalogueSchema, resolver: Resolver) -> None:
        """Load the lexicons."""
        self._resolver = resolver
        self._lexicons = {code: Lexicon.load(code).with_words(schema.words_in(code)) for code in LANGUAGES}

    def read(self, words: str, before: str = "") -> Gloss:
        """Return a request as plain English.

        Args:
            words: what the person typed.
            before: code of the language spoken so far; it decides where the words do not tell.
        """
        if words.isascii() and before in ("", ENGLISH) and not self._foreign(words):
            return Gloss(self._english(words), words)
        names = [each for each in self._resolver.mentions(words) if _certain(each)]
        code = self._language(words, names, before)
        if code in ("", ENGLISH):
            return Gloss(code, words)
        return _glossed(words, names, self._lexicons[code])

    def _foreign(self, words: str) -> bool:
        """Return whether any word is unknown to English and known to another language: the quick look."""
        unknown = {token.key for token in tokens(words) if not is_ordinary(token.key)}
        return any(not unknown.isdisjoint(lexicon.words) for lexicon in self._lexicons.values())

    def _english(self, words: str) -> str:
        keys = [token.key for token in tokens(words)]
        known = sum(key in FUNCTION_WORDS or is_ordinary(key) for key in keys)
        return ENGLISH if len(keys) > 1 and known > _MOSTLY * len(keys) else ""

    def _language(self, words: str, names: Sequence[Mention], before: str) -> str:
        """Return the language that most of the words belong to, names and numbers left out."""
        free = [
            token
            for token in tokens(words)
            if not token.text[0].isdigit()
            and not any(each.start < token.end and token.start < each.end for each in names)
        ]
        if not free:
            return before if before != ENGLISH else ""
        shares = {ENGLISH: sum(is_ordinary(token.key) for token in free) / len(free)}
        text = folded(words)
        for code, lexicon in self._lexicons.items():
            spans = [match.span() for match in lexicon.finder.finditer(text)]
            covered = [_cover(spans, token.start, token.end) for token in free]
            shares[code] = sum(covered) / len(free)
        # On a tie the language spoken so far wins, then English.
        order = [before, ENGLISH, *LANGUAGES]
        best = max(shares, key=lambda code: (round(shares[code], 6), -order.index(code)))
        return best if shares[best] > 0 else ""


def _cover(spans: Collection[tuple[int, int]], start: int, end: int) -> float:
    """Return the share of a stretch that spans cover."""
    return sum(max(0, min(end, right) - max(start, left)) for left, right in spans) / (end - start)


def _certain(mention: Mention) -> bool:
    """Return whether a mention is a name in any language: of several words, quoted, or a person's."""
    several = " " in mention.text.strip() and bool(mention.matches)
    return mention.kind != "facet" and (several or mention.cue in ("quoted", "year") or mention.kind == "person")


def _glossed(words: str, names: Sequence[Mention], lexicon: Lexicon) -> Gloss:
    text = folded(words)
    taken = [(each.start, each.end, words[each.start : each.end]) for each in names]
    for match in lexicon.finder.finditer(text):
        start, end = match.span()
        if not any(left < end and start < right for left, right, _ in taken):
            taken.append((start, end, lexicon.english(match.group())))
    parts: list[str] = []
    pieces: list[Piece] = []
    length = place = 0

    def add(english: str, said: str) -> None:
        nonlocal length
        gap = " " if parts and english[:1].isalnum() and parts[-1][-1:].isalnum() else ""
        if said.strip() and english.strip():
            pieces.append(Piece(length + len(gap), length + len(gap) + len(english), said.strip()))
        parts.append(gap + english)
        length += len(gap) + len(english)

    for start, end, english in sorted(taken):
        if start > place:
            add(words[place:start], words[place:start])
        if english:
            add(english, words[start:end])
        place = end
    if place < len(words):
        add(words[place:], words[place:])
    return Gloss(lexicon.code, "".join(parts), tuple(pieces))
