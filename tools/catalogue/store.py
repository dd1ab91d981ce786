"""The catalogue database: items, the names they carry, interactions and statistics, over SQLAlchemy.

Embedded SQLite by default; any database that SQLAlchemy speaks to works by URL. Rows are numbered from 0 in the
order of the items, and all indexes of a workspace use these row numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    func,
    insert,
    select,
)

from tastemaker.tools.catalogue.constraint import Constraint, Group, ItemValue, check
from tastemaker.tools.catalogue.constraint_sql import compile_condition
from tastemaker.tools.catalogue.item import Interaction, Item
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType

Rows = NDArray[np.int64]
Thing = TypeVar("Thing")
_BATCH = 500  # stays below the variable limit of every SQLite build


@dataclass(frozen=True)
class InteractionLog:
    """All interactions as parallel arrays of length n."""

    users: tuple[str, ...]
    """Distinct users, sorted; `user` indexes it."""
    user: NDArray[np.int64]
    """Index of the user, shape (n,)."""
    row: Rows
    """Row of the item, shape (n,)."""
    value: NDArray[np.float64]
    """Rating or weight, shape (n,)."""
    time: NDArray[np.float64]
    """Seconds since 1970, NaN where unknown, shape (n,)."""

    def liked(self, like_at_least: float | None) -> NDArray[np.bool_]:
        """Return which interactions are likes, shape (n,): those of this value or more, all when None."""
        return np.ones(len(self.value), dtype=bool) if like_at_least is None else self.value >= like_at_least

    def only(self, kept: NDArray[np.bool_]) -> "InteractionLog":
        """Return some of the interactions, by a mask of shape (n,); users keep their numbers."""
        return InteractionLog(self.users, self.user[kept], self.row[kept], self.value[kept], self.time[kept])


class Catalogue:
    """An open catalogue. Safe to share between threads; nothing here writes after `create`."""

    def __init__(self, engine: Engine, schema: CatalogueSchema) -> None:
        self.engine = engine
        self.schema = schema
        self._items, self._values, self._interactions = _tables(schema)
        self._rows_named: dict[str, Mapping[str, Rows]] = {}

    @classmethod
    def open(cls, url: str | URL, schema: CatalogueSchema) -> Self:
        """Open the catalogue that `create` wrote at a database URL."""
        return cls(create_engine(url), schema)

    @classmethod
    def create(
        cls, url: str | URL, schema: CatalogueSchema, items: Iterable[Item], interactions: Iterable[Interaction]
    ) -> Self:
        """Write a new catalogue in one transaction and open it.

        Interactions with unknown items are the caller's to keep aside; the statistics come from `items`.
        """
        catalogue = cls(create_engine(url), schema)
        metadata = catalogue._items.metadata
        with catalogue.engine.begin() as connection:
            metadata.drop_all(connection)
            metadata.create_all(connection)
            rows: dict[str, int] = {}
            for batch in _batches(items):
                start = len(rows)
                rows.update({item.id: start + k for k, item in enumerate(batch)})
                connection.execute(insert(catalogue._items), [catalogue._item_row(rows[i.id], i) for i in batch])
                names = [name for item in batch for name in catalogue._name_rows(rows[item.id], item)]
                if names:
                    connection.execute(insert(catalogue._values), names)
            for events in _batches(interactions):
                connection.execute(
                    insert(catalogue._interactions),
                    [{"user": e.user, "row": rows[e.item], "value": e.value, "time": e.time} for e in events],
                )
        return catalogue

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @cached_property
    def ids(self) -> NDArray[np.str_]:
        """Item ids by row, shape (items,)."""
        with self.engine.connect() as connection:
            found = connection.execute(select(self._items.c["_id"]).order_by(self._items.c["_row"])).scalars().all()
        return np.array(found, dtype=np.str_)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row by item id."""
        return {str(item): row for row, item in enumerate(self.ids)}

    @cached_property
    def popularity(self) -> NDArray[np.float64]:
        """Number of interactions by row, shape (items,)."""
        return self.numbers("_interactions")

    @cached_property
    def mean_values(self) -> NDArray[np.float64]:
        """Mean value of the interactions by row, NaN without any, shape (items,)."""
        return self.numbers("_mean_value")

    def __len__(self) -> int:
        return len(self.ids)

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a numeric column by row, NaN where missing, shape (items,)."""
        with self.engine.connect() as connection:
            found = connection.execute(select(self._items.c[column]).order_by(self._items.c["_row"])).scalars().all()
        return np.array([np.nan if value is None else float(value) for value in found], dtype=np.float64)

    def rows_where(self, conditions: Sequence[Constraint | Group]) -> Rows:
        """Return the rows, ascending, that keep all conditions, whatever their strength.

        Raises:
            SchemaError: a condition does not fit the schema.
        """
        for condition in conditions:
            check(condition, self.schema)
        statement = select(self._items.c["_row"]).where(*[self.compiled(each) for each in conditions])
        with self.engine.connect() as connection:
            found = connection.execute(statement.order_by(self._items.c["_row"])).scalars().all()
        return np.array(found, dtype=np.int64)

    def compiled(self, condition: Constraint | Group) -> ColumnElement[bool]:
        """Return a condition as the SQL expression that `rows_where` runs."""
        return compile_condition(condition, self.schema, self._items, self._values)

    def item(self, item_id: str) -> Item:
        """Return one item.

        Raises:
            KeyError: no item has this id.
        """
        return self.items([item_id])[0]

    def items(self, item_ids: Sequence[str]) -> list[Item]:
        """Return items in the order of their ids.

        Raises:
            KeyError: no item has one of the ids.
        """
        wanted = sorted({self.row_of[each] for each in item_ids})
        found: dict[int, Item] = {}
        with self.engine.connect() as connection:
            for start in range(0, len(wanted), _BATCH):
                rows = wanted[start : start + _BATCH]
                names: dict[int, dict[str, list[str]]] = {row: {} for row in rows}
                columns = (self._values.c.row, self._values.c.field, self._values.c.value)
                query = select(*columns).where(self._values.c.row.in_(rows)).order_by(self._values.c.position)
                for row, field, value in connection.execute(query):
                    names[row].setdefault(field, []).append(value)
                for record in connection.execute(select(self._items).where(self._items.c["_row"].in_(rows))).mappings():
                    found[record["_row"]] = self._item(record, names[record["_row"]])
        return [found[self.row_of[each]] for each in item_ids]

    def value_counts(self, field: str) -> dict[str, int]:
        """Return the distinct names of a field with how many items carry each, most frequent first, ties by name."""
        count = func.count().label("count")
        query = select(self._values.c.value, count).where(self._values.c.field == field).group_by(self._values.c.value)
        with self.engine.connect() as connection:
            return dict(connection.execute(query.order_by(count.desc(), self._values.c.value)).all())

    def names_by_row(self, field: str) -> list[tuple[str, ...]]:
        """Return the names that each item carries in a field, by row."""
        found: list[list[str]] = [[] for _ in range(len(self))]
        query = select(self._values.c.row, self._values.c.value).where(self._values.c.field == field)
        with self.engine.connect() as connection:
            for row, value in connection.execute(query.order_by(self._values.c.row, self._values.c.position)).all():
                found[row].append(value)
        return [tuple(names) for names in found]

    def rows_named(self, field: str) -> Mapping[str, Rows]:
        """Return the rows, ascending, that carry each name of a field, by the name's key; read once and kept."""
        found = self._rows_named.get(field)
        if found is None:
            rows: dict[str, list[int]] = {}
            columns = (self._values.c.key, self._values.c.row)
            query = select(*columns).where(self._values.c.field == field).order_by(self._values.c.row)
            with self.engine.connect() as connection:
                for key, row in connection.execute(query):
                    rows.setdefault(key, []).append(row)
            found = {key: np.array(each, dtype=np.int64) for key, each in rows.items()}
            self._rows_named[field] = found
        return found

    def texts(self, column: str) -> list[str | None]:
        """Return a text or date column by row."""
        with self.engine.connect() as connection:
            return list(
                connection.execute(select(self._items.c[column]).order_by(self._items.c["_row"])).scalars().all()
            )

    def interactions_of(self, user: str) -> list[Interaction]:
        """Return one user's interactions, oldest first, those without a time before all; empty for nobody's name.

        Interactions of one time stand as they were logged.
        """
        log = self._interactions
        query = select(self._items.c["_id"], log.c.value, log.c.time).join_from(
            log, self._items, log.c.row == self._items.c["_row"]
        )
        with self.engine.connect() as connection:
            found = connection.execute(query.where(log.c.user == user).order_by(*_oldest_first(log))).all()
        return [Interaction(user, item, value, time) for item, value, time in found]

    def co_liked(self, seed: str, others: Sequence[str]) -> tuple[int, dict[str, int]]:
        """Count the users who like an item, and how many of them like each of some other items.

        An interaction is a like when its value reaches the schema's `like_at_least`.

        Raises:
            KeyError: no item has one of the ids.
        """
        log, least = self._interactions, self.schema.like_at_least
        liked = [] if least is None else [log.c.value >= least]
        fans = select(log.c.user).where(log.c.row == self.row_of[seed], *liked).distinct()
        rows = {self.row_of[other]: other for other in others}
        both = select(log.c.row, func.count(log.c.user.distinct())).where(
            log.c.user.in_(fans), log.c.row.in_(rows), *liked
        )
        with self.engine.connect() as connection:
            total = connection.execute(select(func.count()).select_from(fans.subquery())).scalar_one()
            found = connection.execute(both.group_by(log.c.row)).all()
        return total, {rows[row]: count for row, count in found}

    def interaction_log(self) -> InteractionLog:
        """Return all interactions, for fitting models: user by user, in the order of `interactions_of`."""
        log = self._interactions
        query = select(log.c.user, log.c.row, log.c.value, log.c.time).order_by(log.c.user, *_oldest_first(log))
        with self.engine.connect() as connection:
            found = connection.execute(query).all()
        users = tuple(sorted({each[0] for each in found}))
        index = {user: k for k, user in enumerate(users)}
        return InteractionLog(
            users=users,
            user=np.array([index[each[0]] for each in found], dtype=np.int64),
            row=np.array([each[1] for each in found], dtype=np.int64),
            value=np.array([each[2] for each in found], dtype=np.float64),
            time=np.array([np.nan if each[3] is None else each[3] for each in found], dtype=np.float64),
        )

    def _item_row(self, row: int, item: Item) -> dict[str, Any]:
        record: dict[str, Any] = {
            "_row": row,
            "_id": item.id,
            "_title": item.title,
            "_interactions": item.interactions,
            "_mean_value": item.mean_value,
        }
        for field in self.schema.fields:
            if field.named:
                continue
            value = item.values.get(field.name)
            value = None if value in ((), "") or value != value else value
            record[field.name] = value
            if field.type is FieldType.TEXT:
                record[f"_key_{field.name}"] = None if value is None else normalise(str(value))
        return record

    def _name_rows(self, row: int, item: Item) -> Iterator[dict[str, Any]]:
        for field in self.schema.fields:
            value = item.values.get(field.name) if field.named else None
            names = () if value is None else (value if isinstance(value, tuple) else (str(value),))
            for position, name in enumerate(dict.fromkeys(name for name in names if name)):
                yield {
                    "row": row,
                    "field": field.name,
                    "position": position,
                    "value": name,
                    "key": normalise(name),
                }

    def _item(self, record: Mapping[Any, Any], names: Mapping[str, Sequence[str]]) -> Item:
        def value(field: CatalogueField) -> ItemValue:
            if field.type is FieldType.CATEGORIES:
                return tuple(names.get(field.name, ()))
            if field.type is FieldType.CATEGORY:
                return next(iter(names.get(field.name, ())), None)
            found: ItemValue = record[field.name]
            return found

        return Item(
            id=record["_id"],
            title=record["_title"],
            values={field.name: value(field) for field in self.schema.fields},
            interactions=record["_interactions"],
            mean_value=record["_mean_value"],
        )


