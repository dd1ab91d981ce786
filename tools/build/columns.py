"""Tells what a table's columns hold: which identifies the items, which names them, and how a log is laid out.

Knows columns by their names and by how their values repeat; see `fields` for what the other columns become.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from tastemaker.tools.build import hints
from tastemaker.tools.build.table import Table
from tastemaker.tools.build.values import number_of, text_of
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.errors import DataError

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MANY, _NEARLY_ALL = 0.5, 0.95
_SCALES = ((5.0, 4.0), (6.0, 5.0), (7.0, 5.0), (10.0, 7.0), (100.0, 70.0))
"""Highest value of a scale, and the value from which on it says liking."""
_NOUNS_IN_IE = ("movies", "cookies", "brownies", "smoothies", "hoodies", "pies", "ties")
_NOUNS_OF_ONE_FORM = ("series", "species")


@dataclass(frozen=True)
class LogColumns:
    """Which columns of a log hold what."""

    user: str
    item: str
    value: str | None
    time: str | None


def field_names(columns: Sequence[str]) -> dict[str, str]:
    """Return the field name of each column: lower case, words joined by `_`, distinct."""
    found: dict[str, str] = {}
    for column in columns:
        name = re.sub(r"[^a-z0-9]+", "_", normalise(_CAMEL.sub(" ", column))).strip("_")
        name = name if name[:1].isalpha() else f"field_{name}".rstrip("_")
        name, number = name[:40].rstrip("_"), 2
        while name in found.values():
            name, number = f"{re.sub(r'_[0-9]+$', '', name)}_{number}", number + 1
        found[column] = name
    return found


def id_column(table: Table) -> str:
    """Return the column that identifies the items: one plainly named so, or one whose values are all different.

    Raises:
        DataError: no column does.
    """
    names = field_names(list(table.columns))
    noun, _ = nouns(table.name)
    own = f"{normalise(noun).replace(' ', '_')}_id"
    for hint in ("id", own, "item_id", "uid", "uuid"):
        for column, name in names.items():
            if name == hint and distinct_share(table.columns[column]) > _MANY:
                return column
    by_name = [column for hint in hints.IDS for column, name in names.items() if name == hint]
    by_name += [column for column, name in names.items() if name.endswith(("_id", "_key", "_code"))]
    for column in by_name:
        if distinct_share(table.columns[column]) > _NEARLY_ALL:
            return column
    raise DataError(f"No column of {table.name} identifies the items; name one 'id' and give every row its own.")


def title_column(table: Table, identifier: str) -> str:
    """Return the column that names the items.

    Raises:
        DataError: no column does.
    """
    names = field_names(list(table.columns))
    for hint in hints.TITLES:
        for column, name in names.items():
            if name == hint and column != identifier:
                return column
    for column, name in names.items():
        if column != identifier and name.endswith(("_title", "_name")) and distinct_share(table.columns[column]) > 0.5:
            return column
    raise DataError(
        f"No column of {table.name} names the items; call one 'title'. Its columns are {', '.join(table.columns)}."
    )


def log_columns(table: Table, known_ids: frozenset[str], item_column: str) -> LogColumns:
    """Return the columns of a log of interactions.

    Args:
        table: the log.
        known_ids: ids of the items.
        item_column: name of the id column in the table of items.

    Raises:
        DataError: the user or the item cannot be told.
    """
    names = field_names(list(table.columns))
    free = dict(names)

    def take(wanted: Sequence[str]) -> str | None:
        for hint in wanted:
            for column, name in free.items():
                if name == hint or name in (f"{hint}_id", f"{hint}id"):
                    del free[column]
                    return column
        return None

    user = take(hints.USERS)
    if user is None:
        raise DataError(f"No column of {table.name} tells the user; name one 'user'. It has {', '.join(names)}.")
    own = field_names([item_column])[item_column]
    shares = {column: _known_share(table.columns[column], known_ids) for column in free}
    named = [
        column for column, name in free.items() if name in (own, "item", "item_id") or name == own.removesuffix("_id")
    ]
    candidates = [column for column in named or free if shares[column] > 0]
    if not candidates:
        known = f"no value of {named[0]} is an item's id" if named else "no column holds the items' ids"
        raise DataError(
            f"In {table.name} {known} ({item_column} in the items); give the items' ids in a column 'item'."
        )
    item = max(candidates, key=lambda column: shares[column])
    del free[item]
    return LogColumns(user, item, take(hints.VALUES), take(hints.TIMES))


def like_at_least(table: Table, column: str | None) -> float | None:
    """Return the value from which on an interaction is a like: 4 on a scale to 5, 7 to 10, 70 to 100, 1 for ±1.

    None where the values are no scale of opinions, such as counts of plays.
    """
    if column is None:
        return None
    values = [number for number in (number_of(value) for value in table.columns[column]) if number is not None]
    if len(set(values)) < 2:
        return None
    least, most = min(values), max(values)
    if (least, most) == (-1.0, 1.0) or {least, most} == {0.0, 1.0}:
        return 1.0
    named = field_names([column])[column] in hints.RATINGS
    scale = next(((top, like) for top, like in _SCALES if most <= top), None)
    if scale and least >= 0 and (named or (scale[0] == _SCALES[0][0] and most > 4 and len(set(values)) <= 10)):
        return scale[1]
    return None


def nouns(name: str) -> tuple[str, str]:
    """Return what one item and several are called, by the name of the file.

    >>> nouns("board_games.csv"), nouns("2024-recipes.parquet"), nouns("data.csv")
    (('board game', 'board games'), ('recipe', 'recipes'), ('item', 'items'))
    """
    words = re.findall(r"[^\W\d_]+", normalise(_CAMEL.sub(" ", PurePath(name).name.split(".")[0])))
    plural = " ".join(words)
    if not plural.endswith("s") or plural.endswith("ss") or words[-1] in _NOUNS_OF_ONE_FORM:
        return ("item", "items") if plural in ("", "data", "catalogue", "catalog", "items") else (plural, plural)
    if plural.endswith("ies") and words[-1] not in _NOUNS_IN_IE:
        return plural[:-3] + "y", plural
    return plural[: -2 if plural.endswith(("shes", "ches", "xes", "sses")) else -1], plural


def distinct_share(values: Sequence[Any]) -> float:
    """Return the share of the cells that hold a value of their own, from 0 to 1."""
    texts = [text for text in (text_of(value) for value in values) if text]
    return len(set(texts)) / len(values) if values else 0.0


def _known_share(values: Sequence[Any], known: frozenset[str]) -> float:
    sample = values[:: max(1, len(values) // 5000)]
    return sum(text_of(value) in known for value in sample) / max(len(sample), 1)
