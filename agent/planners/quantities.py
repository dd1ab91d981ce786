"""Ranges of numbers in words: "under two hours", "at least 300 pages", "90 to 120 minutes", "price below 20".

Every number field of the schema counts, the year aside.
"""

import re
from collections.abc import Iterator, Sequence

from tastemaker.agent.planners.amounts import Amount, Amounts, number_of
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.spans import Range, RangeSpan
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

_LESS = r"under|less than|below|fewer than|lower than|smaller than|sub|<|not exceeding"
_AT_MOST = (
    r"at most|max|maximum(?: of)?|up to|within|<=|no more than|not more than|not over|no longer than|not longer than"
)
_MORE = r"over|more than|above|greater than|higher than|exceeding|upwards of|beyond|>"
_AT_LEAST = r"at least|min|minimum(?: of)?|starting at|>=|no less than|not less than|not under|no shorter than"
_AROUND = r"around|about|approximately|approx|roughly|circa|close to|~|some"
_SUFFIX = re.compile(
    r"^(?: long)?(?: (?P<most>(?:or|and) (?:less|under|shorter|fewer|below|cheaper|lower)|max|maximum|tops"
    r"|at most|or so max)"
    r"|(?P<least> ?(?:or|and) (?:more|longer|over|above|up|higher|greater)|\+|plus|minimum|at least))(?!\w)"
)
_NUMBER_BEFORE = re.compile(
    r"(?<![\w.$€£])(\d+(?:\.\d+)?|one|two|three|four|five|six|ninety|sixty) (?:-|to|and"
    r"|or) $"
)
_NEVER_BARE = re.compile(r"(?:^| )(?:first|last|next|past|every|final|opening|another|for|in|after|only|than)$")
_NEVER_FOLLOWED = re.compile(r"^ (?:ago|later|in|into|of|a (?:day|week)|away|before|every)\b")
_TOLERANCE = 0.1


class Quantities:
    """Finds ranges of a catalogue's numbers."""

    def __init__(self, schema: CatalogueSchema) -> None:
        self.fields: tuple[CatalogueField, ...] = tuple(
            field for field in schema.fields if field.type is FieldType.NUMBER and field.role is not Role.YEAR
        )
        """Number fields, in the schema's order."""
        self._amounts = [Amounts(field) for field in self.fields]
        self._labelled = [self._by_label(field) for field in self.fields]

    def find(self, line: Line) -> Iterator[RangeSpan]:
        """Yield the ranges in a line, claiming their words."""
        for amounts in self._amounts:
            for span in self._with_unit(line, amounts, list(amounts.find(line))):
                line.claim(span.start, span.end)
                yield span
        for field, pattern in zip(self.fields, self._labelled, strict=True):
            for match in list(line.find(pattern)):
                wanted = _labelled_range(match)
                line.claim(match.start(), match.end())
                yield RangeSpan(match.start(), match.end(), field, wanted, settled=True)

    def _with_unit(self, line: Line, amounts: Amounts, found: Sequence[Amount]) -> Iterator[RangeSpan]:
        field = amounts.field
        more, less = _comparatives(field.more), _comparatives(field.less)
        k = 0
        while k < len(found):
            amount, before = found[k], line.text[: found[k].start]
            low: float | None = None
            start, end = amount.start, amount.end
            earlier = _NUMBER_BEFORE.search(before)
            following = found[k + 1] if k + 1 < len(found) else None
            if earlier:
                low = number_of(earlier.group(1)) * amounts.scale(line.text[amount.start : amount.end])
                start = earlier.start()
            elif following and line.text[amount.end : following.start] in (" to ", " - ", " and ", " or "):
                low, amount, end = amount.value, following, following.end
                k += 1
            k += 1
            if low is not None and low <= amount.value:
                lead = re.search(r"(?:^| )(between|from)(?: the)? ?$", line.text[:start])
                yield RangeSpan(lead.start(1) if lead else start, end, field, Range(low, amount.value), settled=True)
                continue
            yield from self._single(line, field, amount, more, less)

    def _single(self, line: Line, field: CatalogueField, amount: Amount, more: str, less: str) -> Iterator[RangeSpan]:
        before, after = line.text[: amount.start].rstrip(), line.text[amount.end :]
        value, end = amount.value, amount.end
        suffix = _SUFFIX.match(after)
        cue = re.search(
            rf"(?:^| )(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<less>{_LESS}{less})|(?P<more>{_MORE}{more})"
            rf"|(?P<around>{_AROUND}|exactly))(?: (?:a|the|like|than))*$",
            before,
        )
        start = cue.start() + int(cue.group().startswith(" ")) if cue else amount.start
        if suffix:
            end += suffix.end()
            wanted = Range(high=value) if suffix["most"] else Range(low=value)
        elif cue is None and field.name.startswith(("max_", "min_")):
            # "for 4 players": the most must reach it, the least must not pass it.
            wanted = Range(low=value) if field.name.startswith("max_") else Range(high=value)
        elif cue is None or cue["around"]:
            if cue is None and (_NEVER_BARE.search(before) or _NEVER_FOLLOWED.match(after)):
                return
            slack = 0.0 if cue and cue["around"] == "exactly" else round(value * _TOLERANCE)
            wanted = Range(value - slack, value + slack)
        elif cue["most"]:
            wanted = Range(high=value)
        elif cue["least"]:
            wanted = Range(low=value)
        elif cue["less"]:
            wanted = Range(high=value, below=True)
        else:
            wanted = Range(low=value, above=True)
        yield RangeSpan(start, end, field, wanted, settled=bool(cue and (cue["most"] or cue["least"])))

    def _by_label(self, field: CatalogueField) -> "re.Pattern[str]":
        names = {normalise(each) for each in (field.spoken, field.name, *field.cues)} - {""}
        label = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        more, less = _comparatives(field.more).lstrip("|"), _comparatives(field.less).lstrip("|")
        bound = (
            rf"(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<less>{_LESS})|(?P<more>{_MORE})"
            rf"|(?P<around>{_AROUND}))"
        )
        direct = [
            rf"(?P<{name}>{words}) (?P<{number}>\d+(?:\.\d+)?)"
            for name, words, number in (("longer", more, "n3"), ("shorter", less, "n4"))
            if words
        ]
        alternatives = [
            rf"(?:{label})(?: (?:is|of|should be|must be|:))* {bound} (?P<n1>\d+(?:\.\d+)?)",
            rf"(?P<plain>{label}) : (?P<n2>\d+(?:\.\d+)?)",
            *direct,
        ]
        return re.compile(rf"(?<![\w.])(?:{'|'.join(alternatives)})(?![\w.]\w)(?! (?:\d))")


def _labelled_range(match: "re.Match[str]") -> Range:
    found = match.groupdict()
    value = number_of(next(found[name] for name in ("n1", "n2", "n3", "n4") if found.get(name)))
    if found.get("most"):
        return Range(high=value)
    if found.get("least"):
        return Range(low=value)
    if found.get("less") or found.get("shorter"):
        return Range(high=value, below=True)
    if found.get("more") or found.get("longer"):
        return Range(low=value, above=True)
    slack = round(value * _TOLERANCE) if found.get("around") else 0.0
    return Range(value - slack, value + slack)


def _comparatives(words: Sequence[str]) -> str:
    """Return the alternatives of a pattern for comparatives with "than", with a bar in front."""
    return "".join(rf"|{re.escape(normalise(word))} than" for word in words if normalise(word))
