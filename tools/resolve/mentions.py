"""Finds the names mentioned in free text: the longest first from the left, not overlapping.

A name of ordinary words counts only with a cue: "Heat" after "like", in quotation marks, with a capital in the
middle of a sentence, but never in plain prose. Slips are looked for only at cues and at words that are no words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.cues import Cue, Cues, capitals, common_before, stands_alone, states, subject_of_verb
from tastemaker.tools.resolve.gazetteer import Form, Name
from tastemaker.tools.resolve.lookup import Kind, Lookup, Match
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, is_ordinary
from tastemaker.tools.resolve.slips import SlipFinder
from tastemaker.tools.resolve.spelling import Spelling
from tastemaker.tools.resolve.tokens import Token, quoted_spans, tokens

_YEAR_AFTER = re.compile(r"[!?.'\"”’]*\s*\((\d{4})\)")
_LONGEST_NAME = 14
_UNUSUAL, _ORDINARY, _ENOUGH = 3, 1, 3
_ARTICLES = frozenset({"the", "a", "an"})
_TOO_CAPITAL = 0.6
_KNOWN = 5
"""Share of the titles, as a divisor, to which one of plain words must belong to be heard without capitals."""
_WEAK = frozenset({"", "capital", "list", "whole", "predicate"})
_SELF = frozenset({"i", "id", "im", "ive", "ill"})
_PLACING = frozenset({"in", "from", "near", "to", "at"})


@dataclass(frozen=True)
class Mention:
    """A stretch of text that names something."""

    start: int
    """Place of its first letter."""
    end: int
    """Place after its last letter."""
    text: str
    """As written."""
    matches: tuple[Match, ...]
    """What it may stand for, best first; empty when it is announced as a name and the catalogue does not have it."""
    cue: Cue = ""
    """How it is announced."""
    kind: Kind = "item"
    """What is named, or by its cue should be."""


class MentionFinder:
    """Finds mentions by one catalogue's names."""

    def __init__(self, lookup: Lookup, schema: CatalogueSchema, spelling: Spelling) -> None:
        self._lookup = lookup
        self._spelling = spelling
        self._cues = Cues(schema)
        self._slips = SlipFinder(lookup, self._cues, schema, spelling)
        self._schema = schema

    def find(self, text: str) -> list[Mention]:
        """Return the mentions of a text in order."""
        words = tokens(text, self._spelling.mend)
        if not words:
            return []
        # The first word and "I" have a capital in every sentence.
        capital = sum(word.capital and word.key not in _SELF for word in words[1:])
        telling = capital <= max(2, _TOO_CAPITAL * len(words))
        found = self._explicit(text, words, telling)
        for slip in self._slips.misspelt(words, _taken(words, found), telling):
            found.append(_mention(text, words, *slip))
        found += self._plain(text, words, _taken(words, found), telling)
        for slip in self._slips.announced(words, _taken(words, found), telling):
            found.append(_mention(text, words, *slip))
        return sorted(found, key=lambda each: each.start)

    def _explicit(self, text: str, words: Sequence[Token], telling: bool) -> list[Mention]:
        """Find names in quotation marks and titles with their year in parentheses."""
        found: list[Mention] = []
        for start, end in quoted_spans(text):
            inner = [k for k, word in enumerate(words) if start <= word.start and word.end <= end]
            if not inner:
                continue
            first, last = inner[0], inner[-1] + 1
            names = self._lookup.names(_key(words[first:last]))
            if names:
                found.append(self._named(text, words, first, last, names, "quoted"))
            elif words[first].capital and last - first <= 8:
                near = self._lookup.near_matches(_key(words[first:last]), "item")
                found.append(_mention(text, words, first, last, near, "quoted", "item"))
        for place, word in enumerate(words):
            year = _YEAR_AFTER.match(text, word.end)
            if year is None or any(each.start < word.end and word.start < each.end for each in found):
                continue
            mention = self._with_year(text, words, place + 1, int(year.group(1)), telling)
            if mention is not None:
                found.append(replace(mention, end=year.end(), text=text[mention.start : year.end()]))
        return found

    def _with_year(self, text: str, words: Sequence[Token], end: int, year: int, telling: bool) -> Mention | None:
        first = max(0, end - (_LONGEST_NAME if telling else 6))
        for start in range(first, end):
            if any(word.ends_clause for word in words[start : end - 1]):
                continue
            titles = [each for each in self._lookup.names(_key(words[start:end])) if each.item_id]
            right = self._of_year(titles, year)
            if right:
                return self._named(text, words, start, end, right, "year")
        start = end - 1
        if text.isupper() or not (words[start].capital or words[start].key.isdigit()):
            return None
        while start > first and (
            words[start - 1].capital
            or words[start - 1].key.isdigit()
            or words[start - 1].key in FUNCTION_WORDS - {"like", "and", "or"}
        ):
            if words[start - 1].ends_clause or "," in words[start - 1].gap:
                break
            start -= 1
        while start < end - 1 and not words[start].capital:
            start += 1
        near = [
            match for match in self._lookup.near_matches(_key(words[start:end]), "item")
            if self._lookup.gazetteer.year_of.get(str(match.item_id)) == year
        ]  # fmt: skip
        return _mention(text, words, start, end, near, "year", "item")

    def _of_year(self, titles: Sequence[Name], year: int) -> list[Name]:
        years = self._lookup.gazetteer.year_of
        for slack in (0, 1):
            right = [each for each in titles if abs(years.get(str(each.item_id), -9) - year) <= slack]
            if right:
                return right
        return []

    def _plain(self, text: str, words: Sequence[Token], taken: Sequence[bool], telling: bool) -> list[Mention]:
        found: list[Mention] = []
        place, listed = 0, False
        while place < len(words):
            end = place
            if not taken[place]:
                for end in self._ends(words, place, taken):
                    mention = self._accepted(text, words, place, end, telling, listed)
                    if mention is not None:
                        found.append(self._with_first_name(text, words, place, mention, taken, found))
                        break
                else:
                    end = place
            if end > place:
                listed = found[-1].kind == "item" and found[-1].cue not in ("", "predicate")
                end = self._year_taken(text, words, found, end)
                place = end
            else:
                listed = listed and (words[place].key in ("and", "or") or taken[place])
                listed = listed or taken[place]
                place += 1
        return found

    def _with_first_name(
        self,
        text: str,
        words: Sequence[Token],
        place: int,
        mention: Mention,
        taken: Sequence[bool],
        found: Sequence[Mention],
    ) -> Mention:
        """Take a first name before a last name along, when both are near a whole name: "Jim Carey" is Jim Carrey."""
        if mention.kind != "person" or mention.end != words[place].end or place == 0 or taken[place - 1]:
            return mention
        first = words[place - 1]
        if first.gap or is_ordinary(first.key) or (found and found[-1].end > first.start):
            return mention
        near = self._lookup.near_matches(_key(words[place - 1 : place + 1]), "person")
        return _mention(text, words, place - 1, place + 1, near, mention.cue, "person") if near else mention

    def _ends(self, words: Sequence[Token], place: int, taken: Sequence[bool]) -> list[int]:
        """Return where a key that starts here may end, the farthest first."""
        longest = self._lookup.gazetteer.longest
        reach = longest.get(words[place].key, 0)
        if words[place].stem != words[place].key:
            reach = max(reach, longest.get(words[place].stem, 0))
        if words[place].key in _ARTICLES and place + 1 < len(words):
            reach = max(reach, 1 + longest.get(words[place + 1].key, 0))
        ends: list[int] = []
        for end in range(place + 1, min(len(words), place + min(reach, _LONGEST_NAME)) + 1):
            if taken[end - 1]:
                break
            ends.append(end)
            if words[end - 1].ends_clause:
                break
        return ends[::-1]

    def _accepted(
        self, text: str, words: Sequence[Token], start: int, end: int, telling: bool, listed: bool
    ) -> Mention | None:
        names = self._lookup.names(_key(words[start:end]))
        if not names and words[end - 1].stem != words[end - 1].key:
            names = self._lookup.names(_key([*words[start : end - 1]], words[end - 1].stem))
        if not names or (
            words[start].key in ("a", "an") and not self._lookup.gazetteer.names.get(_key(words[start:end]))
        ):
            return None
        kinds = self._lookup.kinds
        facets = [each for each in names if kinds[each.field] == "facet"]
        people = [each for each in names if kinds[each.field] == "person"]
        titles = [each for each in names if kinds[each.field] == "item"]
        if facets and self._cues.tells_of_setting(words, start):
            facets = [each for each in facets if self._schema.field(each.field).role is Role.GENRE]
        if facets and not (end - start == 1 and words[start].key in FUNCTION_WORDS):
            cue = self._cues.before(words, start)
            past = cue == "opinion" and self._cues.tells_of_past(words, start)
            named = cue == "called" or ((cue in ("like", "subject") or past) and telling and words[start].capital)
            genre = any(self._schema.field(each.field).role is Role.GENRE for each in facets)
            said = _key(words[start:end])
            if not (named and not genre and any(normalise(each.values[0]) == said for each in titles)):
                return self._named(text, words, start, end, facets, cue)
        whole = [each for each in people if each.form is Form.WHOLE]
        if whole and end - start > 1 and all(each.form is Form.PART for each in titles):
            titles = []
        announced = bool(people) and bool(self._cues.announces_person(words, start))
        announcement = self._title_cue(words, start, end, titles, telling, listed) if titles else None
        if announcement in _WEAK and people and self._lookup.famous(people) and not self._lookup.famous(titles, _KNOWN):
            announcement = None  # "a Keanu night": whom everybody knows goes before a title that few do
        if (
            people
            and (announced or announcement is None)
            and self._person_fits(words, start, end, people, announced, telling)
        ):
            return self._named(text, words, start, end, people, "person" if announced else "")
        return None if announcement is None else self._named(text, words, start, end, titles, announcement)

    def _title_cue(
        self, words: Sequence[Token], start: int, end: int, titles: Sequence[Name], telling: bool, listed: bool
    ) -> Cue | None:
        """Return how a title is announced, empty when it needs no cue, None when it needs one and has none."""
        keys = [word.key for word in words[start:end]]
        plain = all(is_ordinary(key) for key in keys)
        capital = telling and capitals(words, start, end)
        free = capital or not common_before(words, start)
        cue = self._cues.before(words, start)
        common = all(self._spelling.is_word(key) for key in keys)
        if common and (len(keys) == 1 or not capital) and not self._lookup.famous(titles, _KNOWN):
            # "colours like candy", "three wishes: …", "hated A, hated B": words, not titles that hardly anybody knows.
            heard = cue == "called" or (cue and (len(keys) > 1 or capitals(words, start, end)))
            return cue if heard else None
        if any(key.isdigit() for key in keys) and (
            "/" in words[end - 1].gap or (start and "/" in words[start - 1].gap)
        ):
            return None  # "10/10"
        mixed = any(self._lookup.is_facet(key) or key in self._cues.nouns for key in keys)
        if not capital and plain and mixed and not self._lookup.famous(titles):
            # "i like romantic comedy" speaks of a genre, whatever little known film bears the name.
            return "called" if cue == "called" else None
        if cue == "called":
            return cue
        bare = [key for key in keys if key not in _ARTICLES]
        if subject_of_verb(words, start, end):
            return "predicate"
        marked = cue == "like" or (len(keys) > 1 and (capital or listed))
        if len(bare) == 1 and bare[0] in FUNCTION_WORDS and not marked:
            return None  # "It" is a film after "like", and nowhere else without marks
        if len(bare) == 1 and plain and not capital and cue == "opinion" and not self._cues.tells_of_past(words, start):
            return None  # "i love cars" speaks of cars
        if cue and free and (not plain or capital or self._cues.bounded(words, end)) and not _hollow(keys, capital):
            return cue
        if capital and not (len(keys) == 1 and keys[0] in FUNCTION_WORDS):
            return "capital"
        if not free or _hollow(keys, capital):
            return None
        if (
            listed
            and start
            and self._cues.bounded(words, end)
            and (words[start - 1].gap or words[start - 1].key in ("and", "or"))
        ):
            return "list"
        digits = len(keys) == 1 and keys[0].isdigit()
        known = words[start].capital and not digits and self._lookup.famous(titles)
        whole = not plain or len(keys) > 1 or known
        if stands_alone(words, start, end) and whole and not any(key in self._cues.nouns for key in keys):
            return "whole"
        if states(words, start, end):
            return "predicate"
        return "" if self._telling_enough(words, start, end, titles) else None

    def _telling_enough(self, words: Sequence[Token], start: int, end: int, titles: Sequence[Name]) -> bool:
        famous = self._lookup.famous(titles)
        if end - start == 1:
            return famous and not is_ordinary(words[start].key) and len(words[start].key) > 4
        worth = int(famous) + int(end - start >= 4)
        for word in words[start:end]:
            if word.key in FUNCTION_WORDS or self._lookup.is_facet(word.key) or word.key in self._cues.nouns:
                continue
            worth += _ORDINARY if is_ordinary(word.key) else _UNUSUAL
        return worth >= _ENOUGH

    def _person_fits(
        self, words: Sequence[Token], start: int, end: int, people: Sequence[Name], announced: bool, telling: bool
    ) -> bool:
        whole = any(each.form is Form.WHOLE for each in people)
        plain = all(is_ordinary(word.key) for word in words[start:end])
        capital = telling and all(word.capital for word in words[start:end])
        if whole and end - start > 1:
            return announced or capital or not plain
        follows = words[end] if end < len(words) and not words[end - 1].gap else None
        if follows and not self._lookup.is_facet(follows.key):
            named = telling and follows.capital and follows.key != "i"
            if named or not is_ordinary(follows.key):
                return False  # a first name before a last name that nobody has
        if announced:
            return capital or not plain
        if plain:
            return False
        if start and not words[start - 1].gap and words[start - 1].key == "new":
            return False  # New York
        described = end < len(words) and not words[end - 1].gap and words[end].key in self._cues.nouns
        inside = capital and start > 0 and not words[start - 1].ends_clause
        if common_before(words, start) and words[start - 1].key in _PLACING and not described:
            return False  # "the next train to Leeds"
        strange = not self._spelling.is_word(words[end - 1].stem)
        share = 3 if inside and strange else 10 if inside or described or strange else 20
        known = self._lookup.famous(people, share) or (strange and self._lookup.few("person"))
        return known and len(words[end - 1].stem) > 3

    def _named(
        self, text: str, words: Sequence[Token], start: int, end: int, names: Sequence[Name], cue: Cue
    ) -> Mention:
        said = text[words[start].start : words[end - 1].end]
        matches = self._lookup.matches(names, said)
        return _mention(text, words, start, end, matches, cue, self._lookup.kinds[matches[0].field])

    def _year_taken(self, text: str, words: Sequence[Token], found: list[Mention], end: int) -> int:
        """Let a year right after a title pick among its items: `Sabrina 1995`."""
        mention = found[-1]
        if mention.kind != "item" or end >= len(words) or words[end - 1].ends_clause:
            return end
        place = (
            end + 1 if words[end].key in ("from", "of") and end + 1 < len(words) and len(mention.matches) > 1 else end
        )
        year = words[place].key
        if len(year) != 4 or not year.isdigit():
            return end
        years = self._lookup.gazetteer.year_of
        right = tuple(match for match in mention.matches if years.get(str(match.item_id)) == int(year))
        if not right:
            return end
        stop = words[place].end
        found[-1] = replace(mention, end=stop, text=text[mention.start : stop], matches=right)
        return place + 1


def _taken(words: Sequence[Token], found: Sequence[Mention]) -> list[bool]:
    """Return which words a mention has."""
    return [any(each.start < word.end and word.start < each.end for each in found) for word in words]


def _hollow(keys: Sequence[str], capital: bool) -> bool:
    """Return whether a title is nothing but words that carry no topic, in small letters."""
    return not capital and all(key in FUNCTION_WORDS for key in keys)


def _key(words: Sequence[Token], last: str = "") -> str:
    return " ".join([word.key for word in words] + ([last] if last else []))


def _mention(
    text: str, words: Sequence[Token], start: int, end: int, matches: Sequence[Match], cue: Cue, kind: Kind
) -> Mention:
    first, last = words[start].start, words[end - 1].end
    return Mention(first, last, text[first:last], tuple(matches), cue, kind)
