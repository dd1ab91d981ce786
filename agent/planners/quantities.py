"""Ranges of numbers in words: "under two hours", "at least 300 pages", "90 to 120 minutes", "price below 20".

Every number field of the schema counts, the year aside. A number without a unit is one of a field where its own words
say so ("longer than 110", "price under 30"), or the amount before it, or the catalogue: where one field
alone has numbers like it, it is of that one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tastemaker.agent.planners.amounts import ALONE, Amount, Amounts
from tastemaker.agent.planners.bounds import Bound, Bounded, Bounds, lead, lead_start, quantity_bounds
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numerals import NUMBER, number_of
from tastemaker.agent.planners.spans import Range, RangeSpan
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue

_BARE = re.compile(rf"(?<![\w.$€£])(?<!/ ){NUMBER}(?![\w.])(?! (?:/|out of|%|percent|:) ?)")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_PAIR = re.compile(r"^ (?:-|to|and|or|till|until|through|up to)(?: (?:about|around|maybe))? $")
_PAIR_LEAD = re.compile(
    r"(?:^|(?<= ))(?:(?:somewhere|anywhere|anything) )?(?:between|from)(?: (?:the|about|around))? ?$"
)
_FLAT_PAIR = re.compile(r"^ (?:-|to|up to) $")
_TIMED = re.compile(r"(?:^| )(?:first|last|next|past|every|final|opening|another|after|for|in|only|than|at|it is|its)$")
_FOLLOWED = re.compile(r"^ (?:ago|later|in(?:to)?|of|a (?:day|week)|away|before|every|earlier|old|from now|apart)\b")
_SPARE = re.compile(
    r"(?:^| )(?:(?:i|we)(?: (?:only|just))? (?:have|got|have got|had)|(?:ive|weve|i ve)(?: (?:only|just))?(?: got)?"
    r"|^got|[.,?] got|time for|room for|for the next|have (?:only|just)|fits? in(?:to)?|on (?:a|the) \w+ for"
    r"|(?:may|can|could) (?:\w+ )?last|(?:widen|extend|stretch|raise|up|lower|cut) (?:it |that )?to|inside)"
    r"(?: (?:only|just|about|around|some|exactly|roughly|like|a|the|time|for|got))*$"
)
_SPARE_BEHIND = re.compile(
    r"^ (?:to (?:kill|spare|fill|burn|go)|free|left|until|till|before (?:i|we|my|our|the)|limit|slot|window|budget"
    r"|of (?:patience|time|attention)|is all)\b"
)
_AGED = re.compile(
    r"(?:^| )(?:kids?|child|children|teens?|people|persons?|adults?|dad|mum|mom|gran|who|hes|shes|he is|she is|im|i am"
    r"|are|were|was|age|aged|ages|(?:my|his|her|our|their) \w+ (?:is|turns|turned))$"
)
_TOLERANCE = 0.1
_FEW = 20.0
"""A field whose numbers stay below this counts things, and no number of it is an estimate."""


@dataclass(frozen=True)
class _Field:
    """A number field with what tells its numbers from others."""

    field: CatalogueField
    amounts: Amounts
    bounds: Bounds
    compared: "re.Pattern[str] | None"
    label: "re.Pattern[str]"
    low: float
    high: float

    @property
    def counts(self) -> bool:
        """Whether its numbers count a few things: players."""
        return self.high < _FEW

    def holds(self, value: float) -> bool:
        """Return whether items have numbers like this one."""
        return self.low <= value <= self.high


class Quantities:
    """Finds ranges of a catalogue's numbers."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._fields = [
            _field(field, catalogue)
            for field in catalogue.schema.fields
            if field.type is FieldType.NUMBER and field.role not in (Role.YEAR, Role.RATING)
        ]
        self._plain = quantity_bounds((), ())

    def find(self, line: Line) -> Iterator[RangeSpan]:
        """Yield the ranges in a line, claiming their words."""
        for each in self._fields:
            found = list(each.amounts.find(line))
            for amount in found:
                line.claim(amount.start, amount.end)
            for span in self._measured(line, each, found):
                line.claim(span.start, span.end)
                yield span
            if found:
                yield from self._beside(line, each, found)
        yield from self._bare(line)

    def _measured(self, line: Line, each: _Field, found: "list[Amount]") -> Iterator[RangeSpan]:
        """Yield the ranges of the amounts that have a unit."""
        k = 0
        while k < len(found):
            amount, text = found[k], line.text
            k += 1
            following = found[k] if k < len(found) else None
            if following and _PAIR.match(text[amount.end : following.start]) and amount.value < following.value:
                k += 1
                yield _pair(line, each, amount.start, following.end, amount.value, following.value)
                continue
            earlier = _number_before(line, amount.start)
            if earlier is not None:
                value = number_of(earlier.group()) * amount.scale
                if value < amount.value:
                    yield _pair(line, each, earlier.start(), amount.end, value, amount.value)
                    continue
            bounded = each.bounds.read(text, amount.start, amount.end)
            wanted = self._wanted(line, each, amount.value, bounded)
            if wanted is not None:
                estimate = None if each.counts or wanted.one_sided else amount.value
                yield RangeSpan(bounded.start, bounded.end, each.field, wanted, estimate=estimate)
            else:
                for place in line.inside(amount.start, amount.end):
                    line.claimed[place] = False

    @staticmethod
    def _wanted(line: Line, each: _Field, value: float, bounded: Bounded) -> Range | None:
        """Return the range that a number is, with the words around it; None when it is no wish."""
        if bounded.bound not in (None, Bound.AROUND, Bound.EXACTLY):
            return bounded.bound.range(value, value)
        before, after = lead(line.text, bounded.start), line.text[bounded.end : bounded.end + 60]
        if not each.counts and (_SPARE.search(before) or _SPARE_BEHIND.match(after)):
            return Range(high=value)
        if bounded.bound is None:
            name = each.field.name
            if name.startswith(("max_", "min_")):
                # "for 4 players": the most must reach it, the least must not pass it.
                return Range(low=value) if name.startswith("max_") else Range(high=value)
            if not (each.counts or each.label.search(before)) and (_TIMED.search(before) or _FOLLOWED.match(after)):
                return None
        slack = 0.0 if each.counts or bounded.bound is Bound.EXACTLY else round(value * _TOLERANCE)
        if not each.holds(value - slack) and not each.holds(value + slack):
            return None
        return Range(value - slack, value + slack)

    def _beside(self, line: Line, each: _Field, found: "list[Amount]") -> Iterator[RangeSpan]:
        """Yield ranges of numbers whose unit was said with another: "at least 90 minutes but no more than 130"."""
        for match in list(line.find(_BARE)):
            if _YEAR.fullmatch(match.group()) or not ALONE.match(line.text[match.end() : match.end() + 40]):
                continue
            near = min(found, key=lambda amount: abs(amount.start - match.start()))
            value = number_of(match.group())
            value *= near.scale if value < near.scale else 1.0
            bounded = each.bounds.read(line.text, match.start(), match.end())
            if bounded.bound in (None, Bound.AROUND, Bound.EXACTLY) or not each.holds(value):
                continue
            if _AGED.search(lead(line.text, bounded.start)):
                continue
            line.claim(bounded.start, bounded.end)
            yield RangeSpan(bounded.start, bounded.end, each.field, bounded.bound.range(value, value))

    def _bare(self, line: Line) -> Iterator[RangeSpan]:
        """Yield ranges of numbers that are said without a unit."""
        for match in list(line.find(_BARE)):
            if any(line.claimed[k] for k in line.inside(*match.span())) or not ALONE.match(
                line.text[match.end() : match.end() + 40]
            ):
                continue
            span = self._pair_alone(line, match) or self._labelled(line, match) or self._alone(line, match)
            if span is not None:
                line.claim(span.start, span.end)
                yield span

    def _pair_alone(self, line: Line, match: "re.Match[str]") -> RangeSpan | None:
        earlier = _number_before(line, match.start())
        if earlier is None or _YEAR.fullmatch(match.group()):
            return None
        led = bool(_PAIR_LEAD.search(lead(line.text, earlier.start())))
        if not led and not _FLAT_PAIR.match(line.text[earlier.end() : match.start()]):
            return None
        low, high = number_of(earlier.group()), number_of(match.group())
        fields = [each for each in self._fields if each.holds(low) and each.holds(high)]
        if low >= high or len(fields) != 1:
            return None
        return _pair(line, fields[0], earlier.start(), match.end(), low, high)

    def _labelled(self, line: Line, match: "re.Match[str]") -> RangeSpan | None:
        """Return the range of a number whose field is named: "price under 30", "longer than 110", "for 4"."""
        value = number_of(match.group())
        for each in self._fields:
            bounded = each.bounds.read(line.text, match.start(), match.end())
            before = lead(line.text, bounded.start)
            label = each.label.search(before)
            compared = each.compared and each.compared.search(line.text[bounded.start : bounded.end])
            if compared and bounded.bound is not None:
                return RangeSpan(bounded.start, bounded.end, each.field, bounded.bound.range(value, value))
            if label and not _YEAR.fullmatch(match.group()):
                if bounded.bound is None and not (each.holds(value) and (each.counts or label["colon"])):
                    continue
                slack = round(value * _TOLERANCE) if bounded.bound is Bound.AROUND and not each.counts else 0.0
                wanted = (bounded.bound or Bound.EXACTLY).range(value, value)
                if slack:
                    wanted = Range(value - slack, value + slack)
                return RangeSpan(label.start("word"), bounded.end, each.field, wanted)
        return None

    def _alone(self, line: Line, match: "re.Match[str]") -> RangeSpan | None:
        """Return the range of a bound that only one field can have: "under 300" of books."""
        if _YEAR.fullmatch(match.group()):
            return None
        bounded = self._plain.read(line.text, match.start(), match.end())
        if bounded.bound in (None, Bound.AROUND, Bound.EXACTLY) or _AGED.search(lead(line.text, bounded.start)):
            return None
        value = number_of(match.group())
        fields = [each for each in self._fields if each.holds(value)]
        if len(fields) != 1:
            return None
        return RangeSpan(bounded.start, bounded.end, fields[0].field, bounded.bound.range(value, value))


