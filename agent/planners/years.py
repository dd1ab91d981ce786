"""Years and decades in words: "80s", "the late nineties", "after 2000", "between 1990 and 1995", "last ten years".

Relative years count from the newest item of the catalogue, which is the only calendar it has.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tastemaker.agent.planners.amounts import NUMBER_WORDS
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.spans import Range, RangeSpan
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
            "eighties": 80, "nineties": 90}  # fmt: skip
_PARTS = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}
_POINT = re.compile(
    r"(?<![$€£] )(?<![\w.])(?:the )?(?:(?P<part>early|mid|middle|late)(?: -)? (?:to (?:mid|late) )?(?:the )?)?"
    r"(?:(?P<digits>(?:1[89]|20)\d0|[0-9]0)s"
    r"|(?:nineteen )?(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
    r"|(?P<aughts>noughties|naughties|two thousands|aughts)"
    r"|(?P<year>1[89]\d\d|20\d\d)(?! (?:minutes|mins|pages|people|times|words|calories|kcal|grams|euros|dollars)\b)"
    r"|(?P<century>19th|20th|21st|twentieth|twenty first) century)(?![\w])"
)
_AGE = re.compile(r"(?:in|into|of|her|his|their|my|your|our)(?: (?:her|his|their|my|your|our|early|mid|late))$")
_RANGE = re.compile(r"^ (?:-|to|through|until|till|thru|up to)(?: the)? $")
_AND = re.compile(r"^ and(?: the)? $")
_LIST = re.compile(r"^ (?:(?:,|or|and|/|, or|, and)(?: (?:maybe|even|from|the|in))*) $")
_BEFORE = re.compile(r"(?:^| )(?:before|pre|prior to|earlier than|older than|up until)(?: (?:the|year|-))*$")
_UNTIL = re.compile(r"(?:^| )(?:until|till|up to|by|not after|at the latest)(?: (?:the|year))*$")
_AFTER = re.compile(r"(?:^| )(?:after|post|later than|newer than|more recent than|past|beyond)(?: (?:the|year|-))*$")
_SINCE = re.compile(r"(?:^| )(?:since|starting(?: in| from| with)?|as of|at least)(?: (?:the|year))*$")
_AROUND = re.compile(r"(?:^| )(?:around|circa|about|approximately|roughly|near|close to|~)(?: (?:the|year))*$")
_OR_LATER = re.compile(
    r"^ (?:(?:and|or|-) (?:later|newer|after|above|up|onwards?|beyond|more recent|younger)|onwards?|on"
    r"|\+)(?!\w)(?! a\b)"
)
_OR_EARLIER = re.compile(r"^ (?:and|or) (?:earlier|older|before|below)\b")
_LEADING = re.compile(
    r"(?:^| )((?:made|released|filmed|shot|published|set|out|came out|dating|from|in|of|between|the"
    r"|year)"
                      r"(?: (?:in|from|the|year|back|between|of))*)$")  # fmt: skip
_RECENT = re.compile(
    rf"\b(?:(?:in|from|of|within|over) )?(?:the )?(?:last|past) (?:(?P<count>\d+|{'|'.join(NUMBER_WORDS)}|few"
    rf"|couple of) )?"
    r"(?P<unit>years?|decades?)\b(?: or so)?|\b(?:from |of |in )?this (?P<this>year|decade|century)\b"
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

    def find(self, line: Line) -> Iterator[RangeSpan]:
        """Yield the ranges in a line, in order. Neighbours in a list are one wish: see `joined`."""
        if self.field is None:
            return
        points = [each for each in self._points(line) if not _AGE.search(line.text[: each.start].rstrip())]
        k = 0
        while k < len(points):
            point, before = points[k], line.text[: points[k].start].rstrip()
            following = points[k + 1] if k + 1 < len(points) else None
            between = line.text[point.end : following.start] if following else ""
            if following and (_RANGE.match(between) or (before.endswith("between") and _AND.match(between))):
                start = point.start - (len(" between") if before.endswith("between") else 0)
                yield RangeSpan(max(0, start), following.end, self.field, Range(point.low, following.high))
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
        after = line.text[point.end :]
        end = point.end
        wanted = Range(point.low, point.high)
        cue: re.Match[str] | None = None
        later, earlier = _OR_LATER.match(after), _OR_EARLIER.match(after)
        if later or earlier:
            end += (later or earlier).end()  # type: ignore[union-attr]
            wanted = Range(low=point.low) if later else Range(high=point.high)
        elif cue := _BEFORE.search(before):
            wanted = Range(high=point.low, below=True)
        elif cue := _AFTER.search(before):
            wanted = Range(low=point.high, above=True)
        elif cue := _SINCE.search(before):
            wanted = Range(low=point.low)
        elif cue := _UNTIL.search(before):
            wanted = Range(high=point.high)
        elif cue := _AROUND.search(before):
            wanted = Range(point.low - 2, point.high + 2) if point.exact else wanted
        else:
            cue = _LEADING.search(before)
        start = cue.start() + (1 if cue.group().startswith(" ") else 0) if cue else point.start
        return RangeSpan(start, end, field, wanted)

    def _points(self, line: Line) -> Iterator[_Point]:
        for match in line.find(_POINT):
            if match["year"]:
                low = high = int(match["year"])
            elif match["century"]:
                low = (
                    1800 if match["century"] == "19th" else 1900 if match["century"] in ("20th", "twentieth") else 2000
                )
                high = low + 99
            else:
                low = self._decade(match)
                high = low + 9
            if match["part"] and not match["year"]:
                first, last = _PARTS[match["part"]]
                low, high = low + first, low + last
            yield _Point(match.start(), match.end(), low, high, bool(match["year"]))

    def _decade(self, match: "re.Match[str]") -> int:
        if match["aughts"]:
            return 2000
        digits = match["digits"] or ""
        if len(digits) == 4:
            return int(digits)
        tens = _DECADES[match["word"]] if match["word"] else int(digits)
        # "the 20s" are those that the catalogue has more of.
        return max((1900 + tens, 2000 + tens), key=lambda decade: (self._counts.get(decade, 0), -decade))

    def _recent(self, line: Line, field: CatalogueField) -> Iterator[RangeSpan]:
        for match in line.find(_RECENT):
            if match["this"]:
                back = {"year": 0, "decade": self._newest % 10, "century": self._newest % 100}[match["this"]]
                yield RangeSpan(match.start(), match.end(), field, Range(low=self._newest - back))
                continue
            said = match["count"] or "1"
            count = (
                3 if said in ("few", "couple of") else NUMBER_WORDS.get(said) or (int(said) if said.isdigit() else 1)
            )
            span = int(min(count, 500)) * (10 if match["unit"].startswith("decade") else 1)
            yield RangeSpan(match.start(), match.end(), field, Range(low=self._newest - span))


def _by_decade(years: Sequence[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for year in years:
        counts[year // 10 * 10] = counts.get(year // 10 * 10, 0) + 1
    return counts
