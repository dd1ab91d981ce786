"""Times that are spoken of by name: "pre-war", "Victorian", "the turn of the century", "after the wall fell".

An event counts only as the end of a stretch of time, "before the war"; by itself it is something to tell of. A period
counts by itself. Knows no catalogue.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tastemaker.agent.planners.line import Line

_SECOND = r"second world war|world war (?:two|ii|2)|wwii|ww2|ww ii|war"
_FIRST = r"first world war|world war (?:one|i|1)|wwi|ww1|great war"
_EVENTS: dict[str, tuple[int, int]] = {
    _FIRST: (1914, 1918),
    _SECOND: (1939, 1945),
    r"(?:berlin )?wall (?:fell|came down)|fall of the (?:berlin )?wall": (1990, 1989),
    r"(?:covid|pandemic|lockdown)": (2020, 2021),
    r"turn of the millennium|millennium": (2000, 1999),
    r"turn of the century": (1900, 1899),
    r"french revolution": (1789, 1799),
}
"""The last year before an event is the one before its first; the first after it follows its second."""
_PERIODS: dict[str, tuple[int, int]] = {
    r"victorian(?: (?:era|age|times|period))?": (1837, 1901),
    r"edwardian(?: (?:era|age|times|period))?": (1901, 1910),
    r"georgian (?:era|age|times|period)": (1714, 1837),
    r"interwar(?: (?:years|period|era))?|between the (?:two )?(?:world )?wars": (1919, 1938),
    r"(?:the )?turn of the (?:last |20th |twentieth )?century": (1895, 1905),
    r"(?:the )?turn of the (?:millennium|21st century)": (1998, 2002),
    r"(?:the )?roaring (?:20s|twenties)": (1920, 1929),
    r"(?:the )?swinging (?:60s|sixties)": (1960, 1969),
    r"fin de siecle": (1890, 1905),
}
_EVENT = "|".join(f"(?P<e{k}>{words})" for k, words in enumerate(_EVENTS))
_PERIOD = "|".join(f"(?P<p{k}>{words})" for k, words in enumerate(_PERIODS))
_BOUNDED = re.compile(
    rf"(?<!\S)(?:(?P<before>(?:from )?(?:before|pre|prior to|until|up to)|no later than)"
    rf"|(?P<after>(?:from )?(?:after|post|since)))(?: (?:-|the|that))* (?:{_EVENT})(?!\S)"
)
_NAMED = re.compile(rf"(?<!\S)(?:{_PERIOD})(?! (?:house|england|london|setting|costumes?))(?!\S)")


@dataclass(frozen=True)
class Era:
    """A stretch of time that is named."""

    start: int
    """Place of its first letter in the line."""
    end: int
    """Place after its last letter."""
    low: int | None
    """First year; None is open."""
    high: int | None
    """Last year; None is open."""


def eras(line: Line) -> Iterator[Era]:
    """Yield the times that a line names, in order of kind."""
    for match in list(line.find(_BOUNDED)):
        first, last = next(years for k, years in enumerate(_EVENTS.values()) if match[f"e{k}"])
        low, high = (None, first - 1) if match["before"] else (last + 1, None)
        yield Era(match.start(), match.end(), low, high)
    for match in list(line.find(_NAMED)):
        low, high = next(years for k, years in enumerate(_PERIODS.values()) if match[f"p{k}"])
        yield Era(match.start(), match.end(), low, high)
