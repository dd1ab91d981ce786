"""Demonstrations for a model that plans: requests with their plans, filled with the catalogue's own values.

Those whose request is built most like the one at hand are shown: names and numbers are masked by what they are before
requests are compared, so that a request for a genre and a decade finds another such request, whichever they are.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from tastemaker.agent.planners.catalogue_card import CatalogueCard
from tastemaker.agent.wording import say_condition
from tastemaker.prompts.library import load
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role, shown_value
from tastemaker.tools.workspace import Workspace

PROMPT = "planner-demonstrations"
_SLOT = re.compile(r"\{([a-z]+(?:\.[a-z0-9]+)?)\}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:s\b)?")
_WISH_KEYS = ("field", "op", "value", "strength", "said", "either")
_OPINION_KEYS = ("opinion", "title", "said")


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


class Demonstrations:
    """The demonstrations that fit one catalogue. Safe to share between threads."""

    def __init__(self, workspace: Workspace, card: CatalogueCard) -> None:
        self._workspace = workspace
        self._card = card
        self._lock = Lock()
        slots = _slots(card)
        fields = _fields(card)
        masks = {slot: _mask(slot, card, fields) for slot in slots}
        self.all: tuple[Demonstration, ...] = tuple(
            made
            for raw in yaml.safe_load(load(PROMPT).text)
            if (made := _filled(raw, slots, fields, masks, card.schema)) is not None
        )
        """Every demonstration whose fields and values the catalogue has."""

    def nearest(self, words: str, count: int) -> list[Demonstration]:
        """Return the demonstrations most like a request, the most like last, where models heed them most."""
        with self._lock:
            vectors = self._vectors
        query = self._workspace.encoder.encode_query(self.masked(words)[:500])
        order = np.argsort(-(vectors @ query), kind="stable")[:count]
        return [self.all[place] for place in order[::-1]]

    def masked(self, words: str) -> str:
        """Return a request with the catalogue's names and all numbers replaced by what they are."""
        schema = self._workspace.schema
        parts, end = [], 0
        for mention in self._workspace.resolver.mentions(words):
            if not mention.matches:
                continue
            best = mention.matches[0]
            label = schema.noun if best.item_id is not None else schema.field(best.field).spoken
            parts += [words[end : mention.start], label]
            end = mention.end
        return _NUMBER.sub("number", "".join([*parts, words[end:]]))

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        return self._workspace.encoder.encode([each.masked for each in self.all])


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


def _slots(card: CatalogueCard) -> dict[str, str]:
    fields = _fields(card)
    slots = {"noun": card.schema.noun, "plural": card.schema.plural}
    slots |= {f"title.{place}": title for place, title in enumerate(card.titles)}
    for kind, field in fields.items():
        for place, value in enumerate(card.values.get(field.name, ())[:4]):
            slots[f"{kind}.{place}"] = value
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


def _mask(slot: str, card: CatalogueCard, fields: Mapping[str, CatalogueField]) -> str:
    kind, _, part = slot.partition(".")
    if kind == "title":
        return card.schema.noun
    if part in ("low", "high", "decade"):
        return "number"
    return fields[kind].spoken if part.isdigit() else ""


def _constraint(wish: Mapping[str, Any]) -> Constraint:
    return Constraint.model_validate({key: wish[key] for key in ("field", "op", "value", "strength")})


def _filled(
    raw: Mapping[str, Any],
    slots: Mapping[str, str],
    fields: Mapping[str, CatalogueField],
    masks: Mapping[str, str],
    schema: CatalogueSchema,
) -> Demonstration | None:
    """Return a demonstration with its slots filled; None when the catalogue has nothing for one."""

    def fill(text: str) -> str:
        def value(slot: re.Match[str]) -> str:
            if not slots.get(slot[1]):
                raise _CannotFillError(slot[1])
            return slots[slot[1]]

        return _SLOT.sub(value, text)

    def wish(parts: Sequence[Any]) -> dict[str, Any]:
        if parts[0] not in fields:
            raise _CannotFillError(parts[0])
        written = dict(zip(_WISH_KEYS, parts, strict=False))
        return written | {
            "field": fields[parts[0]].name,
            "value": [fill(each) for each in written["value"]],
            "said": fill(written["said"]),
        }

    try:
        words = fill(raw["say"])
        plan: dict[str, Any] = {"act": raw.get("act", "recommend")}
        if "wishes" in raw:
            plan["wishes"] = [wish(each) for each in raw["wishes"]]
        if "opinions" in raw:
            plan["opinions"] = [
                dict(zip(_OPINION_KEYS, (fill(part) for part in each), strict=True)) for each in raw["opinions"]
            ]
        for key in ("forget", "subject"):
            if key in raw:
                plan[key] = [fields[each].name if each in fields else fill(each) for each in raw[key]]
        plan |= {key: raw[key] for key in ("start_over", "query", "count", "talk") if key in raw}
        before = raw.get("before", {})
        return Demonstration(
            words=words,
            wishes=tuple(say_condition(_constraint(wish(each)), schema) for each in before.get("wishes", ())),
            shown=tuple(fill(each) for each in before.get("shown", ())),
            plan=json.dumps(plan, ensure_ascii=False),
            masked=_SLOT.sub(lambda slot: masks.get(slot[1]) or slots[slot[1]], raw["say"]),
        )
    except _CannotFillError:
        return None
