"""Reads a request of another language as plain English, phrase by phrase, so that one set of rules serves all.

A gloss is no translation: the rules look for wishes, bounds and negations, and names stay as they are. Every piece
knows the words it came from, so that a wish is shown in the person's own words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tastemaker.agent.languages.detection import ENGLISH, Spans, english_only, english_or_nothing, language_of
from tastemaker.agent.languages.lexicon import LANGUAGES, Found, Lexicon, folded, parts_of, plain_signs, words_of
from tastemaker.agent.languages.names import KnownNames
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.resolve.resolver import Resolver

_DEEPEST = 3


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

    def __init__(
        self, schema: CatalogueSchema, resolver: Resolver, ready: Callable[[str], Mapping[str, str]] | None = None
    ) -> None:
        """Load the lexicons.

        Args:
            schema: the catalogue's schema.
            resolver: knows the catalogue's names.
            ready: returns by language code the words of ready answers with their English; none when None.
        """
        self._ready = {code: ready(code) if ready else {} for code in LANGUAGES}
        self._lookup = resolver.lookup
        self._names = KnownNames(resolver.lookup)
        self._lexicons = {
            code: Lexicon.load(code).with_words(schema.words_in(code)).with_small(resolver.lookup.is_facet)
            for code in LANGUAGES
        }

    def read(self, words: str, before: str = "") -> Gloss:
        """Return a request as plain English.

        Args:
            words: what the person typed.
            before: code of the language spoken so far; it decides where the words do not tell.
        """
        if before not in ("", ENGLISH):
            if (english := self._ready[before].get(words.strip().casefold())) is not None:
                return Gloss(before, english, (Piece(0, len(english), words.strip()),))
            if self._lookup.is_facet(normalise(words)):
                # A bare name of the catalogue is of every language.
                return Gloss(before, words)
        every = words_of(words)
        if before in ("", ENGLISH) and english_only(every, self._lexicons.values()):
            return Gloss(english_or_nothing(every), words)
        text, names = folded(words), self._names.find(words)
        capital = [(start, end) for start, end in names if not words[start:end].islower()]
        code = language_of(text, every, capital, self._lexicons, before)
        if code in ("", ENGLISH):
            return Gloss(code, words)
        return _Reading(words, text, names, self._lexicons[code]).gloss()


class _Reading:
    """The reading of one request with one lexicon."""

    def __init__(self, words: str, text: str, names: Spans, lexicon: Lexicon) -> None:
        self._words, self._plain, self._text = words, plain_signs(words), text
        self._names, self._lexicon = names, lexicon

    def gloss(self) -> Gloss:
        """Return the request as plain English."""
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        for english, said in self._read(0, len(self._words), 0):
            gap = " " if parts and english[:1].isalnum() and parts[-1][-1:].isalnum() else ""
            if said.strip() and english.strip():
                pieces.append(Piece(length + len(gap), length + len(gap) + len(english), said.strip()))
            parts.append(gap + english)
            length += len(gap) + len(english)
        return Gloss(self._lexicon.code, "".join(parts), tuple(pieces))

    def _read(self, start: int, end: int, depth: int) -> Iterator[tuple[str, str]]:
        """Yield the English of a stretch in pieces, each with the words it came from."""
        place = start
        for found in self._found(start, end, depth):
            if found.start > place:
                yield self._plain[place : found.start], self._words[place : found.start]
            yield from self._english(found, depth)
            place = found.end
        if place < end:
            yield self._plain[place:end], self._words[place:end]

    def _found(self, start: int, end: int, depth: int) -> list[Found]:
        """Return what a stretch holds that has an English, in order; names are left as they are."""
        text = self._text[start:end]
        names = [(left - start, right - start) for left, right in self._names if start <= left and right <= end]
        kept = [Found(left, right, self._name(start + left, start + right)) for left, right in names]
        for each in self._lexicon.find(text, words_of(self._words[start:end])):
            touched = [name for name in names if name[0] < each.end and each.start < name[1]]
            if touched and not (self._inside_groups(each, touched) or self._swallows(each, touched, start)):
                continue
            if each.groups and depth >= _DEEPEST:
                continue
            kept = [one for one in kept if not (each.start <= one.start and one.end <= each.end)]
            kept.append(each)
        return [each.moved(start) for each in sorted(kept, key=lambda each: each.start)]

    def _name(self, start: int, end: int) -> str:
        """Return a name as it is, or as the catalogue has it where the lexicon knows it as a whole."""
        found = self._lexicon.find(self._text[start:end], words_of(self._words[start:end]))
        if len(found) == 1 and found[0].end - found[0].start == end - start and found[0].english[:1].isupper():
            return found[0].english
        return self._plain[start:end]

    @staticmethod
    def _inside_groups(found: Found, names: Spans) -> bool:
        return all(any(low <= left and right <= high for low, high in found.groups) for left, right in names)

    def _swallows(self, found: Found, names: Spans, start: int) -> bool:
        """Return whether a phrase is more than the names in it, which have no capitals: "j'ai déjà vu" is no title."""
        return not found.groups and all(
            found.start <= left
            and right <= found.end
            and right - left < found.end - found.start
            and self._words[start + left : start + right].islower()
            for left, right in names
        )

    def _english(self, found: Found, depth: int) -> Iterator[tuple[str, str]]:
        if not found.groups:
            if found.english:
                yield found.english, self._words[found.start : found.end]
            return
        spoken = [span for span in found.groups if span[0] >= 0 and not self._text[span[0] : span[1]].isdigit()]
        said = self._without(found, spoken)
        literal = ""
        for part in parts_of(found.english):
            if isinstance(part, str):
                literal += part
                continue
            low, high = found.groups[part - 1]
            if (low, high) not in spoken:
                literal += self._text[low:high] if low >= 0 else ""
                continue
            if literal.strip():
                yield literal.strip() + " ", said
            literal = ""
            yield from self._read(low, high, depth + 1)
        if literal.strip():
            yield literal.strip(), said

    def _without(self, found: Found, spans: Spans) -> str:
        """Return what was typed for a pattern less its groups."""
        kept, place = [], found.start
        for low, high in sorted(spans):
            kept.append(self._words[place:low].strip())
            place = high
        kept.append(self._words[place : found.end].strip())
        return " ".join(each for each in kept if each)
