"""References to items that were shown, by their place in the last list: "the second one", "number 3", "the last two".

Reads comparison keys, as `normalise` makes them; knows nothing of titles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS

_ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            ("first", "1st"),
            ("second", "2nd"),
            ("third", "3rd"),
            ("fourth", "4th"),
            ("fifth", "5th"),
            ("sixth", "6th"),
            ("seventh", "7th"),
            ("eighth", "8th"),
            ("ninth", "9th"),
            ("tenth", "10th"),
        ),
        start=1,
    )
    for word in words
}
_CARDINALS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_THING = r"(?:one|ones|option|suggestion|pick|recommendation|title|item|choice|{nouns})"
_MORE_FOLLOWS = frozenset({"few", "several", "many", "much", "most", "one", "ones", "other", "others", "ever", "two"})
_AFTER = (
    rf"(?=$| [.,?!:]| (?:{'|'.join(sorted(FUNCTION_WORDS - _MORE_FOLLOWS))}|ok|sounds|looks|seems|good|please)(?!\S))"
)
_JUDGED = (
    r"(?:yes|yep|yeah|no|nope|nah|maybe|seen|good|great|bad|boring|fine|ok|meh|awful)(?= [.,?]|$| and| but| please)"
)
_MIDDLE = 10**6
_COUNTED = (
    r"(?<!\bunder )(?<!\bover )(?<!\bleast )(?<!\bmost )(?<!\bthan )(?<!\bfor )(?<!\btop )(?<!\bme )(?<!\bonly )"
    r"(?<!\bjust )(?<!\banother )(?<!\bwith )(?<!\bpart )(?<!\bone )(?<!\bup to )(?<!\bat )(?<!\bby )(?<!\bout of )"
    r"(?<!\bsuggest )(?<!\brecommend )(?<!\bneed )(?<!\bwant )(?<!\bor so )(?<!\bget )(?<!\bpick )(?<!\bunder , )"
)
_BESIDE_BARE = "|".join(sorted(FUNCTION_WORDS - {"more", "of", "other", "others", "or so"}))
_BARE = re.compile(
    rf"(?:^|(?<= )){_COUNTED}(?P<place>[1-9])(?=$| [.,?!]| (?:{_BESIDE_BARE}|vs|versus|better|worse|[1-9])(?!\S))"
    r"|(?:^|(?<=[.,?] )|(?<=and )|(?<=, ))(?:is|was|does|did|has) (?P<asked>[1-9])(?! (?:[.,:/]|h|hrs?|hours?|min\w*"
    r"|people|players?|times|years?|days|weeks|more|other|of|stars?|pages|kids|enough|\d))(?= )"
)


@dataclass(frozen=True)
class Reference:
    """A stretch of text that points to places of the last list."""

    start: int
    """Place of its first letter in the text that was searched."""
    end: int
    """Place after its last letter."""
    places: tuple[int, ...]
    """Places from 0; negative ones count from the end."""

    def items(self, shown: Sequence[str]) -> tuple[str, ...]:
        """Return the ids at the places, those that the list has."""
        places = (len(shown) // 2 if place == _MIDDLE else place for place in self.places)
        return tuple(shown[place] for place in places if -len(shown) <= place < len(shown))


class References:
    """Finds references, given the words for an item."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for one item and for several.
        """
        thing = _THING.format(nouns="|".join(re.escape(noun) for noun in nouns if noun) or "item")
        ordinal = "|".join(_ORDINALS)
        counts = "|".join(_COUNTS)
        # "number one" alone points; "a number one hit" does not.
        cardinals = "|".join(f"{word}(?= [.,?]|$)" if word == "one" else word for word in _CARDINALS)
        self._pattern = re.compile(
            rf"\b(?P<several>(?:the )?(?P<side>first|last) (?P<count>{counts})(?: {thing})?)(?! \w+s\b)\b"
            rf"|\b(?P<one>(?:the )?(?P<ordinal>{ordinal}|last|middle) {thing})s?\b"
            rf"|\b(?P<bare>the (?P<bare_ordinal>{ordinal}|last)){_AFTER}"
            rf"|(?:^|(?<=[.,?] )|(?<=\band )|(?<=\bbut ))(?P<judged>(?P<judged_ordinal>{ordinal}))(?= (?:is "
            rf"|was |one )?{_JUDGED})"
            rf"|(?P<number>(?:\b(?:number|no|option|pick)|#) ?(?P<digits>\d{{1,2}}|{cardinals}))(?!\S)"
        )

    def find(self, text: str) -> Iterator[Reference]:
        """Yield the references in a text of keys, in order."""
        for match in self._pattern.finditer(text):
            places: tuple[int, ...]
            if match["several"]:
                count = _COUNTS[match["count"]]
                places = tuple(range(count)) if match["side"] == "first" else tuple(range(-count, 0))
            elif match["digits"]:
                place = _CARDINALS.get(match["digits"]) or int(match["digits"])
                if not place:
                    continue
                places = (place - 1,)
            else:
                word = match["ordinal"] or match["bare_ordinal"] or match["judged_ordinal"]
                places = ({"last": -1, "middle": _MIDDLE}.get(word, _ORDINALS.get(word, 0) - 1),)
            yield Reference(match.start(), match.end(), places)

    @staticmethod
    def bare(text: str, count: int) -> Iterator[Reference]:
        """Yield the numbers that stand alone in a text and are places of a list of some length: "is 2 any good?"."""
        for match in _BARE.finditer(text):
            place = int(match["place"] or match["asked"])
            if place <= count:
                yield Reference(match.end() - 1, match.end(), (place - 1,))

    def named(self, name: str) -> tuple[int, ...]:
        """Return the places that a name as a whole points to; empty when it is no reference."""
        for reference in self.find(name):
            if reference.start == 0 and reference.end == len(name):
                return reference.places
        return ()
