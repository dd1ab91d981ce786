"""Makes up the requests that a chat over a new catalogue offers, from names that the catalogue has.

Knows fields by their roles and cues only.
"""

from collections import Counter
from collections.abc import Mapping
from statistics import median

from tastemaker.tools.build.table import Table
from tastemaker.tools.build.values import names_of, number_of, separator_of, text_of
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role


def examples_for(schema: CatalogueSchema, table: Table, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return up to four requests.

    Args:
        schema: the inferred schema.
        table: the items as read.
        names: field name by column.
    """
    column_of = {name: column for column, name in names.items()}
    kind = next((_commonest(table, column_of, field) for field in schema.with_role(Role.GENRE)), None)
    person = next(((field, _commonest(table, column_of, field)) for field in schema.with_role(Role.PERSON)), None)
    measured = next(
        (field for field in schema.fields if field.type is FieldType.NUMBER and field.unit and field.less), None
    )
    things = f"{kind} {schema.plural}" if kind else schema.plural
    found = []
    if measured is not None:
        numbers = [number for number in map(number_of, table.columns[column_of[measured.name]]) if number is not None]
        found.append(f"{things} under {round(median(numbers)):g} {measured.unit}")
    if person is not None and person[1] and person[0].cues:
        found.append(f"{schema.plural} {person[0].cues[0]} {person[1]}")
    titles = [text for text in map(text_of, table.columns[column_of[schema.title.name]]) if text]
    if titles:
        found.append(f"something like {titles[0]}")
    if kind:
        found.append(f"{schema.plural}, but no {kind}")
    return tuple(found)


def _commonest(table: Table, column_of: Mapping[str, str], field: CatalogueField) -> str | None:
    texts = [text for text in map(text_of, table.columns[column_of[field.name]]) if text]
    separator = separator_of(texts, names=True) if field.type is FieldType.CATEGORIES else None
    counts = Counter(name for text in texts for name in names_of(text, separator))
    return max(counts, key=lambda name: (counts[name], name), default=None)
