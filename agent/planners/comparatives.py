"""Words of degree: "shorter", "newer than the second one", "too long", "something short", "a recent one".

A comparative is measured against the last list, or against an item that is named. A plain adjective is a preference
for the lower or upper quarter of the catalogue, and so is a comparative when nothing has been shown.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.spans import Range, RangeSpan
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS

_NEW = ("new", "newest", "recent", "latest", "modern", "contemporary")
_OLD = ("old", "oldest", "classic", "classics", "vintage", "oldie", "oldies")
_TOO = re.compile(r"(?:^| )(?:too|so|bit|little) $")
_NOT = re.compile(
    r"(?:^| )(?:not|nothing|isnt|arent|never|no) (?:(?:be|a|that|so|as|very|too|overly|really|all that) )*$"
)
_KIN = re.compile(r"(?:^| )(?:my|his|her|our|their|years?|grow|grew|getting|no|as|much|how|all|very long|so) $")
_ANY = re.compile(r"(?:^| )any $")
_OTHERS = re.compile(r"(?:^| )(?P<subject>\w+) (?:is|was|are|were|isnt|arent)(?: (?:much|a bit|even|far|way|not))* $")
_OF_LIST = frozenset({"it", "that", "this", "one", "ones", "which one", "they", "these", "what", "list"})
_MISSED = re.compile(
    r"(?:^| )(?:havent|have not|hasnt|has not|didnt|not|never|hardly)(?: (?:really|ever))? (?:watched|seen|read|heard"
    r"|had|played|listened to|watch|see|read) (?:anything|something|much|a|any) $"
)
_STATED = re.compile(r"(?:^| )(?:is|was|were|are) (?:\w+ )?(?:such )?(?:a|an|the|my) $")
_LATER = frozenset({"later", "earlier"})
_SOMETHING_TEXT = (
    "something anything stuff one ones are is be thats theyre its and quite fairly rather relatively pretty very "
    "really please prefer preferably a an some any more kinda the , only for want like it recommend with not too "
    "overly watch them so that all me find need"
)
_SOMETHING = frozenset(_SOMETHING_TEXT.split())


@dataclass(frozen=True)
class _Word:
    field: CatalogueField
    upward: bool
    comparative: bool


class Comparatives:
    """Finds words of degree, by the schema's comparatives."""

    def __init__(self, catalogue: Catalogue, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            catalogue: whose fields have comparatives and whose numbers have quarters.
            nouns: comparison keys of the words for items.
        """
        self._catalogue = catalogue
        self._quarters: dict[str, tuple[float, float]] = {}
        self._words: dict[str, _Word] = {}
        for field in catalogue.schema.fields:
            if field.type is not FieldType.NUMBER:
                continue
            values = catalogue.numbers(field.name)
            known = values[np.isfinite(values)]
            if not len(known):
                continue
            low, high = np.quantile(known, (0.25, 0.75))
            self._quarters[field.name] = (float(np.floor(low)), float(np.ceil(high)))
            for upward, comparatives in ((True, field.more), (False, field.less)):
                for word in map(normalise, comparatives):
                    self._words.setdefault(word, _Word(field, upward, True))
                    for base in bases(word):
                        self._words.setdefault(base, _Word(field, upward, False))
            if field.unit and normalise(field.unit).isalpha():
                for upward, measures in ((True, ("more",)), (False, ("fewer", "less"))):
                    for measure in measures:
                        self._words.setdefault(f"{measure} {normalise(field.unit)}", _Word(field, upward, True))
            if field.role is Role.YEAR:
                for upward, plain in ((True, _NEW), (False, _OLD)):
                    for word in plain:
                        self._words.setdefault(word, _Word(field, upward, False))
        spoken = "|".join(sorted(map(re.escape, self._words), key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\S)(?P<word>{spoken})(?!\S)(?P<than> than)?") if spoken else None
        noun = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) or "item"
        self._noun_follows = re.compile(
            rf"^ (?:{noun}|ones?|stuff|things?|options?|picks?|releases?|end|side|and|but|please|any ?more)\b"
            r"|^(?: [.,?]|$)"
        )
        spoken_of = {normalise(name) for word in self._words.values() for name in (word.field.spoken, word.field.name)}
        labels = "|".join(map(re.escape, sorted(spoken_of - {""})))
        self._measure_follows = re.compile(rf"^ (?:{labels or 'length'})\b|^ \w+(?: \w+)? (?:{noun}|ones|stuff)\b")

    def find(
        self,
        line: Line,
        shown: Sequence[str],
        named: Callable[[int], str | None],
        facet: Callable[[int], bool],
        stated: Sequence[RangeSpan] = (),
    ) -> Iterator[RangeSpan]:
        """Yield the ranges that words of degree ask for, in order.

        Args:
            line: the utterance.
            shown: ids of the last list.
            named: gives the id of the item that is named right at a place of the line, after "than".
            facet: says whether a facet is named right at a place of the line.
            stated: ranges that are said in numbers; where there is one, it is what a word of degree means.
        """
        for match in list(line.find(self._pattern)) if self._pattern else ():
            word = self._words[match["word"]]
            before, after = line.text[: match.start()], line.text[match.end() :]
            item = named(match.end() + 1) if match["than"] else None
            if word.comparative:
                fits = (
                    bool(match["than"] or self._measure_follows.match(after))
                    or facet(match.end() + 1)
                    or self._ends(after)
                )
                span = self._compared(match, word, before, after, shown, item) if fits else None
            else:
                loose = before.rstrip().endswith(("something", "anything", "stuff", "fairly", "rather", "relatively"))
                fits = loose or bool(self._noun_follows.match(after)) or facet(match.end() + 1)
                span = self._plain(match, word, before, shown) if fits else None
            if span is not None and (match["than"] or not any(_says(each, span) for each in stated)):
                yield span

    def _ends(self, after: str) -> bool:
        """Return whether nothing is named behind a comparative that it could be of: "shorter chapters"."""
        following = after.split(" ")[1] if after.startswith(" ") else ""
        return bool(self._noun_follows.match(after)) or following in FUNCTION_WORDS or following == "n"

    def _compared(
        self, match: "re.Match[str]", word: _Word, before: str, after: str, shown: Sequence[str], item: str | None
    ) -> RangeSpan | None:
        followed = self._noun_follows.match(after)
        if (_KIN.search(before) or (_ANY.search(before) and not followed)) and not match["than"]:
            return None
        others = _OTHERS.search(before)
        if others and not match["than"] and others["subject"] not in _OF_LIST:
            return None
        if match["word"] in _LATER and not (match["than"] or followed):
            return None
        if match["than"] and item is None and not re.match(r"^ (?:that|this|these|those|it|them|the last)\b", after):
            return None
        upward = word.upward is not bool(_NOT.search(before))
        measured = self._measured(word.field, [item] if item else shown)
        if measured is None:
            return self._quarter(match, word.field, upward)
        wanted = Range(low=measured, above=True) if upward else Range(high=measured, below=True)
        return RangeSpan(match.start(), match.end(), word.field, wanted, settled=True)

    def _plain(self, match: "re.Match[str]", word: _Word, before: str, shown: Sequence[str]) -> RangeSpan | None:
        denied = bool(_NOT.search(before))
        if _MISSED.search(before) or (_STATED.search(before) and not denied):
            return None
        if _TOO.search(before) and not denied:
            measured = self._measured(word.field, shown)
            if measured is None:
                return self._quarter(match, word.field, not word.upward)
            wanted = Range(high=measured, below=True) if word.upward else Range(low=measured, above=True)
            return RangeSpan(match.start(), match.end(), word.field, wanted, settled=True)
        if before.strip() and before.split()[-1] not in _SOMETHING:
            return None
        if denied:
            low, high = self._quarters[word.field.name]
            wanted = Range(high=high, below=True) if word.upward else Range(low=low, above=True)
            return RangeSpan(match.start(), match.end(), word.field, wanted, "prefer", settled=True)
        return self._quarter(match, word.field, word.upward)

    def _quarter(self, match: "re.Match[str]", field: CatalogueField, upward: bool) -> RangeSpan:
        low, high = self._quarters[field.name]
        wanted = Range(low=high) if upward else Range(high=low)
        return RangeSpan(match.start(), match.end(), field, wanted, "prefer", settled=True)

    def _measured(self, field: CatalogueField, items: Sequence[str]) -> float | None:
        known = [item for item in items if item in self._catalogue.row_of]
        values = [each.values.get(field.name) for each in self._catalogue.items(known)]
        numbers = [float(value) for value in values if isinstance(value, int | float)]
        return float(median(numbers)) if numbers else None


def _says(stated: RangeSpan, degree: RangeSpan) -> bool:
    """Return whether a range that is said in numbers says what a word of degree means."""
    if stated.field != degree.field:
        return False
    either = not stated.range.one_sided or degree.strength == "prefer"
    return either or (stated.range.low is None) is (degree.range.low is None)


def bases(comparative: str) -> Iterator[str]:
    """Yield the adjectives that a comparative may come from: `long` for `longer`, `recent` for `more recent`."""
    if comparative.startswith(("more ", "less ")):
        if comparative.startswith("more "):
            yield comparative[5:]
    elif comparative.endswith("ier"):
        yield comparative[:-3] + "y"
    elif comparative.endswith("er") and len(comparative) > 4:
        stem = comparative[:-2]
        yield stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
        yield stem + "e"
