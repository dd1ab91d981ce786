"""Series and versions of items: "all the Rocky films", "the second Godfather", "the original Psycho", "a sequel to X".

What belongs together is read from titles and their years: a number, a part or a subtitle behind one stem, or a stem
and a person in common. Of series whose titles share no words the catalogue tells nothing, and the reply says so.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.opinions import ItemUnit
from tastemaker.agent.planners.patterns import filled
from tastemaker.tools.catalogue.constraint import Condition, Constraint, Group, Operator
from tastemaker.tools.catalogue.item import Item, names_in
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.resolve.gazetteer import Form
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, is_ordinary
from tastemaker.tools.resolve.resolver import Resolver
from tastemaker.tools.resolve.title_forms import split_year
from tastemaker.tools.resolve.tokens import Token

_KINDS = r"series|franchise|saga|trilogy|quadrilogy|cycle|universe"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PLACES = {word: place for place, word in enumerate(_ORDINALS)} | {"last": -1, "latest": -1, "newest": -1, "final": -1}
_SET = (
    r"(?<!\S)(?:(?P<all>all(?: of)?(?: the| those)?|every(?: single)?|each)|the(?: (?:whole|entire|complete"
    r"|full|old|other))?)"
    r"(?: (?:two|three|four|five|six|seven|eight|\d))? (?P<stem>(?:[^\s.,?]+ ){0,5}?[^\s.,?]+)"
    rf" (?:(?P<series>(?:{{nouns}} )?(?:{_KINDS}))|(?P<noun>{{nouns}}))(?: in order)?(?= [.,?]|$| (?!with |by "
    rf"|from |about |of |in |where |that |starring )\S)"
)
_PLURAL = (
    r"(?<!\S)(?:all(?: of)? the|the (?:two|three|four|five|six|\d))(?: (?:two|three|four|five|six|\d))? "
    r"(?P<stem>(?:[^\s.,?]+ ){0,5}?[^\s.,?]+s)(?= [.,?]|$| (?:and|but|with|please|in|so|are|were)(?!\S))"
)
_NTH = (
    rf"(?:^|(?<= ))(?:the |that )?(?P<nth>{'|'.join(_PLACES)})"
    r"(?: (?:part|one|instalment|installment|{nouns}) (?:of|in))?(?: the)? ?$"
)
_BEFORE = re.compile(
    r"(?:^|(?<= ))(?:(?:the|that|an?|any|some) )?(?P<what>original|remakes? of|reboots? of|old|new"
    r"|sequels? (?:to|of|for)"
    r"|prequels? (?:to|of|for)|follow ups? to)(?: version of)?(?: the)? ?$"
)
_BEHIND = (
    r"^ (?:, )?(?:but )?(?:(?:only )?the )?(?P<what>original|remake|reboot|sequels?|prequels?)"
    r"(?: (?:version|one|{nouns}))?(?= [.,?]|$| please| not| and| but)"
)
_NOT_THE = re.compile(
    r" (?:, )?(?:and |but )?(?:not|never|instead of|rather than) (?:the |a |any )?(?:remake|reboot|new one"
    r"|new version|sequels?|old one|original)"
    r"(?= [.,?]|$| please)"
)
_FEWEST = 2
_GENERATION = 15
"""Years between two items from which they are versions and not parts."""
_MOST = 20
_MOST_SHOWN = 10


class Series:
    """Finds series and versions in lines. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, resolver: Resolver, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            catalogue: whose items they are.
            resolver: whose names the titles are.
            nouns: comparison keys of the words for items.
        """
        self._catalogue, self._resolver = catalogue, resolver
        self._set, self._plural = filled(_SET, nouns), filled(_PLURAL, nouns)
        self._nth, self._behind = filled(_NTH, nouns), filled(_BEHIND, nouns)
        self._people = [field.name for field in catalogue.schema.with_role(Role.PERSON)]
        self._years = resolver.gazetteer.year_of

    def widened(self, line: Line, units: Sequence[ItemUnit]) -> tuple[list[ItemUnit], list[str]]:
        """Return the items with those of the series named put in, and what is asked for and is not there.

        Args:
            line: the utterance; the words of series are claimed.
            units: the items named in it.
        """
        found, missing = self._sets(line)
        spans = {(each.start, each.end) for each in found}
        for unit in units:
            if any(start <= unit.start and unit.end <= end for start, end in spans):
                continue
            chosen, lacking = ([unit], "") if unit.pointed else self._chosen(line, unit)
            found += chosen
            missing += [lacking] if lacking else []
        return sorted(found, key=lambda unit: unit.start), missing

    def wished(self, units: Sequence[ItemUnit]) -> tuple[list[Condition], list[ItemUnit]]:
        """Return the wish for the very items of series of which nothing is felt, and the other items."""
        asked = [unit for unit in units if unit.whole and unit.opinion in (None, "like") and not unit.silent]
        felt = {unit.start for unit in asked if unit.opinion == "like"}
        asked = [unit for unit in asked if unit.start not in felt]
        if not asked:
            return [], list(units)
        rest = [unit for unit in units if not any(unit is each for each in asked)]
        items = self._catalogue.items(list(dict.fromkeys(str(unit.item_id) for unit in asked))[:_MOST])
        said = " ".join(dict.fromkeys(unit.said for unit in asked))[:500]
        return [self._titled(items, said)], rest

    @staticmethod
    def count(wishes: Sequence[Condition]) -> int | None:
        """Return how many items the wishes for very items name; None without such a wish."""
        named = [each for each in wishes if isinstance(each, Group) and each.join == "any"]
        several = sum(len(each.members) for each in named)
        several += sum(len(each.value) if isinstance(each, Constraint) else 1 for each in wishes if each not in named)
        return min(several, _MOST_SHOWN) or None

    def _titled(self, items: Sequence[Item], said: str) -> Condition:
        title, years = self._catalogue.schema.title.name, self._catalogue.schema.with_role(Role.YEAR)
        members: list[Condition] = []
        for item in items:
            one: Condition = Constraint(field=title, op=Operator.EQUAL, value=(str(item.values[title]),), said=said)
            year = item.values.get(years[0].name) if years else None
            if split_year(item.title)[1] is not None and isinstance(year, int | float):
                of_year = Constraint(field=years[0].name, op=Operator.EQUAL, value=(int(year),), said=said)
                one = Group(join="all", members=(one, of_year), said=said)
            members.append(one)
        plain = [each for each in members if isinstance(each, Constraint)]
        if len(plain) == len(members):
            return Constraint(field=title, op=Operator.EQUAL, value=tuple(each.value[0] for each in plain), said=said)
        return members[0] if len(members) == 1 else Group(join="any", members=tuple(members), said=said)

    def _sets(self, line: Line) -> tuple[list[ItemUnit], list[str]]:
        found: list[ItemUnit] = []
        missing: list[str] = []
        for pattern in (self._set, self._plural):
            for match in pattern.finditer(line.text):
                named = match.groupdict()
                opens = line.inside(match.start(), match.end())[0]
                if opens and line.words[opens].capital and not (named.get("all") or named.get("series")):
                    continue  # "like The Matrix": the article is the title's
                members = self._stem(line, match)
                if len(members) >= _FEWEST:
                    said = line.typed(match.start(), match.end())
                    found += [
                        ItemUnit(match.start(), match.end(), item.title, said, item.id, whole=True) for item in members
                    ]
                    line.claim(match.start(), match.end())
                elif named.get("series") and not members and any(w.capital for w in self._words(line, match)):
                    missing.append(line.typed(match.start("stem"), match.end()))
                    line.claim(match.start(), match.end())
        return found, missing

    @staticmethod
    def _words(line: Line, match: "re.Match[str]") -> list[Token]:
        return [line.words[k] for k in line.inside(*match.span("stem"))]

    def _stem(self, line: Line, match: "re.Match[str]") -> list[Item]:
        """Return the items of the series that the longest stem in a match names; none when nothing is one."""
        named, words = match.groupdict(), self._words(line, match)
        keys = match["stem"].split(" ")
        plural = "all" not in named
        certain = plural or bool(named["all"] or named["series"])
        for first in range(len(keys)):
            if first and not (keys[first - 1] in FUNCTION_WORDS or is_ordinary(keys[first - 1])):
                break
            stem = " ".join(keys[first:])
            marked = any(word.capital for word in words[first:])
            plain = all(is_ordinary(key) for key in keys[first:])
            doubtful = plain and not marked and not (certain and len(keys) > first + 1)
            if (doubtful or self._resolver.lookup.is_facet(stem)) and not (certain and marked):
                continue
            members = self.members(stem.removesuffix("s") if plural else stem)
            if len(members) >= _FEWEST:
                return members
        return []

    def members(self, stem: str) -> list[Item]:
        """Return the items of the series whose titles begin with a stem, oldest first."""
        core: dict[str, None] = {}
        near: dict[str, None] = {}
        numbered = re.compile(
            rf"{re.escape(stem)}(?: (?:part|episode|chapter|vol|volume|book|no|number)\b.*| [ivx]+(?: .*)?"
            rf"| \d{{1,2}}(?: .*)?| and the .*)?$"
        )
        for key, item in self._under(stem):
            (core if numbered.match(key) or self._divided(item, stem) else near)[item] = None
        if not core or len(core) + len(near) < _FEWEST:
            return self._sorted(core)
        first, others = (
            self._catalogue.items(list(core)),
            self._catalogue.items([each for each in near if each not in core]),
        )
        people = {name for item in first for name in self._people_of(item)}
        return self._sorted([*core, *(item.id for item in others if people & self._people_of(item))])

    def _in_order(self, stem: str) -> list[Item]:
        """Return a series in the order of its parts, without an older version of the first."""
        members = self.members(stem)
        if len(members) > _FEWEST and not self._divided(members[0].id, stem) and self._divided(members[1].id, stem):
            first, second = (self._years.get(each.id) for each in members[:2])
            if first is not None and second is not None and second - first > _GENERATION:
                return members[1:]
        return members

    def versions(self, item_id: str) -> list[Item]:
        """Return the items that bear the title of an item, its years aside, oldest first."""
        bare = normalise(split_year(self._catalogue.item(item_id).title)[0])
        return self._sorted([item for key, item in self._under(bare) if key == bare])

    def _chosen(self, line: Line, unit: ItemUnit) -> tuple[list[ItemUnit], str]:
        """Return the items that a title with words of series around it means, and what is asked for in vain."""
        if unit.item_id is None:
            return [unit], ""
        before, after = line.text[: unit.start], line.text[unit.end :]
        for match in line.find(_NOT_THE):
            line.claim(match.start(), match.end())
        nth = self._nth.search(before)
        if nth and self._resolver.lookup.names(normalise(unit.said)):
            stem = normalise(unit.said).removeprefix("the ")
            members, start, place = self._in_order(stem), nth.start(), _PLACES[nth["nth"]]
            numbered = self._resolver.gazetteer.names.get(f"{stem} {place + 1}", ()) if place > 0 else ()
            counted = [each.item_id for each in numbered if each.item_id]
            if len(members) >= _FEWEST or place > 0:
                line.claim(start, unit.end)
                if counted:
                    return [self._named(unit, start, unit.end, self._catalogue.item(counted[0]), line)], ""
                bare = normalise(split_year(unit.name)[0]).removeprefix("the ")
                if place == 0 and bare == stem:
                    # Of several versions of the first part, the best known is meant.
                    return [self._named(unit, start, unit.end, self._catalogue.item(unit.item_id), line)], ""
                if place < len(members):
                    return [self._named(unit, start, unit.end, members[place], line)], ""
                return [unit], line.typed(start, unit.end)
        ahead = _BEFORE.search(before)
        behind = None if ahead else self._behind.match(after)
        told = ahead or behind
        if told is None:
            return [unit], ""
        start, end = (told.start(), unit.end) if ahead else (unit.start, unit.end + told.end())
        what = told["what"].split(" ")[0]
        versions = self.versions(unit.item_id)
        if what in ("old", "new") and len(versions) < _FEWEST:
            return [unit], ""
        line.claim(start, end)
        if what in ("original", "old"):
            return [self._named(unit, start, end, (versions or self._catalogue.items([unit.item_id]))[0], line)], ""
        if what.startswith(("remake", "reboot", "new")):
            newer = versions[-1:] if what == "new" else versions[1:]
        else:
            newer = self._around(unit, later=what.startswith(("sequel", "follow")))
            newer = newer if what.endswith("s") else newer[:1]
        if not newer:
            return [unit], line.typed(start, end)
        return [self._named(unit, start, end, item, line) for item in newer], ""

    def _around(self, unit: ItemUnit, *, later: bool) -> list[Item]:
        """Return the later items of the series of an item, or the earlier ones."""
        title = normalise(split_year(unit.name)[0]).removeprefix("the ")
        said = normalise(split_year(unit.said)[0]).removeprefix("the ")
        members = max((self.members(stem) for stem in dict.fromkeys((said, title))), key=len)
        year = self._years.get(str(unit.item_id))
        if year is None:
            return []
        # An item with a lesser title is no part of a series: a remake.
        bare = normalise(split_year(unit.name)[0])
        others = [each for each in members if normalise(split_year(each.title)[0]) != bare]
        dated = [(self._years.get(each.id), each) for each in others]
        return [each for at, each in dated if at is not None and (at > year if later else at < year)]

    @staticmethod
    def _named(unit: ItemUnit, start: int, end: int, item: Item, line: Line) -> ItemUnit:
        said = line.typed(start, end)
        return replace(unit, start=start, end=end, name=item.title, said=said, item_id=item.id, whole=True)

    def _under(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield the keys of titles that begin with the words of a stem, or are its plural, with their items."""
        keys = self._keys
        place = bisect_left(keys, (stem, ""))
        while place < len(keys) and keys[place][0].startswith(stem):
            key, item = keys[place]
            if key in (stem, f"{stem}s") or key.startswith(f"{stem} "):
                yield key, item
            place += 1

    def _divided(self, item_id: str, stem: str) -> bool:
        """Return whether a stem is the part of a title before its subtitle."""
        return item_id in self._parts.get(stem, ())

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        names = self._resolver.gazetteer.names
        return sorted({
            (key, each.item_id)
            for key, group in names.items() for each in group
            if each.item_id and each.form is not Form.PART
        })  # fmt: skip

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        parts: dict[str, set[str]] = {}
        for key, group in self._resolver.gazetteer.names.items():
            for each in group:
                if each.item_id and each.form is Form.PART:
                    parts.setdefault(key, set()).add(each.item_id)
        return parts

    def warm(self) -> None:
        """Build the indexes of titles."""
        assert self._keys is not None
        assert self._parts is not None

    def _people_of(self, item: Item) -> set[str]:
        return {name for field in self._people for name in names_in(item.values, field)}

    def _sorted(self, ids: Sequence[str] | dict[str, None]) -> list[Item]:
        items = self._catalogue.items(list(dict.fromkeys(ids)))
        return sorted(items, key=lambda item: (self._years.get(item.id, 9999), item.title))
