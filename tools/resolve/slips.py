"""Finds names with slips of the keyboard in free text, and names announced that the catalogue does not have.

Looks only where a slip is likely: at cues, and at words that are neither ordinary nor part of any name.
"""

from collections.abc import Iterator, Sequence

from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.cues import Cue, Cues, stands_alone
from tastemaker.tools.resolve.fuzzy import allowed_slips
from tastemaker.tools.resolve.gazetteer import Form, Name
from tastemaker.tools.resolve.lookup import Kind, Lookup, Match
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, is_ordinary
from tastemaker.tools.resolve.spelling import Spelling
from tastemaker.tools.resolve.tokens import Token

Slip = tuple[int, int, list[Match], Cue, Kind]
"""First word, word after the last, matches (none: not in the catalogue), cue, kind of name."""

_STOPS_TEXT = (
    "and or but with without from in that which who because if please for starring directed by only except though "
    "although when where so i we is was are were it this these those than as on at about not no any some"
)
_STOPS = frozenset(_STOPS_TEXT.split())
_LONGEST = 6
_MOST_LOOKUPS = 40
_MOST_STRANGE = 6
_LONGEST_MISSPELT = 4


class SlipFinder:
    """Finds slips by one catalogue's names."""

    def __init__(self, lookup: Lookup, cues: Cues, schema: CatalogueSchema, spelling: Spelling) -> None:
        self._lookup = lookup
        self._spelling = spelling
        self._genres = frozenset(field.name for field in schema.with_role(Role.GENRE))
        self._cues = cues

    def misspelt(self, words: Sequence[Token], taken: Sequence[bool], telling: bool) -> Iterator[Slip]:
        """Yield names around words that are no words, in order; `blade runer` goes before `blade`.

        Args:
            words: of the text.
            taken: which words other mentions have.
            telling: whether capitals say anything in this text.
        """
        strange = [k for k, word in enumerate(words) if not taken[k] and self._strange(word.stem)]
        reached = 0
        for place in strange[:_MOST_STRANGE]:
            for start, end in self._windows(words, taken, place):
                slip = self._near(words, start, end, telling) if start >= reached else None
                if slip is not None:
                    yield slip
                    reached = end
                    break

    def announced(self, words: Sequence[Token], taken: Sequence[bool], telling: bool) -> Iterator[Slip]:
        """Yield what is left at cues: names with slips that make other words, and names that nobody has."""
        place, lookups = 0, 0
        while place < len(words) and lookups < _MOST_LOOKUPS:
            cue: Cue = ""
            person = ""
            if not taken[place] and words[place].key not in FUNCTION_WORDS:
                cue, person = self._cues.before(words, place), self._cues.announces_person(words, place)
            if not (cue or person):
                place += 1
                continue
            stop = self._stop(words, place, taken)
            slip: Slip | None = None
            for end in range(stop, place, -1):
                lookups += 1
                slip = slip or self._near(words, place, end, telling)
            slip = slip or self._unknown(words, place, stop, cue, person, telling)
            if slip is not None:
                yield slip
                place = slip[1]
            else:
                place += 1

    def _windows(self, words: Sequence[Token], taken: Sequence[bool], place: int) -> Iterator[tuple[int, int]]:
        """Yield stretches of words around a place, the longest first, from the left."""
        start = place
        while start > 0 and place - start < 3 and not taken[start - 1] and not words[start - 1].gap:
            start -= 1
        end = place + 1
        while end < len(words) and end - place < 4 and not taken[end] and not words[end - 1].gap:
            end += 1
        vocabulary = self._lookup.gazetteer.vocabulary
        for length in range(min(_LONGEST_MISSPELT, end - start), 0, -1):
            for first in range(max(start, place - length + 1), min(place, end - length) + 1):
                others = [word.key for word in words[first : first + length] if word is not words[place]]
                edges = (words[first].key, words[first + length - 1].key)
                if not (FUNCTION_WORDS & set(edges)) and all(key in vocabulary or self._strange(key) for key in others):
                    yield first, first + length

    def _stop(self, words: Sequence[Token], place: int, taken: Sequence[bool]) -> int:
        stop = place
        while stop < len(words) and stop - place < _LONGEST and not taken[stop]:
            if stop > place and words[stop].key in _STOPS:
                break
            stop += 1
            if words[stop - 1].gap and words[stop - 1].gap not in (":", "-", "'", "&"):
                break
        return stop

    def _near(self, words: Sequence[Token], start: int, end: int, telling: bool) -> Slip | None:
        keys = [word.key for word in words[start:end]]
        keys[-1] = words[end - 1].stem
        if all(is_ordinary(key) for key in keys) or (len(keys) > 1 and self._lookup.is_facet(keys[0])):
            return None
        cue, person = self._cues.before(words, start), self._cues.announces_person(words, start)
        cue = cue or ("whole" if stands_alone(words, start, end) else "")
        strange = any(self._strange(key) for key in keys)
        kinds: list[Kind] = []
        if person or strange:
            kinds.append("person")
        if (cue and cue != "opinion") or (strange and (cue or len(keys) > 1)):
            kinds.insert(0 if cue and not person else 1, "item")
        if strange:
            kinds.insert(0, "facet")
        key = " ".join(keys)
        for kind in kinds:
            near = self._safe(key, kind, announced=bool(person if kind == "person" else cue))
            if near:
                matches = [match for match in self._lookup.near_matches(key, kind) if match.values in near]
                return start, end, matches, "person" if kind == "person" and person else cue, kind
        return None

    def _safe(self, key: str, kind: Kind, *, announced: bool) -> set[tuple[str, ...]]:
        """Return the values near a key that may be taken for it without asking."""
        safe: set[tuple[str, ...]] = set()
        for name, likeness in self._lookup.near(key, kind):
            single = " " not in key
            if single and key[0] != name.values[0].casefold()[:1] and kind == "facet":
                continue
            if single and not announced and not self._unannounced(key, name, kind):
                continue
            if single and (likeness < 0.8 or (kind == "item" and len(key) < 6)):
                continue
            safe.add(name.values)
        return safe

    def _unannounced(self, key: str, name: Name, kind: Kind) -> bool:
        """Return whether one word that nothing announces may be a slip for a name."""
        if kind == "facet":
            return name.field in self._genres or len(key) > 6
        if kind != "person" or len(key) < 8:
            return False
        last = name.values[0].casefold().split(" ")[-1]
        return name.form is not Form.PART or (self._lookup.famous([name]) and last[0] == key[0])

    def _strange(self, key: str) -> bool:
        """Return whether a word is neither a word of the language nor part of any name."""
        return (
            allowed_slips(key) > 0
            and key.isalpha()
            and not self._spelling.is_word(key)
            and key not in self._lookup.gazetteer.vocabulary
        )

    def _unknown(
        self, words: Sequence[Token], place: int, stop: int, cue: Cue, person: str, telling: bool
    ) -> Slip | None:
        """Return a name that is announced and not in the catalogue, if the words look like one."""
        opens = place == 0 or words[place - 1].ends_clause
        run = place
        while (
            telling
            and run < stop
            and (
                words[run].capital or words[run].text[0].isdigit() or (run > place and words[run].key in ("of", "the"))
            )
        ):
            run += 1
        while run > place and words[run - 1].key in ("of", "the"):
            run -= 1
        capital = run > place and words[place].capital and not opens
        named = person in self._cues.announcing and bool(person)
        if capital and (named or (person in ("with", "by", "from") and run - place >= 2)):
            return place, run, [], "person", "person"
        if (
            capital
            and cue in ("like", "called", "opinion", "subject")
            and not all(is_ordinary(w.key) for w in words[place:run])
        ):
            return place, run, [], cue, "item"
        strange = self._strange(words[place].key)
        if named and not is_ordinary(words[place].key) and not self._lookup.is_facet(words[place].key):
            return place, min(stop, place + 3), [], "person", "person"
        if cue in ("like", "called") and strange:
            return place, stop, [], cue, "item"
        return None