def sqlite_url(path: Path) -> URL:
    """Return the database URL of a file, whatever characters its path holds."""
    return URL.create("sqlite", database=str(path))


def _tables(schema: CatalogueSchema) -> tuple[Table, Table, Table]:
    metadata = MetaData()
    columns: list[Column[Any]] = []
    for field in schema.fields:
        if field.type is FieldType.NUMBER:
            columns.append(Column(field.name, Float, index=True))
        elif not field.named:
            columns.append(Column(field.name, String, index=field.type is FieldType.DATE))
        if field.type is FieldType.TEXT:
            columns.append(Column(f"_key_{field.name}", String))
    items = Table(
        "items",
        metadata,
        Column("_row", Integer, primary_key=True, autoincrement=False),
        Column("_id", String, nullable=False, unique=True),
        Column("_title", String, nullable=False),
        Column("_interactions", Integer, nullable=False),
        Column("_mean_value", Float),
        *columns,
    )
    values = Table(
        "item_values",
        metadata,
        Column("row", Integer, primary_key=True, autoincrement=False),
        Column("field", String, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("value", String, nullable=False),
        Column("key", String, nullable=False),
        Index("item_values_by_key", "field", "key", "row"),
    )
    interactions = Table(
        "interactions",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("user", String, nullable=False, index=True),
        Column("row", Integer, nullable=False, index=True),
        Column("value", Float, nullable=False),
        Column("time", Float),
    )
    return items, values, interactions


def _oldest_first(log: Table) -> tuple[ColumnElement[Any], ...]:
    return log.c.time.asc().nulls_first(), log.c.number


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    batch: list[Thing] = []
    for thing in things:
        batch.append(thing)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
