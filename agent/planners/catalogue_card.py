"""What a model is told of a catalogue: its fields, what their values look like, a few items.

Made from the schema and the data alone. Knows nothing of plans.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role, shown_value
from tastemaker.tools.catalogue.store import Catalogue

_ALL_VALUES = 40
_SOME_VALUES = 5
_TITLES = 6
_MOST_FIELDS = 30
_LONGEST_LINE = 400


@dataclass(frozen=True)
class CatalogueCard:
    """A catalogue in a few lines."""

    schema: CatalogueSchema
    """The catalogue's schema."""
    values: Mapping[str, Sequence[str]]
    """Most frequent values of the fields that hold names, most frequent first."""
    numbers: Mapping[str, tuple[float, float, float]]
    """A low, a middle and a high number of every field of numbers that has any: quantiles of .25, .5, .75."""
    spans: Mapping[str, tuple[str, str]]
    """Least and greatest value of the fields that can be compared, in words."""
    titles: Sequence[str]
    """Best known items."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> "CatalogueCard":
        """Read a catalogue."""
        values: dict[str, Sequence[str]] = {}
        numbers: dict[str, tuple[float, float, float]] = {}
        spans: dict[str, tuple[str, str]] = {}
        for field in catalogue.schema.fields:
            if field.named and field.role is not Role.ALIAS:
                values[field.name] = list(catalogue.value_counts(field.name))[:_ALL_VALUES]
            elif field.type is FieldType.NUMBER:
                column = catalogue.numbers(field.name)
                column = column[np.isfinite(column)]
                if len(column):
                    low, middle, high = np.quantile(column, [0.25, 0.5, 0.75]).tolist()
                    numbers[field.name] = (low, middle, high)
                    spans[field.name] = (shown_value(float(column.min())), shown_value(float(column.max())))
            elif field.type is FieldType.DATE:
                dates = sorted(filter(None, catalogue.texts(field.name)))
                if dates:
                    spans[field.name] = (dates[0], dates[-1])
        order = np.lexsort((catalogue.ids, -catalogue.popularity))[:_TITLES]
        known = catalogue.items([str(item) for item in catalogue.ids[order]])
        return cls(catalogue.schema, values, numbers, spans, [item.title for item in known])

    @property
    def lines(self) -> list[str]:
        """One line for every field that a wish can be about, within a fixed size; the schema's first come first."""
        fields = [field for field in self.schema.fields if field.role is not Role.ALIAS]
        return [self._line(field)[:_LONGEST_LINE] for field in fields[:_MOST_FIELDS]]

    def _line(self, field: CatalogueField) -> str:
        called = f" ({field.label})" if field.label and field.label != field.name else ""
        held = self._held(field)
        cues = f"; announced by {', '.join(repr(cue) for cue in field.cues)}" if field.cues else ""
        return f"{field.name}{called}: {held}{cues}"

    def _held(self, field: CatalogueField) -> str:
        if field.named:
            values = self.values[field.name]
            few = len(values) < _ALL_VALUES and field.role is not Role.PERSON
            kind = "people" if field.role is Role.PERSON else "names"
            return f"{kind}, {'one of' if few else 'such as'} {', '.join(values if few else values[:_SOME_VALUES])}"
        kind = "date, YYYY-MM-DD" if field.type is FieldType.DATE else str(field.type)
        unit = f" in {field.unit}" if field.unit else ""
        span = self.spans.get(field.name)
        return f"{kind}{unit}{f', from {span[0]} to {span[1]}' if span else ''}"
