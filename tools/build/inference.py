"""Infers the schema of a catalogue from its table: every field, the roles of which there is one, nouns and examples.

Every guess is written to `catalogue.toml`, where the owner may correct it. Knows no kind of item; see `hints` for the
words that are recognised.
"""

from collections.abc import Sequence
from pathlib import PurePath

from tastemaker.tools.build import hints
from tastemaker.tools.build.columns import field_names, id_column, nouns, title_column
from tastemaker.tools.build.examples import examples_for
from tastemaker.tools.build.fields import field_of
from tastemaker.tools.build.table import Table
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

_SINGLE_ROLES = (Role.GENRE, Role.YEAR, Role.LANGUAGE)


def infer_schema(table: Table, like: float | None = None) -> CatalogueSchema:
    """Return the schema of a table of items.

    Args:
        table: the items as read.
        like: value from which on an interaction is a like.

    Raises:
        DataError: no column identifies or names the items.
    """
    names = field_names(list(table.columns))
    identifier = id_column(table)
    title = title_column(table, identifier)
    fields = [
        CatalogueField(name=names[title], type=FieldType.TEXT, role=Role.TITLE, phrase="{value}", search_weight=3.0)
    ]
    for column, name in names.items():
        if column not in (identifier, title):
            field = field_of(name, table.columns[column])
            if field is not None:
                fields.append(field)
    noun, plural = nouns(table.name)
    schema = CatalogueSchema(
        name=PurePath(table.name).name.split(".")[0] or "catalogue",
        noun=noun,
        plural=plural,
        like_at_least=like,
        fields=tuple(_with_a_newest(_one_of_a_role(fields))),
    )
    return schema.model_copy(update={"examples": examples_for(schema, table, names)})


def _one_of_a_role(fields: Sequence[CatalogueField]) -> list[CatalogueField]:
    """Leave the roles of which there is one to the likeliest field: `genre` before `category` before `topic`."""
    order = list(hints.BY_NAME)
    kept: dict[Role, CatalogueField] = {}
    for field in fields:
        rank = order.index(field.name) if field.name in order else len(order)
        first = kept.get(field.role)
        if first is None or rank < (order.index(first.name) if first.name in order else len(order)):
            kept[field.role] = field
    return [
        field.model_copy(update={"role": Role.PLAIN})
        if field.role in _SINGLE_ROLES and kept[field.role] is not field
        else field
        for field in fields
    ]


def _with_a_newest(fields: Sequence[CatalogueField]) -> list[CatalogueField]:
    """Let the first date be asked for as newer and older, where no year is."""
    dates = [] if any(field.role is Role.YEAR for field in fields) else [f for f in fields if f.type is FieldType.DATE]
    words = {"more": ("newer", "more recent", "later"), "less": ("older", "earlier")}
    return [field.model_copy(update=words) if field in dates[:1] else field for field in fields]
