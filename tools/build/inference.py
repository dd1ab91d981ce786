"""Infers what a catalogue's columns are: ids, titles, types, units, several names in a cell, and the words for them.

Every guess is written to `catalogue.toml`, where the owner may correct it. Knows columns by their names and values
only; the words it looks for are in `hints`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from statistics import median
from typing import Any

from tastemaker.tools.build import hints
from tastemaker.tools.build.examples import examples_for
from tastemaker.tools.build.table import Table
from tastemaker.tools.build.values import (
    date_format,
    date_of,
    listed,
    names_of,
    number_and_unit,
    number_of,
    separator_of,
    text_of,
)
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.errors import DataError

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MOSTLY = 0.95
_LONG_TEXT = 60
_YEARS = (1000, 2200)
_TRUTHS = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


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
    """Return the column that identifies the items: one named so, or the first whose values are all different.

    Raises:
        DataError: no column does.
    """
    names = field_names(list(table.columns))
    noun, _ = nouns(table.name)
    wanted = ("id", f"{normalise(noun).replace(' ', '_')}_id", *hints.IDS)
    by_name = [column for hint in wanted for column, name in names.items() if name == hint]
    by_name += [column for column, name in names.items() if name.endswith(("_id", "_key", "_code"))]
    for column in by_name:
        if _distinct_share(table.columns[column]) > _MOSTLY:
            return column
    raise DataError(f"No column of {table.name} identifies the items; name one 'id' and give every row its own.")


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
    for top, like in ((5.0, 4.0), (6.0, 5.0), (7.0, 5.0), (10.0, 7.0), (100.0, 70.0)):
        if least >= 0 and top - 1 < most <= top and (named or (top == 5.0 and len(set(values)) <= 10)):
            return like
    return None


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
    title = _title_column(table, names, identifier)
    fields = [
        CatalogueField(name=names[title], type=FieldType.TEXT, role=Role.TITLE, phrase="{value}", search_weight=3.0)
    ]
    for column, name in names.items():
        if column not in (identifier, title):
            field = _field(name, table.columns[column])
            if field is not None:
                fields.append(field)
    noun, plural = nouns(table.name)
    schema = CatalogueSchema(
        name=PurePath(table.name).name.split(".")[0] or "catalogue",
        noun=noun,
        plural=plural,
        like_at_least=like,
        fields=tuple(_one_of_a_role(fields)),
    )
    return schema.model_copy(update={"examples": examples_for(schema, table, names)})


def nouns(name: str) -> tuple[str, str]:
    """Return what one item and several are called, by the name of the file.

    >>> nouns("board_games.csv"), nouns("2024-recipes.parquet"), nouns("data.csv")
    (('board game', 'board games'), ('recipe', 'recipes'), ('item', 'items'))
    """
    words = re.findall(r"[^\W\d_]+", normalise(_CAMEL.sub(" ", PurePath(name).name.split(".")[0])))
    plural = " ".join(words)
    if not words or not plural.endswith("s") or plural.endswith("ss"):
        return ("item", "items") if plural in ("", "data", "catalogue", "catalog", "items") else (plural, plural)
    if plural.endswith("ies") and len(words[-1]) > 5:
        return plural[:-3] + "y", plural
    return plural[: -2 if plural.endswith(("shes", "ches", "xes", "sses")) else -1], plural


def _field(name: str, values: Sequence[Any]) -> CatalogueField | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    words = _words(name)
    last = name.rsplit("_", 1)[-1]
    if any(listed(value) is not None for value in known[:50]):
        return _named(name, FieldType.CATEGORIES, words)
    truth = _truth_field(name, known)
    if truth is not None:
        return truth
    units = [number_and_unit(value) for value in known]
    numbers = [each for each in units if each is not None]
    if (
        len(numbers) >= _MOSTLY * len(known)
        and len({unit for _, unit in numbers}) <= 2
        and words.role not in _NAMED_ROLES
    ):
        if last in ("id", "isbn", "ean", "gtin", "zip") or (last in ("imdb", "tmdb") and _distinct_share(values) > 0.9):
            return None
        return _number(name, [number for number, _ in numbers], max((unit for _, unit in numbers), default=""), words)
    written = date_format(known)
    if written is not None or all(date_of(value) is not None for value in known):
        spoken = replace(words, phrase="{label} {value}", role=Role.PLAIN)
        return _made(name, FieldType.DATE, spoken, more=("newer",), less=("older",), search_weight=0.0, embedded=False)
    return _text(name, [text for text in (text_of(value) for value in known) if text], words)


_NAMED_ROLES = frozenset({Role.PERSON, Role.GENRE, Role.LANGUAGE, Role.ALIAS})


def _text(name: str, texts: Sequence[str], words: hints.Words) -> CatalogueField | None:
    if not texts:
        return None
    if all(text.startswith(("http://", "https://", "www.")) for text in texts):
        return _made(name, FieldType.TEXT, words, search_weight=0.0, embedded=False, shown=False)
    longest = median(len(text) for text in texts)
    separator = separator_of(texts, names=name in hints.SEVERAL)
    parts = [part for text in texts for part in names_of(text, separator)]
    short = median(len(part) for part in parts) <= _LONG_TEXT and name not in hints.LONG_TEXTS
    if words.role is Role.ALIAS:
        return _made(name, FieldType.CATEGORIES, words, embedded=False, shown=False)
    if separator is not None and short and (separator != ", " or longest <= 4 * _LONG_TEXT or name in hints.SEVERAL):
        return _named(name, FieldType.CATEGORIES, words)
    distinct = len(set(texts))
    repeated = distinct <= 0.5 * len(texts) or (distinct <= 50 and distinct < 0.9 * len(texts))
    if short and longest <= _LONG_TEXT and (words.role in _NAMED_ROLES or name in hints.BY_NAME or repeated):
        return _named(name, FieldType.CATEGORY, words)
    return _made(name, FieldType.TEXT, words, phrase="{value}", shown=longest <= _LONG_TEXT)


def _number(name: str, numbers: Sequence[float], unit: str, words: hints.Words) -> CatalogueField:
    whole = all(number.is_integer() for number in numbers)
    if words.role is Role.YEAR and not (whole and _YEARS[0] <= median(numbers) <= _YEARS[1]):
        words = hints.Words(weight=0.0)
    years = whole and all(1500 <= number <= 2100 for number in numbers)
    if words.role is Role.PLAIN and years and ("year" in name or name in ("released", "published", "founded")):
        words = hints.BY_NAME["year"]
    unit = words.unit or _CURRENCIES.get(unit, unit) or (_CURRENCY_SUFFIX.get(name.rsplit("_", 1)[-1], ""))
    words = replace(words, unit=unit, phrase=words.phrase if unit or words.role is Role.YEAR or words.phrase else "")
    if not unit and "{unit}" in words.phrase:
        words = replace(words, phrase="{label} {value}")
    spoken = name.replace("_", " ")
    return _made(
        name,
        FieldType.NUMBER,
        words,
        more=words.more or ((f"more {spoken}", f"higher {spoken}") if words.role is Role.PLAIN else ()),
        less=words.less
        or ((f"fewer {spoken}", f"less {spoken}", f"lower {spoken}") if words.role is Role.PLAIN else ()),
        search_weight=0.0,
        embedded=words.role is Role.YEAR,
    )


_CURRENCY_SUFFIX = {"usd": "USD", "eur": "EUR", "gbp": "GBP"}


def _truth_field(name: str, known: Sequence[Any]) -> CatalogueField | None:
    texts = {str(value).strip().casefold() for value in known[:5000]}
    flag = name.startswith(("is_", "has_")) and texts <= {"0", "1", "0.0", "1.0"}
    if not (texts <= set(_TRUTHS) or flag):
        return None
    spoken = re.sub(r"^(is|has)_", "", name).replace("_", " ")
    yes, no = (
        sorted(
            {text_of(value) or "" for value in known}, key=lambda text: text.casefold() in ("yes", "true", "y", "1")
        )[::-1][0],
        [text for text in {text_of(value) or "" for value in known} if text.casefold() in ("no", "false", "n", "0")],
    )
    aliases = {spoken: (yes,), **({f"not {spoken}": tuple(no), f"non {spoken}": tuple(no)} if no else {})}
    return CatalogueField(
        name=name, type=FieldType.CATEGORY, label=spoken, phrase="{label}: {value}", aliases=aliases, search_weight=0.0,
        embedded=False,
    )  # fmt: skip


def _named(name: str, kind: FieldType, words: hints.Words) -> CatalogueField:
    return _made(name, kind, words)


def _made(name: str, kind: FieldType, words: hints.Words, **given: Any) -> CatalogueField:
    role = words.role
    if kind not in (FieldType.CATEGORY, FieldType.CATEGORIES) and role in _NAMED_ROLES:
        role = Role.PLAIN
    if kind is not FieldType.NUMBER and role is Role.YEAR:
        role = Role.PLAIN
    settings: dict[str, Any] = {
        "role": role,
        "unit": words.unit if kind is FieldType.NUMBER else "",
        "phrase": words.phrase or "{label}: {value}",
        "cues": words.cues,
        "more": words.more,
        "less": words.less,
        "search_weight": words.weight,
    }
    return CatalogueField(
        name=name, type=kind, **{**settings, **{key: each for key, each in given.items() if each != ""}}
    )


def _words(name: str) -> hints.Words:
    last = name.rsplit("_", 1)[-1]
    return hints.BY_NAME.get(name) or hints.UNIT_SUFFIXES.get(last if "_" in name else "") or hints.Words()


def _one_of_a_role(fields: Sequence[CatalogueField]) -> list[CatalogueField]:
    """Leave the roles of which there is one to the likeliest field: `genre` before `category` before `topic`."""
    order = list(hints.BY_NAME)
    kept: dict[Role, CatalogueField] = {}
    for field in fields:
        rank = order.index(field.name) if field.name in order else len(order)
        first = kept.get(field.role)
        if first is None or rank < (order.index(first.name) if first.name in order else len(order)):
            kept[field.role] = field
    single = (Role.GENRE, Role.YEAR, Role.LANGUAGE)
    return [
        field.model_copy(update={"role": Role.PLAIN})
        if field.role in single and kept[field.role] is not field
        else field
        for field in fields
    ]


def _title_column(table: Table, names: Mapping[str, str], identifier: str) -> str:
    for hint in hints.TITLES:
        for column, name in names.items():
            if name == hint and column != identifier:
                return column
    for column, name in names.items():
        if column != identifier and name.endswith(("_title", "_name")) and _distinct_share(table.columns[column]) > 0.5:
            return column
    raise DataError(
        f"No column of {table.name} names the items; call one 'title'. Its columns are {', '.join(table.columns)}."
    )


def _distinct_share(values: Sequence[Any]) -> float:
    texts = [text for text in (text_of(value) for value in values) if text]
    return len(set(texts)) / len(values) if values else 0.0


def _known_share(values: Sequence[Any], known: frozenset[str]) -> float:
    sample = values[:: max(1, len(values) // 5000)]
    return sum(text_of(value) in known for value in sample) / max(len(sample), 1)
