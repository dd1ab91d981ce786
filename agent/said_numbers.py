"""Finds the numbers that a text says, in digits or in English words, with the words beside them.

Every digit and every number word is found, so that none can pass unread; "one" and "first" count as ordinary words.
Knows nothing of which numbers are true.
"""

import re
from dataclasses import dataclass

_UNITS = (  # noqa: SIM905
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VALUES = (
    {word: value for value, word in enumerate(_UNITS)}
    | {word: 20 + 10 * place for place, word in enumerate(_TENS)}
    | {word: 2 + place for place, word in enumerate(_ORDINALS)}
)
_DECADES = {f"{word[:-1]}ies": 20 + 10 * place for place, word in enumerate(_TENS)}
_WORDS = sorted([*_VALUES, *_SCALES, *(f"{word}s" for word in _SCALES), *_DECADES], key=len, reverse=True)
_WORD = "|".join(_WORDS)
_NUMBER = re.compile(
    rf"(?P<digits>\d+(?:[.,]\d+)*)(?P<plural>['’]?s\b)?|\b(?P<words>(?:{_WORD})(?:(?:[\s\-–]+|\s+and\s+)(?:{_WORD}))*)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"([^\W\d_]+)[\s\-–‐‑(]*$")
_AFTER = re.compile(r"^(?:st|nd|rd|th)?[\s\-–‐‑)]*([^\W\d_]+)")


@dataclass(frozen=True)
class SaidNumber:
    """One number as said."""

    text: str
    """As written."""
    value: float | None
    """What it means; None when it cannot be read."""
    decade: bool = False
    """Whether ten years are meant: `1980s`, `80s`, `eighties`."""
    before: str = ""
    """The word before it, in lower case; empty where there is none."""
    after: str = ""
    """The word after it, in lower case."""


def said_numbers(text: str) -> list[SaidNumber]:
    """Return the numbers of a text in order.

    >>> [(each.value, each.decade, each.after) for each in said_numbers("a 117-minute film of the '80s")]
    [(117.0, False, 'minute'), (80.0, True, '')]
    """
    found = []
    for match in _NUMBER.finditer(text):
        words = (match["words"] or "").casefold()
        if words in ("one", ""):
            if words:
                continue
            value = _digits(match["digits"])
            decade = bool(match["plural"]) and value is not None and value % 10 == 0
        else:
            decade = words in _DECADES
            value = float(_DECADES[words]) if decade else _words(words)
        before = _BEFORE.search(text[: match.start()])
        after = _AFTER.search(text[match.end() :])
        found.append(
            SaidNumber(
                match.group(),
                value,
                decade,
                before[1].casefold() if before else "",
                after[1].casefold() if after else "",
            )
        )
    # Fractions, Roman numerals of their own, numbers of other scripts.
    found += [SaidNumber(sign, None) for sign in text if sign.isnumeric() and not sign.isdecimal()]
    return found


def _digits(text: str) -> float | None:
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text) else text
    try:
        return float(plain)
    except ValueError:
        return None


def _words(text: str) -> float | None:
    parts = [
        part.removesuffix("s") if part.removesuffix("s") in _SCALES else part for part in re.split(r"[\s\-–]+", text)
    ]
    values = [part for part in parts if part != "and"]
    if len(values) >= 2 and all(part in _VALUES for part in values) and 10 <= _VALUES[values[0]] < 100:
        rest = sum(_VALUES[part] for part in values[1:])
        if _VALUES[values[0]] < 20 or _VALUES[values[1]] >= 10:
            # "nineteen eighty-two", "twenty twenty": a year as it is spoken.
            return float(100 * _VALUES[values[0]] + rest) if rest < 100 else None
    total, current = 0.0, 0.0
    for part in values:
        if part in _VALUES:
            current += _VALUES[part]
        elif _SCALES[part] <= 100:
            current = max(current, 1) * _SCALES[part]
        else:
            total, current = total + max(current, 1) * _SCALES[part], 0.0
    return total + current
