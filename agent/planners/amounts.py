"""Amounts in words: "two hours", "an hour and forty", "1h30", "90-minute", "300 pages", "20 euros".

Knows units of time and money and other names of a few common units; every other unit is the schema's own word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numerals import NUMBER, number_of
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS

_TIME = {
    **dict.fromkeys(("seconds", "second", "secs", "sec"), 1 / 60),
    **dict.fromkeys(("minutes", "minute", "mins", "min"), 1.0),
    **dict.fromkeys(("hours", "hour", "hrs", "hr", "h"), 60.0),
}
_MONEY = (
    ("eur", "euro", "euros", "€"),
    ("usd", "dollar", "dollars", "bucks", "$"),
    ("gbp", "pound", "pounds", "quid", "£"),
)
_OTHER_NAMES = {
    "pages": ("page", "pgs", "pg", "pp"),
    "players": ("player", "people", "persons", "person", "adults", "of us"),
    "calories": ("calorie", "kcal", "kcals", "cals", "cal"),
    "grams": ("gram", "gramme", "grammes", "g"),
}
_NEXT = rf"(?= (?:{'|'.join(sorted(FUNCTION_WORDS, key=len, reverse=True))}|max|maximum|tops|minimum|[^\w\s])(?!\w)|$)"
"""What may follow a number for it to stand alone: no noun."""
ALONE = re.compile(_NEXT)
"""Pattern that matches behind a number which counts nothing by name."""
_HOURS, _MINUTES, _SECONDS = r"(?:hours?|hrs?|h)", r"(?:minutes?|mins?|m)", r"(?:seconds?|secs?|s)"
# "two hours twenty": minutes need no name when nothing else is counted.
_REST = rf"(?: (?:and )?(?P<%s>{NUMBER})(?: ?-)? ?(?:{_MINUTES}(?!\w)|(?<=\d\d){_NEXT}|(?<=[a-z][a-z]){_NEXT}))?"
_DURATION = re.compile(
    rf"(?<![\w.])(?:(?P<clock>\d{{1,2}})h(?P<rest>\d{{2}})?(?:m|min|mins)?(?: (?P<rest2>\d{{1,2}})(?:m|min|mins)?)?"
    rf"|(?P<halfhour>half an hour|half hour)(?! {_HOURS})"
    rf"|(?P<anhour>an hour)(?P<anhalf> and a half)?(?P<anquarter> and a quarter)?{_REST % 'anmin'}"
    rf"|(?P<hours>{NUMBER})(?: ?-)? ?{_HOURS}(?!\w)(?P<half> and a half)?{_REST % 'min'}"
    rf"|(?P<minutes>{NUMBER})(?: ?-)? ?(?:minutes?|mins?)"
    rf"|(?P<seconds>{NUMBER})(?: ?-)? ?(?:seconds?|secs?))(?!\w)"
)


@dataclass(frozen=True)
class Amount:
    """A number with a unit, in the unit of its field."""

    start: int
    """Place of its first letter in the line."""
    end: int
    """Place after its last letter."""
    value: float
    scale: float = 1.0
    """What one of its unit is in the field's unit: 60 for "2 hours" where the field holds minutes."""


class Amounts:
    """Finds the amounts of one field."""

    def __init__(self, field: CatalogueField) -> None:
        self.field = field
        """The number."""
        unit = normalise(field.unit) or field.unit.strip()
        self._factor = _TIME.get(unit)
        priced = not unit and bool({"cheaper", "pricier"} & set(field.less + field.more))
        money = [name for names in _MONEY for name in names]
        names = money if priced else next((list(each) for each in _MONEY if unit in each), [unit] if unit else [])
        if unit and names == [unit] and unit.isalpha():
            names += [f"{unit}s", unit.rstrip("s"), *_OTHER_NAMES.get(unit, ())]
        self.names: tuple[str, ...] = tuple(dict.fromkeys(names))
        """What its unit is called."""
        before = [name for name in names if name in "€$£"]
        after = "|".join(sorted((re.escape(name) for name in set(names) if name), key=len, reverse=True))
        self._pattern = (
            re.compile(
                (rf"(?:{'|'.join(map(re.escape, before))}) (?P<first>{NUMBER})(?!\w)|" if before else "")
                + rf"(?<![\w.])(?P<number>{NUMBER})(?: ?-)? ?(?:{after})(?!\w)"
            )
            if after and self._factor is None
            else None
        )

    def find(self, line: Line) -> Iterator[Amount]:
        """Yield the amounts in a line, in order."""
        if self._factor is not None:
            for match in line.find(_DURATION):
                hours = bool(match["hours"] or match["anhour"] or match["clock"])
                yield Amount(
                    match.start(),
                    match.end(),
                    round(_minutes(match) / self._factor, 4),
                    (60.0 if hours else 1.0) / self._factor,
                )
        elif self._pattern is not None:
            for match in line.find(self._pattern):
                found = match.groupdict()
                yield Amount(match.start(), match.end(), number_of(found.get("first") or found["number"]))


def _minutes(match: "re.Match[str]") -> float:
    def part(name: str) -> float:
        return number_of(match[name]) if match[name] else 0.0

    if match["halfhour"]:
        return 30.0
    if match["anhour"]:
        return 60.0 + 30.0 * bool(match["anhalf"]) + 15.0 * bool(match["anquarter"]) + part("anmin")
    if match["clock"]:
        return 60.0 * part("clock") + part("rest") + part("rest2")
    if match["hours"]:
        return 60.0 * (part("hours") + 0.5 * bool(match["half"])) + part("min")
    return part("minutes") + part("seconds") / 60.0
