"""From the facets named in a line to conditions: which field is meant, lists with "or" and "and", refusals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tastemaker.agent.planners.comparatives import bases
from tastemaker.agent.planners.credits import Credits
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.scope import Attitude, Scope
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import (
    Condition,
    Constraint,
    Group,
    Operator,
    Strength,
    constraints_in,
)
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.lookup import Lookup
from tastemaker.tools.resolve.mentions import Mention

_LIKED = re.compile(r"\b(?:like|love|enjoy|adore|prefer|into|(?:fan|fans) of) $")
_BETWEEN_OR = re.compile(r"^ (?:,? ?(?:or|/|and/or)(?: (?:maybe|even|else|a|an|the|some|with|by|in|from))*|/) $")
_BETWEEN_AND = re.compile(
    r"^ (?:,? ?(?:and|as well as|plus|along with)(?: (?:also|a|an|the|some|with|by|in|from|maybe))*) $"
)
_BETWEEN_COMMA = re.compile(r"^ ,(?: (?:a|an|some|maybe))? $")
_FILLER = (
    r"(?: (?:the|a|an|some|any|great|good|mr|ms|legendary|either|both"
    r"|people like|one of|anything|something|people))*"
)
_SHORTEST_STEM = 3
_SPOKEN = re.compile(r"^ (?:-? ?(?:language|speaking|spoken|dubbed|dub|audio|subtitles|subtitled|with subtitles))\b")


@dataclass
class FacetUnit:
    """One facet named in the line."""

    start: int
    """Place of its first letter in the line."""
    end: int
    """Place after its last letter."""
    values: dict[str, tuple[str, ...]]
    """Values by field; several fields when the wording does not say which."""
    attitude: Attitude
    said: str
    person: bool = False
    """Whether it names a person."""
    plural: bool = False
    """Whether it is named in the plural: `comedies`."""
    cue: str = ""
    """The schema's cue word before it."""
    every: bool = False
    """Whether all its values are meant at once, and not one of them."""
    liked: bool = False
    """Whether it is liked in general, and not asked for: "I love westerns"."""


@dataclass
class FacetWishes:
    """What is wished of facets."""

    conditions: list[Condition] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)
    """Values whose earlier wishes are taken back."""


