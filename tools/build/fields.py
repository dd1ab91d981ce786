"""Tells what field a column becomes: its type, unit and role, and the words in which people speak of it.

Knows a column by its name and values only; the words it looks for are in `hints`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from tastemaker.tools.build import hints
from tastemaker.tools.build.columns import distinct_share
from tastemaker.tools.build.values import date_format, date_of, listed, names_of, number_and_unit, separator_of, text_of
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType, Role

_MOSTLY = 0.95
_LONG_TEXT = 60
_YEARS = (1000, 2200)
_TRUTHS = {"yes": True, "true": True, "y": True, "1": True, "no": False, "false": False, "n": False, "0": False}
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CURRENCY_SUFFIXES = {"usd": "USD", "eur": "EUR", "gbp": "GBP"}
_NAMED_ROLES = frozenset({Role.PERSON, Role.GENRE, Role.LANGUAGE, Role.ALIAS})
_NEVER_MEASURED = ("id", "isbn", "isbn10", "isbn13", "ean", "gtin", "zip")


def field_of(name: str, values: Sequence[Any]) -> CatalogueField | None:
    """Return the field that a column becomes; None for one without values, or of foreign ids.

    Args:
        name: name of the field.
        values: the column's cells, None where missing.
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    words = _words(name)
    if any(listed(value) is not None for value in known[:50]):
        return _made(name, FieldType.CATEGORIES, words)
    truth = _truth_field(name, known)
    if truth is not None:
        return truth
    numbers = [each for each in map(number_and_unit, known) if each is not None]
    units = {unit for _, unit in numbers} - {""}
    if len(numbers) >= _MOSTLY * len(known) and len(units) <= 1 and words.role not in _NAMED_ROLES:
        last = name.rsplit("_", 1)[-1]
        if last in _NEVER_MEASURED or (last in ("imdb", "tmdb") and distinct_share(values) > 0.9):
            return None
        return _number(name, [number for number, _ in numbers], max(units, default=""), words)
    if date_format(known) is not None or all(date_of(value) is not None for value in known):
        words = replace(words, phrase="{label} {value}", role=Role.PLAIN)
        return _made(name, FieldType.DATE, words, search_weight=0.0, embedded=False)
    return _text(name, [text for text in map(text_of, known) if text], words)


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
        return _made(name, FieldType.CATEGORIES, words)
    distinct = len(set(texts))
    repeated = distinct <= 0.5 * len(texts) or (distinct <= 50 and distinct < 0.9 * len(texts))
    if short and longest <= _LONG_TEXT and (words.role in _NAMED_ROLES or name in hints.BY_NAME or repeated):
        return _made(name, FieldType.CATEGORY, words)
    return _made(name, FieldType.TEXT, words, phrase="{value}", shown=longest <= _LONG_TEXT)


def _number(name: str, numbers: Sequence[float], unit: str, words: hints.Words) -> CatalogueField:
    whole = all(number.is_integer() for number in numbers)
    if words.role is Role.YEAR and not (whole and _YEARS[0] <= median(numbers) <= _YEARS[1]):
        words = hints.Words(weight=0.0)
    years = whole and all(1500 <= number <= 2100 for number in numbers)
    if words.role is Role.PLAIN and years and ("year" in name or name in ("released", "published", "founded")):
        words = hints.BY_NAME["year"]
    unit = words.unit or _CURRENCIES.get(unit, unit) or (_CURRENCY_SUFFIXES.get(name.rsplit("_", 1)[-1], ""))
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


def _truth_field(name: str, known: Sequence[Any]) -> CatalogueField | None:
    """Return a field of two names, said by the column's name or its denial, when the values are true and false."""
    flag = name.startswith(("is_", "has_"))
    truths = {text: truth for text, truth in _TRUTHS.items() if flag or not text.isdigit()}
    written = {text_of(value) or "" for value in known}
    if not all(text.casefold() in truths for text in written):
        return None
    spoken = re.sub(r"^(is|has)_", "", name).replace("_", " ")
    aliases: dict[str, tuple[str, ...]] = {}
    for text in sorted(written):
        said = (spoken,) if truths[text.casefold()] else (f"not {spoken}", f"non {spoken}")
        for alias in said:
            aliases[alias] = (*aliases.get(alias, ()), text)
    return CatalogueField(
        name=name, type=FieldType.CATEGORY, label=spoken, aliases=aliases, search_weight=0.0, embedded=False
    )


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
