"""Fills demonstrations, whose names and numbers are slots, with the values of one catalogue.

Knows what stands for what by the fields' roles. Does not know where demonstrations come from, nor which are shown.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from tastemaker.agent.planners.catalogue_card import CatalogueCard
from tastemaker.agent.wording import say_condition
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType, Role, shown_value

_SLOT = re.compile(r"\{([a-z]+(?:\.[a-z0-9]+)?)\}")
_WISH_KEYS = ("field", "op", "value", "strength", "said", "either")
_OPINION_KEYS = ("opinion", "title", "said")
_MOTIVE_KEYS = ("name", "said")
_VALUES = 12
"""Frequent values of a field that demonstrations speak of."""


class _CannotFillError(LookupError):
    """The catalogue has nothing for a slot."""


@dataclass(frozen=True)
class Demonstration:
    """One request and its plan."""

    words: str
    """What a person says."""
    wishes: tuple[str, ...]
    """Wishes in force before, in plain words."""
    shown: tuple[str, ...]
    """Titles of the last list before."""
    plan: str
    """The plan as JSON, without keys that are empty."""
    masked: str
    """The request with names and numbers replaced by what they are."""


class Filling:
    """Fills demonstrations for one catalogue. Safe to share between threads."""

    def __init__(self, card: CatalogueCard) -> None:
        """Look up what stands for each kind of slot.

        Args:
            card: the catalogue's.
        """
        self._card = card
        self._fields = _fields(card)
        self._plain = _plain_slots(card, self._fields)
        self._pools: dict[str, Sequence[str]] = {"title": card.titles} | {
            kind: card.values.get(field.name, ())[:_VALUES] for kind, field in self._fields.items()
        }

    def filled(self, raw: Mapping[str, Any]) -> Demonstration | None:
        """Return a demonstration with its slots filled; None when the catalogue has nothing for one.

        Args:
            raw: as `planner-demonstrations` and `planner-bank` hold them.
        """
        # Each begins elsewhere among the frequent values: a model copies a name that it sees again and again.
        start = crc32(raw["say"].encode())

        def value(slot: re.Match[str]) -> str:
            kind, _, place = slot[1].partition(".")
            pool = self._pools.get(kind, ())
            if place.isdigit() and int(place) < len(pool):
                return pool[(start + int(place)) % len(pool)]
            if not self._plain.get(slot[1]):
                raise _CannotFillError(slot[1])
            return self._plain[slot[1]]

        def fill(text: str) -> str:
            return _SLOT.sub(value, text)

        def wish(parts: Sequence[Any]) -> dict[str, Any]:
            if parts[0] not in self._fields:
                raise _CannotFillError(parts[0])
            written = dict(zip(_WISH_KEYS, parts, strict=False))
            return written | {
                "field": self._fields[parts[0]].name,
                "value": [fill(each) for each in written["value"]],
                "said": fill(written["said"]),
            }

        def short(wish: Mapping[str, Any]) -> dict[str, Any]:
            # What is left out is meant; every key that is written costs tokens in each demonstration and each plan.
            return {key: value for key, value in wish.items() if (key, value) != ("strength", "must")}

        def parts(keys: Sequence[str], listed: Sequence[Sequence[str]]) -> list[dict[str, str]]:
            return [dict(zip(keys, map(fill, each), strict=True)) for each in listed]

        try:
            plan: dict[str, Any] = {"act": raw.get("act", "recommend")}
            if "wishes" in raw:
                plan["wishes"] = [short(wish(each)) for each in raw["wishes"]]
            for key, keys in (("opinions", _OPINION_KEYS), ("motives", _MOTIVE_KEYS)):
                if key in raw:
                    plan[key] = parts(keys, raw[key])
            for key in ("forget", "subject"):
                if key in raw:
                    plan[key] = [self._fields[each].name if each in self._fields else fill(each) for each in raw[key]]
            plan |= {key: raw[key] for key in ("start_over", "query", "count", "talk") if key in raw}
            before = raw.get("before", {})
            return Demonstration(
                words=fill(raw["say"]),
                wishes=tuple(
                    say_condition(_constraint(wish(each)), self._card.schema) for each in before.get("wishes", ())
                ),
                shown=tuple(fill(each) for each in before.get("shown", ())),
                plan=json.dumps(plan, ensure_ascii=False),
                masked=_SLOT.sub(lambda slot: self._mask(slot[1]), raw["say"]),
            )
        except _CannotFillError:
            return None

    def _mask(self, slot: str) -> str:
        kind, _, part = slot.partition(".")
        if kind == "title":
            return self._card.schema.noun
        if part in ("low", "high", "decade"):
            return "number"
        return self._fields[kind].spoken if part.isdigit() else self._plain[slot]


def _fields(card: CatalogueCard) -> Mapping[str, CatalogueField]:
    """Return the fields that stand for the kinds of which the demonstrations speak."""
    schema = card.schema
    named = [field for field in schema.facets() if card.values[field.name]]
    people = [field for field in named if field.role is Role.PERSON]
    genres = [field for field in named if field.role is Role.GENRE]
    plain = [field for field in named if field.role is Role.PLAIN]
    numbers = [field for field in schema.fields if field.name in card.numbers and field.role is Role.PLAIN]
    numbers.sort(key=lambda field: not (field.unit and field.less))
    years = [field for field in schema.with_role(Role.YEAR) if field.name in card.numbers]
    languages = [field for field in named if field.role is Role.LANGUAGE]
    found: dict[str, Sequence[CatalogueField]] = {
        "genre": genres or plain[:1],
        "facet": [field for field in plain if field not in (genres or plain[:1])],
        "person": people,
        "performer": people[1:],
        "language": languages,
        "number": numbers,
        "year": years,
    }
    return {kind: fields[0] for kind, fields in found.items() if fields}


def _plain_slots(card: CatalogueCard, fields: Mapping[str, CatalogueField]) -> dict[str, str]:
    """Return the slots that have one value each."""
    schema = card.schema
    slots = {"noun": schema.noun, "plural": schema.plural}
    if schema.motives:
        slots |= {"motive.name": schema.motives[0].name, "motive.cue": schema.motives[0].cues[0]}
    if "number" in fields:
        field = fields["number"]
        low, _, high = card.numbers[field.name]
        slots |= {
            "number.low": shown_value(round(low)),
            "number.high": shown_value(round(high)),
            "number.unit": field.unit,
        }
        slots |= {f"number.{name}": words[0] for name, words in (("less", field.less), ("more", field.more)) if words}
    if "year" in fields and fields["year"].type is FieldType.NUMBER:
        decade = int(card.numbers[fields["year"].name][1]) // 10 * 10
        slots |= {"year.decade": f"{decade}s", "year.low": str(decade), "year.high": str(decade + 9)}
    return slots


def _constraint(wish: Mapping[str, Any]) -> Constraint:
    return Constraint.model_validate({key: wish[key] for key in ("field", "op", "value", "strength")})
