"""From the numbers in a line to conditions: years, quantities and words of degree, with refusals and preferences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tastemaker.agent.planners.comparatives import Comparatives
from tastemaker.agent.planners.denied import Denied
from tastemaker.agent.planners.leaning import Leaning
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.quantities import Quantities
from tastemaker.agent.planners.ratings import Ratings
from tastemaker.agent.planners.scope import Attitude, Scope
from tastemaker.agent.planners.spans import Range, RangeSpan, condition
from tastemaker.agent.planners.years import Years
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Condition, Strength
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import FieldType
from tastemaker.tools.catalogue.store import Catalogue


@dataclass
class NumberWishes:
    """What is wished of numbers."""

    conditions: list[Condition]
    forget: list[str]
    """Names of fields whose earlier wishes are taken back."""


class Numbers:
    """Finds the wishes about numbers and dates."""

    def __init__(self, catalogue: Catalogue, years: Sequence[int], nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            catalogue: whose numbers count.
            years: the year of every item that has one.
            nouns: comparison keys of the words for items.
        """
        self._years = Years(catalogue.schema, years)
        self._ratings = Ratings(catalogue)
        self._leaning = Leaning(catalogue.schema)
        self._quantities = Quantities(catalogue)
        self._comparatives = Comparatives(catalogue, nouns)
        numbers = [each for each in catalogue.schema.fields if each.type in (FieldType.NUMBER, FieldType.DATE)]
        self._denied = Denied(nouns, [normalise(name) for each in numbers for name in (each.name, each.spoken)])

    def eras(self, line: Line, state: State) -> list[RangeSpan]:
        """Return the times that a line speaks of by name, or by what was wished before, claiming their words."""
        found = [*self._years.eras(line), *self._leaning.find(line, state), *self._ratings.find_words(line)]
        for span in found:
            line.claim(span.start, span.end)
        return found

    def spans(
        self, line: Line, shown: Sequence[str], named: Callable[[int], str | None], facet: Callable[[int], bool]
    ) -> list[RangeSpan]:
        """Return the ranges in a line, in order, claiming their words; see `Comparatives.find` for the arguments."""
        found: list[RangeSpan] = []
        for span in self._ratings.find(line):
            line.claim(span.start, span.end)
            found.append(span)
        for span in self._quantities.find(line):
            line.claim(span.start, span.end)
            found.append(span)
        for span in list(self._years.find(line)):
            if not self._denied.setting(line, span):
                line.claim(span.start, span.end)
                found.append(span)
        found = [span for span in found if not self._told(line, span, named)]
        for span in list(self._comparatives.find(line, shown, named, facet, found)):
            line.claim(span.start, span.end)
            found.append(span)
        return sorted(found, key=lambda span: span.start)

    def _told(self, line: Line, span: RangeSpan, named: Callable[[int], str | None]) -> bool:
        of_item = span.field == self._years.field and named(span.end + 1) is not None
        return self._denied.told(line, span, item_follows=of_item)

    def wishes(self, line: Line, spans: Sequence[RangeSpan], scope: Scope) -> NumberWishes:
        """Return what the ranges of a line wish."""
        wishes = NumberWishes([], [])
        for group in self._lists(line, spans):
            first, attitude = group[0], scope.of(group[0].start, group[0].end)
            field = first.field
            if Attitude.FORGOTTEN in attitude:
                wishes.forget.append(field.name)
                continue
            if Attitude.ALLOWED in attitude:
                continue
            if self._denied.welcome(line, first):
                continue
            negated = not first.settled and self._denied.refused(line, first, scope)
            soft = Attitude.SOFT in attitude and not (negated and Attitude.REFUSED not in attitude)
            said = line.typed(first.start, group[-1].end)
            strength: Strength = "prefer" if soft or first.strength == "prefer" else "must"
            ranges = _merged([each.range for each in group])
            if negated and first.estimate is not None:
                # "not three hours" is said of what is too much.
                ranges, negated = [Range(high=first.estimate, below=True)], False
            wishes.conditions.append(condition(field, ranges, strength, said, negated=negated))
        return wishes

    def _lists(self, line: Line, spans: Sequence[RangeSpan]) -> list[list[RangeSpan]]:
        groups: list[list[RangeSpan]] = []
        for span in spans:
            last = groups[-1][-1] if groups else None
            if (
                last is not None
                and last.field == span.field == self._years.field
                and not (last.settled or span.settled or last.range.one_sided or span.range.one_sided)
                and self._years.listed(line, last, span)
            ):
                groups[-1].append(span)
            else:
                groups.append([span])
        return groups


def _merged(ranges: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for each in ranges:
        union = merged[-1].joined(each) if merged else None
        if union is not None:
            merged[-1] = union
        else:
            merged.append(each)
    return merged
