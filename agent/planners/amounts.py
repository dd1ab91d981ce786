"""Amounts in words: "two hours", "an hour and a half", "1h30", "90-minute", "300 pages", "20 euros".

Knows units of time and money; every other unit is the schema's own word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tastemaker.agent.planners.line import Line
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField

NUMBER_WORDS: dict[str, float] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "ninety": 90, "hundred": 100,
}  # fmt: skip
"""Numbers that are written as words."""

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
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:\d+(?:\.\d+)?|{_WORDS})"
_HOURS, _MINUTES, _SECONDS = r"(?:hours?|hrs?|h)", r"(?:minutes?|mins?|m)", r"(?:seconds?|secs?|s)"
_DURATION = re.compile(
    rf"(?<![\w.])(?:(?P<clock>\d{{1,2}})h(?P<rest>\d{{2}})?(?:m|min|mins)?(?: (?P<rest2>\d{{1,2}})(?:m|min|mins)?)?"
    rf"|(?P<halfhour>half an hour|half hour)"
    rf"|(?P<anhour>an hour|one hour|1 hour)(?P<anhalf> and a half)?(?P<anquarter> and a quarter)?"
    rf"(?: (?:and )?(?P<anmin>{_NUMBER})(?: -)? {_MINUTES})?"
    rf"|(?P<hours>{_NUMBER})(?P<half> and a half)?(?: ?-)? ?{_HOURS}(?P<half2> and a half)?"
    rf"(?: (?:and )?(?P<min>{_NUMBER})(?: ?-)? ?{_MINUTES})?"
    rf"|(?P<minutes>{_NUMBER})(?: ?-)? ?(?:minutes?|mins?)"
    rf"|(?P<seconds>{_NUMBER})(?: ?-)? ?(?:seconds?|secs?))(?!\w)"
)


@dataclass(frozen=True)
class Amount:
    """A number with a unit, in the unit of its field."""

    start: int
    """Place of its first letter in the line."""
    end: int
    """Place after its last letter."""
    value: float
    bare: bool = False
    """Whether it is a number without unit, to be read with its neighbour's."""


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
        names += [f"{unit}s", unit.rstrip("s")] if unit and names == [unit] and unit.isalpha() else []
        before = [name for name in names if name in "€$£"]
        after = "|".join(sorted((re.escape(name) for name in set(names) if name), key=len, reverse=True))
        self._pattern = (
            re.compile(
                (rf"(?:{'|'.join(map(re.escape, before))}) (?P<first>{_NUMBER})(?!\w)|" if before else "")
                + rf"(?<![\w.])(?P<number>{_NUMBER})(?: ?-)? ?(?:{after})(?!\w)"
            )
            if after and self._factor is None
            else None
        )

    def find(self, line: Line) -> Iterator[Amount]:
        """Yield the amounts in a line, in order."""
        if self._factor is not None:
            for match in line.find(_DURATION):
                yield Amount(match.start(), match.end(), round(_minutes(match) / self._factor, 4))
        elif self._pattern is not None:
            for match in line.find(self._pattern):
                found = match.groupdict()
                yield Amount(match.start(), match.end(), number_of(found.get("first") or found["number"]))

    def scale(self, unit_of: str) -> float:
        """Return what one of the last unit in a stretch of the line is in the field's unit: 60 for `2 hours`."""
        if self._factor is None:
            return 1.0
        word = re.sub(r"^.*?(\D+)$", r"\1", unit_of).strip(" -").split(" ")[-1]
        return _TIME.get(word, self._factor) / self._factor


def number_of(word: str) -> float:
    """Return the number that a word or some digits stand for."""
    return NUMBER_WORDS[word] if word in NUMBER_WORDS else min(float(word), 1e15)


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
        return 60.0 * (part("hours") + 0.5 * bool(match["half"] or match["half2"])) + part("min")
    return part("minutes") + part("seconds") / 60.0
