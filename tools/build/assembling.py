"""Turns raw tables into items and interactions by a schema, and keeps aside what does not fit, by line.

Knows the schema and nothing of files, databases or indexes.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tastemaker.tools.build.columns import LogColumns, field_names
from tastemaker.tools.build.table import Rejected, Table
from tastemaker.tools.build.values import (
    date_format,
    date_of,
    is_missing,
    names_of,
    number_of,
    seconds_of,
    separator_of,
    text_of,
)
from tastemaker.tools.catalogue.constraint import ItemValue
from tastemaker.tools.catalogue.item import Interaction, Item
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.errors import DataError

Reader = Callable[[Any], ItemValue]

_LEAST_RATED = 5
"""Interactions from which their mean tells how well an item is liked."""


@dataclass(frozen=True)
class Assembled:
    """What a workspace is built from."""

    items: list[Item]
    """Items in the order of their rows."""
    interactions: list[Interaction]
    """The log, in its order."""
    rejected: list[Rejected]
    """What was kept aside."""


def assemble(
    items: Table, identifier: str, schema: CatalogueSchema, log: Table | None = None, columns: LogColumns | None = None
) -> Assembled:
    """Make items and interactions.

    Args:
        items: table of items.
        identifier: its column of ids.
        schema: what its other columns are, by field name.
        log: table of interactions, if any.
        columns: what the log's columns are; needed with a log.

    Raises:
        DataError: a field of the schema has no column, or no row is usable.
    """
    rejected = list(items.rejected)
    values = _item_values(items, identifier, schema, rejected)
    if not values:
        first = next((each for each in rejected if not each.kept), None)
        reason = f" (line {first.line}: {first.reason})" if first else ""
        raise DataError(f"No row of {items.name} can be used{reason}; correct the file.")
    interactions: list[Interaction] = []
    if log is not None and columns is not None:
        rejected.extend(log.rejected)
        interactions = _interactions(log, columns, values, rejected)
    totals: dict[str, list[float]] = {item: [0, 0.0] for item in values}
    for each in interactions:
        totals[each.item][0] += 1
        totals[each.item][1] += each.value
    for field in schema.with_role(Role.RATING):
        for item, (count, total) in totals.items():
            # To the figure that is shown, so that an item shown as a 4 keeps "at least 4".
            values[item][field.name] = round(total / count, 1) if count >= _LEAST_RATED else None
    titles = distinct_titles(values, schema)
    made = [
        Item(
            item,
            titles[item],
            held,
            int(totals[item][0]),
            totals[item][1] / totals[item][0] if totals[item][0] else None,
        )
        for item, held in values.items()
    ]
    return Assembled(made, interactions, rejected)


def distinct_titles(values: Mapping[str, Mapping[str, ItemValue]], schema: CatalogueSchema) -> dict[str, str]:
    """Return the name shown of each item: its title; with its year where titles repeat; else with its id.

    Args:
        values: values by field name, by item id.
        schema: which field is the title and which the year.
    """
    title = schema.title.name
    dated = [*schema.with_role(Role.YEAR), *(field for field in schema.fields if field.type is FieldType.DATE)][:1]
    shown = {item: str(held[title]) for item, held in values.items()}

    def year(item: str) -> str:
        found = values[item].get(dated[0].name) if dated else None
        return f"{found:.0f}" if isinstance(found, float) else str(found)[:4] if isinstance(found, str) else ""

    counts = Counter(normalise(text) for text in shown.values())
    for item, text in shown.items():
        if counts[normalise(text)] > 1 and year(item):
            shown[item] = f"{text} ({year(item)})"
    counts = Counter(normalise(text) for text in shown.values())
    for item, text in shown.items():
        if counts[normalise(text)] > 1:
            shown[item] = f"{text} [{item}]"
    return shown


def _item_values(
    table: Table, identifier: str, schema: CatalogueSchema, rejected: list[Rejected]
) -> dict[str, dict[str, ItemValue]]:
    column_of = {name: column for column, name in field_names(list(table.columns)).items()}
    readers: list[tuple[CatalogueField, Sequence[Any], Reader]] = []
    for field in schema.fields:
        if field.role is Role.RATING:
            continue
        if field.name not in column_of:
            raise DataError(
                f"The schema has a field '{field.name}', and {table.name} no such column; "
                f"its columns are {', '.join(column_of)}."
            )
        column = table.columns[column_of[field.name]]
        readers.append((field, column, _reader(field, column)))
    ids = table.column(identifier)
    found: dict[str, dict[str, ItemValue]] = {}
    line_of: dict[str, int] = {}
    for row in range(len(table)):
        item = text_of(ids[row])
        if item is None:
            rejected.append(table.reject(row, f"no {identifier}"))
            continue
        if item in found:
            rejected.append(table.reject(row, f"{identifier} '{item}' was given before, in line {line_of[item]}"))
            continue
        held: dict[str, ItemValue] = {}
        unread: list[Rejected] = []
        for field, column, read in readers:
            raw = column[row]
            missing = is_missing(raw)
            value = None if missing else read(raw)
            if not missing and value is None:
                reason = f"{field.name}: {str(raw)[:60]!r} is no {field.type}; the item is used without it"
                unread.append(table.reject(row, reason, kept=True))
            held[field.name] = () if value is None and field.type is FieldType.CATEGORIES else value
        if held[schema.title.name] is None:
            rejected.append(table.reject(row, f"no {schema.title.name}"))
            continue
        rejected.extend(unread)
        found[item], line_of[item] = held, table.lines[row]
    return found


def _reader(field: CatalogueField, column: Sequence[Any]) -> Reader:
    match field.type:
        case FieldType.NUMBER:
            return number_of
        case FieldType.DATE:
            written = date_format([value for value in column if value is not None]) or "iso"
            return lambda value: date_of(value, written)
        case FieldType.CATEGORIES:
            separator = separator_of([value for value in column if isinstance(value, str)], names=True)
            if field.role is Role.ALIAS and separator == ", ":
                separator = None  # titles hold commas: "The Lion, the Witch and the Wardrobe"
            return lambda value: names_of(value, separator) or None
        case _:
            return text_of


def _interactions(
    table: Table, columns: LogColumns, items: Mapping[str, object], rejected: list[Rejected]
) -> list[Interaction]:
    users, log_items = table.column(columns.user), table.column(columns.item)
    values = table.column(columns.value) if columns.value else None
    times = table.column(columns.time) if columns.time else None
    found = []
    for row in range(len(table)):
        user, item = text_of(users[row]), text_of(log_items[row])
        value = 1.0 if values is None else number_of(values[row])
        if user is None or item is None:
            rejected.append(table.reject(row, f"no {columns.user if user is None else columns.item}"))
        elif item not in items:
            rejected.append(table.reject(row, f"there is no item '{item}'"))
        elif value is None:
            assert values is not None
            rejected.append(table.reject(row, f"{columns.value}: {str(values[row])[:60]!r} is no number"))
        else:
            found.append(Interaction(user, item, value, None if times is None else seconds_of(times[row])))
    return found
