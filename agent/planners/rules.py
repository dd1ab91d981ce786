"""The rules planner: from words to a plan without any model.

Names come from the resolver and domain words from the schema; the rest is a grammar of years, amounts, lists,
refusals and references to what was shown. Understands English; a request of another language is glossed first.
"""

from collections.abc import Sequence
from dataclasses import replace

from tastemaker.agent.errors import PlanError
from tastemaker.agent.grounding import ground
from tastemaker.agent.languages.gloss import Glosser
from tastemaker.agent.languages.notice import Notice
from tastemaker.agent.languages.restored import restored
from tastemaker.agent.languages.speech import template
from tastemaker.agent.plan import Act, Draft, Inquiry, NamedOpinion, Plan, Talk
from tastemaker.agent.planners.acts import Acts
from tastemaker.agent.planners.asides import Asides
from tastemaker.agent.planners.aversions import aversions, told_apart
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.planners.company import Company
from tastemaker.agent.planners.corrections import comes_beside, corrects
from tastemaker.agent.planners.described import described
from tastemaker.agent.planners.dial_words import DialWords
from tastemaker.agent.planners.facets import Facets, FacetUnit
from tastemaker.agent.planners.feelings import feelings, felt
from tastemaker.agent.planners.items import Items
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.motives import Motives
from tastemaker.agent.planners.numbers import Numbers
from tastemaker.agent.planners.opinions import ItemUnit, Opinions, named_opinions, taken, told_of
from tastemaker.agent.planners.questions import Asked, Questions
from tastemaker.agent.planners.remainder import remainder, requests, sensible
from tastemaker.agent.planners.repeats import Repeats
from tastemaker.agent.planners.scope import Attitude, Scope
from tastemaker.agent.planners.second_reading import second_reading
from tastemaker.agent.planners.series import Series
from tastemaker.agent.planners.spans import RangeSpan
from tastemaker.agent.planners.telling import Said, Telling, Told
from tastemaker.agent.planners.verdicts import Verdicts
from tastemaker.agent.question import Questioner
from tastemaker.agent.state import State
from tastemaker.agent.trace import Attempt
from tastemaker.agent.wishes import fields_of
from tastemaker.tools.catalogue.constraint import Condition, Constraint, Operator
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.resolve.mentions import Mention
from tastemaker.tools.resolve.ordinary_words import item_words
from tastemaker.tools.workspace import Workspace