def _field(field: CatalogueField, catalogue: Catalogue) -> _Field:
    amounts = Amounts(field)
    names = {normalise(each) for each in (field.spoken, field.name, *field.cues)} - {""}
    label = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    words = [re.escape(normalise(word)) for word in (*field.more, *field.less) if normalise(word)]
    values = catalogue.numbers(field.name)
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    return _Field(
        field,
        amounts,
        quantity_bounds(field.more, field.less),
        re.compile(rf"(?:^|\s)(?:{'|'.join(words)}) than\b") if words else None,
        re.compile(
            rf"(?:^|(?<=\s))(?P<word>{label})(?: (?:is|of|should be|must be|to be))*(?: (?P<colon>:))?"
            rf"(?: (?:is|of|at))*$"
        ),
        low,
        high,
    )


def _number_before(line: Line, place: int) -> "re.Match[str] | None":
    """Return the number that makes a pair with one that starts at a place: the 90 of "90 to 120 minutes"."""
    found = None
    for match in _BARE.finditer(line.text, max(0, place - 60), place):
        found = match
    if found is None or not _PAIR.match(line.text[found.end() : place]):
        return None
    return None if any(line.claimed[k] for k in line.inside(*found.span())) else found


def _pair(line: Line, each: _Field, start: int, end: int, low: float, high: float) -> RangeSpan:
    base = lead_start(line.text, start)
    led = _PAIR_LEAD.search(line.text[base:start])
    return RangeSpan(base + led.start() if led else start, end, each.field, Range(low, high))
