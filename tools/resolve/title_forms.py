"""The forms in which people write a title: without article, year or subtitle, numbers as digits.

Knows no catalogue; which forms belong to which item is the gazetteer's matter.
"""

import re
from collections.abc import Iterator

from tastemaker.tools.catalogue.normalise import normalise, normalise_title
from tastemaker.tools.resolve.ordinary_words import is_ordinary

_YEAR_SUFFIX = re.compile(r"\s*\((\d{4})\)\s*$")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
_TAIL_ARTICLE = re.compile(r"^(.+), (the|a|an|le|la|les|l'|el|los|las|il|lo|der|die|das|een|de)$", re.IGNORECASE)
_DIVIDER = re.compile(r":\s+|\s+[-–—]\s+|\s+/\s+")
_SERIES = re.compile(r"^(.+?) and the ", re.IGNORECASE)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_SPELLED = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
            "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"}  # fmt: skip
_PART_WORDS = frozenset({"part", "pt", "episode", "ep", "chapter", "vol", "volume", "book", "no", "number"})


def split_year(name: str) -> tuple[str, int | None]:
    """Return a title without a year in parentheses at its end, and that year.

    >>> split_year("Sabrina (1995)")
    ('Sabrina', 1995)
    """
    match = _YEAR_SUFFIX.search(name)
    return (name[: match.start()], int(match.group(1))) if match and match.start() else (name, None)


def number_form(key: str) -> str:
    """Return a key with numbers as digits and words like "part" left out before them.

    >>> number_form("godfather part ii"), number_form("twelve monkeys")
    ('godfather 2', '12 monkeys')
    """
    words = key.split()
    changed: list[str] = []
    for place, word in enumerate(words):
        digit = _SPELLED.get(word) or (_ROMAN.get(word) if place else None)
        if digit and changed and changed[-1] in _PART_WORDS and len(changed) > 1:
            changed.pop()
        if word.isdigit() and len(changed) > 1 and changed[-1] in _PART_WORDS:
            changed.pop()
        changed.append(digit or word)
    return " ".join(changed)


def full_forms(title: str) -> list[str]:
    """Return the keys that stand for the whole title, the most literal first."""
    bare, _ = split_year(title)
    forms = [normalise(title), normalise(bare), normalise_title(bare)]
    if "(" in bare:
        forms.append(normalise_title(_PARENTHESIS.sub("", bare)))
    tail = _TAIL_ARTICLE.match(bare)
    if tail:
        forms += [normalise(f"{tail.group(2)} {tail.group(1)}"), normalise_title(tail.group(1))]
    forms += [number_form(form) for form in forms]
    # Two words are often written as one: `spiderman`.
    forms += [form.replace(" ", "") for form in forms if form.count(" ") == 1 and len(form) > 7]
    return [
        form for form in dict.fromkeys(forms) if form and (" " in form or form in forms[:3] or not is_ordinary(form))
    ]


def partial_forms(title: str) -> Iterator[str]:
    """Yield keys of the parts of a title around a colon or dash; a part of one ordinary word is left out."""
    bare, _ = split_year(title)
    parts = [part for part in _DIVIDER.split(bare) if part]
    if len(parts) < 2:
        parts = [part for part in _SERIES.findall(bare) if len(part.split()) > 1]
        if not parts:
            return
    longer = [" ".join(parts[start:]) for start in range(1, len(parts))]
    longer += [" ".join(parts[:end]) for end in range(2, len(parts))]
    seen = set(full_forms(title))
    for part in dict.fromkeys([*parts, *longer, f"{parts[0]} {parts[-1]}"]):
        for key in dict.fromkeys([normalise(part), normalise_title(part), number_form(normalise_title(part))]):
            words = key.split()
            if not words or key in seen or words[0] in _PART_WORDS:
                continue
            bare_words = normalise_title(part).split()
            if len(bare_words) == 1 and (is_ordinary(bare_words[0]) or len(bare_words[0]) < 4):
                continue
            seen.add(key)
            yield key