_LONGEST = 4000
_LISTING = frozenset({Act.RECOMMEND, Act.CRITIQUE, Act.ASK})
_LENGTHS = frozenset({"minutes", "hours", "pages"})
_DECIDED = Attitude.REFUSED | Attitude.FORGOTTEN | Attitude.ALLOWED


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
        self._series = Series(workspace.catalogue, workspace.resolver, self._nouns)
        self._series.warm()
        self._opinions = Opinions(self._nouns)
        self._verdicts = Verdicts(self._nouns)
        self._asides = Asides(self._nouns)
        self._dials = DialWords(self._nouns)
        self._telling = Telling(self._nouns)
        self._questions = Questions(schema, self._nouns)
        self._repeats = Repeats(workspace.catalogue, self._nouns)
        lengths = [field.name for field in schema.fields if field.unit in _LENGTHS]
        self._labels: dict[str, str] = {"length": lengths[0]} if lengths else {}
        for field in reversed(schema.fields):
            self._labels |= {normalise(field.spoken): field.name, normalise(field.name): field.name}
        self._silent = [*self._nouns, *self._labels]
        workspace.resolver.warm()
        self._glosser = Glosser(schema, workspace.resolver, Questioner(workspace.catalogue).ready)
        self._numbers = Numbers(workspace.catalogue, list(gazetteer.year_of.values()), self._nouns)
        self._facets = Facets(schema, gazetteer.several, self._nouns)
        self._motives = Motives(schema)

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn by rules."""
        try:
            return Planned(ground(self.draft(words, state), state, self.workspace), self.name)
        except PlanError as error:
            # A rule drafted what the catalogue cannot be asked: a defect, which the trace must show.
            told = template("the rules could not plan this turn")
            return Planned(Plan(act=Act.ASK), self.name, warnings=(Notice(f"{told}: {error}", told),))

    def replan(self, words: str, state: State, tried: Sequence[Attempt]) -> Planned | None:
        """Return another reading of a request that found nothing; None when there is none."""
        last = tried[-1]
        plan = second_reading(last.plan, words, state, last.found, self.workspace)
        return None if plan is None else Planned(plan, self.name)

    def draft(self, words: str, state: State) -> Draft:
        """Return what the rules understand of one turn, values as the catalogue has them."""
        gloss = self._glosser.read(words[:_LONGEST], state.language)
        return restored(self._draft(Line(gloss.text, self._resolver.spelling.mend), state), gloss)

    def _draft(self, line: Line, state: State) -> Draft:
        if not len(line):
            return Draft(act=Act.ASK)
        if self._acts.undoes(line):
            return Draft(act=Act.UNDO)
        if self._asides.asks_beliefs(line):
            return Draft(act=Act.CHAT, talk="beliefs")
        mentions = self._resolver.mentions(line.said)
        talk, alone = self._acts.talk(line)
        if talk is not None and alone and not mentions:
            return Draft(act=Act.CHAT, talk=talk)
        rest = self._asides.remaining(line)
        if rest is not None:
            line = Line(rest)
            mentions = self._resolver.mentions(rest)
            if not len(line) or (self._acts.talk(line)[1] and not mentions):
                return Draft(act=Act.CHAT, talk="out_of_scope")
        draft = self._request(line, mentions, state, talk)
        idle = draft == Draft(act=draft.act, beside=draft.beside) and not requests(line)
        if idle and draft.act is not Act.CRITIQUE and talk in ("thanks", "goodbye"):
            return Draft(act=Act.CHAT, talk=talk)
        bare = draft == Draft(act=draft.act, query=draft.query, beside=draft.beside) and draft.act in _LISTING
        if bare and (not requests(line) if rest is not None else self._is_foreign(line, mentions)):
            return Draft(act=Act.CHAT, talk="out_of_scope")
        return draft

    def _is_foreign(self, line: Line, mentions: Sequence[Mention]) -> bool:
        return not mentions and self._asides.foreign_question(line)

    def _request(self, line: Line, mentions: Sequence[Mention], state: State, talk: Talk | None) -> Draft:
        shown, lookup = state.last_shown, self._resolver.lookup
        start_over = self._acts.starts_over(line)
        moved, left = self._items.other_version(line, state)
        items, lacking = self._series.widened(line, self._items.find(line, mentions, shown))
        facets = [each for each in mentions if each.kind != "item" and each.matches]
        kinds = [
            next((each.kind for each in mentions if each.start < word.end and word.start < each.end), "")
            for word in line.words
        ]
        scope, named = Scope(line, kinds, self._nouns), [bool(kind) for kind in kinds]
        for start, end in Company(line, named).without:
            scope.allow(start, end)
        times = self._numbers.eras(line, state)
        again = self._repeats.read(line, [each.item_id for each in items if each.item_id], state)
        units = self._facets.units(line, [each for each in facets if not _claimed(line, each)], scope)
        for unit in list(units) if shown else ():
            if pointed := described(line, unit, shown, self.workspace.catalogue):
                items += self._items.pointed(unit.start, unit.end, unit.said, pointed[:1])
                units.remove(unit)
        spoken_of = bool(state.focus) and not (state.shown and state.shown[-1])
        asked = self._questions.read(line, items, shown=bool(shown or state.focus), talking=spoken_of)
        if asked is not None and not self._verdicts.dismisses(line):
            return self._question(line, asked, items, units, state, scope)
        verdict, single = (None, False) if items else self._verdicts.read(line, len(shown), spoken_of=spoken_of)
        more_like = len(items) == 1 and self._verdicts.more_like(line) is not None
        others = self._acts.others(line) or (bool(shown) and self._verdicts.waves_away(line))
        dials = self._dials.read(line)
        anything = self._acts.wants_anything(line) or bool(dials)
        self._opinions.read(line, items, scope)
        self._items.read_choices(line, items)
        if len(items) == 1 and items[0].opinion in (None, "like"):
            dismissed = items[0].opinion is None and self._verdicts.dismisses(line)
            items[0].opinion = "anchor" if more_like else "dislike" if dismissed else items[0].opinion
        itself, items = self._series.wished(items)
        closing = talk in ("thanks", "goodbye") or (bool(items) and self._acts.only_speaks(line))
        chosen = bool(items) and all(unit.opinion is None and unit.item_id in shown for unit in items)
        if chosen and closing and not (others or units or requests(line)):
            return Draft(act=Act.CHAT, talk=talk or "thanks")
        told = self._telling.read(
            line, [(each.start, each.end, each.person) for each in units], [(each.start, each.end) for each in items],
            spoken_of=bool(state.focus or shown),
        )  # fmt: skip
        units = _wished(units, told)
        corrects(line, units, state)
        spans, items = self._numbers_and_items(line, items, {unit.start for unit in units}, shown)
        for unit in units:
            if any(told_of(line, item, unit.start) for item in items):
                unit.attitude |= Attitude.SOFT
        spans = _of_wishes(spans, told)
        numbers = self._numbers.wishes(line, [*times, *spans], scope)
        shades = self._facets.shades(line, lookup) if shown else []
        wished = self._facets.wishes(line, [*units, *shades], state, more=bool(shown))
        count = self._acts.count(line)
        felt_of = feelings(line, items)
        forget = [*left, *wished.forget, *numbers.forget, *self._fields_forgotten(line, scope)]
        for mention in mentions:
            line.claim(*line.stretch(mention.start, mention.end))
        motives = self._motives.read(line, scope)
        forget += self._motives.forgotten(line, scope, state)
        forget += self._title_forgotten(
            state, conditions_follow=bool(wished.conditions or motives or items or lacking or verdict)
        )
        avoid, unknown = told_apart(aversions(line, scope, self._silent), self._resolver.gazetteer.vocabulary)
        conditions = [*itself, *again, *wished.conditions, *numbers.conditions, *self._missing(mentions, unknown)]
        query = remainder(line, scope, self._silent)
        if query and not (conditions or items) and not sensible(query, self._resolver.gazetteer.vocabulary):
            query = ""
        spoken = state.focus[:1] if single and state.focus else shown
        opinions = [
            *moved,
            *self._lacking(lacking),
            *named_opinions(items, "anchor"),
            *self._items.of_list(spoken, verdict),
        ]
        several = count is not None and count > 1  # "one film" says no more than "a film"
        known = bool(conditions or opinions or forget or query or avoid or motives or several or dials)
        understood = known or (anything and _has_wishes(state))
        if taken(items) and not (understood or others):
            return Draft(act=Act.CHAT, talk="thanks")
        act = Act.RECOMMEND
        relative = others or bool(verdict or shades or again or avoid) or any(unit.pointed for unit in items)
        if shown and (relative or any(span.settled for span in spans)):
            act = Act.CRITIQUE
        elif not understood and (start_over or not _has_wishes(state)):
            act = Act.ASK
        return Draft(
            act=act,
            wishes=_distinct(conditions)[:20],
            opinions=tuple(dict.fromkeys(felt(opinions, felt_of)))[:50],
            forget=tuple(dict.fromkeys(each[:200] for each in forget if each))[:20],
            # Who asks for an item by its name asks for it whatever was wished before.
            start_over=start_over or bool(itself and state.conditions),
            beside=comes_beside(line),
            query=query,
            avoid=tuple(each[:200] for each in avoid)[:20],
            dials=dials,
            motives=motives,
            count=count or self._series.count(itself),
        )

    def _question(
        self,
        line: Line,
        asked: Asked,
        items: Sequence[ItemUnit],
        units: Sequence[FacetUnit],
        state: State,
        scope: Scope,
    ) -> Draft:
        """Return the draft of a question about items; what it names is checked and not wished."""
        inquiry = asked.inquiry
        if asked.yes_no and not inquiry.fields:
            for unit in units:
                unit.attitude = Attitude.WANTED
            at = {unit.start for unit in units}
            spans = self._numbers.spans(line, state.last_shown, lambda place: None, lambda place: place in at)
            checks = self._facets.wishes(line, units, State(), more=False).conditions
            checks += self._numbers.wishes(line, spans, scope).conditions
            if checks:
                quality = "" if any(not each.settled for each in spans) or units else inquiry.quality
                inquiry = Inquiry(checks=tuple(checks[:20]), quality=quality)
        of_list = asked.of_list and (inquiry.kind in ("facts", "reason"))
        subject = self._items.subject(items, state, of_list=of_list)
        if inquiry.kind in ("most", "least", "compare") and not items:
            subject = ()
        return Draft(act=Act.EXPLAIN, subject=subject, inquiry=inquiry)

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

    def _missing(self, mentions: Sequence[Mention], unknown: Sequence[str]) -> list[Condition]:
        """Return wishes for names that the catalogue does not have, so that grounding reports them.

        Args:
            mentions: the people announced among them.
            unknown: names that are refused.
        """
        fields = self.workspace.schema.with_role(Role.PERSON) or self.workspace.schema.facets()
        refused: list[Condition] = [
            Constraint(field=field.name, op=Operator.CONTAINS_NONE, value=(name[:300],), said=name[:500])
            for name in unknown
            for field in fields[:1]
        ]
        return refused + [
            Constraint(field=field.name, op=Operator.CONTAINS_ANY, value=(mention.text[:300],), said=mention.text[:500])
            for mention in mentions
            if mention.kind == "person" and not mention.matches
            for field in fields[:1]
        ]

    @staticmethod
    def _lacking(names: Sequence[str]) -> list[NamedOpinion]:
        """Return what is asked for in vain, for grounding to report it."""
        return [NamedOpinion(opinion="anchor", name=name[:300], said=name[:500]) for name in names if normalise(name)]

    def _title_forgotten(self, state: State, *, conditions_follow: bool) -> list[str]:
        """Return the title field where items were asked for by name before and something else is asked for now."""
        title = self.workspace.schema.title.name
        held = any(title in fields_of(condition) for condition in state.conditions)
        return [title] if held and conditions_follow else []

    def _fields_forgotten(self, line: Line, scope: Scope) -> list[str]:
        """Return fields whose wishes are taken back by their own name: "the year doesn't matter"."""
        found: list[str] = []
        for k, word in enumerate(line.words):
            if word.key in self._labels and Attitude.FORGOTTEN in scope.attitudes[k] and not line.claimed[k]:
                line.claimed[k] = True
                found.append(self._labels[word.key])
        return found


def _claimed(line: Line, mention: Mention) -> bool:
    """Return whether the words of a mention are understood already."""
    inside = line.inside(*line.stretch(mention.start, mention.end))
    return bool(len(inside)) and all(line.claimed[k] for k in inside)


def _wished(units: Sequence[FacetUnit], told: Told) -> list[FacetUnit]:
    """Return the facets that are wished, refused or liked, without those that are only told of."""
    wished: list[FacetUnit] = []
    for unit in units:
        said = Said.ASKED if unit.attitude & _DECIDED else told.of(unit.start, unit.end, person=unit.person)
        unit.liked = said is Said.LIKED
        if unit.liked and unit.person and told.in_talk:
            # Who speaks of an item and likes somebody tells a taste; who begins so asks for that.
            unit.attitude |= Attitude.SOFT
        if said is not Said.TOLD:
            wished.append(unit)
    return wished


def _of_wishes(spans: Sequence[RangeSpan], told: Told) -> list[RangeSpan]:
    """Return the ranges that are wished: a time that is told of an item is none, a bound that is liked a preference."""
    kept: list[RangeSpan] = []
    for span in spans:
        said, one_sided = told.of(span.start, span.end), span.range.one_sided
        if said is Said.LIKED and one_sided:
            span = replace(span, strength="prefer")
        if said is not Said.TOLD or one_sided or span.settled:
            kept.append(span)
    return kept


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
