"""The words that make a number a bound: "under", "at least", "before", "or longer", "at the very most".

Reads what stands right before and right after a number. Knows no fields and no units.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from tastemaker.agent.planners.numerals import NUMBER
from tastemaker.agent.planners.spans import Range
from tastemaker.tools.catalogue.normalise import normalise


class Bound(Enum):
    """How a number bounds what is wished."""

    LESS = "less"
    MOST = "most"
    MORE = "more"
    LEAST = "least"
    AROUND = "around"
    EXACTLY = "exactly"

    def range(self, low: float, high: float) -> Range:
        """Return the range that the bound makes of a number, or of a stretch of numbers such as a decade."""
        match self:
            case Bound.LESS:
                return Range(high=low, below=True)
            case Bound.MOST:
                return Range(high=high)
            case Bound.MORE:
                return Range(low=high, above=True)
            case Bound.LEAST:
                return Range(low=low)
        return Range(low, high)


@dataclass(frozen=True)
class Bounded:
    """A number with the words that bound it."""

    start: int
    """Place of the first bound word before the number, or of the number."""
    end: int
    """Place after the last bound word behind it, or after the number."""
    bound: Bound | None
    before: bool = False
    """Whether the bound stands before the number."""


_LIMIT = r"(?:limit|ceiling|max|maximum|cap|cut off|upper limit|upper bound)"
_QUANTITY_BEFORE = {
    Bound.MOST: rf"at (?:the )?(?:very )?most|{_LIMIT}(?: (?:of|is|at|being|would be|must be))*|capped at|up to|upto"
    r"|no more than|not more than|within|<=|not exceeding|keep (?:it|them) (?:to|at)|stick to|tops",
    Bound.LEAST: r"at (?:the )?(?:very )?least|min|minimum(?: (?:of|is))?|starting (?:at|from)|upwards of|>="
    r"|no less than|not less than|no fewer than",
    Bound.LESS: r"under|less than|below|fewer than|lower than|smaller than|sub|<|beneath|shy of",
    Bound.MORE: r"over|more than|above|greater than|higher than|bigger than|exceed(?:ing|s)?|beyond|past|>",
    Bound.EXACTLY: r"exactly|precisely",
    Bound.AROUND: r"around|about|approximately|approx|roughly|circa|close to|nearly|almost|~|some|more or less|like",
}
_QUANTITY_AFTER = {
    Bound.MOST: rf"(?:or|and) (?:less|under|shorter|fewer|below|cheaper|lower|down|no more|not more)|{_LIMIT}|tops"
    rf"|at (?:the )?(?:very )?most|at the outside|at a push|is (?:the|my|our) (?:absolute |upper )?{_LIMIT}",
    Bound.LEAST: r"(?:or|and) (?:more|longer|over|above|up|upwards|higher|greater|better|beyond|onwards?)|\+|plus"
    r"|upwards|minimum|min|at (?:the )?(?:very )?least",
}
_YEAR_BEFORE = {
    Bound.LESS: r"before|pre|prior to|earlier than|older than|predating|ahead of",
    Bound.MOST: r"until|till|up to|up until|by|not after|no later than|not later than|latest|at the latest",
    Bound.MORE: r"after|post|later than|newer than|younger than|more recent than|more modern than|past|beyond"
    r"|following",
    Bound.LEAST: r"since|starting(?: in| from| with)?|as of|at least|no earlier than|not earlier than|earliest",
    Bound.AROUND: r"around|circa|about|approximately|roughly|near|close to|~",
}
_YEAR_AFTER = {
    Bound.LEAST: r"(?:(?:and|or|-) (?:later|newer|after|above|up|onwards?|beyond|more recent|younger|since)|onwards?"
    r"|on(?! (?:a|an|the|my)\b)|upwards|\+|plus|(?:to|till|until|-|up to) (?:now|today|the present(?: day)?|present"
    r"|date|nowadays)|(?:at the )?(?:very )?earliest|and not (?:older|earlier|before))",
    Bound.MOST: r"(?:(?:and|or) (?:earlier|older|before|below|not (?:newer|later|after))|(?:at the )?(?:very )?latest)",
}
_LOOSE = (Bound.AROUND.value, Bound.EXACTLY.value)
_REACH = 160
_FILLER = r"(?: (?:a|an|the|like|than|year|years|-|or so|just))*"


def lead(text: str, place: int) -> str:
    """Return the few words before a place of a line; no rule looks further back, so that long texts take no longer."""
    return text[lead_start(text, place) : place].rstrip()


def lead_start(text: str, place: int) -> int:
    """Return where the words begin that `lead` returns."""
    return text.find(" ", place - _REACH, place) + 1 if place > _REACH else 0


class Bounds:
    """Reads the bound words beside numbers of one kind."""

    def __init__(self, before: "dict[Bound, str]", after: "dict[Bound, str]") -> None:
        """Prepare.

        Args:
            before: what stands before a number, by what it makes of it.
            after: what stands behind.
        """
        ahead = "|".join(f"(?P<{bound.value}>{words})" for bound, words in before.items())
        behind = "|".join(f"(?P<{bound.value}>{words})" for bound, words in after.items())
        self._before = re.compile(rf"(?:^|(?<=\s))(?:{ahead}){_FILLER}$")
        self._after = re.compile(
            rf"^(?: long| in length)?(?: or so)?(?: ,)? ?(?:{behind})(?!\w)(?! (?:of )?{NUMBER}(?!\w))"
        )

    def read(self, text: str, start: int, end: int) -> Bounded:
        """Return a number with its bound words.

        Args:
            text: the line.
            start: place of the number in it.
            end: place after it.
        """
        base = lead_start(text, start)
        ahead = self._before.search(lead(text, start))
        behind = self._after.match(text[end : end + _REACH])
        if behind is not None and (ahead is None or ahead.lastgroup in _LOOSE):
            place = start if ahead is None else base + ahead.start()
            return Bounded(place, end + behind.end(), Bound(behind.lastgroup))
        if ahead is not None:
            return Bounded(base + ahead.start(), end, Bound(ahead.lastgroup), before=True)
        return Bounded(start, end, None)


def quantity_bounds(more: Sequence[str], less: Sequence[str]) -> Bounds:
    """Return the bounds of a quantity.

    Args:
        more: comparatives that mean a higher number: "longer".
        less: those that mean a lower one.
    """
    before, after = dict(_QUANTITY_BEFORE), dict(_QUANTITY_AFTER)
    for bound, edge, words in ((Bound.MORE, Bound.LEAST, more), (Bound.LESS, Bound.MOST, less)):
        keys = [re.escape(normalise(word)) for word in words if normalise(word)]
        if keys:
            before[bound] += "|" + "|".join(rf"{key} than" for key in keys)
            after[edge] += rf"|(?:or|and) (?:{'|'.join(keys)})"
    return Bounds(before, after)


def year_bounds() -> Bounds:
    """Return the bounds of a year."""
    return Bounds(_YEAR_BEFORE, _YEAR_AFTER)
