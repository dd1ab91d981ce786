"""The rules planner: from words to a plan without any model.

Names come from the resolver and domain words from the schema; the rest is a grammar of years, amounts, lists,
refusals and references to what was shown. Understands English; a request of another language is glossed first.
"""

from collections.abc import Sequence

from tastemaker.agent.errors import PlanError
from tastemaker.agent.grounding import ground
from tastemaker.agent.languages.gloss import Glosser
from tastemaker.agent.languages.restored import restored
from tastemaker.agent.plan import Act, Draft, Plan
from tastemaker.agent.planners.acts import Acts
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.planners.described import described
from tastemaker.agent.planners.facets import Facets
from tastemaker.agent.planners.items import Items
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numbers import Numbers
from tastemaker.agent.planners.opinions import ItemUnit, Opinions, named_opinions, taken, told_of
from tastemaker.agent.planners.remainder import remainder, requests, sensible
from tastemaker.agent.planners.scope import Attitude, Scope
from tastemaker.agent.planners.spans import RangeSpan
from tastemaker.agent.planners.verdicts import Verdicts
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Condition, Constraint, Operator
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.resolve.mentions import Mention
from tastemaker.tools.resolve.ordinary_words import item_words
from tastemaker.tools.workspace import Workspace

_LONGEST = 4000
_LENGTHS = frozenset({"minutes", "hours", "pages"})


