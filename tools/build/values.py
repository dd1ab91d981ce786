"""Single values: which are missing, what number, date or list of names a cell holds, and how a column separates names.

Knows nothing of fields; `inference` decides what a column is, and asks here what its cells would be.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

MISSING = frozenset({"", "n/a", "na", "nan", "null", "none", "nil", "\\n", "#n/a", "<na>", "-", "?"})
_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)\s*(?P<before>[€$£¥]?)\s*(?P<digits>\d[\d,.' ]*(?:[eE][-+]?\d+)?)\s*(?P<after>[^\d]*)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_SUFFIX = re.compile(
    r"(jr|sr|ii|iii|iv|esq|m\.?d|ph\.?d|inc|ltd|llc|corp|co|gmbh|s\.a)\.?"
    r"|\d+(st|nd|rd|th) \w.*|(duke|duchess|earl|prince|princess|count|countess|king|queen) of .+",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_DATE_FORMATS = (
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
)
_AMBIGUOUS = ("%d/%m/%Y", "%m/%d/%Y")
SEPARATORS = ("|", ";", ", ")


def is_missing(value: Any) -> bool:
    """Return whether a cell says nothing."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return True
    if isinstance(value, str):
        return value.strip().casefold() in MISSING
    return isinstance(value, list | tuple | dict) and not value


def number_and_unit(value: Any) -> tuple[float, str] | None:
    """Return the number that a cell holds and the unit written with it, or None.

    >>> number_and_unit("1,234 pages"), number_and_unit("€ 12,50"), number_and_unit("Ocean's 11")
    ((1234.0, 'pages'), (12.5, '€'), None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if not isinstance(value, str):
        return (float(value), "") if abs(value) < 1e300 else None
    found = _NUMBER.fullmatch(value.strip())
    if not found:
        return None
    digits, unit = found["digits"].strip(), found["before"] or found["after"].strip()
    if _THOUSANDS.fullmatch(digits):
        digits = re.sub(r"[,' ]", "", digits)
    elif _DECIMAL_COMMA.fullmatch(digits):
        digits = digits.replace(",", ".")
    try:
        number = float(digits)
    except ValueError:
        return None
    if not isfinite(number) or len(unit.split()) > 1 or len(unit) > 12:
        return None
    return (-number if found["sign"] in ("-", "−") else number), unit


def number_of(value: Any) -> float | None:
    """Return the number that a cell holds, or None."""
    found = number_and_unit(value)
    return found[0] if found else None


def date_format(values: Sequence[Any], share: float = 0.95) -> str | None:
    """Return how a column writes dates, `iso` or a `strptime` format; None when it holds none.

    Days and months that could stand either way in every value are not taken for dates.
    """
    if not values:
        return None
    fitting = [each for each in ("iso", *_DATE_FORMATS) if _share(values, each) >= share]
    return None if not fitting or set(_AMBIGUOUS) <= set(fitting) else fitting[0]


def date_of(value: Any, written: str = "iso") -> str | None:
    """Return the ISO date that a cell holds, or None; a time of day is left out."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        if written != "iso":
            return datetime.strptime(text, written).date().isoformat()
        found = _ISO_DATE.fullmatch(text)
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None


def _share(values: Sequence[Any], written: str) -> float:
    sample = values[:: max(1, len(values) // 2000)]
    return sum(date_of(value, written) is not None for value in sample) / len(sample)


def seconds_of(value: Any) -> float | None:
    """Return the moment that a cell holds in seconds since 1970, or None; large numbers are milliseconds."""
    number = number_of(value)
    if number is not None:
        return number / 1000 if abs(number) > 1e11 else number
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return value.timestamp() if isinstance(value, datetime) else None


def listed(value: Any) -> list[Any] | None:
    """Return the members of a cell that is a list, or a text that writes one; else None."""
    if isinstance(value, list | tuple):
        return list(value)
    if not isinstance(value, str) or not (value.startswith("[") and value.rstrip().endswith("]")):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | tuple):
            return list(found)
    return None


def names_of(value: Any, separator: str | None = None) -> tuple[str, ...]:
    """Return the distinct names in a cell, in order; "Sammy Davis, Jr." is one name whatever the separator."""
    members = listed(value)
    if members is None:
        members = split_names(value, separator) if isinstance(value, str) else [value]
    texts = [text_of(member.get("name") if isinstance(member, Mapping) else member) for member in members]
    return tuple(dict.fromkeys(text for text in texts if text))


def text_of(value: Any) -> str | None:
    """Return a cell as text, without space around it; None when missing. Whole floats lose their point."""
    if is_missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | tuple) else str(value)
    return text.encode("utf-8", "replace").decode().strip()


def split_names(text: str, separator: str | None) -> list[str]:
    """Split a text at a separator; a suffix such as "Jr." stays with its name.

    >>> split_names("Sammy Davis, Jr., Dean Martin", ", ")
    ['Sammy Davis, Jr.', 'Dean Martin']
    """
    if separator is None:
        return [text]
    parts: list[str] = []
    for part in (part.strip() for part in text.split(separator.strip())):
        if parts and separator == ", " and _SUFFIX.fullmatch(part):
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    return parts


def separator_of(values: Sequence[str], *, names: bool = False) -> str | None:
    """Return how a column separates several names in a cell; None when it holds one name a cell.

    A bar or a semicolon separates wherever it occurs. A comma occurs within names too: it separates when what it
    separates is short and most of it occurs in other cells again, or, with `names`, when it is short.

    Args:
        values: cells that are not missing.
        names: whether the column is known to hold names of which there may be several.
    """
    for separator in ("|", ";"):
        if sum(separator in value for value in values) > 0.01 * len(values):
            return separator
    divided = [split_names(value, ", ") for value in values if "," in value]
    several = [parts for parts in divided if len(parts) > 1]
    if len(several) <= 0.01 * len(values):
        return None
    lengths = sorted(len(part) for parts in several for part in parts)
    if lengths[len(lengths) * 9 // 10] > 40:
        return None
    # "Tolkien, J.R.R." in every cell is one name turned round, not two.
    if len(several) >= 0.9 * len(values) and all(len(parts) == 2 for parts in several) and _turned_round(several):
        return None
    if names:
        return ", "
    uses = Counter(part for value in values for part in split_names(value, ", "))
    again = sum(uses[part] > 1 for parts in several for part in parts)
    return ", " if again >= 0.5 * len(lengths) else None


def _turned_round(pairs: Sequence[Sequence[str]]) -> bool:
    first, last = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    return not sum(name in last for name in first) > 0.05 * len(first)
