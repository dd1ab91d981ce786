"""How well items are to be liked: "8 out of 10 or better", "at least four stars", "rating above 4", "highly rated".

Reads numbers on the scale of the schema's rating field; of another scale ("80%") they are brought to it. A catalogue
without such a field has no such wishes. Does not know what an item is.
"""

import re
from collections.abc import Iterator

import numpy as np

from tastemaker.agent.planners.bounds import Bound, lead, quantity_bounds
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numerals import NUMBER, number_of
from tastemaker.agent.planners.spans import Range, RangeSpan
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue

_STARS = 5
_SCORE = re.compile(
    rf"(?<![\w.])(?P<number>{NUMBER})(?: ?-)?(?: ?\+)?(?: ?/ ?(?P<of>5|10|100)(?![\w.])"
    rf"| out of (?:a )?(?P<outof>{NUMBER})(?!\w)"
    r"| ?(?P<stars>stars?)(?! (?:of|in|from|and|who)(?!\w))(?!\w)| ?(?P<percent>%|percent)(?!\w))"
)
_GIVEN = re.compile(r"(?:^| )(?:gave|give|gives|giving|rate|rated|id say|get|gets|got)(?: \w+)? (?:a |an )?$")
_HIGHLY = (
    r"(?:(?:highly|well|top|best|highest|very highly|really well) (?:rated|reviewed|regarded|ranked|scored"
    r"|scoring|ranking|reviewing)"
    r"|(?:critically |widely |universally |highly )?acclaimed|(?:with )?(?:good|great|high|strong|excellent|top"
    r"|rave) (?:ratings?|reviews?|scores?|rating|review)"
    r"|(?:that )?(?:people|everyone|everybody|critics|viewers|most people) (?:really )?(?:love|loved|like|liked"
    r"|rate|rated)(?: highly| well)?"
    r"(?= [.,?]|$)|that (?:is|are) (?:rated|reviewed) (?:well|highly))"
)
_BADLY = (
    r"(?:(?:badly|poorly|low|lowest|worst) (?:rated|reviewed|ranked)|(?:with )?(?:bad|low|terrible"
    r"|poor) (?:ratings?|reviews?|scores?))"
)
_WORDS = re.compile(rf"(?<!\S)(?:(?P<highly>{_HIGHLY})|(?P<badly>{_BADLY}))(?!\S)")
_TURNED = re.compile(r"(?:^| )(?:no|not|nothing|without|avoid|arent|isnt)(?: (?:anything|stuff|any|the|ones))?$")


class Ratings:
    """Finds wishes about how well items are liked."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Prepare.

        Args:
            catalogue: whose rating field is meant.
        """
        rated = [each for each in catalogue.schema.with_role(Role.RATING) if each.type is FieldType.NUMBER]
        self._field: CatalogueField | None = rated[0] if rated else None
        self._bounds = quantity_bounds((), ())
        self._best, self._low, self._high = 0.0, 0.0, 0.0
        if self._field is None:
            return
        values = catalogue.numbers(self._field.name)
        known = values[np.isfinite(values)]
        if len(known):
            self._low, self._high = (float(each) for each in np.quantile(known, (0.25, 0.75)))
        self._best = self._field.best or (float(np.ceil(known.max())) if len(known) else _STARS)
        names = {normalise(each) for each in (self._field.spoken, self._field.name, *self._field.cues)} - {""}
        labels = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        self._labelled = re.compile(
            rf"(?<!\S)(?:{labels})s?(?: (?:is|are|of|at|above|over|with|a|must be|should be|to be|:))* "
            rf"(?:(?:at least|more than|over|above|better than|higher than|minimum|min|from|>=|>|under|below"
            rf"|less than|at most)"
            rf" )?(?P<number>\d(?:\.\d)?|10|{NUMBER})(?![\w.])(?! (?:/|out of|stars?|%|percent|times))(?! ?/)"
        )

    def find(self, line: Line) -> Iterator[RangeSpan]:
        """Yield the ranges that a line tells in numbers."""
        if self._field is None:
            return
        for match in list(line.find(_SCORE)):
            value = self._value(match)
            span = self._span(line, match.start(), match.end(), value) if value is not None else None
            if span is not None:
                yield span
        for match in list(line.find(self._labelled)):
            value = self._brought(number_of(match["number"]))
            span = self._span(line, match.start("number"), match.end("number"), value)
            if span is not None:
                yield RangeSpan(min(span.start, match.start()), span.end, span.field, span.range)

    def find_words(self, line: Line) -> Iterator[RangeSpan]:
        """Yield what is wished of ratings without a number: "highly rated"."""
        for match in list(line.find(_WORDS)) if self._field is not None else ():
            assert self._field is not None
            upward = bool(match["highly"]) is not bool(_TURNED.search(lead(line.text, match.start())))
            wanted = Range(low=round(self._high, 1)) if upward else Range(high=round(self._low, 1))
            yield RangeSpan(match.start(), match.end(), self._field, wanted, "prefer", settled=True)

    def _span(self, line: Line, start: int, end: int, value: float) -> RangeSpan | None:
        assert self._field is not None
        bounded = self._bounds.read(line.text, start, end)
        if bounded.bound is None and _GIVEN.search(f"{lead(line.text, start)} ") and "+" not in line.text[start:end]:
            before = lead(line.text, start)
            if not before.endswith("rated") or before.split(" ")[-2:-1] in (["i"], ["we"]):
                return None  # what somebody gave is no wish
        bound = bounded.bound
        if bound in (None, Bound.AROUND, Bound.EXACTLY):
            bound = Bound.LEAST
        wanted = bound.range(value, value)
        return RangeSpan(bounded.start, bounded.end, self._field, wanted)

    def _value(self, match: "re.Match[str]") -> float | None:
        number = number_of(match["number"])
        if match["percent"]:
            scale = 100.0
        elif match["stars"]:
            scale = float(_STARS) if number <= _STARS else 10.0
        else:
            scale = number_of(match["of"] or match["outof"])
        return round(number * self._best / scale, 2) if 0 < number <= scale and scale in (5, 10, 100) else None

    def _brought(self, number: float) -> float:
        """Return a number without a scale on ours: 8 is meant out of ten where the best is 5."""
        scale = next((each for each in (self._best, 10.0, 100.0) if number <= each), number)
        return round(number * self._best / scale, 2)