class RulesPlanner:
    """Plans turns by rules. Safe to share between threads; never raises for any words."""

    name = "rules"

    def __init__(self, workspace: Workspace) -> None:
        """Prepare the patterns of a workspace's schema."""
        self.workspace = workspace
        schema = workspace.schema
        self._nouns = sorted(item_words(schema.noun, schema.plural))
        self._resolver = workspace.resolver
        gazetteer = workspace.resolver.gazetteer
        self._acts = Acts(self._nouns)
        self._items = Items(workspace.catalogue, workspace.resolver, self._nouns)
        self._opinions = Opinions(self._nouns)
        self._verdicts = Verdicts(self._nouns)
        lengths = [field.name for field in schema.fields if field.unit in _LENGTHS]
        self._labels: dict[str, str] = {"length": lengths[0]} if lengths else {}
        for field in reversed(schema.fields):
            self._labels |= {normalise(field.spoken): field.name, normalise(field.name): field.name}
        self._silent = [*self._nouns, *self._labels]
        workspace.resolver.warm()
        self._glosser = Glosser(schema, workspace.resolver)
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
        gloss = self._glosser.read(words[:_LONGEST], state.language)
        return restored(self._draft(Line(gloss.text), state), gloss)

    def _draft(self, line: Line, state: State) -> Draft:
        if not len(line):
            return Draft(act=Act.ASK)
        if self._acts.undoes(line):
            return Draft(act=Act.UNDO)
        mentions = self._resolver.mentions(line.said)
        talk, alone = self._acts.talk(line)
        if talk is not None and alone and not mentions:
            return Draft(act=Act.CHAT, talk=talk)
        draft = self._request(line, mentions, state)
        idle = draft == Draft(act=draft.act) and not requests(line)
        return Draft(act=Act.CHAT, talk=talk) if idle and talk in ("thanks", "goodbye") else draft

    def _request(self, line: Line, mentions: Sequence[Mention], state: State) -> Draft:
        shown, lookup = state.last_shown, self._resolver.lookup
        start_over = self._acts.starts_over(line)
        moved, left = self._items.other_version(line, state)
        items = self._items.find(line, mentions, shown)
        facets = [each for each in mentions if each.kind != "item" and each.matches]
        named = [any(each.start < word.end and word.start < each.end for each in mentions) for word in line.words]
        scope = Scope(line, named, self._nouns)
        explains = self._acts.explains(line)
        verdict = None if items else self._verdicts.read(line, len(shown))
        others = self._acts.others(line)
        anything = self._acts.wants_anything(line)
        units = self._facets.units(line, facets, scope)
        for unit in list(units) if shown else ():
            if pointed := described(line, unit, shown, self.workspace.catalogue):
                items += self._items.pointed(unit.start, unit.end, unit.said, pointed[:1])
                units.remove(unit)
        self._opinions.read(line, items, scope)
        spans, items = self._numbers_and_items(line, items, {unit.start for unit in units}, shown)
        for unit in units:
            if any(told_of(line, item, unit.start) for item in items):
                unit.attitude |= Attitude.SOFT
        numbers = self._numbers.wishes(line, spans, scope)
        shades = self._facets.shades(line, lookup) if shown else []
        wished = self._facets.wishes(line, [*units, *shades], state, more=bool(shown))
        count = self._acts.count(line)
        conditions = [*wished.conditions, *numbers.conditions, *self._missing(mentions)]
        forget = [*left, *wished.forget, *numbers.forget, *self._fields_forgotten(line, scope)]
        subject = self._items.subject(line, items, state) if explains else ()
        asked = explains and not conditions and bool(subject or self._items.points_at_list(line, shown))
        if asked and not (self._acts.only_looks_for(line) and not any(unit.pointed for unit in items)):
            return Draft(act=Act.EXPLAIN, subject=subject)
        for mention in mentions:
            line.claim(*line.stretch(mention.start, mention.end))
        query = remainder(line, scope, self._silent)
        if query and not (conditions or items) and not sensible(query, self._resolver.gazetteer.vocabulary):
            query = ""
        opinions = [*moved, *named_opinions(items, "anchor"), *self._items.of_list(shown, verdict)]
        understood = bool(conditions or opinions or forget or query or count or anything)
        if taken(items) and not (understood or others):
            return Draft(act=Act.CHAT, talk="thanks")
        act = Act.RECOMMEND
        relative = others or bool(verdict or shades) or any(unit.pointed for unit in items)
        if shown and (relative or any(span.settled for span in spans)):
            act = Act.CRITIQUE
        elif not understood and (start_over or not _has_wishes(state)):
            act = Act.ASK
        return Draft(
            act=act,
            wishes=_distinct(conditions)[:20],
            opinions=tuple(dict.fromkeys(opinions))[:50],
            forget=tuple(dict.fromkeys(each[:200] for each in forget if each))[:20],
            start_over=start_over,
            query=query,
            count=count,
        )

    def _numbers_and_items(
        self, line: Line, items: Sequence[ItemUnit], facets: set[int], shown: Sequence[str]
    ) -> tuple[list[RangeSpan], list[ItemUnit]]:
        """Return the ranges of the line, and the items less those that only measure one: "shorter than Heat"."""
        at = {unit.start: unit.item_id for unit in items}

        def named(place: int) -> str | None:
            return at.get(place) or (at.get(place + 4) if line.text.startswith("the ", place) else None)

        # "like Heat but shorter" measures Heat, "shorter" alone the last list.
        anchors = [unit.item_id for unit in items if unit.opinion == "anchor" and unit.item_id]
        spans = self._numbers.spans(line, anchors or shown, named, lambda place: place in facets)
        measuring = (" than", " than the")
        return spans, [unit for unit in items if not line.text[: unit.start].rstrip().endswith(measuring)]

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
        for k, word in enumerate(line.words):
            if word.key in self._labels and Attitude.FORGOTTEN in scope.attitudes[k] and not line.claimed[k]:
                line.claimed[k] = True
                found.append(self._labels[word.key])
        return found


def _has_wishes(state: State) -> bool:
    return bool(state.conditions or state.ratings or state.query or state.known)


def _distinct(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return conditions without those that only say again what an earlier one says."""
    distinct: dict[str, Condition] = {}
    for condition in conditions:
        distinct.setdefault(
            condition.model_dump_json(exclude={"said": True, "members": {"__all__": {"said"}}}), condition
        )
    return tuple(distinct.values())
