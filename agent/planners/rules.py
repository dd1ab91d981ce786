"""The rules planner: from words to a plan without any model.

Names come from the resolver and domain words from the schema; the rest is a grammar of years, amounts, lists,
refusals and references to what was shown. Understands English; in another language it finds the names.
"""

from collections.abc import Sequence

from tastemaker.agent.errors import PlanError
from tastemaker.agent.grounding import ground
from tastemaker.agent.plan import Act, Draft, NamedOpinion, Opinion, Plan
from tastemaker.agent.planners.acts import Acts
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.planners.facets import Facets
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numbers import Numbers
from tastemaker.agent.planners.opinions import ItemUnit, named_opinions, read_opinions
from tastemaker.agent.planners.remainder import remainder, sensible
from tastemaker.agent.planners.scope import Scope
from tastemaker.agent.references import References
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Condition, Constraint, Operator
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.resolve.mentions import Mention
from tastemaker.tools.workspace import Workspace

_LONGEST = 4000
_ANCHORS = 3


class RulesPlanner:
    """Plans turns by rules. Safe to share between threads; never raises for any words."""

    name = "rules"

    def __init__(self, workspace: Workspace) -> None:
        """Prepare the patterns of a workspace's schema."""
        self.workspace = workspace
        schema = workspace.schema
        spoken = {normalise(schema.noun), normalise(schema.plural), "movie", "movies", "flick", "flicks"} - {""}
        self._nouns = sorted(spoken)
        self._resolver = workspace.resolver
        gazetteer = workspace.resolver.gazetteer
        self._acts = Acts(self._nouns)
        self._references = References(self._nouns)
        self._numbers = Numbers(workspace.catalogue, list(gazetteer.year_of.values()), self._nouns)
        self._facets = Facets(schema, gazetteer.several)

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn by rules."""
        try:
            return Planned(ground(self.draft(words, state), state, self.workspace), self.name)
        except PlanError as error:
            # A rule drafted what the catalogue cannot be asked: a defect, which the trace must show.
            return Planned(Plan(act=Act.ASK), self.name, warnings=(f"the rules could not plan this turn: {error}",))

    def draft(self, words: str, state: State) -> Draft:
        """Return what the rules understand of one turn, values as the catalogue has them."""
        line = Line(words[:_LONGEST])
        if not len(line):
            return Draft(act=Act.ASK)
        if self._acts.undoes(line):
            return Draft(act=Act.UNDO)
        mentions = self._resolver.mentions(line.said)
        if not mentions and (talk := self._acts.talk(line)) is not None:
            return Draft(act=Act.CHAT, talk=talk)
        return self._request(line, mentions, state)

    def _request(self, line: Line, mentions: Sequence[Mention], state: State) -> Draft:
        shown = state.last_shown
        start_over = self._acts.starts_over(line)
        items = self._items(line, [each for each in mentions if each.kind == "item"], shown)
        facets = [each for each in mentions if each.kind != "item" and each.matches]
        named = [any(each.start < word.end and word.start < each.end for each in mentions) for word in line.words]
        scope = Scope(line, named, self._nouns)
        explains = self._acts.explains(line)
        more_like = self._acts.more_like_these(line) and bool(shown)
        seen_them = self._acts.has_seen_them(line) and bool(shown) and not any(unit.pointed for unit in items)
        others = self._acts.others(line)
        anything = self._acts.wants_anything(line)
        places = {line.stretch(each.start, each.end)[0] for each in facets}
        item_at = {unit.start: self._item_id(unit, shown) for unit in items}
        for mention in mentions:
            line.claim(*line.stretch(mention.start, mention.end))
        spans = self._numbers.spans(
            line, shown, lambda place: self._starting(line, item_at, place), lambda place: place in places
        )
        compared = {unit.start for unit in items if line.text[: unit.start].rstrip().endswith((" than", " than the"))}
        items = [unit for unit in items if unit.start not in compared]
        numbers = self._numbers.wishes(line, spans, scope)
        units = self._facets.units(line, facets, scope)
        wished = self._facets.wishes(line, units, state, more=bool(shown))
        read_opinions(line, items, scope)
        count = self._acts.count(line)
        conditions = [*wished.conditions, *numbers.conditions, *self._missing(mentions)]
        forget = [*wished.forget, *numbers.forget, *self._fields_forgotten(line, scope)]
        subject = self._subject(line, items, state) if explains else ()
        asks = explains and bool(subject or self._points_at_list(line, shown)) and not conditions
        if asks and not (self._acts.only_looks_for(line) and not any(unit.pointed for unit in items)):
            return Draft(act=Act.EXPLAIN, subject=subject)
        query = remainder(line, scope, self._nouns)
        if query and not (conditions or items) and not sensible(query, self._resolver.gazetteer.vocabulary):
            query = ""
        opinions = named_opinions(items, "anchor")
        opinions += self._of_list(shown, more_like=more_like, seen=seen_them, named=bool(items))
        act = Act.RECOMMEND
        understood = bool(conditions or opinions or forget or query or count or anything)
        if shown and (
            others or more_like or seen_them or any(unit.pointed for unit in items) or any(s.settled for s in spans)
        ):
            act = Act.CRITIQUE
        elif not understood and (start_over or not _has_wishes(state)):
            act = Act.ASK
        return Draft(
            act=act,
            wishes=tuple(dict.fromkeys(conditions))[:20],
            opinions=tuple(dict.fromkeys(opinions))[:50],
            forget=tuple(dict.fromkeys(each[:200] for each in forget if each))[:20],
            start_over=start_over,
            query=query,
            count=count,
        )

    def _items(self, line: Line, mentions: Sequence[Mention], shown: Sequence[str]) -> list[ItemUnit]:
        """Return the items named or pointed to, in order, claiming their words."""
        units: list[ItemUnit] = []
        for mention in mentions:
            start, end = line.stretch(mention.start, mention.end)
            best = next((match for match in mention.matches if match.item_id in shown), None) or next(
                iter(mention.matches), None
            )
            name = best.values[0] if best else mention.text
            units.append(ItemUnit(start, end, name, mention.text, known=best is not None))
            line.claim(start, end)
        for reference in self._references.find(line.text) if shown else ():
            inside = line.inside(reference.start, reference.end)
            if any(line.claimed[k] for k in inside):
                continue
            pointed = reference.items(shown)
            line.claim(reference.start, reference.end)
            for item in self.workspace.catalogue.items(list(pointed)):
                said = line.typed(reference.start, reference.end)
                units.append(ItemUnit(reference.start, reference.end, item.title, said, pointed=True))
        return sorted(units, key=lambda unit: unit.start)

    def _item_id(self, unit: ItemUnit, shown: Sequence[str]) -> str | None:
        found = self._resolver.resolve_item(unit.name).matches if unit.known else ()
        recent = next((match.item_id for match in found if match.item_id in shown), None)
        return recent or next((match.item_id for match in found), None)

    @staticmethod
    def _starting(line: Line, items: dict[int, str | None], place: int) -> str | None:
        """Return the item named at a place of the line, an article in front aside."""
        return items.get(place) or (items.get(place + 4) if line.text[place : place + 4] == "the " else None)

    def _missing(self, mentions: Sequence[Mention]) -> list[Condition]:
        """Return wishes for people that are announced and not in the catalogue, so that grounding reports them."""
        fields = self.workspace.schema.with_role(Role.PERSON)
        return [
            Constraint(field=field.name, op=Operator.CONTAINS_ANY, value=(mention.text[:300],), said=mention.text[:500])
            for mention in mentions
            if mention.kind == "person" and not mention.matches
            for field in fields[:1]
        ]

    def _fields_forgotten(self, line: Line, scope: Scope) -> list[str]:
        """Return fields whose wishes are taken back by their own name: "the year doesn't matter"."""
        found: list[str] = []
        for field in self.workspace.schema.fields:
            names = {normalise(field.spoken), normalise(field.name)}
            if field.unit in ("minutes", "pages"):
                names.add("length")
            for k, word in enumerate(line.words):
                taken_back = "FORGOTTEN" in (scope.attitudes[k].name or "")
                if word.key in names and taken_back and not line.claimed[k]:
                    line.claimed[k] = True
                    found.append(field.name)
        return found

    def _subject(self, line: Line, items: Sequence[ItemUnit], state: State) -> tuple[str, ...]:
        """Return the titles that a question is about; those of the question before for "it"."""
        if items:
            return tuple(dict.fromkeys(unit.name[:300] for unit in items))[:10]
        keys = {word.key for word in line.words}
        if not keys & {"it", "that", "this", "its", "thats", "he", "she"} or not state.exchanges:
            return ()
        before = Line(state.exchanges[-1].user[:_LONGEST])
        mentions = [each for each in self._resolver.mentions(before.said) if each.kind == "item" and each.matches]
        earlier = state.shown[:-1] if state.shown and not state.shown[-1] else ()
        shown = next((ids for ids in reversed(earlier) if ids), state.last_shown)
        return tuple(unit.name for unit in self._items(before, mentions, shown))[:1]

    def _points_at_list(self, line: Line, shown: Sequence[str]) -> bool:
        pointing = {"it", "that", "this", "these", "those", "them", "one", "ones", "why", "its", "which", "they"}
        return bool(shown) and any(word.key in pointing for word in line.words)

    def _of_list(self, shown: Sequence[str], *, more_like: bool, seen: bool, named: bool) -> list[NamedOpinion]:
        if named or not (more_like or seen):
            return []
        items = self.workspace.catalogue.items(list(shown[:_ANCHORS] if more_like else shown))
        opinion: Opinion = "anchor" if more_like else "seen"
        return [NamedOpinion(opinion=opinion, name=item.title, said=item.title) for item in items]


def _has_wishes(state: State) -> bool:
    return bool(state.conditions or state.ratings or state.query or state.known)
