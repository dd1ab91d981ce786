"""Slots that stand in a demonstration for the names and numbers of a marked request.

Knows what kind of field a mark is of by the table that `demonstrations.toml` holds, and nothing of plans' forms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tastemaker.eval.understanding.request_file import ITEM, Mark

YEAR, NUMBER, TITLE = "year", "number", "title"
_MOST = {TITLE: 6, "performer": 4, "person": 4, "language": 3, "facet": 4, "genre": 6}
"""Slots of each kind that a catalogue is asked to fill."""
_UNIT = "minutes?|mins?|hours?|hrs?|h|m|pages?|p|people|players|calories|kcal"
_AMOUNT = rf"(?P<amount>[\w.,'-]+(?: and a half| and a quarter)?)(?: ?-?(?:{_UNIT}))?"
_CUES = {
    "lt": "under|below|less than|shorter than|fewer than|before|older than|earlier than|pre",
    "le": "at most|up to|not over|no more than|not more than|no longer than|not longer than|max|maximum|within|until|"
    "not newer than|no newer than|no later than|not after|nothing after|nothing over|nothing longer than|"
    "nothing newer than|tops",
    "gt": "over|above|more than|longer than|after|newer than|later than|post",
    "ge": "at least|no less than|not less than|not under|no shorter than|not shorter than|minimum|min|since|from|"
    "not older than|no older than|nothing older than|not before|nothing before|starting from|at least from|"
    "nothing under",
}
_AFTER = {
    "ge_after": "on|onwards?|or (?:newer|later|more|longer|up)|and (?:up|later|newer)|minimum|at least|plus|upwards",
    "le_after": "or (?:older|earlier|less|shorter|under)|and (?:earlier|older)|max|maximum|tops|at most|at the most",
}


def _any_of(words: Mapping[str, str]) -> str:
    return "|".join(f"(?P<{name}>{told})" for name, told in words.items())


_BOUND = re.compile(
    rf"(?:{_any_of(_CUES)})?\s*(?:the year |about )?{_AMOUNT}(?: (?:{_any_of(_AFTER)}))?", re.IGNORECASE
)
_GROUPS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "ge_after": ">=", "le_after": "<="}
_RANGE = re.compile(r"(?P<first>between|from)?\s*[\w.' -]+?\s*(?P<join>and|to|-|–)\s*[\w.' ]+", re.IGNORECASE)
_DECADE = re.compile(r"(?P<the>the )?(?:(?:19|20)?\d0'?s|(?:nineteen )?[a-z]+ies)", re.IGNORECASE)
_ENDS = {"at-least": (">", ">="), "at-most": ("<", "<=")}


class CannotSayError(ValueError):
    """A mark cannot be told in slots."""


@dataclass
class Slots:
    """The slots of one dialogue: the same name always has the same."""

    kinds: Mapping[str, str]
    """Kind of slot by field."""
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """Slot by kind and name."""

    def of(self, kind: str, name: str) -> str:
        """Return the slot of a name, in braces."""
        key = (kind, name.casefold())
        if key not in self.names:
            place = sum(other == kind for other, _ in self.names)
            if place >= _MOST[kind]:
                raise CannotSayError(f"more than {_MOST[kind]} of {kind}")
            self.names[key] = f"{{{kind}.{place}}}"
        return self.names[key]

    def kind(self, mark: Mark) -> str:
        """Return the kind of slot of a mark."""
        if mark.field == ITEM:
            return TITLE
        kind = self.kinds.get(mark.field)
        if kind is None:
            raise CannotSayError(f"no slot for {mark.field}")
        return kind


def number_wish(kind: str, mark: Mark) -> tuple[str, str, list[str]]:
    """Return the words of a number in slots, the operator, and the values.

    >>> from tastemaker.eval.understanding.request_file import plain
    >>> number_wish("number", plain("[under two hours=120|runtime|at-most]")[1][0])
    ('under {number.high} {number.unit}', '<', ['{number.high}'])
    >>> number_wish("year", plain("[the 80s=1980..1989|year|wanted]")[1][0])
    ('the {year.decade}', 'between', ['{year.low}', '{year.high}'])
    """
    found, text = mark.numbers, mark.text.strip()
    unit = "" if kind == YEAR else " {number.unit}"
    low, high = f"{{{kind}.low}}", f"{{{kind}.high}}"
    if found is None:
        raise CannotSayError(f"'{text}' has no number")
    if mark.role == "wanted" and found[0] != found[1]:
        decade = _DECADE.fullmatch(text)
        if kind == YEAR and decade and found[1] - found[0] == 9:
            return f"{decade['the'] or ''}{{year.decade}}", "between", [low, high]
        spread = _RANGE.fullmatch(text)
        if spread and not decade:
            first = f"{spread['first']} " if spread["first"] else ""
            join = spread["join"] if spread["join"].isalpha() else "to"
            return f"{first}{low} {join} {high}{unit}", "between", [low, high]
    bound = _BOUND.fullmatch(text)
    if bound is None or found[0] != found[1] or not any(letter.isdigit() for letter in mark.canonical or text):
        raise CannotSayError(f"'{text}' is no plain number")
    ops = {_GROUPS[name] for name in _GROUPS if bound[name]}
    told = next((bound[name] for name in ("lt", "le", "gt", "ge") if bound[name]), "")
    after = bound["ge_after"] or bound["le_after"]
    if mark.role == "wanted" and not ops:
        return f"{low}{unit}", "==", [low]
    if mark.role not in _ENDS or not ops <= set(_ENDS[mark.role]) or not ops:
        raise CannotSayError(f"'{text}' is no bound of {mark.role}")
    value = low if mark.role == "at-least" else high
    words = " ".join(filter(None, [told, value + unit, after]))
    return words, next(iter(sorted(ops))), [value]