class Facets:
    """Makes conditions of the facets that a line names."""

    def __init__(self, schema: CatalogueSchema, several: frozenset[str], nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            schema: the catalogue's schema.
            several: fields of which an item usually carries more than one value, so that "and" can mean both.
            nouns: comparison keys of the words for items.
        """
        self._schema = schema
        self._several = several
        self._credits = Credits(schema, nouns)
        self._cues = [
            (re.compile(rf"(?:^| ){re.escape(cue)}{_FILLER} $"), field_.name, cue)
            for cue, field_ in sorted(
                ((normalise(cue), each) for each in schema.facets() for cue in (*each.cues, each.spoken)),
                key=lambda pair: -len(pair[0]),
            )
            if cue
        ]
        self._verbs = [
            (re.compile(rf"^ (?:as (?:the |an? )?|[^\s.,?]+ (?:[^\s.,?]+ )?)?{re.escape(stem)}(?:\w*)\b"), field_.name)
            for field_ in schema.facets()
            for stem in {_stem(each) for each in (*field_.cues, field_.name)} - {""}
        ]
        self._labels = [
            (re.compile(rf"^ (?:in|on|among|as) (?:the |its |their )?{re.escape(label)}\b"), field_.name)
            for field_ in schema.facets()
            for label in {normalise(field_.spoken), normalise(field_.name)} - {""}
        ]

    def units(self, line: Line, mentions: Sequence[Mention], scope: Scope) -> list[FacetUnit]:
        """Return the facets named in a line, in order, claiming their words."""
        found: list[FacetUnit] = []
        for mention in mentions:
            start, end = line.stretch(mention.start, mention.end)
            unit = FacetUnit(
                start, end, {}, scope.of(start, end), mention.text, person=mention.kind == "person",
                plural=mention.text.casefold().endswith("s"),
            )  # fmt: skip
            self._choose(line, unit, mention, found[-1] if found else None)
            line.claim(start, end)
            found.append(unit)
            if unit.person and not unit.cue and mention.matches:
                following = [line.stretch(each.start, each.end)[0] for each in mentions if each.start >= mention.end]
                found += self._credited(line, unit, mention, min(following, default=len(line.text)))
        return found

    def _credited(self, line: Line, unit: FacetUnit, mention: Mention, until: int) -> list[FacetUnit]:
        """Set the field that words behind a person name; return the refusal of the field that they exclude."""
        options = {match.field: match.values for match in mention.matches if match.values == mention.matches[0].values}
        wanted, excluded = self._credits.read(line, unit.end, until)
        if wanted in options:
            unit.values = {str(wanted): options[str(wanted)]}
        if excluded not in options:
            return []
        field = str(excluded)
        unit.values = {name: values for name, values in options.items() if name != field} or unit.values
        refused = Attitude.REFUSED
        return [FacetUnit(unit.start, unit.end, {field: options[field]}, refused, unit.said, person=True)]

    def shades(self, line: Line, lookup: Lookup) -> list[FacetUnit]:
        """Return the facets of which more is asked in one word, `funnier`, claiming the words."""
        found: list[FacetUnit] = []
        for k, word in enumerate(line.words):
            if line.claimed[k] or not word.key.endswith("er"):
                continue
            for base in bases(word.key):
                names = [each for each in lookup.names(base) if lookup.kinds[each.field] == "facet"]
                if names:
                    start = line.places[k]
                    values = {each.field: each.values for each in reversed(names)}
                    found.append(FacetUnit(start, start + len(word.key), values, Attitude.SOFT, word.text))
                    line.claimed[k] = True
                    break
        return found

    def wishes(self, line: Line, units: Sequence[FacetUnit], state: State, *, more: bool) -> FacetWishes:
        """Return what the facets of a line wish.

        Args:
            line: the utterance.
            units: its facets.
            state: what was wished before.
            more: whether "more X" asks for a shade of what was shown, so that X is a preference.
        """
        wishes = FacetWishes()
        plain = [each for each in units if Attitude.FORGOTTEN not in each.attitude]
        for unit in units:
            if Attitude.FORGOTTEN in unit.attitude:
                held = _held(state.conditions, unit)
                if Attitude.ALLOWED in unit.attitude and not held:
                    continue
                if held or Attitude.REFUSED not in unit.attitude:
                    wishes.forget += list(dict.fromkeys([unit.said, *(v for vs in unit.values.values() for v in vs)]))
                else:
                    wishes.conditions += self._refusal([unit], whole=False)
            elif Attitude.ALLOWED in unit.attitude and _refused(state.conditions, unit):
                wishes.forget += list(dict.fromkeys([unit.said, *(v for vs in unit.values.values() for v in vs)]))
        plain = [each for each in plain if Attitude.ALLOWED not in each.attitude]
        for group, joint in self._groups(line, [each for each in plain if Attitude.REFUSED not in each.attitude]):
            shade = more and line.text[: group[0][0].start].rstrip().endswith("more")
            wishes.conditions.append(self._wish(group, joint, soft=shade))
        refused = [each for each in plain if Attitude.REFUSED in each.attitude]
        while refused:
            alike = self._refused_together(line, refused)
            side_by_side = len(alike) > 1 and self._joint(line, alike[0], alike[1]) == "one"
            wishes.conditions += self._refusal(alike, whole=side_by_side)
            refused = [each for each in refused if not any(each is one for one in alike)]
        return wishes

    def _choose(self, line: Line, unit: FacetUnit, mention: Mention, before: FacetUnit | None) -> None:
        """Set the fields and values that a mention means."""
        options: dict[str, tuple[str, ...]] = {}
        likely: dict[str, tuple[str, ...]] = {}
        best = mention.matches[0]
        for match in mention.matches:
            if match.field in options or (unit.person and match.values != best.values):
                continue
            near = match.score >= best.score - 0.06
            if near or unit.person:
                options[match.field] = match.values
            if near or Attitude.REFUSED in unit.attitude:
                likely[match.field] = match.values
        text, after = line.text[: unit.start], line.text[unit.end :]
        chosen: str | None = None
        for pattern, name, cue in self._cues:
            announced = pattern.search(text) if name in options else None
            if announced:
                chosen, unit.cue = name, cue
                line.claim(announced.start() + int(announced.group().startswith(" ")), unit.start)
                break
        if chosen is None and before is not None and before.cue and len(before.values) == 1:
            between = line.text[before.end : unit.start]
            inherited = next(iter(before.values))
            if inherited in options and any(p.match(between) for p in (_BETWEEN_OR, _BETWEEN_AND, _BETWEEN_COMMA)):
                chosen, unit.cue = inherited, before.cue
        if chosen is None and _SPOKEN.match(after):
            chosen = next((name for name in options if self._schema.field(name).role is Role.LANGUAGE), None)
        if chosen is None:
            chosen = next((name for pattern, name in self._verbs if name in options and pattern.match(after)), None)
        if chosen is None:
            # "with Jane Doe in the cast"
            chosen = next((name for label, name in self._labels if name in options and label.match(after)), None)
        unit.values = {chosen: options[chosen]} if chosen else likely
        unit.every = best.every and set(unit.values) == {best.field}

    def _groups(self, line: Line, units: Sequence[FacetUnit]) -> list[tuple[list[list[FacetUnit]], str]]:
        """Return lists of clusters with how each list is joined: `any` or `all`.

        Facets side by side make a cluster, which an item must have whole: "a romantic comedy or a war drama".
        """
        groups: list[tuple[list[list[FacetUnit]], str]] = []
        for unit in units:
            clusters, joint = groups[-1] if groups else ([], "all")
            how = self._joint(line, clusters[-1][-1], unit) if clusters else None
            if how is None:
                groups.append(([[unit]], "all"))
            elif how == "one":
                clusters[-1].append(unit)
            else:
                clusters.append([unit])
                groups[-1] = (clusters, "any" if "any" in (how, joint) and len(clusters) > 2 else how)
        return groups

    def _joint(self, line: Line, first: FacetUnit, second: FacetUnit) -> str | None:
        """Return how two neighbours are joined: `one` cluster, `all`, `any`; None for wishes of their own."""
        between = line.text[first.end : second.start]
        same = first.values.keys() == second.values.keys() and first.attitude == second.attitude
        if not same:
            # "a French or Italian film", "by Tarantino or the Coen brothers": not in one field, yet one list.
            alike = first.values.keys() & second.values.keys() or (first.person and second.person)
            return "any" if _BETWEEN_OR.match(between) and alike else None
        several = any(name in self._several for name in first.values)
        if _BETWEEN_OR.match(between):
            return "any"
        if _BETWEEN_AND.match(between):
            both_plural = first.plural and second.plural and not first.person
            # "I like her and him" tells of two tastes; "with her and him" asks for both in one item.
            tastes = first.liked or (first.person and _LIKED.search(line.text[: first.start]))
            return "all" if several and not both_plural and not tastes else "any"
        if _BETWEEN_COMMA.match(between):
            return "all" if first.person and several and first.cue else "any"
        return "one" if between.strip() in ("", "-") and several else None

    def _wish(self, clusters: Sequence[Sequence[FacetUnit]], joint: str, *, soft: bool) -> Condition:
        units = [unit for cluster in clusters for unit in cluster]
        strength: Strength = "prefer" if soft or any(Attitude.SOFT in each.attitude for each in units) else "must"
        said = " ".join(dict.fromkeys(each.said for each in units))[:500]
        if joint == "any" and len(clusters) > 1:
            return _joined("any", [_whole(cluster, strength, said) for cluster in clusters], strength, said)
        return _whole(units, strength, said)

    def _refused_together(self, line: Line, refused: Sequence[FacetUnit]) -> list[FacetUnit]:
        """Return the first of some refused facets with those beside it, else with those refused like it."""
        first = refused[0]
        if first.every:
            return [first]
        together = [first]
        for each in refused[1:]:
            if self._joint(line, together[-1], each) != "one":
                break
            together.append(each)
        if len(together) > 1:
            return together
        return [
            each for each in refused
            if each.values.keys() == first.values.keys() and each.attitude == first.attitude and not each.every
        ]  # fmt: skip

    def _refusal(self, units: Sequence[FacetUnit], *, whole: bool) -> list[Condition]:
        strength: Strength = "prefer" if any(Attitude.SOFT in each.attitude for each in units) else "must"
        said = " ".join(dict.fromkeys(each.said for each in units))
        if whole or any(each.every for each in units):
            # Who refuses what is both refuses neither of the two.
            return [Group(join="none", members=(_whole(units, strength, said),), strength=strength, said=said)]
        refused: list[Condition] = []
        for name in units[0].values:
            values = tuple(dict.fromkeys(value for each in units for value in each.values[name]))
            refused.append(
                Constraint(field=name, op=Operator.CONTAINS_NONE, value=values[:50], strength=strength, said=said)
            )
        return refused


def _stem(cue: str) -> str:
    """Return what the forms of a cue's verb share: `direct` for "directed by"; nothing of a short word."""
    word = normalise(cue).split(" ")[0]
    for ending in ("ed", "en", "or", "er", "ress"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST_STEM:
            return word[: -len(ending)]
    return word if len(word) > _SHORTEST_STEM + 1 and not word.endswith("ing") else ""


def _whole(units: Sequence[FacetUnit], strength: Strength, said: str) -> Condition:
    """Return the condition that an item has every one of some facets."""
    single = all(len(each.values) == 1 and (each.every or len(next(iter(each.values.values()))) == 1) for each in units)
    several = len(units) > 1 or any(each.every for each in units)
    if single and several and len({next(iter(each.values)) for each in units}) == 1:
        name = next(iter(units[0].values))
        values = tuple(dict.fromkeys(value for each in units for value in each.values[name]))
        if len(values) > 1:
            return Constraint(field=name, op=Operator.CONTAINS_ALL, value=values[:50], strength=strength, said=said)
    each_one = [
        _joined("any", [_any(name, values, strength, said) for name, values in unit.values.items()], strength, said)
        for unit in units
    ]
    return _joined("all", each_one, strength, said)


def _joined(join: Literal["any", "all"], members: Sequence[Condition], strength: Strength, said: str) -> Condition:
    """Return members joined; values of one field that are joined by `any` become one constraint."""
    distinct = tuple(dict.fromkeys(members))[:20]
    if len(distinct) == 1:
        return distinct[0]
    simple = [each for each in distinct if isinstance(each, Constraint) and each.op is Operator.CONTAINS_ANY]
    if join == "any" and len(simple) == len(distinct) and len({each.field for each in simple}) == 1:
        values = tuple(dict.fromkeys(str(value) for each in simple for value in each.value))
        return _any(simple[0].field, values, strength, said)
    return Group(join=join, members=distinct, strength=strength, said=said)


def _any(name: str, values: tuple[str, ...], strength: Strength, said: str) -> Constraint:
    return Constraint(field=name, op=Operator.CONTAINS_ANY, value=values[:50], strength=strength, said=said[:500])


def _held(conditions: Sequence[Constraint | Group], unit: FacetUnit) -> bool:
    """Return whether a facet is part of an earlier wish."""
    return any(_speaks_of(each, unit) for each in conditions)


def _refused(conditions: Sequence[Constraint | Group], unit: FacetUnit) -> bool:
    """Return whether a facet was refused earlier."""
    return any(isinstance(each, Constraint) and each.excludes and _speaks_of(each, unit) for each in conditions)


def _speaks_of(condition: Constraint | Group, unit: FacetUnit) -> bool:
    return any(set(unit.values.get(each.field, ())) & set(each.value) for each in constraints_in(condition))
