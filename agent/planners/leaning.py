"""Numbers that lean on wishes of the turn before: "before that", "a decade earlier", "a bit longer than that".

What is measured against the items shown is for `comparatives`; this is about the bounds that the person gave.
"""

import re
from collections.abc import Iterator

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numerals import NUMBER, number_of
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.planners.spans import Range, RangeSpan
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Operator, constraints_in
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

_THAT = re.compile(
    r"(?<!\S)(?:from |made |anything |something )*(?P<side>before|earlier than|after|later than|since|prior to) "
    r"(?:that|then|those|that (?:decade|time|year|period|era))(?= [.,?]|$| please| instead| maybe)"
)
_DECADE = re.compile(
    rf"(?<!\S)(?:(?:maybe|about|say|from|by|try|go|or|just) )*(?:the )?(?:(?P<next>previous|next|following"
    rf"|preceding) decade"
    rf"|(?P<count>a|one|another|{NUMBER}) (?P<unit>decades?|years?)(?: or (?:so|two))? (?P<side>earlier|before"
    rf"|older|later|newer|after|back|on|more recent)"
    rf"|(?:(?P<far>older|newer|earlier|later|more recent) by (?P<by>a|one|{NUMBER}) (?P<by_unit>decades?"
    rf"|years?))(?: or (?:so|two))?"
    r"|(?P<around>decade) (?P<around_side>before|after|earlier|later))(?: that)?(?= [.,?]|$| please| instead"
    r"| maybe| than)"
)
_EARLIER = frozenset({"earlier", "before", "older", "back", "previous", "preceding"})
_A_BIT = r"(?P<bit>(?:just )?(?:a (?:bit|little|touch|tad)|slightly|somewhat) )?"
_BIT = 0.3


class Leaning:
    """Finds numbers that lean on earlier ones."""

    def __init__(self, schema: CatalogueSchema) -> None:
        """Prepare the comparatives of a schema's number fields."""
        self._years = next(iter(schema.with_role(Role.YEAR)), None)
        self._compared: list[tuple[CatalogueField, bool, re.Pattern[str]]] = []
        for field in schema.fields:
            if field.type is not FieldType.NUMBER or field.role is Role.YEAR:
                continue
            for upward, words in ((True, field.more), (False, field.less)):
                said = "|".join(re.escape(normalise(word)) for word in words if normalise(word))
                if said:
                    pattern = (
                        rf"(?<!\S){_A_BIT}(?:{said}) than (?:that|this|what i said)(?= [.,?]|$| please| though| is)"
                    )
                    self._compared.append((field, upward, filled(pattern, ())))

    def find(self, line: Line, state: State) -> Iterator[RangeSpan]:
        """Yield the ranges that a line wishes by leaning on what was wished before, in no order."""
        if self._years is not None and (held := _held(state, self._years.name)):
            for match in list(line.find(_THAT)):
                before = match["side"] in ("before", "earlier than", "prior to")
                end = held[0] if before else held[1]
                if end is not None:
                    wanted = Range(high=end, below=True) if before else Range(low=end, above=True)
                    yield RangeSpan(match.start(), match.end(), self._years, wanted, settled=True)
            for match in list(line.find(_DECADE)):
                if held[0] is not None and held[1] is not None:
                    shift = _shift(match)
                    wanted = Range(held[0] + shift, held[1] + shift)
                    yield RangeSpan(match.start(), match.end(), self._years, wanted, settled=True)
        for field, upward, pattern in self._compared:
            held = _held(state, field.name)
            low, high = held or (None, None)
            if low is None or high is None:
                continue
            for match in list(line.find(pattern)):
                if upward:
                    wanted = (
                        Range(low=high, high=round(high * (1 + _BIT))) if match["bit"] else Range(low=high, above=True)
                    )
                else:
                    wanted = (
                        Range(low=round(low * (1 - _BIT)), high=low) if match["bit"] else Range(high=low, below=True)
                    )
                yield RangeSpan(match.start(), match.end(), field, wanted, settled=True)


def _held(state: State, field: str) -> tuple[float | None, float | None] | None:
    """Return the lowest and the highest number of a field that is wished; None when nothing is."""
    low: list[float] = []
    high: list[float] = []
    for condition in state.conditions:
        for each in constraints_in(condition):
            if each.field != field or each.excludes:
                continue
            numbers = [float(value) for value in each.value]
            if each.op not in (Operator.AT_MOST, Operator.LESS_THAN):
                low.append(min(numbers))
            if each.op not in (Operator.AT_LEAST, Operator.MORE_THAN):
                high.append(max(numbers))
    if not (low or high):
        return None
    return (min(low) if low else None), (max(high) if high else None)


def _shift(match: "re.Match[str]") -> int:
    """Return by how many years a wish moves."""
    if match["next"] or match["around"]:
        return -10 if (match["next"] or match["around_side"]) in _EARLIER else 10
    said, unit, side = (
        (match["by"], match["by_unit"], match["far"])
        if match["far"]
        else (match["count"], match["unit"], match["side"])
    )
    count = 1 if said in ("a", "one", "another") else int(min(number_of(said), 100))
    years = count * (10 if unit.startswith("decade") else 1)
    return -years if side in _EARLIER else years
