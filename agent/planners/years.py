"""Years and decades in words: "80s", "the late nineties", "after 2000", "1983 earliest", "nineteen seventy or older".

Relative years count from the newest item of the catalogue, which is the only calendar it has.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tastemaker.agent.planners.bounds import Bound, lead, lead_start, year_bounds
from tastemaker.agent.planners.eras import eras
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numerals import NUMBER, ONES, SMALL, TEENS, TENS, number_of
from tastemaker.agent.planners.spans import Range, RangeSpan
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

_DECADES = {f"{word[:-1]}ies": value for word, value in TENS.items()}
_DECADE_WORDS = "|".join(_DECADES)
_PARTS = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}
_PART = r"early|mid|middle|late"
_TENS_WORDS, _TEENS_WORDS = "|".join(TENS), "|".join(TEENS)
_DIGIT_WORDS = "|".join(word for word, value in ONES.items() if value)
_SPOKEN = (
    rf"(?P<hundreds>nineteen|eighteen)(?: hundred(?: and)?| oh)? (?P<tail>(?:{_TENS_WORDS})(?: (?:{_DIGIT_WORDS}))?"
    rf"|{_TEENS_WORDS}|(?<=hundred )(?:{_DIGIT_WORDS})|(?<=oh )(?:{_DIGIT_WORDS}))"
    rf"|two thousand(?: and)?(?: (?P<thousands>{SMALL}))?"
    rf"|twenty (?P<twenty>{_TEENS_WORDS}|twenty(?: (?:{_DIGIT_WORDS}))?)"
)
_POINT = re.compile(
    rf"(?<![$€£] )(?<![\w.])(?:the )?(?:years? )?(?:(?P<part>{_PART})(?: (?:-|of))?(?: to (?P<until>{_PART}))?"
    rf" (?:the )?)?"
    r"(?:(?P<digits>(?:1[89]|20)\d0|[0-9]0)s"
    rf"|(?:nineteen )?(?P<word>{_DECADE_WORDS})"
    r"|(?P<aughts>noughties|naughties|two thousands|aughts|2ks)"
    r"|(?P<tens>twenty tens|tens(?= (?:or|and|onwards?)))"
    r"|(?P<year>1[89]\d\d|20\d\d)(?! ?(?:-)? ?(?:minutes|mins|pages|people|times|words|calories|kcal|grams|euros"
    r"|dollars)\b)"
    r"|(?P<century>19th|20th|21st|nineteenth|twentieth|twenty first) century"
    rf"|(?P<spoken>{_SPOKEN})(?! (?:minutes|hours|pages|calories|euros|dollars)\b)"
    r"|(?P<short>(?<!\d )[2-9]\d)(?= |$)(?! (?:minutes|mins|pages|euros|hours|percent|out)\b))(?![\w])"
)
_CENTURIES = {"19th": 1800, "nineteenth": 1800, "20th": 1900, "twentieth": 1900}
_AGE = re.compile(
    rf"(?:^| )(?:(?:in|into|of|her|his|their|my|your|our)(?: (?:her|his|their|my|your|our))(?: (?:{_PART}))?"
    r"|her|his|their|my|your|our)$"
)
_RANGE = re.compile(r"^ (?:-|to|through|until|till|thru|up to|and up to|-to-)(?: the)? $")
_AND = re.compile(r"^ and(?: the)? $")
_LIST = re.compile(r"^ (?:(?:,|or|and|/|, or|, and)(?: (?:maybe|even|from|the|in))*) $")
_LEADING = re.compile(
    r"(?:^| )((?:made|released|filmed|shot|published|out|came out|dating|from|in|of|between|the"
    r"|year)"
                      r"(?: (?:in|from|the|year|back|between|of))*)$")  # fmt: skip
_BACK_TO = re.compile(r"(?:^| )(?:before|pre|after|post|since|until|till|from|in|of|to|summer|early|late)(?: -)?$")
_RECENT = re.compile(
    rf"\b(?:(?:in|from|of|within|over) )?(?:the )?(?:last|past) (?:(?P<count>{NUMBER}|few|couple of|couple) )?"
    r"(?P<unit>years?|decades?)\b(?: or so)?|\b(?:(?:from|of|in) )?this (?P<this>decade|century)\b"
    r"|\b(?:from|out|released|new|made|published) (?:in )?this (?P<year>year)\b"
    rf"|\b(?P<younger>(?:less|no more|not more|no older|not older|at most|under|younger)(?: than)?) (?P<age>{NUMBER})"
    r" years(?: old| ago)\b"
    rf"|\b(?P<elder>(?:more|older|at least|over)(?: than)?) (?P<age2>{NUMBER}) years (?:old|ago)\b"
)


@dataclass(frozen=True)
class _Point:
    start: int
    end: int
    low: int
    high: int
    exact: bool


class Years:
    """Finds ranges of years, when the catalogue has a field for them."""

    def __init__(self, schema: CatalogueSchema, years: Sequence[int]) -> None:
        """Prepare.

        Args:
            schema: the catalogue's schema.
            years: the year of every item that has one.
        """
        dated = [each for each in schema.fields if each.role is Role.YEAR or each.type is FieldType.DATE]
        self.field: CatalogueField | None = min(dated, key=lambda each: each.role is not Role.YEAR, default=None)
        """The field that holds years or dates."""
        self._counts: Mapping[int, int] = _by_decade(years)
        self._newest = max(years, default=2020)
        self._bounds = year_bounds()

    def eras(self, line: Line) -> Iterator[RangeSpan]:
        """Yield the times that a line speaks of by name."""
        if self.field is None:
            return
        for each in eras(line):
            yield RangeSpan(each.start, each.end, self.field, Range(each.low, each.high))

    def find(self, line: Line) -> Iterator[RangeSpan]:
        """Yield the ranges in a line, in order. Neighbours in a list are one wish: see `listed`."""
        if self.field is None:
            return
        points = [each for each in self._points(line) if each.exact or not _AGE.search(lead(line.text, each.start))]
        k = 0
        while k < len(points):
            point, before = points[k], lead(line.text, points[k].start)
            following = points[k + 1] if k + 1 < len(points) else None
            between = line.text[point.end : following.start] if following else ""
            if following and (_RANGE.match(between) or (before.endswith("between") and _AND.match(between))):
                start = point.start - (len(" between") if before.endswith("between") else 0)
                low, high = min(point.low, following.low), max(point.high, following.high)
                yield RangeSpan(max(0, start), following.end, self.field, Range(low, high))
                k += 2
                continue
            yield self._single(line, point, before, self.field)
            k += 1
        yield from self._recent(line, self.field)

    @staticmethod
    def listed(line: Line, first: RangeSpan, second: RangeSpan) -> bool:
        """Return whether two ranges are members of one list: `the 70s or 80s`."""
        return bool(_LIST.match(line.text[first.end : second.start]))

    def _single(self, line: Line, point: _Point, before: str, field: CatalogueField) -> RangeSpan:
        bounded = self._bounds.read(line.text, point.start, point.end)
        start = bounded.start
        if bounded.bound is Bound.AROUND:
            wanted = Range(point.low - 2, point.high + 2) if point.exact else Range(point.low, point.high)
        elif bounded.bound is not None:
            wanted = bounded.bound.range(point.low, point.high)
        else:
            wanted = Range(point.low, point.high)
        if not bounded.before and (cue := _LEADING.search(before)):
            start = lead_start(line.text, point.start) + cue.start(1)
        return RangeSpan(start, bounded.end, field, wanted)

    def _points(self, line: Line) -> Iterator[_Point]:
        for match in line.find(_POINT):
            exact = bool(match["year"] or match["spoken"] or match["short"])
            if match["short"] and not self._is_short_year(line, match):
                continue
            if exact:
                low = high = self._year(match)
            elif match["century"]:
                low = _CENTURIES.get(match["century"], 2000)
                high = low + 99
            else:
                low = self._decade(match)
                high = low + 9
            if match["part"] and not exact:
                first, last = _PARTS[match["part"]][0], _PARTS[match["until"] or match["part"]][1]
                years = (high + 1 - low) // 10
                low, high = low + first * years, low + last * years + years - 1
            yield _Point(match.start(), match.end(), low, high, exact)

    @staticmethod
    def _is_short_year(line: Line, match: "re.Match[str]") -> bool:
        """Return whether two digits are a year: `'97`, and 97 right after "before"."""
        places = line.inside(*match.span("short"))
        if not places:
            return False
        at = line.words[places[0]].start
        return line.said[at - 1 : at] in ("'", "’") and bool(_BACK_TO.search(lead(line.text, match.start("short"))))

    def _year(self, match: "re.Match[str]") -> int:
        if match["year"]:
            return int(match["year"])
        if match["short"]:
            return (
                1900 + int(match["short"]) if int(match["short"]) > self._newest % 100 else 2000 + int(match["short"])
            )
        if match["hundreds"]:
            return int(100 * number_of(match["hundreds"]) + number_of(match["tail"]))
        return int(2000 + number_of(match["thousands"] or match["twenty"] or "zero"))

    def _decade(self, match: "re.Match[str]") -> int:
        if match["aughts"]:
            return 2000
        if match["tens"]:
            return 2010
        digits = match["digits"] or ""
        if len(digits) == 4:
            return int(digits)
        tens = _DECADES[match["word"]] if match["word"] else int(digits)
        # "the 20s" are those that the catalogue has more of.
        return max((1900 + tens, 2000 + tens), key=lambda decade: (self._counts.get(decade, 0), -decade))

    def _recent(self, line: Line, field: CatalogueField) -> Iterator[RangeSpan]:
        for match in line.find(_RECENT):
            if match["this"] or match["year"]:
                back = {"year": 0, "decade": self._newest % 10, "century": self._newest % 100}[match["this"] or "year"]
                wanted = Range(low=self._newest - back)
            elif match["younger"] or match["elder"]:
                then = self._newest - int(min(number_of(match["age"] or match["age2"]), 500))
                wanted = Range(low=then) if match["younger"] else Range(high=then)
            else:
                said = match["count"] or "1"
                count = 3 if said in ("few", "couple of", "couple") else number_of(said)
                span = int(min(count, 500)) * (10 if match["unit"].startswith("decade") else 1)
                wanted = Range(low=self._newest - span)
            yield RangeSpan(match.start(), match.end(), field, wanted)


def _by_decade(years: Sequence[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for year in years:
        counts[year // 10 * 10] = counts.get(year // 10 * 10, 0) + 1
    return counts
